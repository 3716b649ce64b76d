"""The door of the printer: draws a layout, says it in the printer's language and sends it.

Everything that may take long, the drawing too, happens in a thread of its own that is left behind if it hangs. Light
enough for every start: what draws is loaded with the first job.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kiosk.errors import MaybePrintedError, PrinterAwayError, PrinterError
from kiosk.printing import cups, device, network
from kiosk.printing.encoding import encoded
from kiosk.printing.job import WHOLE_SECONDS, Job
from kiosk.settings.printer import Device, Host, Printer, PrinterLanguage, Queue, Way

if TYPE_CHECKING:
    from kiosk.printing.fonts import Fonts
    from kiosk.printing.papers import Layout

Result = TypeVar("Result")

_GRACE_SECONDS = 1.0
"""How much longer than its limit a thread may take before it counts as hanging."""


class Equipment(NamedTuple):
    """What there is to print with."""

    font: str
    """The file of the font that is tried first; empty: Pillow's own."""
    orders_leftward: bool
    """Whether text from right to left comes out in its order."""
    tells_status: bool
    """Whether the printer says when it has no paper."""


class PrinterDoor:
    """Sends to the printer that the settings name, one job after the other."""

    def __init__(self, settings: Printer) -> None:
        self._settings = settings
        self._turn = asyncio.Lock()
        self._job: Future[Any] | None = None
        self._fonts: Fonts | None = None

    async def send(self, layout: Layout) -> None:
        """Print a layout, within 20 seconds.

        Raises PrinterError where nothing was printed, PrinterAwayError where that may work in a moment, and
        MaybePrintedError where paper may have come out.
        """
        await self._in_thread(lambda way, ends_at: self._send(layout, way, ends_at))

    async def look(self) -> Equipment:
        """Tell what there is to print with, and print nothing; raises PrinterError as `send` would."""
        return await self._in_thread(self._look)

    def _send(self, layout: Layout, way: Way, ends_at: float) -> None:
        fonts = self._opened_fonts()
        from kiosk.printing.drawing import draw  # noqa: PLC0415 - a kiosk without a printer has no Pillow

        language = self._settings.spoken
        job = Job(self._settings.address, encoded(draw(layout, self._settings.paper, fonts), language), ends_at)
        match way:
            case Host():
                network.send(way, job, asks_status=language is PrinterLanguage.ESC_POS)
            case Device():
                device.send(way, job)
            case Queue():
                cups.send(way, job, language)

    def _look(self, way: Way, ends_at: float) -> Equipment:
        fonts = self._opened_fonts()
        job, status = Job(self._settings.address, b"", ends_at), None
        match way:
            case Host():
                status = network.look(way, job, asks_status=self._settings.spoken is PrinterLanguage.ESC_POS)
            case Device():
                device.look(way, job)
            case Queue():
                cups.look(way, job)
        return Equipment(str(fonts.first or ""), fonts.orders_leftward, status is not None)

    def _opened_fonts(self) -> Fonts:
        try:
            from kiosk.printing.fonts import Fonts  # noqa: PLC0415 - as above
        except ImportError as error:
            raise PrinterError("printer_not_installed", missing="Pillow") from error
        if self._fonts is None:
            self._fonts = Fonts(self._settings.font)
        return self._fonts

    async def _in_thread(self, work: Callable[[Way, float], Result]) -> Result:
        """Do work in a thread of its own; the event loop only waits, and not longer than the whole limit."""
        way, address = self._settings.way, self._settings.address
        if way is None:
            raise PrinterError("printer_not_set")
        async with self._turn:
            if self._job is not None and not self._job.done():
                raise PrinterAwayError("printer_busy", printer=address)
            job = self._job = Future()
            job.set_running_or_notify_cancel()  # from here on it goes on, whoever stops waiting

            def run() -> None:
                try:
                    job.set_result(work(way, time.monotonic() + WHOLE_SECONDS))
                except Exception as error:  # noqa: BLE001 - raised again where it is waited for
                    job.set_exception(error)

            threading.Thread(target=run, name="printer", daemon=True).start()
            try:
                # Not wait_for: before Python 3.12 it swallows a cancellation that comes with the job's end.
                async with asyncio.timeout(WHOLE_SECONDS + _GRACE_SECONDS):
                    return await asyncio.wrap_future(job)
            except TimeoutError as error:
                raise MaybePrintedError("printer_stuck", printer=address, seconds=WHOLE_SECONDS) from error
