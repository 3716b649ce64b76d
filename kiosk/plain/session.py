"""One conversation from its start to its end: it opens what it works with, ends in order, and says how it ended.

That it ends in time is the business of `kiosk/watchdog.py`.
"""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from tempfile import TemporaryFile
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from kiosk.errors import KioskError, SettingsError
from kiosk.plain.lines import Talk
from kiosk.plain.questions import InputOver
from kiosk.plain.terminal import Terminal
from kiosk.watchdog import ENDED_WELL, ENDED_WRONG, LAST_SECONDS, Watchdog
from kiosk.words.errors import Said, SpokenError
from kiosk.words.language import _

WRONG_USAGE = 2
"""The exit code of the command line for settings that can't be used."""
CLOSE_SECONDS = 3.0

_log = logging.getLogger("kiosk")


class ClosesAtOnce(Protocol):
    """What a conversation works with, as far as its end needs it."""

    @property
    def close_at_once(self) -> Callable[[float], None]:
        """Return what closes the journal within so many seconds."""


S = TypeVar("S", bound=ClosesAtOnce)


class Ended(NamedTuple):
    """How it ended."""

    exit_code: int
    failure: KioskError | None
    """What is to be told about it."""


def terminal_of_process() -> Terminal:
    """Return what this process reads from and writes to."""
    encoding = (sys.stdout.encoding if sys.stdout is not None else None) or "utf-8"
    return Terminal(0, 1, encoding)


class Session(Generic[S]):
    """Runs a conversation; the input's end ends it well, a signal as the watchdog says."""

    def __init__(
        self,
        terminal: Terminal,
        watchdog: Watchdog,
        open_services: Callable[[], AbstractAsyncContextManager[S]],
        converse: Callable[[Talk, S], Awaitable[None]],
    ) -> None:
        self._terminal = terminal
        self._watchdog = watchdog
        self._open_services = open_services
        self._converse = converse
        self._services: S | None = None
        self._task: asyncio.Task[None] | None = None
        self._asked_for: int | None = None
        self.last_works: Sequence[Callable[[], None]] = (
            self._close_journal,
            terminal.restore,
            _log_what_hangs,
        )
        """What the watchdog does before it ends a process that hangs."""

    def run(self) -> Ended:
        """Run it to its end; the process ends within 5 s of a signal."""
        self._watchdog.start()
        return asyncio.run(self._run())

    def ask_to_end(self, exit_code: int) -> None:
        """End it, for the watchdog."""
        self._asked_for = exit_code
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> Ended:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(_log_error)
        self._watchdog.look_at(loop, self)
        opened = AsyncExitStack()
        self._task = asyncio.create_task(self._converse_with(Talk(self._terminal), opened))
        try:
            await asyncio.wait([self._task])
        finally:
            self._watchdog.begin_end()
            await self._close(opened)
            self._terminal.close()
        failure = _failure(self._task)
        return Ended(self._exit_code(failure), failure)

    async def _converse_with(self, talk: Talk, opened: AsyncExitStack) -> None:
        talk.open()
        talk.say(_("The kiosk is opening."))
        # In a thread, for it imports most of the program; what is typed meanwhile waits.
        opening = await asyncio.to_thread(self._open_services)
        self._services = await opened.enter_async_context(opening)
        await self._converse(talk, self._services)

    async def _close(self, opened: AsyncExitStack) -> None:
        """Close what was opened; what takes too long is broken off, and the journal is closed all the same."""
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await opened.aclose()

    def _exit_code(self, failure: KioskError | None) -> int:
        if failure is not None:
            return WRONG_USAGE if isinstance(failure, SettingsError) else ENDED_WRONG
        return ENDED_WELL if self._asked_for is None else self._asked_for

    def _close_journal(self) -> None:
        if self._services is not None:
            self._services.close_at_once(LAST_SECONDS)


def _failure(task: asyncio.Task[None]) -> KioskError | None:
    """Return what is to be told about how a conversation ended; an error nobody foresaw goes to the log."""
    error = None if task.cancelled() else task.exception()
    if error is None or isinstance(error, InputOver):
        return None
    if isinstance(error, KioskError):
        return error
    _log.critical("The conversation ended unexpectedly.", exc_info=error)
    return SpokenError(
        Said(
            _("The kiosk ended unexpectedly"),
            _("Nothing that was recorded is lost."),
            _("Start it again. The log in the data folder tells the operator more."),
        )
    )


def _log_what_hangs() -> None:
    with TemporaryFile("w+", encoding="utf-8") as stacks:
        faulthandler.dump_traceback(stacks)
        stacks.seek(0)
        _log.critical("The kiosk did not end by itself. It hangs here:\n%s", stacks.read())


def _log_error(_loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """Log what went wrong in a task that nobody waits for; asyncio itself would quote the error's words."""
    _log.error("%s", context["message"], exc_info=context.get("exception"))
