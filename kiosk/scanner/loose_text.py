"""Text that comes where nothing asks for any: while it goes on, no letter and no Enter of it is a key. Pure."""

from __future__ import annotations

from math import inf

from kiosk.scanner.tokens import MODIFIERS, SCANNER_GAP_SECONDS, Key, Token

PAUSE_SECONDS = 1.0
"""Whoever types a text leaves less than this between two signs; whoever has read what was said takes longer."""


class LooseText:
    """What is typed ahead of a question, or pasted beside it.

    It begins with a letter that is no key or a refused one, or with a sign that comes at scanner speed behind something
    else; a pause ends it.
    """

    def __init__(self) -> None:
        self.goes_on = False
        self._last_at = -inf
        self._pause = inf
        """How long nothing came before what arrived last, in seconds."""
        self._sign = ""
        """The sign typed last, until a pause."""
        self._is_close = False
        """That sign came at scanner speed behind something else."""

    @property
    def lets_press(self) -> bool:
        """Whether the sign typed last can be a key."""
        return not self.goes_on and not self._is_close

    def arrives(self, token: Token, at: float) -> bool:
        """Note that something arrives; tell whether a pause came before it, so that it is part of nothing older."""
        if isinstance(token, Key) and token.name in MODIFIERS:  # some terminals tell of Shift before each capital
            return False
        self._pause, self._last_at = at - self._last_at, at
        if self._pause <= PAUSE_SECONDS:
            return False
        self.goes_on, self._sign = False, ""
        return True

    def typed(self, sign: str, *, is_asked: bool) -> str:
        """Note a sign; where a text that is not asked for begins with it, or right before it, return its first sign."""
        first, self._sign = self._sign or sign, sign
        self._is_close = self._pause <= SCANNER_GAP_SECONDS
        if is_asked or self.lets_press or self.goes_on:
            return ""
        self.begin()
        return first

    def begin(self) -> None:
        """Take what follows as text: what came last was no key."""
        self.goes_on = True
