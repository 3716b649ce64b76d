"""A stock-take, locker by locker: its number in large, what is on record, and what was scanned in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import work

from kiosk.desk.stocktake_results import Result
from kiosk.errors import KioskError, UnreadableScanError
from kiosk.parcels.states import StocktakeOutcome
from kiosk.parcels.stocktake import Row, Stocktake
from kiosk.tracking.codes import Code
from kiosk.tracking.scan import Scan
from kiosk.wiring import Services
from kiosk.words.errors import explain
from kiosk.words.language import _, ngettext
from kiosk.words.plain import plain, shorten
from kiosk.words.signs import CROSS, TICK
from kiosk.words.stocktakes import found_words, unit_words
from kiosk.words.times import day_and_time
from screens.actions import Action
from screens.base import ClerkScreen
from screens.destinations import ShowStocktakeResult
from screens.messages import EntryUsed
from screens.stack import drop
from screens.stocktake_actions import COUNTING_KEYS, IS_EMPTY, NEXT_UNIT, SKIP_UNIT, TAKE_SCAN_BACK, UNIT_BEFORE
from screens.widgets.big_text import BigText
from screens.widgets.drawn import Piece
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.lines import Lines
from screens.widgets.notice import NoticeKind
from screens.widgets.words import Words

if TYPE_CHECKING:
    from textual.widget import Widget

SHOWN_ENDS = 4
"""Last signs of a number on record: enough to see that another box is meant, too few to count without a scan."""


class CountingScreen(ClerkScreen):
    """The clerk opens each locker and scans what is in it; each one is on the disk before the next is shown."""

    KEYMAP = COUNTING_KEYS
    SHOWS_ENTRY = True
    SEARCHES = True
    TAKES_ALL_SCANS = True

    def __init__(self, services: Services, locker_bank_id: str) -> None:
        super().__init__()
        self.services = services
        self._bank_id = locker_bank_id
        self._result: Result | None = None
        self._unit = ""
        self._found: list[Scan] = []
        self._rows: tuple[Row, ...] = ()
        self._early: list[Code] = []
        """What was scanned while the locker before was being recorded."""
        self._before: list[str] = []
        """The lockers that were shown before this one, the last at the end."""

    def compose_content(self) -> Iterable[Widget]:
        """Return the bank, the locker's number, what is on record, the field, and what was scanned."""
        yield Heading("", id="bank")
        yield BigText("")
        yield Words("", id="expected")
        yield Field(_("Scan every parcel in it"), _("or type its number"))
        yield Lines(id="found")

    def appear(self) -> None:
        """Go on where the count stands."""
        self.run(self._read(), _("Reading the stock-take"), self._take_up, opening=True)

    def on_screen_resume(self) -> None:
        """Show what was mended meanwhile, on the way back from the result."""
        if self._result is not None:
            self.call_later(self._read_again)

    def entry_changed(self, text: str) -> None:
        """Show what is typed."""
        self.query_one(Field).text = text

    def entry_completed(self, text: str) -> bool:
        """Count a number that was typed, or go on."""
        if text:
            self._see(Code(text))
        elif self.allows(NEXT_UNIT):
            self.action_next()
        return True

    async def takes_scan(self, code: Code) -> bool:
        """Count what is scanned; no scan is taken in here."""
        self._see(code)
        return True

    def allows(self, action: Action) -> bool | None:
        """Ask for a scan, or for the word that it is empty."""
        fits = {
            NEXT_UNIT: bool(self._unit and self._found),
            IS_EMPTY: bool(self._unit) and not self._found,
            SKIP_UNIT: bool(self._unit),
            UNIT_BEFORE: bool(self._before),
        }
        if action is TAKE_SCAN_BACK and not self._found:
            return None
        return super().allows(action) and fits.get(action, True)

    def action_next(self) -> None:
        """Record what is in the locker, and go to the next."""
        self._record(self._found)

    def action_is_empty(self) -> None:
        """Record that nothing is in the locker, and go to the next."""
        self._record(())

    def action_take_back(self) -> None:
        """Forget the last scan."""
        del self._found[-1:]
        self._look()

    def action_before(self) -> None:
        """Go back to the locker before."""
        self._go_to(self._before.pop())

    def action_skip(self) -> None:
        """Go to the next locker; this one comes again."""
        stocktake = self._stocktake
        if stocktake is not None:
            self._before.append(self._unit)
            self._go_to(stocktake.after(self._unit) or self._unit)

    def action_result(self) -> None:
        """Show what does not fit so far."""
        self.cover(ShowStocktakeResult(self._bank_id))

    def action_go_back(self) -> None:
        """Leave it; it is taken up again where it stands."""
        self.post_message(EntryUsed())
        drop(self)

    async def _read(self) -> Result | None:
        return await self.services.queries.stocktakes.latest(self._bank_id)

    def _read_again(self) -> None:
        if self.is_ready and not self.busy:
            self.run(self._read(), _("Reading the stock-take"), self._take_up)

    def _take_up(self, result: Result | None) -> None:
        self._result = result
        stocktake = self._stocktake
        if stocktake is None or not stocktake.is_open:
            self.action_go_back()
            return
        if not self._unit or self._unit in stocktake.counted:
            self._go_to(stocktake.next_unit or "")
        else:
            self._draw()

    def _see(self, code: Code) -> None:
        if self.busy:
            # The locker before is being recorded: this one is scanned in the next.
            self._early.append(code)
            return
        if not self._unit:
            return
        try:
            scan = code.scan
        except UnreadableScanError as refusal:
            said = explain(refusal, to_clerk=True)
            self.notice.say(NoticeKind.STOP, said.line, said.hint)
            return
        self.notice.clear()
        if scan.tracking_number not in {each.tracking_number for each in self._found}:
            self._found.append(scan)
        self._look()

    def _look(self) -> None:
        """Say of each box that was scanned whether it belongs here."""
        self._draw()
        stocktake = self._stocktake
        if stocktake is not None and self._found:
            self._compare(stocktake, self.turn)

    @work(group="compare", exclusive=True)
    async def _compare(self, stocktake: Stocktake, turn: int) -> None:
        """Compare in the background, so that the next scan waits for nothing."""
        try:
            rows = await self.services.queries.stocktakes.preview(stocktake, self._unit, tuple(self._found))
        except KioskError as error:
            self.fail(error)
            return
        if self.is_ready and self.turn == turn:
            self._rows = rows
            self._draw()

    async def failed(self, error: KioskError) -> None:
        """Stay at the locker; what was scanned for the next one is to be scanned there again."""
        self._early.clear()
        self.fail(error)

    def _record(self, found: Sequence[Scan]) -> None:
        self.run(self._recorded(self._unit, tuple(found)), _("Recording"), self._go_on)

    async def _recorded(self, unit_id: str, found: Sequence[Scan]) -> Result:
        stocktake = await self.services.desk.stocktakes.count(self._bank_id, unit_id, found, self.person)
        return await self.services.queries.stocktakes.of(stocktake)

    def _go_on(self, result: Result) -> None:
        """Say what did not fit in the locker that was counted, and show the next one."""
        counted = self._unit
        self._result = result
        self._before.append(counted)
        after = result.stocktake.after(counted)
        self._go_to(after or "")
        odd = [row for row in result.of_unit(counted) if row.outcome is not StocktakeOutcome.RIGHT]
        if odd:
            title = _("Locker {unit}: {found}").format(unit=counted, found=unit_words(odd))
            self.notice.say(NoticeKind.LOOK, title, _("It is in the result. Leave the box there, or keep it at hand."))
        early, self._early = self._early, []
        for code in early:
            self._see(code)
        if after is None:
            self.action_result()

    def _go_to(self, unit_id: str) -> None:
        self._unit, self._found, self._rows = unit_id, [], ()
        self.turn += 1
        self.notice.clear()
        self._draw()
        self.ask_anew()

    def _draw(self) -> None:
        result, stocktake = self._result, self._stocktake
        if result is None or stocktake is None:
            return
        heading = self.query_one("#bank", Heading)
        count, counted = len(stocktake.locker_unit_ids), len(stocktake.counted)
        heading.text = self.services.queries.lockers.label(self._bank_id)
        of_all = ngettext("{counted} of {count} counted", "{counted} of {count} counted", counted)
        heading.aside = f"{self._as_of(result)}   {of_all.format(counted=counted, count=count)}"
        self.query_one(BigText).text = self._unit or TICK
        self.query_one("#expected", Words).text = self._expected_words(result)
        self.query_one("#found", Lines).show(self._lines())
        self.show_actions()

    def _as_of(self, result: Result) -> str:
        if result.read_at is None:
            return _("not read: only this desk's parcels")
        return _("read {time}").format(time=day_and_time(result.read_at, self.services.clock.now()))

    def _expected_words(self, result: Result) -> str:
        if not self._unit:
            return _("Every locker is counted.")
        expected = result.expected.get(self._unit, ())
        if not expected:
            return _("On record: nothing")
        count, ends = len(expected), ", ".join(plain(number)[-SHOWN_ENDS:] for number in expected)
        text = ngettext("On record: {count} parcel, ending {ends}", "On record: {count} parcels, ending {ends}", count)
        return text.format(count=count, ends=ends)

    def _lines(self) -> list[list[Piece]]:
        label = self.services.queries.lockers.label
        is_read = self._result is not None and self._result.read_at is not None
        known = {code: row for row in self._rows for code in row.codes}
        lines: list[list[Piece]] = []
        for scan in self._found:
            row = known.get(scan.storable)
            if row is None:
                lines.append([("  ", ""), (shorten(scan.tracking_number, 40, "start"), "bold")])
                continue
            is_right = row.outcome is StocktakeOutcome.RIGHT
            sign, tone = (TICK, "$done") if is_right else (CROSS, "$attention")
            number = shorten(row.number, 34, "start")
            lines.append(
                [
                    (f"{sign} ", f"bold {tone}"),
                    (number, "bold"),
                    (f"  {found_words(row, label, is_read=is_read)}", tone),
                ]
            )
        return lines

    @property
    def _stocktake(self) -> Stocktake | None:
        return self._result.stocktake if self._result is not None else None
