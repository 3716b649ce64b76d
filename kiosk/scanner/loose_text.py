"""Text that comes where nothing asks for any: while it goes on, no letter and no Enter of it is a key. Pure."""

from __future__ import annotations

from math import inf

from kiosk.scanner.tokens import ENDS, MODIFIERS, SCANNER_GAP_SECONDS, Key, Token

PAUSE_SECONDS = 1.0
"""Whoever types a text leaves less than this between two signs; whoever has read what was said takes longer."""


class LooseText:
    """What is typed ahead of a question, or pasted beside it.

    It begins with a letter that is no key or a refused one, or with signs that come at scanner speed; a pause ends it,
    and so does a key that is no letter.
    """

    def __init__(self) -> None:
        self.goes_on = False
        self._last_at = self._text_at = -inf
        """When anything arrived last, and when a sign, or the line end of a text."""
        self._sign = ""
        """The sign typed last, until a pause."""
        self._is_close = False
        """What arrived last came at scanner speed behind a sign, or behind the end of its line."""

    @property
    def lets_press(self) -> bool:
        """Whether the sign typed last can be a key."""
        return not self.goes_on and not self._is_close

    def arrives(self, token: Token, at: float) -> bool:
        """Note that something arrives; tell whether a pause came before it, so that it is part of nothing older."""
        if isinstance(token, Key) and token.name in MODIFIERS:  # some terminals tell of Shift before each capital
            return False
        pause, self._last_at = at - self._last_at, at
        self._is_close = at - self._text_at <= SCANNER_GAP_SECONDS
        if self._is_close and isinstance(token, Key) and token.name in ENDS:
            self._text_at = at
        if pause <= PAUSE_SECONDS:
            return False
        self.goes_on, self._sign = False, ""
        return True

    def typed(self, sign: str, *, is_asked: bool) -> str:
        """Note a sign; where a text that is not asked for begins with it, or right before it, return its first sign."""
        first, self._sign = self._sign or sign, sign
        self._text_at = self._last_at
        if is_asked or self.goes_on or not self._is_close:
            return ""
        self.begin()
        return first

    def begin(self) -> None:
        """Take what follows as text: what came last was no key."""
        self.goes_on = True

    def end(self) -> None:
        """Take what follows as keys: a hand pressed one that is no letter."""
        self.goes_on = False
