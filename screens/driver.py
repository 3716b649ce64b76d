"""How the app uses its terminal: Textual's driver, but for its size, who reads and who writes, and its end.

What the bytes mean that are read is in `screens/terminal.py`, how they are written in `screens/writer.py`. What is
changed here of Textual's driver was looked at in the version that `tests/screens/test_textual_patches.py` names.
"""

from __future__ import annotations

import asyncio
import os
import selectors
import shutil
import sys
import termios
import time
from contextlib import ExitStack, suppress
from typing import Any

from textual import constants
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from screens.terminal import READ_BYTES, Arrived, Reader, Silent
from screens.textual_patches import shows_whole_frames, tell_error
from screens.writer import Writer, hang_up

MOST_COLUMNS, MOST_LINES = 600, 200
"""Of a terminal that says it is larger, as one may after `stty rows 65535`, only so much is drawn on."""

LAST_SECONDS = 0.5
"""How long a terminal may take for the last that is written to it."""

TERMINAL_ORDERS, KIOSK_ORDERS = "\x1b[8h", "\x1b[8l"
"""Who puts letters in order that are written from right to left (ECMA-48: bidirectional support mode)."""
HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"

RESTORE = "".join(
    f"\x1b[{each}"
    for each in (
        "?2026l",
        "?2004l",
        "?7h",
        "?1000l",
        "?1003l",
        "?1015l",
        "?1006l",
        "?1004l",
        "8h",
        "0m",
        "?1049l",
        "?25h",
    )
)
"""Takes back all that an app asks of a terminal, and shows what was there before it."""


def terminal_size() -> tuple[int, int]:
    """Return columns and lines; 80 and 24 where the terminal says 0, as one of `ssh -t` from a script does."""
    size = shutil.get_terminal_size((80, 24))
    return min(size.columns, MOST_COLUMNS), min(size.lines, MOST_LINES)


class KioskDriver(LinuxDriver):
    """Textual's driver for a terminal, with a reader that keeps times of arrival, and an end that is certain."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        # Without a size the app would ask rich, which takes 0 for 25 lines, and the driver for 24, and draw for ever.
        super().__init__(app, debug=debug, mouse=mouse, size=size or terminal_size())
        # Textual draws on stderr; what `kiosk/cli/terminal.py` has looked at, and what is no file, is stdout.
        self._file = sys.__stdout__
        self._shows_cursor = False

    def start_application_mode(self) -> None:
        """Start without the keyboard protocol that reports each Shift as a key of its own."""
        # Textual's driver asks this constant when it starts, and has no parameter for it.
        self._shows_cursor = False  # Textual hides it
        asked, constants.DISABLE_KITTY_KEY = constants.DISABLE_KITTY_KEY, True  # type: ignore[misc]
        try:
            super().start_application_mode()  # type: ignore[no-untyped-call]
        finally:
            constants.DISABLE_KITTY_KEY = asked  # type: ignore[misc]
        if self._writer is None:
            hang_up()  # the terminal was gone already, so that nobody reads from it and hears it
        else:
            self._writer.on_read_again = self._draw_anew
            # Before anything is drawn: a terminal notes it with each line.
            self.write(KIOSK_ORDERS)

    def write(self, data: str) -> None:
        """Draw, where there is a terminal; a cursor that is shown is not seen to run through what is drawn."""
        if self._writer is None:
            return
        if self._shows_cursor and not shows_whole_frames(self._app):
            data = f"{HIDE_CURSOR}{data}{SHOW_CURSOR}"
        self._writer.write(data)

    def show_cursor(self, *, is_shown: bool) -> None:
        """Show the terminal's cursor, or hide it; it stands where it stands either way."""
        if is_shown != self._shows_cursor:
            self._shows_cursor = False
            self.write(SHOW_CURSOR if is_shown else HIDE_CURSOR)
            self._shows_cursor = is_shown

    def _draw_anew(self) -> None:
        """Have everything drawn that the terminal has not taken, the cursor too."""
        self._shows_cursor = False
        self._app.call_later(self._app.refresh)

    def stop_application_mode(self) -> None:
        """Restore the terminal, before anything that it has not taken yet."""
        if self._writer is not None:
            self._writer.discard()
            self.write(TERMINAL_ORDERS)
        super().stop_application_mode()

    def close(self) -> None:
        """Let go of the terminal, once it has taken what restores it."""
        if self._writer is not None and not self._writer.finish(LAST_SECONDS):
            self._writer.force(RESTORE)
        super().close()
        self._writer_thread = None

    def restore_at_once(self) -> None:
        """Restore the terminal without waiting for anything; any thread may call it while the event loop hangs."""
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        if self._writer is not None:
            self._writer.force(RESTORE)

    @property
    def _writer(self) -> Writer | None:
        """What was patched into Textual's place for it; None while the terminal is not drawn on."""
        writer: object = self._writer_thread
        return writer if isinstance(writer, Writer) else None

    def _get_terminal_size(self) -> tuple[int, int]:
        return terminal_size()

    def _sigtstp_application(self, *_: object) -> None:
        """Stop as a job of a shell does, but not where nobody may leave the kiosk."""
        if not getattr(self._app, "is_locked", False):
            super()._sigtstp_application()

    def _sigcont_application(self, *_: object) -> None:
        """Go on after a suspension, but not after a plain stop of the process, which left everything as it was.

        Textual starts a second reader then, and the two tear every code between them.
        """
        if self._must_signal_resume:
            super()._sigcont_application()

    def _run_input_thread(self) -> None:
        """Read; what breaks here is the app's to tell: Textual itself would print it on the terminal."""
        with ExitStack() as reading:
            reading.push(self._tell)
            self.run_input_thread()

    def _tell(self, _: object, error: BaseException | None, __: object) -> bool:
        if isinstance(error, Exception):
            self._app.call_later(tell_error, self._app, error)
        return True

    def run_input_thread(self) -> None:
        """Read bytes until the application ends, and hand on what they are, when they came, and when none do."""
        reader = Reader(debug=self._debug)
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                began = time.monotonic()
                is_waiting = bool(selector.select(reader.listen_seconds))
                waited = time.monotonic() - began
                data = self._read() if is_waiting else b""
                if data is None:
                    hang_up()
                    return
                for message in reader.heard(data, waited):
                    self._hand_on(message)

    def _read(self) -> bytes | None:
        """Return what waits to be read; None where the terminal is gone."""
        try:
            return os.read(self.fileno, READ_BYTES) or None
        except BlockingIOError:  # whoever else reads this terminal was faster
            return b""
        except OSError:
            # A terminal that hung up raises EIO where a closed one gives no bytes: both end the app.
            return None

    def _hand_on(self, message: Message) -> None:
        if not isinstance(message, Arrived | Silent):
            self.process_message(message)
            return
        asyncio.run_coroutine_threadsafe(self._app._post_message(message), loop=self._loop)  # noqa: SLF001 - as Textual's own reader does
