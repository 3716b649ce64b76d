"""A round: locker by locker, what nobody collected is taken out and goes where the round takes it.

Enter says that a parcel is out, and never goes on; another key goes on, and never says that: no key that is pressed
twice gives a locker back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.containers import Horizontal, Vertical

from kiosk.desk.rounds import Goal, Plan
from kiosk.errors import KioskError
from kiosk.parcels.listing import Uncollected
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ShelfReason
from kiosk.parcels.steps import Step
from kiosk.wiring import Services
from kiosk.words.errors import explain
from kiosk.words.expiry import time_over
from kiosk.words.language import N_, _, ngettext
from kiosk.words.people import recipient, where_to_find
from kiosk.words.plain import shorten
from kiosk.words.times import day_and_time
from screens.actions import Action
from screens.leaving_actions import LONGER, NEXT, NOT_THERE, OUT, ROUND_KEYS
from screens.messages import Confirmed, EntryUsed
from screens.top_page import TopPage
from screens.widgets.bank_doors import BankDoors
from screens.widgets.big_text import BigText
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.widgets.words import Words
from screens.wording import doors_of, is_department, state_word

if TYPE_CHECKING:
    from textual.widget import Widget

_AROUND = 4
"""Columns of a half of the screen that no words stand in."""
SHOWN_SIGNS = 9
"""How many last characters of a number tell which parcel it is at an open door."""

KEEP_IT = N_("Keep the parcel at the desk: once that is known, it is listed under Unfinished.")
PUT_IT_BACK = N_("Put the parcel back and skip it: it stays listed.")


class RoundScreen(TopPage):
    """One locker at a time. It can be left at any time: what is done is done, and the list shows what is left."""

    KEYMAP = ROUND_KEYS
    SHOWS_ENTRY = True
    SEARCHES = True
    SILENCE_ENDS = False

    def __init__(self, services: Services, parcels: tuple[Uncollected, ...], plan: Plan) -> None:
        super().__init__(services)
        self._walk = parcels
        self._plan = plan
        self._at = 0
        self._now: Parcel = parcels[0].parcel
        """The parcel as it stands."""
        self._is_dealt_with = False
        """Something was done about this one."""
        self._out = 0
        self._typed = ""

    def compose_content(self) -> Iterable[Widget]:
        """Return what to do, with which parcel, and where the door is."""
        yield Heading("", id="at")
        with Horizontal():
            with Vertical(id="order"):
                yield Words("", id="what", classes="-title")
                yield BigText("", double=True)
                yield Words("", id="bank")
                yield Words("", id="whom")
                yield Words("", id="number")
                yield Words("", id="where", classes="-quiet")
            yield BankDoors()
        yield Field(_("It lies at"), _("type another place if this one is not empty"))

    def appear(self) -> None:
        """Begin at the first locker."""
        self._stop_at(0)

    def entry_changed(self, text: str) -> None:
        """Show the other place that is typed."""
        self._typed = self.query_one(Field).text = text
        self.show_actions()

    def entry_completed(self, text: str) -> bool:
        """Take the other place of the shelf."""
        if not self._asks_for_place:
            return False
        lay = self.services.desk.shelf.put_on(self._now, text, ShelfReason.NOT_COLLECTED, self.person)
        self.run(lay, _("Recording that it is at {place}").format(place=text), self._went)
        return True

    def allows(self, action: Action) -> bool | None:
        """Let it be said once that a parcel is out; then only going on is left."""
        if self._is_over:
            return None if action in {OUT, NEXT, NOT_THERE, LONGER} else super().allows(action)
        fits = {
            OUT: self._can(Step.CLEAR) or (self._asks_for_place and bool(self._typed)),
            NOT_THERE: self._can(Step.CHECK),
            LONGER: self._can(Step.EXTEND),
        }
        return super().allows(action) if fits.get(action, True) else None if action is not OUT else False

    def label_of(self, action: Action) -> str:
        """Say that going on leaves the parcel where it is, while nothing was done."""
        if action is NEXT and not self._is_dealt_with:
            return _("Skip")
        return _("It is there") if action is OUT and self._asks_for_place else super().label_of(action)

    def action_out(self) -> None:
        """Give the locker back, and record where the parcel goes."""
        if self._asks_for_place:
            self.post_message(Confirmed())
            return
        unit = self._now.place.locker_unit_id if self._now.place else ""
        out = self.services.desk.rounds.take_out(self._now, self._plan, self.person)
        self.run(out, _("Giving locker {unit} back").format(unit=unit), self._taken_out)

    @property
    def spoken_number(self) -> str:
        """The locker's number or the place, whichever is shown large."""
        return next((each.text for each in self.query(BigText)), "")

    def action_next(self) -> None:
        """Go on to the next locker."""
        self.post_message(EntryUsed())
        self._stop_at(self._at + 1)

    def action_not_there(self) -> None:
        """Ask the service whether it was collected."""
        self.run(self.services.desk.look(self._now, self.person), _("Asking the locker service"), self._looked)

    def action_longer(self) -> None:
        """Leave it in for longer."""
        hours = self.services.settings.desk.reservation_hours
        longer = self.services.desk.intake.extend(self._now, hours, self.person)
        self.run(longer, _("Extending"), self._extended)

    async def failed(self, error: KioskError) -> None:
        """Say what went wrong with this one; the round goes on."""
        known = await self._known()
        if known is not None:
            self._now = known
        self._is_dealt_with = self._is_dealt_with or self._now.is_in_doubt or self._asks_for_place
        self._draw()
        self.fail(error)
        if self._now.is_in_locker:
            hint = KEEP_IT if self._now.is_in_doubt else PUT_IT_BACK
            self.notice.say(self.notice.kind, explain(error, to_clerk=True).line, _(hint))

    async def _known(self) -> Parcel | None:
        try:
            return await self.services.queries.parcel(self._now.parcel_id)
        except KioskError:
            return None

    def _stop_at(self, index: int) -> None:
        self._at, self._is_dealt_with, self._typed = index, False, ""
        self.turn += 1
        self.notice.clear()
        self.ask_anew()
        if self._is_over:
            self._draw_end()
            return
        self._now = self._walk[index].parcel
        self._draw()
        # It may have been collected, or taken out by somebody else, while the round went on.
        self.run(self._known(), _("Reading the journal"), self._arrive, opening=True)

    def _arrive(self, known: Parcel | None) -> None:
        self._now = known or self._now
        self._draw()
        if not self._can(Step.CLEAR):
            why = self.services.desk.why_not(Step.CLEAR, self._now, self.person)
            if why is not None:
                self.notice.say(NoticeKind.LOOK, explain(why, to_clerk=True).line)

    def _taken_out(self, parcel: Parcel) -> None:
        self._out += not parcel.is_gone or parcel.is_sent
        self._went(parcel)

    def _went(self, parcel: Parcel) -> None:
        self._now, self._is_dealt_with, self._typed = parcel, True, ""
        self._draw()
        self.ask_anew()

    def _looked(self, parcel: Parcel) -> None:
        self._now = parcel
        self._is_dealt_with = not parcel.has_unit
        self._draw()
        if parcel.has_unit:
            title = _("The locker service says that it is still in there.")
            self.notice.say(NoticeKind.LOOK, title, _("Look again, or skip it."))

    def _extended(self, parcel: Parcel) -> None:
        self._now, self._is_dealt_with = parcel, True
        self._draw()
        until = day_and_time(parcel.deposit_expiry, self.services.clock.now()) if parcel.deposit_expiry else "?"
        hint = "" if is_department(parcel.contact) else _("Its pickup code is a new one, which waits under Unfinished.")
        self.notice.say(NoticeKind.DONE, _("It may stay until {time}.").format(time=until), hint)

    @property
    def _is_over(self) -> bool:
        return self._at >= len(self._walk)

    @property
    def _asks_for_place(self) -> bool:
        """Whether it is out of its locker and has its place on the shelf, or needs one."""
        return self._plan.goal is Goal.SHELF and (self._now.is_on_shelf or self._now.is_in_hand)

    def _can(self, step: Step) -> bool:
        return not self._is_dealt_with and step in self.services.desk.offers(self._now, self.person)

    def _draw(self) -> None:
        each, parcel = self._walk[self._at], self._now
        heading = self.query_one("#at", Heading)
        heading.text = _("Locker {at} of {all}").format(at=self._at + 1, all=len(self._walk))
        heading.aside = ngettext("{count} parcel out", "{count} parcels out", self._out).format(count=self._out)
        what, big, bank = self._order()
        self._say(what=what, bank=bank, whom=_("for {name}").format(name=recipient(parcel)))
        number = shorten(parcel.tracking_number, SHOWN_SIGNS, "start")
        time = time_over(each, self.services.clock.now())
        self._say(number=_("{number}, {time}").format(number=number, time=time), where=where_to_find(parcel.contact))
        self.query_one(BigText).text = big
        self._draw_doors(parcel)
        field = self.query_one(Field)
        field.display, field.text = self._asks_for_place, self._typed
        self.show_actions()

    def _order(self) -> tuple[str, str, str]:
        """Return what to do, the large word, and what stands beneath."""
        parcel = self._now
        if parcel.is_on_shelf:
            return _("Lay it on the shelf at"), parcel.shelf or "", _("Its locker is given back.")
        if parcel.is_outgoing or parcel.is_sent:
            what = _("Give it to") if parcel.is_sent else _("It goes back to the sender, with")
            return what, "", parcel.destination
        if parcel.is_gone:
            return _("It is not in its locker any more"), "", state_word(parcel)
        if parcel.place is None:
            return _("It is in your hands"), "", ""
        label = self.services.queries.lockers.label(parcel.place.locker_bank_id)
        return _("Take it out of locker"), parcel.place.locker_unit_id, label

    def _draw_doors(self, parcel: Parcel) -> None:
        place, doors = parcel.place, self.query_one(BankDoors)
        view = self.services.queries.lockers.seen(place.locker_bank_id) if place and parcel.has_unit else None
        # A bank's name is never cut: where it needs the width, the door is told by its number alone.
        label = self.services.queries.lockers.label(place.locker_bank_id) if place else ""
        doors.display = view is not None and cell_len(label) <= self.size.width // 2 - _AROUND
        if view is not None and place is not None:
            doors.doors = doors_of(view, chosen=place.locker_unit_id)

    def _draw_end(self) -> None:
        self.query_one("#at", Heading).text = _("The round is over")
        self.query_one("#at", Heading).aside = ""
        words = ngettext("{count} parcel is out", "{count} parcels are out", self._out).format(count=self._out)
        self._say(what=words, bank=_("What was skipped is still listed."), whom="", where="", number="")
        self.query_one(BigText).text = ""
        self.query_one(BankDoors).display = self.query_one(Field).display = False
        self.show_actions()

    def _say(self, **words: str) -> None:
        for name, text in words.items():
            self.query_one(f"#{name}", Words).text = text
