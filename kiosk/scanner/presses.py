"""Keys and touches that wait until it is sure that a hand made them, and what is left of a control sequence. Pure."""

from __future__ import annotations

from math import inf

from kiosk.scanner.tokens import Act, Key, Pointer, Pressed, Touch, Touched

CONTROL_SECONDS = 1.0
"""A control sequence that a slow line tears goes on within this time."""


class Presses:
    """What was pressed or tapped within one moment and is not let go yet."""

    def __init__(self) -> None:
        self._held: list[Key | Touch] = []
        self._is_down = False
        """Whether the front end has seen a finger come down and not yet go up."""
        self.last_at = -inf

    def hold(self, press: Key | Touch, at: float) -> None:
        """Keep a key or a touch until nothing follows it."""
        self._held.append(press)
        self.last_at = at

    def drop(self) -> list[Key | Touch]:
        """Return what is held, which is data after all, and hold nothing."""
        held, self._held = self._held, []
        return held

    def let_go(self) -> list[Act]:
        """Return the one press that a hand made: a double tap is one, keys that repeat themselves are none."""
        held = self.drop()
        presses = [each for each in held if isinstance(each, Key) or each.pointer is Pointer.DOWN]
        if len(presses) > 1 and any(isinstance(each, Key) for each in presses):
            return []
        acts: list[Act] = []
        for each in held:
            if isinstance(each, Key):
                acts.append(Pressed(each.name))
            elif each.pointer is Pointer.DOWN and not acts:
                acts.append(Touched(each.event))
                self._is_down = True
            # The DOWN may have been dropped as data: an UP alone would let go what nobody pressed.
            elif each.pointer is Pointer.UP and self._is_down:
                acts.append(Touched(each.event))
                self._is_down = False
        return acts


class ControlTail:
    """The rest of a control sequence whose escape sign came before: it is no text."""

    def __init__(self) -> None:
        self._signs: str | None = None
        self._began = -inf

    def begin(self, at: float) -> None:
        """Expect the rest of a sequence: its escape sign came."""
        self._signs, self._began = "", at

    def end(self) -> None:
        """Expect nothing: another key came."""
        self._signs = None

    def takes(self, sign: str, at: float) -> bool:
        """Tell whether a sign is part of the sequence; where it is not, `returned` gives back what was taken."""
        if self._signs is None or at - self._began > CONTROL_SECONDS:
            self._signs = None
            return False
        # Behind the escape sign [ or O comes first. With [ parameters follow; < begins a mouse report, ? a private one.
        if (not self._signs and sign in "[O") or (self._signs.startswith("[") and sign in "0123456789;<?"):
            self._signs += sign
            return True
        # A letter or ~ ends the sequence.
        if self._signs and sign.isascii() and (sign.isalpha() or sign == "~"):
            self._signs = None
            return True
        return False

    def returned(self) -> str:
        """Return the signs that turned out to be text."""
        signs, self._signs = self._signs or "", None
        return signs
