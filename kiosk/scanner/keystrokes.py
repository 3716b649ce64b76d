"""What the key events of an input device type on a US keyboard. Pure: knows no device and no scan.

The layout is the kiosk's own, so neither the computer's layout nor its Caps Lock changes what a scanner sends. Letters
with Ctrl are the control signs that scanners send for GS and its like; with Alt or a Windows key nothing is typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from kiosk.scanner.tokens import Key, Lost, Sign, token_of_sign
from kiosk.tracking.layouts import US

# Numbers of Linux (input-event-codes.h), which never change.
EV_SYN, EV_KEY = 0x00, 0x01
SYN_REPORT, SYN_DROPPED = 0, 3
UP, DOWN = 0, 1

ENTER, TAB, LINE_FEED, KEYPAD_ENTER = 28, 15, 101, 96
SHIFTS: Final = frozenset({42, 54})
CONTROLS: Final = frozenset({29, 97})
SILENCING: Final = frozenset({56, 100, 125, 126})
"""Alt, AltGr and the Windows keys: with one of them held no US key types a sign."""

_CODES = (41, *range(2, 14), *range(16, 28), 43, *range(30, 41), *range(44, 54))
"""The keys of a layout, in the order in which `kiosk/tracking/layouts.py` writes them down."""

KEYS: Final[Mapping[int, tuple[str, str]]] = {
    **dict(zip(_CODES, zip(US.alone, US.shifted, strict=True), strict=True)),
    57: (" ", " "),
    86: ("\\", "|"),  # beside the left Shift, on keyboards with a key more
}
"""What a key gives, alone and with Shift."""

KEYPAD: Final[Mapping[int, str]] = dict(
    zip((71, 72, 73, 75, 76, 77, 79, 80, 81, 82, 83, 121, 55, 74, 78, 98, 117), "7894561230.,*-+/=", strict=True)
)
"""What a key of the numeric keypad gives, whatever Num Lock says."""

_ENDS: Final = {ENTER: "\r", KEYPAD_ENTER: "\r", TAB: "\t", LINE_FEED: "\n"}


class KeyEvent(NamedTuple):
    """One event of an input device, as the kernel has it."""

    kind: int
    code: int
    value: int
    at: float
    """When the kernel took it in, in seconds."""


class Keystrokes:
    """Which keys are held, and what the next event types."""

    def __init__(self) -> None:
        self._held: set[int] = set()
        self._is_cut = False
        """Events were dropped, and the rest of that report is worth nothing."""
        self._is_torn = False
        """What comes is the rest of a scan that lost its beginning."""
        self.is_midway = False
        """Something was typed, and no end came behind it."""

    def feed(self, event: KeyEvent) -> Sign | Key | Lost | None:
        """Return what an event types; `Lost` at the end of a report that was cut, after which `hold` is due.

        Nothing is typed from there to the next end, for a torn number can look like a whole one.
        """
        if event.kind == EV_SYN:
            return self._synchronised(event.code)
        if event.kind != EV_KEY or self._is_cut:
            return None
        if event.value == UP:
            self._held.discard(event.code)
        # A held key repeats itself by events that are neither.
        elif event.value == DOWN:
            self._held.add(event.code)
            return self._token(event.code)
        return None

    def hold(self, codes: Iterable[int]) -> None:
        """Know which keys are down, after events were lost."""
        self._held = set(codes)

    def rest(self) -> None:
        """Hear that nothing has come for so long that the next sign begins something new."""
        self._is_torn = self.is_midway = False

    def _synchronised(self, code: int) -> Lost | None:
        if code == SYN_DROPPED:
            self._is_cut = True
        elif code == SYN_REPORT and self._is_cut:
            self._is_cut, self._is_torn = False, True
            return Lost()
        return None

    def _token(self, code: int) -> Sign | Key | None:
        if self._is_torn:
            self._is_torn = code not in _ENDS
            return None
        sign = self._sign(code)
        if sign:
            self.is_midway = code not in _ENDS
        return token_of_sign(sign) if sign else None

    def _sign(self, code: int) -> str:
        """Return the sign of a key that went down; empty for one that has none."""
        if code in _ENDS:
            return _ENDS[code]
        if self._held & SILENCING:
            return ""
        if code in KEYPAD:
            return KEYPAD[code]
        alone, shifted = KEYS.get(code, ("", ""))
        if self._held & CONTROLS:
            return _control(alone) or _control(shifted)
        return shifted if self._held & SHIFTS else alone


def _control(sign: str) -> str:
    """Return the control sign that a key gives with Ctrl; empty where it gives none."""
    return chr(ord(sign.upper()) - ord("@")) if sign and "@" <= sign.upper() <= "_" else ""


class DeviceClock:
    """Seconds by the times that the kernel gives to events; it stands still where those go back."""

    def __init__(self) -> None:
        self.now = 0.0
        self._last: float | None = None

    def taken(self, at: float) -> float:
        """Return when something came that the kernel took in at a moment of its own clock, which may be set anew."""
        if self._last is not None:
            self.now += max(at - self._last, 0.0)
        self._last = at
        return self.now
