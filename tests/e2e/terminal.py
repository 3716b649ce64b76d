"""A program in a terminal of its own: what a person types goes in, what a person sees comes out. Knows no kiosk."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import pyte
import zxingcpp

from kiosk.scanner.tokens import SCANNER_GAP_SECONDS
from screens.seen import SEEN_SECONDS

PATIENCE = 30.0
"""Seconds after which something that should have shown up never will."""
SCALE = 4
"""Pixels a QR module; a decoder wants a few."""

# What today's programs ask of terminals and pyte would print: queries, private modes with other marks, strings.
_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<=>][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b[P\]_].*?(?:\x1b\\|\x07)", re.DOTALL)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;?<=>$]*|[P\]_][^\x1b\x07]*)?$")
_NAMED = {"black": 0, "white": 229, "brightwhite": 255, "brightblack": 102}


class Terminal:
    """One program in one terminal; `written` counts the bytes it wrote, `bells` how often it rang."""

    def __init__(
        self, command: Sequence[str], *, environment: Mapping[str, str], folder: Path, size: tuple[int, int] = (100, 30)
    ) -> None:
        columns, rows = size
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._left = b""
        self.written = 0
        self.heard = bytearray()
        """All that it wrote."""
        self.bells = 0
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        os.close(self._ours)

    @property
    def text(self) -> str:
        """What a person sees, as one flowing text."""
        return " ".join(" ".join(self._screen.display).replace("▌", " ").split())

    @property
    def before_cursor(self) -> str:
        """What stands in the cursor's row before it."""
        return "".join(self._screen.buffer[self._screen.cursor.y][x].data for x in range(self._screen.cursor.x))

    @property
    def behind_cursor(self) -> str:
        """What stands in the cursor's row from it on."""
        return self._screen.display[self._screen.cursor.y][self._screen.cursor.x :]

    @property
    def shows_cursor(self) -> bool:
        return not self._screen.cursor.hidden

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def press(self, key: str) -> None:
        """Press a key on a screen that stood long enough to have been seen."""
        self.settle(SEEN_SECONDS + 0.2)
        self.type(key)

    def tap(self, words: str, *, moved: tuple[int, int] = (0, 0), at_once: bool = False) -> None:
        """Put a finger on the last place where the words stand, as foot reports it, and lift it where it slipped to."""
        if not at_once:
            self.settle(SEEN_SECONDS + 0.2)
        y, line = next((y, line) for y, line in reversed([*enumerate(self._screen.display)]) if words in line)
        x = line.index(words) + len(words) // 2
        slips = [f"\x1b[<32;{x + 1 + moved[0]};{y + 1 + moved[1]}M"] if moved != (0, 0) else []
        self.type("".join([f"\x1b[<0;{x + 1};{y + 1}M", *slips, f"\x1b[<0;{x + 1 + moved[0]};{y + 1 + moved[1]}m"]))

    def type_by_hand(self, text: str) -> None:
        """Type sign by sign, slower than a scanner."""
        for sign in text:
            self.type(sign)
            self.settle(2 * SCANNER_GAP_SECONDS)

    def wait(self, *words: str, seconds: float = PATIENCE) -> str:
        """Read until all the words are on the screen."""
        end = time.monotonic() + seconds
        while not all(word in self.text for word in words):
            if time.monotonic() > end or not self.read(0.2):
                raise AssertionError(f"never came: {words}\n" + "\n".join(self._screen.display))
        return self.text

    def read(self, seconds: float) -> bool:
        """Take in what was written, waiting for it so long; False once the program has ended."""
        if not select.select([self._ours], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._ours, 65536)
        except OSError:
            return False
        self.written += len(data)
        self.heard += data
        data = self._left + data
        cut = _UNFINISHED.search(data)
        self._left = data[cut.start() :] if cut else b""
        shown = _NOT_FOR_PYTE.sub(b"", data[: cut.start()] if cut else data)
        self.bells += shown.count(b"\x07")
        self._stream.feed(shown)
        return bool(data)

    def settle(self, quiet: float = 0.5) -> None:
        """Read until nothing was written for a while."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            before = self.written
            if not self.read(quiet) or self.written == before:
                return
        raise AssertionError("it never comes to rest")

    def leave_unread(self, seconds: float) -> None:
        """Let it go on for so long without reading what it writes."""
        select.select([], [], [], seconds)

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.killpg(self.process.pid, signal.SIGWINCH)

    def kill(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def end(self, seconds: float = PATIENCE) -> int:
        """Read until the program has ended, and return its exit code."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.read(0.2):
            pass
        return self.process.wait(PATIENCE)

    def qr_codes(self, *, is_dark: bool = True, inverts: bool = True) -> list[str]:
        """Return what is read off the screen, drawn in half blocks or in blanks.

        `is_dark` says what the terminal's own ground is; not every scanner `inverts`.
        """
        rows: list[list[bool]] = []
        for y in range(self._screen.lines):
            cells = [self._screen.buffer[y][x] for x in range(self._screen.columns)]
            halves = [(_is_light(cell, is_dark, upper=True), _is_light(cell, is_dark, upper=False)) for cell in cells]
            rows += [[upper for upper, _ in halves], [lower for _, lower in halves]]
        pixels = b"".join(bytes(255 if light else 0 for light in row for _ in range(SCALE)) * SCALE for row in rows)
        picture = memoryview(pixels).cast("B", shape=[len(rows) * SCALE, len(rows[0]) * SCALE])
        found = zxingcpp.read_barcodes(picture, try_invert=inverts)
        return [str(code.text) for code in found if "QR" in str(code.format)]


def _is_light(cell: pyte.screens.Char, is_dark: bool, *, upper: bool) -> bool:  # noqa: FBT001 - of the terminal
    is_ink = cell.data in ("▀█" if upper else "▄█")
    if cell.reverse:
        is_ink = not is_ink
    colour = cell.fg if is_ink else cell.bg
    if colour == "default":
        return is_ink is is_dark
    if colour in _NAMED:
        return _NAMED[colour] > 127
    if not re.fullmatch("[0-9a-fA-F]{6}", colour):
        return is_ink
    red, green, blue = bytes.fromhex(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue > 127
