"""Which language a front end with a person in front of it speaks, as people come and go. Draws nothing."""

from __future__ import annotations

from kiosk.languages import ENGLISH
from kiosk.words.language import language, speak


class Voice:
    """What was chosen by hand counts until the shift ends; else what is set for the person, else what for the desk."""

    def __init__(self) -> None:
        self._desk = ENGLISH
        self._person = ""
        self._chosen = ""

    def at_desk(self, code: str) -> bool:
        """Speak the desk's language from now on; True where that changes what is spoken."""
        self._desk = code
        return self._speak()

    def choose(self, code: str) -> bool:
        """Speak what was chosen until the shift ends; True where that changes what is spoken."""
        self._chosen = code
        return self._speak()

    def come(self, code: str) -> bool:
        """Speak to somebody who has come, in their language if it is set; True where that changes what is spoken."""
        self._person = code
        return self._speak()

    def take_over(self, code: str) -> bool:
        """Speak to somebody who takes the place of whoever was here; True where that changes what is spoken."""
        self._chosen = ""
        return self.come(code)

    def go(self) -> bool:
        """Speak the desk's language again: whoever was here has gone; True where that changes what is spoken."""
        self._person = self._chosen = ""
        return self._speak()

    def _speak(self) -> bool:
        before = language()
        speak(self._chosen or self._person or self._desk)
        return language() != before
