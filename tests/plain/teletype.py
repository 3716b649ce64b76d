"""Somebody at a terminal that prints lines: reads what was printed and types lines, and knows nothing else."""

from __future__ import annotations

import asyncio
import os
import re
import time
from codecs import getincrementaldecoder
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from kiosk.desk.scrypt import Cost
from kiosk.plain.clerk.desk import converse
from kiosk.plain.lines import Talk
from kiosk.plain.terminal import Terminal
from kiosk.wiring import Background, Services, open_services
from tests.house.desk import no_sleep
from tests.screens.kiosk_in_test import Desk

PATIENCE = 60.0
"""Seconds after which something that should have been printed never will be."""

HOME = "Scan a parcel, or type a number, a name, or tasks."


class Teletype:
    """One end of a line; `is_over` tells whether the other end has gone."""

    def __init__(self, keyboard: int, paper: int, is_over: Callable[[], bool] = lambda: False) -> None:
        self._keyboard, self._paper = keyboard, paper
        self._is_over = is_over
        self._decode = getincrementaldecoder("utf-8")().decode
        self.printed = ""
        """All that was printed, as it came."""
        self._since = 0
        """How much of it had been printed when the last line was typed."""
        os.set_blocking(paper, False)

    async def types(self, line: str) -> None:
        """Type a line, once everything that was printed is read."""
        self._take()
        self._since = len(self.printed)
        os.write(self._keyboard, f"{line}\n".encode())

    async def says(self, line: str, *words: str) -> str:
        """Type a line, and return what is printed for it once all these words are there."""
        await self.types(line)
        return await self.reads(*words)

    async def reads(self, *words: str) -> str:
        """Wait until all words stand in what was printed since the last line was typed, in one flowing text."""
        return await self._read_until(lambda said: all(word in said for word in words), words)

    async def reads_any(self, *words: str) -> str:
        """Wait until one of these stands there."""
        return await self._read_until(lambda said: any(word in said for word in words), words)

    async def _read_until(self, is_enough: Callable[[str], bool], words: tuple[str, ...]) -> str:
        end = time.monotonic() + PATIENCE
        while not is_enough(self.since):
            is_over = self._is_over()
            self._take()
            if (is_over or time.monotonic() > end) and not is_enough(self.since):
                missing = [word for word in words if word not in self.since]
                raise AssertionError(f"never printed: {missing}\n{self.printed[-3000:]}")
            await asyncio.sleep(0.002)
        return self.since

    @property
    def since(self) -> str:
        """What was printed since the last line was typed."""
        return " ".join(self.printed[self._since :].split())

    def number_of(self, words: str) -> str:
        """Return the number of the first choice that holds the words, of those offered since the last line."""
        found = re.findall(rf"^(\d+): [^\n]*{re.escape(words)}", self.printed[self._since :], re.MULTILINE)
        assert found, f"no such choice: {words}\n{self.printed[self._since :]}"
        return str(found[0])

    def last(self, pattern: str) -> str:
        """Return what a pattern's group holds in what was printed last."""
        found = re.findall(pattern, self.since)
        assert found, f"not printed: {pattern}\n{self.since}"
        return str(found[-1])

    def _take(self) -> None:
        with suppress(BlockingIOError):
            while data := os.read(self._paper, 65536):
                self.printed += self._decode(data)


async def until(condition: Callable[[], bool], what: str) -> None:
    """Wait until something is so that is printed nowhere."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"never came: {what}")
        await asyncio.sleep(0.005)


class Plain:
    """A kiosk in plain mode, with whoever stands before it."""

    def __init__(self, tty: Teletype, services: Services, talk: Talk) -> None:
        self.tty = tty
        self.services = services
        self.talk = talk


@asynccontextmanager
async def talking(desk: Desk, **settings: Any) -> AsyncIterator[Plain]:
    """Open a kiosk in plain mode behind two pipes; at the end nothing more is typed, and it leaves."""
    (typed, keyboard), (paper, printed) = os.pipe(), os.pipe()
    terminal = Terminal(typed, printed, "utf-8")
    opening = open_services(desk.settings(**settings), clock=desk.clock, background=Background.DESK, sleep=no_sleep)
    async with opening as services:
        services.desk.people._cost = Cost(n=2**4)
        talk = Talk(terminal)
        talk.open()
        conversation = asyncio.create_task(converse(talk, services))
        tty = Teletype(keyboard, paper, conversation.done)
        try:
            yield Plain(tty, services, talk)
        finally:
            os.close(keyboard)
            await asyncio.wait_for(conversation, PATIENCE)
            terminal.close()
            tty._take()
            for each in (typed, paper, printed):
                os.close(each)
