"""What is shown while there is no kiosk: it comes back in a moment, or somebody has to help. Needs no journal.

An app of its own with next to nothing in it, so that whatever broke the kiosk does not break this.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from math import inf
from pathlib import Path, PurePath
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.events import Event
from textual.screen import Screen
from textual.widgets import Static

from kiosk.errors import KioskError
from kiosk.scanner.machine import Machine
from kiosk.scanner.tokens import Act, Pressed, Touched, Typed
from kiosk.watchdog import Watchdog
from kiosk.words.errors import explain
from kiosk.words.language import N_, _
from kiosk.words.plain import plain
from kiosk.words.times import time_of_day
from screens.driver import KioskDriver
from screens.lifetime import Lifetime
from screens.perceived import PerceivedApp
from screens.seen import SEEN_SECONDS
from screens.terminal import Arrived, Heard, Silent
from screens.theme import default_tokens, stylesheets, use_theme
from screens.widgets.action_row import ActionItem, ActionRow
from screens.widgets.question import Question

PAUSE_SECONDS = 5
"""How long a crash is told before the kiosk starts again."""

NOTHING_LOST = N_("Nothing that was recorded is lost.")
AGAIN, LEAVE = "again", "leave"


class Told(NamedTuple):
    """What is said: a heading, and whole sentences below it."""

    title: str
    sentences: tuple[str, ...]


def crashed(number: str) -> Callable[[int], Told]:
    """Return what is said so many seconds before the next start; `number` is that of the parcel on the screen."""

    def told(seconds: int) -> Told:
        again = _("The kiosk starts again by itself in {seconds} s. Scan the next parcel after that.")
        kept = _("Parcel {number} is kept.").format(number=number) if number else _(NOTHING_LOST)
        return Told(_("Something went wrong."), (again.format(seconds=seconds), kept))

    return told


def gave_up(at: datetime, log: Path | None) -> Told:
    """Return what is said after too many crashes, the last one at that time."""
    failed = _("The kiosk failed three times within a minute, the last time at {time}.")
    where = (
        _("For the operator: {path} says why.").format(path=log) if log else _("For the operator: the log says why.")
    )
    return Told(_("Call the operator."), (failed.format(time=time_of_day(at, seconds=True)), _(NOTHING_LOST), where))


def not_opened(error: KioskError) -> Told:
    """Return what is said where the kiosk can't open, and nobody may leave it."""
    said = explain(error)
    return Told(_("The kiosk can't open. Call the operator."), (said.line, said.hint))


class PauseWords(Question):
    """Stands where a question would: heading, sentences, and what can be done."""

    def __init__(self, told: Told, items: Sequence[ActionItem]) -> None:
        super().__init__(told.title, _text(told), items)
        self._told = told

    def compose(self) -> ComposeResult:
        """Leave the row of targets out where there is none."""
        yield Static(plain(self._told.title), markup=False, classes="-title")
        yield Static(_text(self._told), markup=False, id="sentences")
        if self._answers:
            yield ActionRow(self._answers)

    def say(self, told: Told) -> None:
        """Say something else below the same heading."""
        self.query_one("#sentences", Static).update(_text(told))


class PauseScreen(Screen[None]):
    """Says it, and offers what can be done."""

    AUTO_FOCUS = None

    def __init__(self, told: Told, items: Sequence[ActionItem]) -> None:
        super().__init__()
        self.words = PauseWords(told, items)

    def compose(self) -> ComposeResult:
        """Say it."""
        yield self.words


def _text(told: Told) -> str:
    return "\n\n".join(map(plain, told.sentences))


class PauseApp(PerceivedApp[bool]):
    """Ends with True where the kiosk is to start again; else this process is to end."""

    CSS_PATH: ClassVar[list[str | PurePath] | None] = stylesheets()
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    def __init__(self, watchdog: Watchdog, told: Told | Callable[[int], Told], theme: str, *, is_locked: bool) -> None:
        """Say something until somebody chooses, or count down what is said of the seconds that are left."""
        super().__init__(driver_class=KioskDriver)
        use_theme(self, theme)
        self.lifetime = Lifetime(self, watchdog)
        self.is_locked = is_locked
        self._left = PAUSE_SECONDS
        self._counted = None if isinstance(told, Told) else told
        self._told = told if isinstance(told, Told) else told(self._left)
        self._machine = Machine(is_certain=lambda _: False)
        self._seen_since = inf
        self._has_text = False
        """Whether signs came last: an Enter behind them ends a code that was too short to be known as one."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Let every stylesheet use the theme's tokens."""
        return default_tokens()

    def get_default_screen(self) -> PauseScreen:
        """Show the only screen."""
        return PauseScreen(self._told, () if self._counted else self._items())

    def on_mount(self) -> None:
        """Count down, where something is counted; a key counts once it can have been read what it does."""
        if self._counted:
            self.set_interval(1.0, self._count)
        self.call_after_refresh(self._is_painted)

    async def on_unmount(self) -> None:
        """End like every app."""
        await self.lifetime.close()

    async def on_arrived(self, message: Arrived) -> None:
        """Take keys and taps."""
        await self._hear(message)

    async def on_silent(self, message: Silent) -> None:
        """Let a silence decide that something was a key."""
        await self._hear(message)

    def on_action_row_chosen(self, message: ActionRow.Chosen) -> None:
        """Do what was tapped."""
        self._do(message.action)

    async def _hear(self, message: Heard) -> None:
        for each in message.together:
            for token in each.tokens if isinstance(each, Arrived) else ():
                for act in self._machine.feed(token, each.at):
                    await self._take(act)
            for act in self._machine.quiet(each.at):
                await self._take(act)

    async def _take(self, act: Act) -> None:
        is_behind_text, self._has_text = self._has_text, isinstance(act, Typed)
        if is_behind_text or time.monotonic() < self._seen_since + SEEN_SECONDS:
            return
        if isinstance(act, Touched) and isinstance(act.event, Event):
            await super().on_event(act.event)
        elif isinstance(act, Pressed) and act.name == "enter":
            self._do(AGAIN)
        elif isinstance(act, Pressed) and act.name == "ctrl+q":
            self._do(LEAVE)

    def _do(self, what: str) -> None:
        if what in {item.action for item in self._items()} and not self._counted:
            self._end(goes_on=what == AGAIN)

    def _end(self, *, goes_on: bool) -> None:
        self.lifetime.is_followed = goes_on
        self.exit(result=goes_on)

    def _items(self) -> tuple[ActionItem, ...]:
        again = ActionItem(AGAIN, "Enter", _("Try again"), main=True)
        return (again,) if self.is_locked else (again, ActionItem(LEAVE, "Ctrl+Q", _("Leave")))

    def _count(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._end(goes_on=True)
        elif self._counted is not None and isinstance(self.screen, PauseScreen):
            self.screen.words.say(self._counted(self._left))

    def _is_painted(self) -> None:
        self._seen_since = time.monotonic()

    def _handle_exception(self, error: Exception) -> None:
        self.lifetime.end_unforeseen(error)
