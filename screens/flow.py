"""Waits for something that a screen asked for, and lets the screen say so while it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Any, Protocol, TypeVar

from textual.app import App

from kiosk.errors import KioskError
from kiosk.words.language import N_, _
from screens.messages import EndedElsewhere
from screens.textual_patches import context_of_app
from screens.widgets.notice import Greeting, Notice, NoticeKind

T = TypeVar("T")

SHOW_WAIT_AFTER_SECONDS = 0.3
EXPLAIN_WAIT_AFTER_SECONDS = 5.0
WAITING_LONG = N_("This takes longer than usual. You can scan the next parcel; this one goes on and stays in the list.")
ALL_WAITS = N_("This takes longer than usual. Nothing is lost: what you scan or type meanwhile comes after it.")


class Waits(Protocol):
    """What a flow needs of the clerk's screen that shows its words."""

    turn: int
    busy: bool
    """A flow of the screen is under way, and says its own words."""

    @property
    def about(self) -> str:
        """What the screen is about, for words that are shown on another one."""

    @property
    def app(self) -> App[object]:
        """The app, which outlives the screen."""

    @property
    def notice(self) -> Notice:
        """Where the screen says something."""

    def is_still_at(self, turn: int) -> bool:
        """Tell whether the screen is still there, and about what it was about at that turn."""

    def set_busy(self, *, busy: bool) -> None:
        """Let keys wait while a flow is under way."""

    def greet(self) -> None:
        """Say what was said before the flow took so long."""

    async def failed(self, error: KioskError) -> None:
        """Go on after a flow of this screen failed."""


def begin(app: App[Any], flow: Coroutine[object, object, None]) -> None:
    """Let a flow go on in the app's name: it outlives the screen that began it, and keeps nothing of it alive."""
    context_of_app().run(partial(app.run_worker, flow, group="flows", exit_on_error=True))


async def carry_out(
    screen: Waits, flow: Coroutine[object, object, T], waiting: str, then: Callable[[T], object]
) -> None:
    """Run a flow, with words on its screen while it takes, and call `then` with its result.

    The flow outlives the screen: a clerk who scans on doesn't undo what was asked for. `then` is called only while
    the screen is still there; else the app hears what became of it.
    """
    # Noted now: when the flow ends, the recipient screen may be about another parcel.
    turn, about, has_said = screen.turn, screen.about, False

    def say(sentence: str) -> None:
        nonlocal has_said
        if screen.is_still_at(turn):
            screen.notice.wait(f"{waiting}...", sentence)
            has_said = True

    waits = (
        (SHOW_WAIT_AFTER_SECONDS, lambda: say("")),
        (EXPLAIN_WAIT_AFTER_SECONDS - SHOW_WAIT_AFTER_SECONDS, lambda: say(_(WAITING_LONG))),
    )
    try:
        result = await outcome(flow, waits)
    except KioskError as error:
        if screen.is_still_at(turn):
            screen.set_busy(busy=False)
            await screen.failed(error)
        else:
            screen.app.post_message(EndedElsewhere(about, error))
        return
    if screen.is_still_at(turn):
        screen.set_busy(busy=False)
        # Only over words of this flow: `then` may find others there that somebody has to read.
        if has_said:
            screen.greet()
        then(result)
    else:
        screen.app.post_message(EndedElsewhere(about))


async def with_words(screen: Waits | None, flow: Coroutine[object, object, T], waiting: str) -> T:
    """Return what a flow returns, with words on the screen while it takes; what was said there before comes back.

    For what has to be over before anything else is heard: no key of the screen is turned off, for all of them wait.
    """
    if screen is None:
        return await flow
    turn, said = screen.turn, list[Greeting]()

    def say(sentence: str) -> None:
        if screen.is_still_at(turn) and not screen.busy:
            notice = screen.notice
            is_wait = notice.kind is NoticeKind.WAIT
            said.append(Greeting() if is_wait else Greeting(notice.title, notice.sentence, notice.kind))
            notice.wait(f"{waiting}...", sentence)

    waits = (
        (SHOW_WAIT_AFTER_SECONDS, lambda: say("")),
        (EXPLAIN_WAIT_AFTER_SECONDS - SHOW_WAIT_AFTER_SECONDS, lambda: say(_(ALL_WAITS))),
    )
    try:
        return await outcome(flow, waits)
    finally:
        # Not over what was said meanwhile, which somebody has to read.
        if said and screen.is_still_at(turn) and screen.notice.kind is NoticeKind.WAIT:
            screen.notice.say(said[0].kind, said[0].title, said[0].sentence)


async def outcome(flow: Coroutine[object, object, T], waits: Iterable[tuple[float, Callable[[], object]]]) -> T:
    """Return what a flow returns. Each wait is a time in seconds, after the one before, and what is done at its end.

    A flow goes on while its screen is left; it is given up only with the whole program, and then the journal knows
    what was asked for.
    """
    task = asyncio.ensure_future(flow)
    try:
        for seconds, say in waits:
            # Not `wait_for`, which cancels the flow when the time is over.
            await asyncio.wait({task}, timeout=seconds)
            if not task.done():
                say()
        return await task
    except asyncio.CancelledError:
        # `asyncio.wait` leaves the task running when the waiting itself is cancelled.
        task.cancel()
        raise
