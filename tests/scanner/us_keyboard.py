"""A scanner that types for a US keyboard: from a text to the events that the kernel makes of it.

Written down apart from the product's table, in the order of the kernel's `input-event-codes.h`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from kiosk.scanner.keystrokes import KeyEvent

SYN, KEY, MSC = 0, 1, 4
LEFT_CTRL, LEFT_SHIFT, RIGHT_SHIFT, LEFT_ALT, ALT_GR, CAPS_LOCK = 29, 42, 54, 56, 100, 58
ENTER, TAB = 28, 15
EVENT = struct.Struct("llHHi")
"""`struct input_event` on 64 bits: seconds, microseconds, type, code, value."""

_ROWS = ((2, "1234567890-="), (16, "qwertyuiop[]"), (30, "asdfghjkl;'`"), (43, "\\zxcvbnm,./"), (57, " "))
_SHIFTED = dict(zip("1234567890-=[];'`\\,./", '!@#$%^&*()_+{}:"~|<>?', strict=True))
CODES = {sign: first + place for first, row in _ROWS for place, sign in enumerate(row)}
# Between the apostrophe and the backslash the kernel counts grave (41) and the left Shift (42).
assert (CODES["`"], CODES["\\"], CODES["z"]) == (41, 43, 44)

_CAPITALS = {sign: base for base, sign in _SHIFTED.items()} | {sign.upper(): sign for sign in CODES if sign.isalpha()}
_CONTROLS = {"\x02": "b", "\x1d": "]", "\x1e": "6", "\x1f": "-", "\x1c": "\\"}
_ENDS = {"\r": ENTER, "\t": TAB, "\n": 101}


def report(*keys: tuple[int, int], at: float = 0.0) -> list[KeyEvent]:
    """Return one report of a device: what each of the keys did, and its end."""
    events = [each for code, value in keys for each in ((MSC, 4, 0x70000 + code), (KEY, code, value))]
    return [KeyEvent(*each, at) for each in (*events, (SYN, 0, 0))]


def strokes(text: str, *, gap: float = 0.005, start: float = 1_000.0, shift: int = LEFT_SHIFT) -> list[KeyEvent]:
    """Return the events of a text, each sign so many seconds after the one before."""
    return [event for place, sign in enumerate(text) for event in _stroke(sign, start + place * gap, shift)]


def _stroke(sign: str, at: float, shift: int) -> Iterator[KeyEvent]:
    holding = [LEFT_CTRL] * (sign in _CONTROLS) + [shift] * (sign in _CAPITALS)
    base = _CONTROLS.get(sign) or _CAPITALS.get(sign) or sign
    code = _ENDS[sign] if sign in _ENDS else CODES[base]
    for each in holding:
        yield from report((each, 1), at=at)
    yield from report((code, 1), at=at)
    yield from report((code, 0), at=at)
    for each in holding:
        yield from report((each, 0), at=at)


def packed(events: Iterable[KeyEvent]) -> bytes:
    """Return events as a program reads them from the device's file."""
    return b"".join(
        EVENT.pack(int(each.at), round(each.at % 1 * 1_000_000) % 1_000_000, each.kind, each.code, each.value)
        for each in events
    )


def unpacked(data: bytes) -> list[KeyEvent]:
    return [
        KeyEvent(kind, code, value, seconds + micros / 1_000_000)
        for seconds, micros, kind, code, value in EVENT.iter_unpack(data)
    ]
