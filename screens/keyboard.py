"""What is typed, scanned, pasted and tapped at the desk, given to the screen it is meant for, in the order it came.

`kiosk/scanner` says what is a scan, typed text or a press; here it finds its screen. A press counts only on a screen
that somebody can have seen. What a scan means is in `screens/taking_in.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING, Protocol

from textual import events

from kiosk.scanner.machine import LONGEST_PIECE, Machine
from kiosk.scanner.tokens import (
    MOVING,
    Act,
    Alone,
    Erased,
    Paste,
    Pressed,
    Repeated,
    Scan,
    TooLong,
    Touched,
    Typed,
)
from kiosk.tracking.codes import Code
from kiosk.words.language import N_, _
from screens.base import ClerkScreen
from screens.entry import MAKE_NUMBER, is_unmistakable
from screens.finger import Finger
from screens.seen import was_seen
from screens.taking_in import TakingIn
from screens.terminal import Arrived, Heard
from screens.widgets.notice import NoticeKind

if TYPE_CHECKING:
    from kiosk.settings import Desk as DeskSettings

UNSEEN_SECONDS = 0.03
"""Signs that come faster than this are shown together, once there is a pause: nobody reads them one by one."""

REPEATED = N_("The same code was scanned again and ignored.")
TOO_LONG = N_("That was too long for a code: over 4,096 characters. None of it was kept.")


class Desk(Protocol):
    """What the keyboard needs of the app."""

    @property
    def clerk_screen(self) -> ClerkScreen | None:
        """The screen that takes keys now; None while the app opens or closes."""

    async def deliver(self, event: events.Event) -> None:
        """Let Textual have a touch."""

    async def run_action(self, action: str, default_namespace: ClerkScreen) -> bool:
        """Do what a key stands for."""

    def ring(self, kind: NoticeKind) -> None:
        """Let a person hear what happened."""


class Keyboard:
    """Everything a person's hands and scanner send, as one stream."""

    def __init__(self, desk: Desk, taking_in: TakingIn) -> None:
        self._desk = desk
        self._taking_in = taking_in
        self.machine = Machine(is_certain=lambda code: code.is_certain, is_unmistakable=is_unmistakable)
        self.typed = ""
        """What was typed and not used yet."""
        self._shown = ""
        self._arrived_at = 0.0
        """When the last thing arrived, on the clock of arrival, in seconds."""
        self._read_at = 0.0
        """When the last thing was read, on the clock of the system, in seconds."""
        self._finger = Finger()

    async def hear(self, told: Sequence[Heard]) -> None:
        """Take in what the reader told since the last time, in its order; scans that piled up are shown as one."""
        scans: list[Scan] = []
        is_fast = False
        for each in told:
            # What silence decides was read before this: first, so that it is judged by that time of reading.
            await self._carry_out(self.machine.quiet(each.at), scans)
            if isinstance(each, Arrived):
                is_fast = each.at - self._arrived_at <= UNSEEN_SECONDS
                self._arrived_at, self._read_at = each.at, each.read_at
                if (watcher := self._watcher) is not None:
                    watcher.take_tokens(each.tokens, each.at)
                acts = [act for token in each.tokens for act in self.machine.feed(token, each.at)]
                await self._carry_out(acts, scans)
            else:
                is_fast = False
                if (watcher := self._watcher) is not None:
                    watcher.take_silence(each.at)
            await asyncio.sleep(0)  # a flood leaves the screen its turn
        await self._take_in(scans)
        if self.typed != self._shown and not is_fast:
            self.show()

    def open(self, desk: DeskSettings) -> None:
        """Know this desk's scanner."""
        prefix = desk.own_prefix
        self.machine.prefix = desk.scanner_prefix
        self.machine.ends_by_silence = desk.scanner_end.value == "silence"
        # A number made here has no check digit: its beginning is all the proof there is.
        self.machine.is_certain = lambda code: code.upper().startswith(prefix) or code.is_certain

    def forget(self) -> None:
        """Forget what was typed: it was used, or given up."""
        self.typed = self._shown = ""

    def propose(self, text: str) -> None:
        """Begin the field with a text that can be put right, unless somebody has typed into it already."""
        if not self.typed:
            self.typed = text
            self.show()

    def show_typed(self) -> None:
        """Show what was typed ahead on the screen that it is meant for."""
        if self.typed:
            self.show()

    def show(self) -> None:
        """Show what was typed on the screen as it is now."""
        screen = self._desk.clerk_screen
        if screen is not None and screen.is_ready:
            self._shown = self.typed
            screen.entry_changed(self.typed)

    async def confirm(self) -> None:
        """Take the main key that was tapped as the Enter behind what was typed."""
        if self.typed:
            await self._complete()

    async def touched(self, key: str) -> None:
        """Take a sign or a key of a pad on the screen: a hand tapped it, however fast the next one follows."""
        if key == "enter":
            await self._press(key, inf)
            return
        self.typed = self.typed[:-1] if key == "backspace" else (self.typed + key)[:LONGEST_PIECE]
        self.show()

    @property
    def _watcher(self) -> ClerkScreen | None:
        """The screen, where it looks at what arrives itself."""
        screen = self._desk.clerk_screen
        return screen if screen is not None and screen.TAKES_TOKENS and screen.is_ready else None

    async def _carry_out(self, acts: Sequence[Act], scans: list[Scan]) -> None:
        """Do what each act asks for; scans join those that wait, which are taken in before anything else is done."""
        # The scanner test reads the raw signs; presses go on, or nobody could leave it.
        if self._watcher is not None:
            acts = [act for act in acts if isinstance(act, Pressed | Touched)]
        for act in acts:
            if isinstance(act, Scan):
                if len(act.codes) == 1 and not self.machine.is_certain(act.codes[0]):
                    await self._take_in(scans)  # the screen of those before may ask for this one: a badge, a place
                scans.append(act)
                self.typed = ""
            elif isinstance(act, Typed):
                self.typed += act.text
            else:
                await self._take_in(scans)
                await self._do(act, self._read_at)

    async def _take_in(self, scans: list[Scan]) -> None:
        """Take in the scans that wait; a field that stays in sight is emptied."""
        if not scans:
            return
        before = self._place
        typed_ahead, self.typed = self.typed, ""
        await self._taking_in.take_in_scans(tuple(scans))
        scans.clear()
        self.typed = typed_ahead
        # A new question begins with an empty field, whatever the last one showed.
        if self._place != before:
            self._shown = ""

    @property
    def _place(self) -> tuple[ClerkScreen | None, int]:
        """The screen as it asks now."""
        screen = self._desk.clerk_screen
        return screen, screen.turn if screen is not None else 0

    async def _do(self, act: Act, read_at: float) -> None:
        match act:
            case Pressed():
                await self._press(act.name, read_at)
            case Touched():
                await self._touch(act.event, read_at)
            case Erased():
                self.typed = "" if act.everything else self.typed[:-1]
            case Alone():
                await self._alone(act.sign, read_at)
            case Paste():
                await self._paste(act.text)
            case Repeated():
                self.typed = ""
                self._say(NoticeKind.LOOK, _(REPEATED))
            case TooLong():
                self.typed = ""
                self._say(NoticeKind.STOP, _(TOO_LONG))

    async def _press(self, name: str, read_at: float) -> None:
        screen = self._desk.clerk_screen
        if screen is None or not screen.is_ready:  # one that is still being put together has no parts yet
            return
        # Signs that came too fast to be shown must be in the field before a key acts on it.
        if self.typed != self._shown:
            self.show()
        action = screen.action_of(name)
        is_harmless = name in MOVING or (action is not None and action.harmless)
        if not is_harmless and not was_seen(screen, read_at):
            return
        if name == "enter" and self.typed:
            await self._complete()
        elif action is not None:
            await self._desk.run_action(action.name, default_namespace=screen)
            if name not in MOVING and not action.name.startswith("app."):
                self.forget()

    async def _complete(self) -> None:
        """Give what was typed to the screen's field; without one it counts only where it can only be a number."""
        screen, text = self._desk.clerk_screen, Code(self.typed)
        if screen is None or screen.busy:
            return
        self.forget()
        if screen.SHOWS_ENTRY:
            if not screen.entry_completed(text):
                await self._taking_in.take_in([text], is_typed=True)
        elif self.machine.is_certain(text):
            await self._taking_in.take_in([text])
        self.show()

    async def _touch(self, event: object, read_at: float) -> None:
        """Let the screen have a tap; what scrolls moves its list as an arrow key does."""
        screen = self._desk.clerk_screen
        if screen is None:
            return
        told: Sequence[events.MouseEvent] = ()
        match event:
            case events.MouseDown():
                told = self._finger.comes_down(screen, event, read_at)
            case events.MouseUp():
                told = self._finger.lifts(screen, event, self._arrived_at)
            case events.MouseScrollUp() | events.MouseScrollDown():
                name = "up" if isinstance(event, events.MouseScrollUp) else "down"
                if screen.action_of(name) is None:
                    told = (event,)
                else:
                    await self._press(name, read_at)
        for each in told:
            await self._desk.deliver(each)

    async def _alone(self, sign: str, read_at: float) -> None:
        screen = self._desk.clerk_screen
        # A paste fills the field without the machine, so a sign that is alone there may have text before it here.
        if screen is None or screen.busy or self.typed != sign or not was_seen(screen, read_at):
            return
        answer = screen.action_of(sign)  # only answers to a question have a sign for their key
        if answer is None and (screen.SEARCHES or sign != MAKE_NUMBER):
            return
        self.typed = ""
        self.machine.forget_typed()
        if answer is None:
            await self._taking_in.make_number()
        else:
            await self._desk.run_action(answer.name, default_namespace=screen)

    async def _paste(self, text: str) -> None:
        """Take a pasted number as a scan; anything else in one line is typed text."""
        if len(text) > LONGEST_PIECE:
            self._say(NoticeKind.STOP, _(TOO_LONG))
            return
        lines = [Code(line) for line in text.splitlines() if line.strip()]
        screen = self._desk.clerk_screen
        if len(lines) == 1 and screen is not None and screen.SHOWS_ENTRY and not self.machine.is_certain(lines[0]):
            self.typed += "".join(sign for sign in lines[0] if sign.isprintable())
            self.show()
            if text.endswith(("\n", "\r")):
                await self._complete()
        elif lines:
            self.typed = ""
            await self._taking_in.take_in(lines)

    def _say(self, kind: NoticeKind, words: str) -> None:
        screen = self._desk.clerk_screen
        self.show()
        if screen is not None and screen.is_ready and not screen.busy:
            screen.notice.say(kind, words)
        self._desk.ring(kind)
