"""What is left of screens that were shown: weak references to each of them, and to all of its widgets."""

from __future__ import annotations

import asyncio
import gc
import time
import weakref
from collections import Counter
from typing import Any

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget

PATIENCE = 8.0
"""Seconds that flows, timers and queues have to let go."""


class Remains:
    """Notes every screen that an app shows from now on."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._screens: weakref.WeakSet[Screen[Any]] = weakref.WeakSet()
        self._parts: weakref.WeakSet[Any] = weakref.WeakSet()
        self.shown: set[str] = set()
        """The names of all classes of screens that were shown."""
        app.screen_change_signal.subscribe(app, self._note, immediate=True)

    def _note(self, screen: Screen[Any]) -> None:
        self._screens.add(screen)
        self.shown.add(type(screen).__name__)

    def note_widgets(self) -> None:
        """Note the widgets of the screens that are shown, with what was drawn of them."""
        for screen in self._app.screen_stack:
            for widget in _widgets(screen):
                self._parts.update((widget, widget._styles_cache))

    def left(self) -> Counter[str]:
        """Count, after a collection, by class what is alive of screens that are neither shown nor kept."""
        gc.collect()
        kept = self._kept()
        dead: list[object] = [screen for screen in self._screens if screen not in kept]
        at_home = {
            id(part) for screen in kept for widget in _widgets(screen) for part in (widget, widget._styles_cache)
        }
        dead += [part for part in self._parts if id(part) not in at_home]
        return Counter(type(each).__name__ for each in dead)

    async def are_dead(self) -> None:
        """Wait until nothing is left; raise AssertionError with what is."""
        end = time.monotonic() + PATIENCE
        while left := self.left():
            assert time.monotonic() < end, f"still alive: {left}"
            await asyncio.sleep(0.05)

    def _kept(self) -> set[Screen[Any]]:
        installed = {screen for screen in self._app._installed_screens.values() if not callable(screen)}
        return {*self._app.screen_stack, *installed}


def _widgets(screen: Screen[Any]) -> list[Widget]:
    return [each for each in screen.walk_children(with_self=True) if isinstance(each, Widget)]
