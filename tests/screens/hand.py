"""One way to use the kiosk, by keys alone or by taps alone: what a person does is said once and done by either."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import asdict
from typing import Any

from textual.geometry import Region

from screens.actions import Action
from screens.clerk_actions import KEYBOARD
from screens.finger import targets_on
from screens.widgets.row_list import RowList
from screens.widgets.target import LEAST_COLUMNS, LEAST_ROWS
from tests.screens.kiosk_in_test import Desk, Kiosk


def list_of(kiosk: Kiosk) -> RowList[Any]:
    """Return the list that is shown."""
    return next(widget for widget in kiosk.screen.query("RowList") if isinstance(widget, RowList))


class Hand(ABC):
    """A person at the desk, with the scanner in the other hand."""

    def __init__(self, kiosk: Kiosk, desk: Desk | None = None) -> None:
        self.kiosk = kiosk
        self._desk = desk
        self.visited: set[str] = set()
        """The screens that were used."""

    @property
    def desk(self) -> Desk:
        assert self._desk is not None
        return self._desk

    async def at(self, name: str, *words: str) -> None:
        """Wait until a screen is there, and can be used."""
        await self.kiosk.at(name)
        await self.kiosk.shows(*words)
        self.visited.add(f"{name}Screen")

    async def scan(self, number: str) -> None:
        """Scan a parcel."""
        self.kiosk.scan(number)

    @abstractmethod
    async def do(self, action: Action) -> None:
        """Do what stands on a key, as soon as it can be done."""

    @abstractmethod
    async def type(self, text: str) -> None:
        """Type into the field that is shown."""

    @abstractmethod
    async def digits(self, pin: str) -> None:
        """Enter a PIN."""

    @abstractmethod
    async def choose(self, words: str, action: Action) -> None:
        """Take the row of the list that has these words, which the main key does too."""


class Keys(Hand):
    """Touches no screen."""

    async def do(self, action: Action) -> None:
        """Press its key."""
        await self.kiosk.until(lambda: self.kiosk.screen.action_of(action.key) is action, action.name)
        await self.kiosk.press(action.key)

    async def type(self, text: str) -> None:
        """Type it."""
        self.kiosk.type(text)
        await self.kiosk.pilot.pause(0)

    async def digits(self, pin: str) -> None:
        """Type it."""
        await self.type(f"{pin}\r")

    async def choose(self, words: str, action: Action) -> None:
        """Go to the row by the arrows."""
        rows = list_of(self.kiosk)
        await self.kiosk.until(lambda: any(words in str(asdict(row)) for row in rows.rows), words)
        at = next(index for index, row in enumerate(rows.rows) if words in str(asdict(row)))
        while rows.highlighted != at:
            before = rows.highlighted
            await self.kiosk.press("down" if before is None or before < at else "up")
            await self.kiosk.until(lambda before=before: rows.highlighted != before, words)  # type: ignore[misc]
        await self.do(action)


class Fingers(Hand):
    """Presses no key: each tap is a press and a release in the middle of a target that is large enough."""

    def target(self, *names: str) -> Region | None:
        """Return where something can be tapped now."""
        found = ((target, region) for target, region in targets_on(self.kiosk.screen) if target.enabled)
        return next((region for target, region in found if target.name in names), None)

    async def tap(self, *names: str) -> None:
        """Tap what has one of these names, once it is there."""
        await self.kiosk.until(lambda: self.target(*names) is not None, " or ".join(names))
        region = self.target(*names)
        assert region is not None
        assert region.width >= LEAST_COLUMNS, f"{names}: {region}"
        assert region.height >= LEAST_ROWS, f"{names}: {region}"
        self.kiosk.hands.tap(region.x + region.width // 2, region.y + region.height // 2)
        await self.kiosk.pilot.pause(0)

    async def do(self, action: Action) -> None:
        """Tap it; where letters stand in its place, the main key is among them, and for others they are hidden."""
        main = ("enter",) if action.main else ()
        if self.target(*main, action.name) is None and self.target("hide") is not None:
            await self.tap("hide")
        await self.tap(action.name, *main)

    async def type(self, text: str) -> None:
        """Tap the letters, after a tap on the field where there are none."""
        if self.target("hide") is None:
            await self.tap(KEYBOARD.name)
        for sign in text:
            await self._tap_sign(sign)

    async def _tap_sign(self, sign: str) -> None:
        if sign == "\r":
            await self.tap("enter")
            return
        if self.target(sign) is None:
            await self.tap("shift" if sign.isupper() and self.target(sign.lower()) is not None else "others")
        if self.target(sign) is None and sign.isupper():
            await self.tap("shift")
        before = self.kiosk.app.keyboard.typed
        await self.tap(sign)
        await self.kiosk.until(lambda: self.kiosk.app.keyboard.typed != before or not self.kiosk.rests, sign)

    async def digits(self, pin: str) -> None:
        """Tap them on the pad."""
        for key in (*pin, "enter"):
            await self.tap(key)

    async def choose(self, words: str, action: Action) -> None:
        """Tap the row."""
        del action
        await self.kiosk.shows(words)
        await self.kiosk.tap(words)
