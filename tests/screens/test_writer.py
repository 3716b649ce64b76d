"""What is drawn on its way to a terminal: at once, never waited for, bounded, and whole again once it is read."""

from __future__ import annotations

import asyncio
import os
import pty
import select
import signal
import time
import tty
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from screens.writer import MOST_WAITING, Writer

LINE = "line {:06d}\n"
END = "[end]"
SOON = 0.5
"""Seconds within which what must not wait has returned."""


class Line:
    """A terminal, its writer, and whoever reads it."""

    def __init__(self) -> None:
        self.ours, self.theirs = pty.openpty()
        tty.setraw(self.theirs)
        self.writer = Writer(os.fdopen(self.theirs, "w", encoding="utf-8", closefd=False))

    def read(self) -> str:
        """Return what waits to be read."""
        data = b""
        while select.select([self.ours], [], [], 0)[0]:
            data += os.read(self.ours, 65536)
        return data.decode()

    async def read_until(self, end: str) -> str:
        """Read, and let the event loop write meanwhile, until this has come."""
        text, patience = "", time.monotonic() + 10
        while end not in text:
            assert time.monotonic() < patience, f"never came: {end}"
            text += self.read()
            await asyncio.sleep(0)
        return text

    def fill(self) -> int:
        """Write lines that nobody reads until none is kept any more; return how many there were."""
        count = 2 * MOST_WAITING // len(LINE.format(0))
        for number in range(count):
            self.writer.write(LINE.format(number))
        return count


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    made = Line()
    yield made
    made.writer.stop()
    os.close(made.ours)
    os.close(made.theirs)


@contextmanager
def heard(number: signal.Signals) -> Iterator[list[int]]:
    taken: list[int] = []

    def take(sign: int, _: FrameType | None) -> None:
        taken.append(sign)

    before = signal.signal(number, take)
    try:
        yield taken
    finally:
        signal.signal(number, before)


async def test_text_is_sent_at_once_and_in_its_order(line: Line) -> None:
    line.writer.write("one ")
    line.writer.write("zwölf")
    assert line.read() == "one zwölf"


async def test_a_terminal_that_is_not_read_holds_nobody_up_and_what_waits_is_bounded(line: Line) -> None:
    began = time.monotonic()
    line.fill()
    assert time.monotonic() - began < SOON
    assert len(line.writer._waiting) <= MOST_WAITING + len(LINE.format(0))


async def test_once_it_is_read_again_whole_texts_come_and_then_everything_is_asked_for(line: Line) -> None:
    asked: list[str] = []

    def draw_anew() -> None:
        asked.append("everything")
        line.writer.write(END)

    line.writer.on_read_again = draw_anew
    count = line.fill()
    lines = (await line.read_until(END)).removesuffix(END)
    kept = lines.count("\n")
    assert lines == "".join(map(LINE.format, range(kept)))
    assert 0 < kept < count
    assert asked == ["everything"]


async def test_a_terminal_that_is_only_slow_gets_all_of_it_and_nothing_twice(line: Line) -> None:
    line.writer.on_read_again = lambda: pytest.fail("nothing was left out")
    text = "".join(map(LINE.format, range(MOST_WAITING // 2 // len(LINE.format(0))))) + END
    line.writer.write(text)
    assert await line.read_until(END) == text


async def test_what_is_discarded_makes_room_for_what_comes_next(line: Line) -> None:
    line.fill()
    line.writer.discard()
    line.writer.write(END)
    assert (await line.read_until(END)).endswith(f"\x18{END}")


async def test_waiting_for_the_last_has_an_end(line: Line) -> None:
    line.fill()
    began = time.monotonic()
    assert not line.writer.finish(0.05)
    assert time.monotonic() - began < SOON


async def test_what_is_forced_comes_next_for_whoever_reads_a_terminal_that_was_not_read(line: Line) -> None:
    line.fill()
    line.writer.force(END)
    before, cancel, end = line.read().rpartition("\x18")
    assert (cancel, end) == ("\x18", END)
    assert len(before) <= 8192  # what the reading side had taken already


async def test_a_terminal_that_is_gone_is_heard_of_once_and_is_no_error() -> None:
    line = Line()
    with heard(signal.SIGHUP) as signals:
        os.close(line.ours)
        line.writer.write("a")
        line.writer.write("b")
        line.writer.stop()
    os.close(line.theirs)
    assert signals == [signal.SIGHUP]


async def test_a_terminal_of_another_account_is_given_back_as_it_was(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> str:
        raise PermissionError

    monkeypatch.setattr(os, "ttyname", refuse)
    writer = Writer(os.fdopen(line.theirs, "w", closefd=False))
    writer.write("x" * MOST_WAITING)
    assert not os.get_blocking(line.theirs)
    writer.stop()
    assert os.get_blocking(line.theirs)
