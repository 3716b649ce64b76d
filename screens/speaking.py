"""Lets the clerk's screens speak another language: when somebody chooses one, comes, or goes.

Home says everything anew. Other screens are made when they are shown: what was open is opened anew.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from textual.app import App

from kiosk.words.voice import Voice
from screens.destinations import ShowLanguages
from screens.messages import OpenParcel
from screens.navigator import Navigator

if TYPE_CHECKING:
    from kiosk.wiring import Services


class Speaking:
    """A part of the app; `ask_who` shows the question who is there, where nobody is."""

    def __init__(self, app: App[Any], navigator: Navigator, ask_who: Callable[[], Awaitable[None]]) -> None:
        self._app = app
        self._navigator = navigator
        self._ask_who = ask_who
        self._services: Services | None = None
        self._voice = Voice()

    async def open(self, services: Services) -> None:
        """Speak the desk's language, which the first frame has guessed already."""
        self._services = services
        await self._say_anew(is_other=self._voice.at_desk(services.settings.desk.language))

    async def ask(self) -> None:
        """Let somebody choose."""
        await self._navigator.cover(ShowLanguages(self._choose_later))

    async def come(self, language: str) -> None:
        """Speak to somebody who signed in; empty means the desk's language."""
        await self._say_anew(is_other=self._voice.come(language))

    async def take_over(self, language: str) -> None:
        """Speak to somebody who goes on with another one's work."""
        await self._open_anew(is_other=self._voice.take_over(language))

    async def go(self) -> None:
        """Speak the desk's language: nobody is signed in any more."""
        await self._say_anew(is_other=self._voice.go())

    def _choose_later(self, language: str) -> None:
        self._app.call_later(self._choose, language)

    async def _choose(self, language: str) -> None:
        await self._app.pop_screen()
        await self._open_anew(is_other=self._voice.choose(language))

    async def _open_anew(self, *, is_other: bool) -> None:
        """Show the parcel that is open, or who may sign in, in the language of now; else home."""
        if not is_other:
            return
        in_hand = self._navigator.in_hand
        await self._navigator.go_home()
        await self._say_anew(is_other=True)
        await self._ask_who()
        if in_hand is not None and not self._navigator.is_left:
            self._app.post_message(OpenParcel(in_hand))

    async def _say_anew(self, *, is_other: bool) -> None:
        if is_other and self._services is not None:
            await self._navigator.say_anew(self._services)
