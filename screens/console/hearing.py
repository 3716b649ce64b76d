"""What arrives at a console as acts on its screens: a letter is a key, unless it was typed ahead or is an answer.

A part of both consoles' apps; what a key means is the screen's business.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from textual import events

from kiosk.scanner.loose_text import LooseText
from kiosk.scanner.machine import Machine
from kiosk.scanner.tokens import (
    SCANNER_GAP_SECONDS,
    Act,
    Alone,
    Erased,
    Paste,
    Pressed,
    Repeated,
    Scan,
    Touched,
    Typed,
)
from screens.console.actions import SIGN_KEYS
from screens.console.framed import FramedScreen
from screens.terminal import Arrived, Heard

AnyScreen: TypeAlias = FramedScreen[Any]


class Hearing:
    """Gives each act to the screen that is shown, to its end before the next."""

    def __init__(
        self, shown: Callable[[], AnyScreen | None], touched: Callable[[events.Event], Awaitable[None]]
    ) -> None:
        self._shown = shown
        """Gives the screen; None while the app begins or closes."""
        self._touched = touched
        # No code is a parcel here, so none ends a line before its Enter; a letter needs only the scanner's gap.
        self._machine = Machine(is_certain=lambda _: False, alone_after=SCANNER_GAP_SECONDS)
        self._loose_text = LooseText()

    async def hear(self, message: Heard) -> None:
        """Take what was read, or let a silence decide what it decides."""
        for each in message.together:
            for token in each.tokens if isinstance(each, Arrived) else ():
                if self._loose_text.arrives(token, each.at):
                    self._machine.forget_typed()
                for act in self._machine.feed(token, each.at):
                    await self._do(act)
            for act in self._machine.quiet(each.at):
                await self._do(act)

    async def _do(self, act: Act) -> None:
        """Give an act to the screen: all is text while something is asked, else a letter that stands alone is a key."""
        screen = self._shown()
        if screen is None:
            return
        if isinstance(act, Touched) and isinstance(act.event, events.Event):
            await self._touched(act.event)
        elif screen.message_line.is_asking:
            await self._answer(screen, act)
        else:
            await self._press(screen, act)

    async def _answer(self, screen: AnyScreen, act: Act) -> None:
        match act:
            case Typed():
                self._loose_text.typed(act.text, is_asked=True)
                screen.paste(act.text)
            case Paste():
                screen.paste(act.text)
            case Pressed():
                await screen.press(act.name, None)
            case Erased():
                await screen.press("ctrl+u" if act.everything else "backspace", None)
            case Scan() | Repeated():
                await screen.press("enter", None)
            case _:
                pass  # a letter that stands alone was shown as it came

    async def _press(self, screen: AnyScreen, act: Act) -> None:
        """Press keys. What is typed ahead of a question is text that nobody asked for: no letter of it is a key."""
        match act:
            case Typed():
                if first := self._loose_text.typed(act.text, is_asked=False):
                    screen.take_as_text(SIGN_KEYS.get(first, first))
            case Alone():
                self._machine.forget_typed()
                key = SIGN_KEYS.get(act.sign, act.sign)
                if not self._loose_text.lets_press or not await screen.press(key, act.sign):
                    self._loose_text.begin()
            case Pressed():
                is_its_end = self._loose_text.goes_on and act.name == "enter"
                self._loose_text.end()
                if not is_its_end:
                    await screen.press(act.name, None)
            case Paste():
                self._loose_text.begin()
            case _:
                pass  # a scan where nothing is asked
