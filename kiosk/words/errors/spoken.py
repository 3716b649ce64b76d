"""An error in words, and the errors that front ends raise of themselves. Light: the first frame waits for it."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.errors import KioskError


class Said(NamedTuple):
    """An error in words."""

    title: str
    sentence: str
    hint: str

    @property
    def line(self) -> str:
        """What happened, on one line."""
        return f"{self.title}: {self.sentence}"


class SpokenError(KioskError):
    """An error of a front end itself, which brings its words along; nothing below a front end raises one."""

    def __init__(self, said: Said) -> None:
        super().__init__()
        self.said = said
