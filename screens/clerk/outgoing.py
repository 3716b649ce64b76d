"""A parcel that leaves with a carrier: where it goes. Places come from the finder's kept answers; nothing is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from kiosk.facilities.addresses import Address
from kiosk.facilities.finder import open_today
from kiosk.facilities.values import Facility
from kiosk.facilities.variants import FacilityCarrier
from kiosk.parcels.carriers import CARRIER_NAMES, Carrier
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import OutgoingReason
from kiosk.tracking.codes import Code
from kiosk.wiring import Services
from kiosk.words.facilities import facility_name, state_words
from kiosk.words.language import N_, _
from kiosk.words.plain import shorten
from kiosk.words.states import outgoing_word
from screens.actions import Action
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk_actions import FACILITIES
from screens.destinations import ShowFinder
from screens.leaving_actions import OUTGOING_KEYS, PLACES_OF
from screens.messages import Confirmed, EntryUsed, GoHome, OpenParcel
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.field import Field
from screens.widgets.heading import Heading

if TYPE_CHECKING:
    from textual.widget import Widget

SHOWN_SIGNS = 60
"""How much of a place's name is repeated when the parcel goes there."""
MOST_PLACES = 5
NO_PLACE = N_("{key} searches for places that are open now.")

_HAS_PLACES = {Carrier.USPS: FacilityCarrier.USPS, Carrier.S10: FacilityCarrier.USPS}
"""Whose places the finder knows; what an S10 number goes by is the post here."""
_CHOICES: tuple[FacilityCarrier | None, ...] = (None, *FacilityCarrier)
"""What the key goes through where the number tells no carrier."""


class Way(NamedTuple):
    """One way on which a parcel leaves: what is recorded of it, and how it is shown."""

    destination: str
    choice: Choice


class OutgoingScreen(ParcelScreen):
    """Enter takes the nearest place of the carrier that is open today, or the driver; anything else is typed."""

    KEYMAP = OUTGOING_KEYS
    SHOWS_ENTRY = True
    SEARCHES = True
    SILENCE_ENDS = False

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__(services, parcel)
        is_ours = parcel.contact is not None or bool(parcel.recipient_read)
        self._reason = parcel.outgoing_reason or (OutgoingReason.TO_SENDER if is_ours else OutgoingReason.RETURN)
        self._places_of = _HAS_PLACES.get(parcel.carrier) if parcel.carrier is not None else None
        self._ways: tuple[Way, ...] = ()
        self._typed = ""

    def compose_content(self) -> Iterable[Widget]:
        """Return who carries it and why, the field, and what is proposed."""
        yield Heading(_("Parcel {about}").format(about=self.about))
        yield Heading("", id="carrier")
        yield Field(_("Where does it go?"), _("Enter takes the selected place; or type another one"))
        yield ChoiceList(empty="")

    def appear(self) -> None:
        """Propose what is known at once."""
        self._draw(())
        self._look()

    def on_screen_resume(self) -> None:
        """Propose what the finder has found meanwhile."""
        if self.is_ready and self._ways and not self.busy:
            self._look()

    def entry_changed(self, text: str) -> None:
        """Show the place that is typed."""
        self._typed = self.query_one(Field).text = text
        self.notice.clear()

    def entry_completed(self, text: str) -> bool:
        """Take the place that was typed; a carrier's number is the next parcel and no place."""
        if Code(text).is_certain:
            return False
        self._goes_to(text)
        return True

    def allows(self, action: Action) -> bool | None:
        """Offer a choice of carrier only where the number does not tell it."""
        if action is PLACES_OF and self.parcel.carrier is not None:
            return None
        return super().allows(action)

    def action_goes_there(self) -> None:
        """Record that it goes to the selected place; a typed one is taken as Enter takes it."""
        at = self.query_one(ChoiceList).highlighted
        if self._typed:
            self.post_message(Confirmed())
        elif at is not None:
            self._goes_to(self._ways[at].destination)

    def action_places_of(self) -> None:
        """Show the places of the next carrier that the finder knows."""
        self._places_of = _CHOICES[(_CHOICES.index(self._places_of) + 1) % len(_CHOICES)]
        self._look()

    def action_other_reason(self) -> None:
        """Change between a return that was dropped off here and a parcel that goes back to its sender."""
        reasons = tuple(OutgoingReason)
        self._reason = reasons[(reasons.index(self._reason) + 1) % len(reasons)]
        self._draw_carrier()

    def action_facilities(self) -> None:
        """Find another place; what was found is proposed afterwards."""
        self.cover(ShowFinder())

    def action_move(self, by: int) -> None:
        """Move among the places."""
        self.query_one(ChoiceList).move(by)

    def action_page(self, by: int) -> None:
        """Move among the places by a page."""
        self.query_one(ChoiceList).page(by)

    def action_go_back(self) -> None:
        """Leave the parcel as it is."""
        self.post_message(EntryUsed())
        self.leave(OpenParcel(self.parcel))

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Record that it goes to the place that was tapped."""
        message.stop()
        if not self.busy and message.index < len(self._ways):
            self.post_message(EntryUsed())
            self._goes_to(self._ways[message.index].destination)

    def _look(self) -> None:
        self.run(self._kept(), _("Looking for places"), self._draw, opening=True)

    async def _kept(self) -> tuple[Facility, ...]:
        """Return the nearest places that are open today, by what the finder has kept."""
        if self._places_of is None:
            return ()
        address = Address.of_desk(self.services.settings.desk.address)
        near = await self.services.facilities.open().kept_near(address, self._places_of)
        return open_today(near, self.services.clock.now())[:MOST_PLACES]

    def _draw(self, places: tuple[Facility, ...]) -> None:
        now = self.services.clock.now()
        self._ways = (*(_to_place(each, now) for each in places), self._driver())
        self.query_one(ChoiceList).show([way.choice for way in self._ways])
        self._draw_carrier()
        self.show_actions()

    def _draw_carrier(self) -> None:
        heading, carrier = self.query_one("#carrier", Heading), self._carrier()
        reason = outgoing_word(self._reason)
        text = _("{carrier}, {reason}").format(carrier=carrier, reason=reason) if carrier else reason
        heading.text = text[:1].upper() + text[1:]
        is_missing = self._places_of is not None and len(self._ways) == 1
        heading.aside = _(NO_PLACE).format(key=FACILITIES.key_label) if is_missing else ""

    def _driver(self) -> Way:
        carrier = self._carrier()
        name = _("{carrier} driver").format(carrier=carrier) if carrier else _("driver")
        return Way(name, Choice(_("The driver collects it"), name))

    def _carrier(self) -> str:
        """Return who carries it, as the number says or the clerk chose."""
        if self.parcel.carrier is not None:
            return CARRIER_NAMES[self.parcel.carrier]
        return self._places_of.value if self._places_of is not None else ""

    def _goes_to(self, destination: str) -> None:
        goes = self.services.desk.leaving.make_outgoing(self.parcel, destination, self._reason, self.person)
        self.run(goes, _("Recording where it goes"), lambda parcel: self.leave(_home(parcel)))


def _to_place(facility: Facility, now: datetime) -> Way:
    name, where = facility_name(facility), facility.address.one_line
    destination = name if name == where or not where else f"{name}, {where}"
    return Way(destination, Choice(name, where, state_words(facility, facility.state_at(now))))


def _home(parcel: Parcel) -> GoHome:
    text = _("Parcel {number} goes to {place}.")
    place = shorten(parcel.destination, SHOWN_SIGNS)
    return GoHome(text.format(number=parcel.tracking_number, place=place), _("It is listed under Leaving today."))
