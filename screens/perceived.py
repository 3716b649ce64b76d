"""What every app does so that it can be perceived: its cursor, colours, signs and voice.

The rules are elsewhere: `screens/cursor.py`, `colourless.py`, `plain_signs.py`, `spoken.py`. Here they are applied to
all that an app draws.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual.app import App
from textual.filter import LineFilter
from textual.geometry import Offset

from kiosk.words import signs
from kiosk.words.language import language
from screens.cursor import point_on
from screens.driver import KioskDriver
from screens.textual_patches import driver_of
from screens.widgets.focus import Point

if TYPE_CHECKING:
    from kiosk.speech import Speech
    from screens.spoken import Spoken

R = TypeVar("R")
NO_COLOR = "NO_COLOR"


class PerceivedApp(App[R], Generic[R]):
    """An app whose terminal has its cursor where the focus is, and gets only colours and signs that it is to have."""

    _point = Point(Offset(0, 0))

    def __init__(self, **options: Any) -> None:
        """Take what Textual's app takes."""
        # As Textual has it, the variable makes everything grey, also where it is empty, and only in the first app of
        # a process: so it does not see it.
        value = os.environ.pop(NO_COLOR, None)
        try:
            super().__init__(**options)
        finally:
            if value is not None:
                os.environ[NO_COLOR] = value
        self.is_colourless = bool(value)
        """Whether nothing is drawn in a colour."""
        self._speech: Speech | None = None
        self._said: Spoken | None = None

    @property
    def cursor_position(self) -> Offset:
        """The cell to which Textual moves the cursor with each frame."""
        self._point = point_on(self.screen)
        return self._point.cell

    @cursor_position.setter
    def cursor_position(self, _: Offset) -> None:
        """Change nothing: Textual sets it for widgets of its own that take text, and here there are none."""

    def post_display_hook(self) -> None:
        """Show the cursor where what is typed appears."""
        driver = driver_of(self)
        if isinstance(driver, KioskDriver):
            driver.show_cursor(is_shown=self._point.takes_text)
        if self._speech is not None and self.screen_stack:
            self._say_what_is_new(self._speech)

    def speak(self) -> None:
        """Say from now on what each screen asks, and what is told on it."""
        from kiosk.speech import Speech  # noqa: PLC0415 - few desks speak

        self._speech = Speech()
        self.refresh()

    async def on_unmount(self) -> None:
        """Say nothing more. Textual calls this beside the handler of the app itself."""
        if self._speech is not None:
            self._speech.close()

    def _say_what_is_new(self, speech: Speech) -> None:
        from screens.spoken import NOTHING, spoken_on  # noqa: PLC0415 - few desks speak

        now, before = spoken_on(self.screen), self._said or NOTHING
        if text := now.since(before):
            speech.say(text, language())
        self._said = now

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what each drawn line goes through; for most terminals that is nothing of ours."""
        filters = list(super().get_line_filters())
        if signs.chosen() is not signs.SignSet.UNICODE:
            from screens.plain_signs import plain_signs  # noqa: PLC0415 - few terminals need it

            filters.append(plain_signs(signs.chosen()))
        if self.is_colourless:
            from screens.colourless import colourless  # noqa: PLC0415 - few terminals need it

            variables = self.theme_variables
            filters.append(colourless(variables["background"], variables["tile"]))
        return filters
