"""A bank's doors, each with number, size and state; below, what the chosen one holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.desk.overview import BankUse, UnitContent
from kiosk.desk.stocktake_results import Result
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.steps import is_for
from kiosk.wiring import Services
from kiosk.words.corrections import NOTHING_CHANGED
from kiosk.words.language import _, ngettext
from kiosk.words.plain import plain
from kiosk.words.stocktakes import stocktake_words
from kiosk.words.times import day_and_time
from screens.actions import Action
from screens.console.actions import BANKS_KEYS, FREE_UNIT, NEXT_BANK, OPEN
from screens.console.base import ConsoleScreen
from screens.console.correcting import NEEDS
from screens.console.destinations import Page, ShowParcel
from screens.console.door_details import details, numbers_in
from screens.widgets.bank_doors import BankDoors
from screens.widgets.door_plan import Door
from screens.widgets.drawn import Piece
from screens.widgets.lines import Lines
from screens.widgets.notice import NoticeKind

if TYPE_CHECKING:
    from textual.widget import Widget

MOST_NAMED = 4
"""Lockers that are named in the line under the bank's name; the page "Attention" has them all."""


class BankMapScreen(ConsoleScreen):
    """Arrows go from door to door; what the journal knows of a door is beside what the service says."""

    PAGE = Page.BANKS
    KEYMAP = BANKS_KEYS

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self._heading, self._doors, self._details = (
            Lines(id="bank"),
            BankDoors(id="doors", moved_in=True),
            Lines(id="door"),
        )
        self._banks: tuple[BankUse, ...] = ()
        self._bank_id = ""
        self._door = ""
        self._units: dict[str, UnitContent] = {}
        self._counted: Result | None = None
        """The bank's last stock-take."""
        self._was_asked = False

    def compose_content(self) -> Iterable[Widget]:
        """Return the bank's name, its doors, and the chosen door."""
        yield self._heading
        yield self._doors
        yield self._details

    def on_screen_resume(self) -> None:
        """Ask the service, where its last answer is older than a few minutes."""
        # The journal is read by ConsoleScreen, whose handler Textual calls as well.
        self.action_read(again=False)

    async def read(self, services: Services) -> None:
        """Show the bank as it was read last, with what the journal knows of its doors by now."""
        used = self._bank()
        if used is None or used.view is None:
            self._units, self._counted = {}, None
            self._draw()
            return
        self._counted = await services.queries.stocktakes.latest(self._bank_id)
        contents = await services.queries.console.contents(used.view)
        self._units = {content.unit.locker_unit_id: content for content in contents}
        if self._door not in self._units:
            self._door = next(iter(self._units), "")
        self._draw()

    def allows(self, action: Action) -> bool:
        """Open a door that holds a parcel; go to the next bank where there is one."""
        if action is OPEN:
            return bool(self._parcels())
        if action is FREE_UNIT:
            content = self._units.get(self._door)
            return content is not None and bool(content.numbers) and is_for(NEEDS[action], self.person.role)
        return action is not NEXT_BANK or len(self._banks) > 1

    async def action_open(self) -> None:
        """Show the parcel behind the chosen door."""
        for parcel in self._parcels()[:1]:
            await self.console.show(ShowParcel(parcel))

    def action_free_unit(self) -> None:
        """Ask why, then once more by the locker's number; then free the locker with all that is in it."""
        used, content, services = self._bank(), self._units.get(self._door), self.services
        if used is None or content is None or services is None:
            return
        bank_id, unit_id, numbers = used.bank.locker_bank_id, content.unit.locker_unit_id, content.numbers
        place = f"{used.bank.label} {unit_id}"

        def carry_out(reason: str, answer: str) -> None:
            if answer != unit_id:
                self.message_line.say(NoticeKind.LOOK, _("That is not the locker's number."), _(NOTHING_CHANGED))
                return
            at = UnitPlace(locker_bank_id=bank_id, locker_unit_id=unit_id)
            freeing = services.desk.corrections.free_unit(at, numbers, reason, self.person)
            self.run(freeing, _("Freeing {place}").format(place=place), lambda _done: self._say_freed(place))

        def ask_twice(reason: str) -> None:
            text = _("Free {place} and cancel all that is listed above? No door opens by this. Type {unit}:")
            self.ask(text.format(place=place, unit=unit_id), lambda answer: carry_out(reason, answer))

        text = ngettext(
            "Free {place} and cancel {count} parcel. Why?",
            "Free {place} and cancel {count} parcels. Why?",
            len(numbers),
        )
        self.ask(text.format(place=place, count=len(numbers)), ask_twice)

    def draw_keys(self) -> None:
        """Draw the keys; while it is asked whether a locker is to be freed, name all that is in it."""
        super().draw_keys()
        content = self._units.get(self._door)
        is_freeing = content is not None and self.message_line.is_asking
        width = self.size.width
        self._details.show(numbers_in(content, width) if content and is_freeing else details(content, width))

    def _say_freed(self, place: str) -> None:
        """Say it behind the new reading, which begins with an empty line."""
        title = _("{place} was given back.").format(place=place)

        def say(banks: tuple[BankUse, ...]) -> None:
            self._show_banks(banks)
            self.front.message_line.say(NoticeKind.DONE, title, _("If something is still in there, take it out."))

        if self.services is not None:
            self.run(self.services.queries.console.banks(again=True), _("Asking the locker service"), say)

    def action_read(self, *, again: bool = True) -> None:
        """Ask the service for what is old."""
        services = self.services
        if services is not None and not self.busy:
            self.run(services.queries.console.banks(again=again), _("Asking the locker service"), self._show_banks)

    def action_bank(self, by: int) -> None:
        """Show the next bank."""
        ids = [used.bank.locker_bank_id for used in self._banks]
        self._bank_id = ids[(ids.index(self._bank_id) + by) % len(ids)]
        self._door = ""
        self.read_soon()

    def action_door(self, columns: int, rows: int) -> None:
        """Choose the next door in a direction."""
        found = self._doors.beside(self._door, columns, rows)
        if found is not None:
            self._door = found
            self._draw()

    def _show_banks(self, banks: tuple[BankUse, ...]) -> None:
        self._banks, self._was_asked = banks, True
        own = self.services.settings.desk.default_bank if self.services else ""
        ids = [used.bank.locker_bank_id for used in banks]
        if self._bank_id not in ids:
            self._bank_id = own if own in ids else next(iter(ids), "")
        self.read_soon()

    def _bank(self) -> BankUse | None:
        return next((used for used in self._banks if used.bank.locker_bank_id == self._bank_id), None)

    def _parcels(self) -> tuple[Parcel, ...]:
        content = self._units.get(self._door)
        return content.parcels if content else ()

    def _draw(self) -> None:
        lines = [self._bank_line(), *self._findings_lines()]
        # Under the name there is a blank row, or what there is to say.
        self._heading.styles.height = max(len(lines), 2)
        self._heading.show(lines)
        self._doors.doors = self._drawn_doors()
        self.draw_keys()

    def _bank_line(self) -> list[Piece]:
        used = self._bank()
        if used is None or self.services is None:
            said = _("This location has no locker bank.") if self._was_asked else _("Not read yet.")
            return [(f"   {said}", "$quiet")]
        name: Piece = (f"   {plain(used.bank.label)}   ", "bold $chosen")
        at = [each.bank.locker_bank_id for each in self._banks].index(self._bank_id) + 1
        several = [_("bank {number} of {count}").format(number=at, count=len(self._banks))] * (len(self._banks) > 1)
        if used.view is None:
            return [name, ("   ".join((*several, _("could not be read"))), "$attention")]
        free = sum(use.states.get("free", 0) for use in used.sizes)
        units = sum(use.units for use in used.sizes)
        read = day_and_time(used.view.read_at, self.services.clock.now())
        text = ngettext("{free} of {units} free", "{free} of {units} free", free)
        how = (text.format(free=free, units=units), _("read {time}").format(time=read))
        return [name, ("   ".join((*several, *how)), "$quiet")]

    def _findings_lines(self) -> list[list[Piece]]:
        """Return which lockers contradict themselves, and what the last stock-take showed, where there is any."""
        odd = [unit_id for unit_id, content in self._units.items() if content.contradiction is not None]
        lines: list[list[Piece]] = []
        if odd:
            text = ngettext("! Locker {units}: data mismatch", "! Lockers {units}: data mismatch", len(odd))
            lines.append([(f"   {text.format(units=_some(odd))}", "bold $attention")])
        if self._counted is not None and self.services is not None:
            said = stocktake_words(self._counted, self.services.clock.now())
            lines.append([(f"   {said}", "$attention" if self._counted.open_rows else "$quiet")])
        return lines

    def _drawn_doors(self) -> list[Door]:
        used = self._bank()
        reported = used.view.reported if used and used.view else frozenset()
        return [
            Door(
                number=unit_id,
                size=content.unit.size or "",
                state="out_of_service" if unit_id in reported else content.unit.state.value,
                accessible=content.unit.accessible,
                chosen=unit_id == self._door,
            )
            for unit_id, content in self._units.items()
        ]


def _some(units: Sequence[str]) -> str:
    shown = ", ".join(map(plain, units[:MOST_NAMED]))
    return shown if len(units) <= MOST_NAMED else f"{shown}, ..."
