"""Is the scanner set up well? One scan of the test code on the screen says what to change. Nothing here is a parcel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual.containers import Horizontal

from kiosk.scanner.doctor import Recording
from kiosk.scanner.remarks import Remark, remarks
from kiosk.scanner.tokens import Token
from kiosk.settings import ScannerEnd
from kiosk.tracking.testcode import TEST_CODE
from kiosk.wiring import Services
from kiosk.words.language import N_, _
from kiosk.words.plain import broken
from kiosk.words.scanner import line, title
from kiosk.words.signs import CROSS, TICK
from screens.actions import DOWN, UP, Action
from screens.base import ClerkScreen
from screens.clerk_actions import SCANNER_TEST_KEYS
from screens.messages import EntryUsed
from screens.stack import drop
from screens.widgets.bar_code import BarCode
from screens.widgets.drawn import Piece
from screens.widgets.lines import Lines
from screens.widgets.qr_code import QrCode

if TYPE_CHECKING:
    from textual.events import Resize
    from textual.widget import Widget

INVITATION = N_("Scan one of the two codes, once.")
EXPLANATION = N_(
    "The square is for scanners that read 2D codes, the bars are for any scanner. No parcel is taken in on this screen."
)


class ScannerTestScreen(ClerkScreen):
    """The test code as QR code and as bars, and beside it what a scan of it tells."""

    KEYMAP = SCANNER_TEST_KEYS
    TAKES_TOKENS = True

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._desk = services.settings.desk
        self._recording = Recording()
        self._remarks: tuple[Remark, ...] = ()

    def compose_content(self) -> Iterable[Widget]:
        """Return the two codes and what is said."""
        with Horizontal():
            yield QrCode(TEST_CODE)
            yield Lines(id="verdict")
        yield BarCode(TEST_CODE)

    def allows(self, action: Action) -> bool | None:
        """Offer to move where not all that is said fits."""
        if action in {UP, DOWN} and self._lines.length <= self._lines.size.height:
            return None
        return super().allows(action)

    def appear(self) -> None:
        """Ask for a scan."""
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """Break the words anew."""
        if event.size and self.is_ready:
            # Later: the size of the words beside the codes is not known before the layout.
            self.call_after_refresh(self._draw)

    def take_tokens(self, tokens: Sequence[Token], at: float) -> None:
        """Record what arrives."""
        for token in tokens:
            self._recording.add(token, at)

    def take_silence(self, at: float) -> None:
        """Say what the scan told, once it is over."""
        diagnosis = self._recording.heard(at)
        if diagnosis is not None:
            by_silence = self._desk.scanner_end is ScannerEnd.SILENCE
            prefix = self._desk.scanner_prefix
            self._remarks = remarks(diagnosis, prefix=prefix, ends_by_silence=by_silence)
            self._draw()

    def action_move(self, by: int) -> None:
        """Move in what is said."""
        self._lines.move(by)

    def action_go_back(self) -> None:
        """Go back to the screen beneath."""
        self.post_message(EntryUsed())
        drop(self)

    @property
    def _lines(self) -> Lines:
        return self.query_one("#verdict", Lines)

    def _draw(self) -> None:
        if self.is_ready:
            self._lines.show(self._said(max(self._lines.size.width - 1, 20)))
            self.show_actions()

    def _said(self, width: int) -> Iterator[Sequence[Piece]]:
        """Return the invitation, or the remarks a line each: what to change with its advice first, then the rest."""
        if not self._remarks:
            yield [(_("Scanner test"), "bold")]
            yield []
            yield [(_(INVITATION), "bold $chosen")]
            yield []
            yield from ([(row, "$quiet")] for row in broken(_(EXPLANATION), width))
            return
        is_good = all(remark.is_good for remark in self._remarks)
        yield [(title(self._remarks), "bold $done" if is_good else "bold $broken")]
        yield []
        for remark in self._remarks:
            said = line(remark)
            sign, tone = (TICK, "$done") if said.is_good else (CROSS, "$broken")
            first, *more = broken(said.words, width - 2)
            yield [(f"{sign} ", f"bold {tone}"), (first, "" if said.is_good else "bold")]
            yield from ([(f"  {row}", "" if said.is_good else "bold")] for row in more)
            yield from ([(f"  {row}", "$foreground")] for row in broken(said.advice, width - 2))
