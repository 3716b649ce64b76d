"""Every key of the screens that find a place to drop off a parcel."""

from __future__ import annotations

from kiosk.words.language import N_
from screens.actions import GO_BACK, LISTS, Action, Keymap

OPEN_PLACE = Action(
    "open", "enter", "Enter", N_("Open"), N_("Show hours, phone, parking, and a code for a phone's map."), main=True
)
CHOICES = Action("choices", "f2", "F2", N_("Choices"), N_("Choose carrier, service, distance and number."))
ADDRESS = Action("address", "f4", "F4", N_("Address"), N_("Search around another address."))
ASK_AGAIN = Action("ask_again", "f5", "F5", N_("Search again"), N_("Ask the service again."))
SORT = Action("sort", "f6", "F6", N_("Sort"), N_("Sort by distance, by what is open, or by name."))
STILL_OPEN = Action(
    "still_open", "f7", "F7", N_("Open in 20 min"), N_("Show only places still open in 20 minutes, or all again.")
)
FINDER_KEYS = Keymap(
    N_("Drop-off"), row=(OPEN_PLACE, CHOICES, ADDRESS, ASK_AGAIN, SORT, STILL_OPEN, GO_BACK), more=LISTS
)

CODE_ALONE = Action(
    "code_alone", "f6", "F6", N_("Code alone"), N_("Show only the code, as large as possible, or everything again.")
)
TO_LIST = Action("go_back", "enter", "Enter", N_("Back"), N_("Go back to the list."), main=True, harmless=True)
FACILITY_KEYS = Keymap(N_("Drop-off: a place"), row=(TO_LIST, CODE_ALONE), more=(GO_BACK,))

ASK = Action("ask", "enter", "Enter", N_("Search"), N_("Search with these choices."), main=True)
CARRIER = Action("carrier", "f4", "F4", N_("Carrier"), N_("The next carrier."))
SERVICE = Action("service", "f5", "F5", N_("Service"), N_("The next service."))
RADIUS = Action("radius", "f6", "F6", N_("Distance"), N_("The next distance."))
COUNT = Action("count", "f7", "F7", N_("Number"), N_("The next number of places."))
FACILITY_CHOICES_KEYS = Keymap(N_("Drop-off: choices"), row=(ASK, CARRIER, SERVICE, RADIUS, COUNT, GO_BACK))

SEARCH_HERE = Action("ask", "enter", "Enter", N_("Search here"), N_("Search around this address."), main=True)
DESK_ADDRESS = Action("desk", "f4", "F4", N_("The desk's"), N_("Search around the desk again."))
FACILITY_ADDRESS_KEYS = Keymap(N_("Drop-off: address"), row=(SEARCH_HERE, DESK_ADDRESS, GO_BACK))

HELP_PAGE = (FINDER_KEYS, FACILITY_CHOICES_KEYS, FACILITY_ADDRESS_KEYS, FACILITY_KEYS)
"""What the help shows of the finder."""
