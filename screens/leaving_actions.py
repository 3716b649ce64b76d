"""Every key of the screens on which parcels leave the desk: handed over, cleared out, sent."""

from __future__ import annotations

from kiosk.words.language import N_
from screens.actions import GO_BACK, LISTS, Action, Keymap
from screens.clerk_actions import FACILITIES, NO

GIVEN = Action("given", "enter", "Enter", N_("Given out"), N_("The marked parcels were given out."), main=True)
CHECKED = Action("checked", "f4", "F4", N_("Identity"), N_("How it was checked who collects; the next way."))
SIGNATURE = Action("signature", "f6", "F6", N_("Signature"), N_("Let whoever collects sign by typing their name."))
MARK = Action("mark", "space", "Space", N_("Mark"), N_("Give the selected parcel out too, or leave it here."))
IT_IS_CODE = Action("it_is_code", "f7", "F7", N_("Pickup code"), N_("Somebody collects the parcel that it opens."))
IT_IS_NUMBER = Action("it_is_number", "f8", "F8", N_("New parcel"), N_("Take it in as the number of a new parcel."))
CODE_OR_NUMBER = Keymap(N_("Hand over: code or number?"), row=(IT_IS_CODE, IT_IS_NUMBER, NO))
HAND_OVER_KEYS = Keymap(
    N_("Hand over"), row=(GIVEN, CHECKED, SIGNATURE, MARK, GO_BACK), more=LISTS, questions=(CODE_OR_NUMBER,)
)

COLLECTED_ONE = Action("collect", "enter", "Enter", N_("This one"), N_("Hand the selected parcel over."), main=True)
COLLECTING_KEYS = Keymap(N_("Who collects?"), row=(COLLECTED_ONE, GO_BACK), more=LISTS)

ROUND = Action("round", "enter", "Enter", N_("Begin a round"), N_("Walk past every expired parcel."), main=True)
GOAL = Action("goal", "f4", "F4", N_("Take it to"), N_("Where the parcels go that are taken out; the next way."))
ONLY_THIS = Action("only_this", "f6", "F6", N_("Only this one"), N_("Take out the selected parcel only."))
BEGIN = Action("begin", "f10", "F10", N_("Begin"), N_("Begin the round."), destroys=True)
ROUND_QUESTION = Keymap(N_("Expired: begin a round"), row=(BEGIN, NO))
EXPIRED_KEYS = Keymap(N_("Expired"), row=(ROUND, GOAL, ONLY_THIS, GO_BACK), more=LISTS, questions=(ROUND_QUESTION,))

OUT = Action("out", "enter", "Enter", N_("It is out"), N_("The parcel is out; its locker is given back."), main=True)
NEXT = Action("next", "f8", "F8", N_("Next"), N_("Go on to the next locker; this one stays as it is."))
NOT_THERE = Action("not_there", "f5", "F5", N_("Not there"), N_("Ask the locker service whether it was collected."))
LONGER = Action("longer", "f6", "F6", N_("Extend"), N_("Leave it in for longer, under a new pickup code."))
ROUND_KEYS = Keymap(N_("A round"), row=(OUT, NEXT, NOT_THERE, LONGER, GO_BACK))

GOES_THERE = Action("goes_there", "enter", "Enter", N_("Goes there"), N_("The parcel goes where it says."), main=True)
PLACES_OF = Action("places_of", "f4", "F4", N_("Carrier"), N_("Show the places of the next carrier."))
OTHER_REASON = Action("other_reason", "f6", "F6", N_("Reason"), N_("Dropped off here, or back to the sender."))
OUTGOING_KEYS = Keymap(N_("Goes out"), row=(GOES_THERE, PLACES_OF, OTHER_REASON, FACILITIES, GO_BACK), more=LISTS)

LEFT = Action("left", "enter", "Enter", N_("It left"), N_("The selected parcel left."), main=True)
ALL_LEFT = Action(
    "all_left", "f6", "F6", N_("All of it"), N_("Everything for the same place left, after one question.")
)
THEY_LEFT = Action("they_left", "f10", "F10", N_("All left"), N_("Everything for that place left."))
ALL_LEFT_QUESTION = Keymap(N_("Leaving today: all of it"), row=(THEY_LEFT, NO))
LEAVING_TODAY_KEYS = Keymap(
    N_("Leaving today"), row=(LEFT, ALL_LEFT, GO_BACK), more=LISTS, questions=(ALL_LEFT_QUESTION,)
)

HELP_PAGE = (
    HAND_OVER_KEYS,
    CODE_OR_NUMBER,
    COLLECTING_KEYS,
    EXPIRED_KEYS,
    ROUND_QUESTION,
    ROUND_KEYS,
    OUTGOING_KEYS,
    LEAVING_TODAY_KEYS,
    ALL_LEFT_QUESTION,
)
"""What the help shows of these screens."""
