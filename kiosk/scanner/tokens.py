"""What a terminal delivers, sign by sign, and what it turns out to mean. Values only.

A token is what was read; an act is what `kiosk/scanner/machine.py` makes of it. Times are seconds on the clock of
arrival: silence counts on it only while the reader waited for bytes, so a program that stands still sees no gap.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from kiosk.tracking.codes import Code

SCANNER_GAP_SECONDS = 0.1
"""Scanners leave 5 to 60 ms between two signs. Whatever follows faster than this is data and no command."""


# A line feed is ctrl+j to Textual; scanners send it alone, or behind Enter.
ENDS = frozenset({"enter", "tab", "ctrl+j"})
ERASING = {"backspace": False, "ctrl+u": True}
MOVING = frozenset({"up", "down", "left", "right", "pageup", "pagedown", "home", "end"})
"""Keys that only move a choice: they work at once, and for as long as they are held."""

MODIFIERS = frozenset(
    f"{side}_{name}" for side in ("left", "right") for name in ("shift", "control", "alt", "super", "hyper", "meta")
) | {"iso_level3_shift", "iso_level5_shift", "caps_lock", "num_lock", "scroll_lock"}
"""Keys that some terminals report by themselves; they are nothing."""


class Sign(NamedTuple):
    """One printable sign, or a separator of GS1 and ISO 15434."""

    character: str


class Key(NamedTuple):
    """A key that is no sign, by the name that Textual gives it."""

    name: str
    character: str | None = None
    """The control sign that it stands for, where it does."""


class Pointer(Enum):
    """What a finger or a mouse did."""

    DOWN = auto()
    UP = auto()
    SCROLL = auto()


class Touch(NamedTuple):
    """Something that a finger or a mouse did; `event` is the front end's own."""

    pointer: Pointer
    event: object


class Paste(NamedTuple):
    """A piece of text out of a clipboard."""

    text: str


Token = Sign | Key | Touch | Paste

_KEYS = {"\r": "enter", "\n": "ctrl+j", "\t": "tab"}


def token_of_sign(sign: str) -> Sign | Key:
    """Return what a sign is as the screens' reader would have it; control signs but separators are keys."""
    # The separators from FS to US are part of what a 2D code holds.
    if sign.isprintable() or "\x1c" <= sign <= "\x1f":
        return Sign(sign)
    return Key(_KEYS.get(sign, f"ctrl+{chr(ord(sign) + 64).lower()}"), sign)


class Arrival(NamedTuple):
    """A sign or a key, and when it arrived, in seconds on the clock of whatever read it."""

    token: Sign | Key
    at: float


class Lost(NamedTuple):
    """A part of what a device sent is missing: the kernel dropped it, or the device was unplugged in the middle."""


class Typed(NamedTuple):
    """Signs as they come, to be shown; what follows may make them part of a scan."""

    text: str


class Erased(NamedTuple):
    """The last sign typed was taken back, or all of them."""

    everything: bool


class Alone(NamedTuple):
    """One sign was typed and nothing followed it."""

    sign: str


class Pressed(NamedTuple):
    """A key was pressed by a hand; Enter also where it ends what was typed."""

    name: str


class Touched(NamedTuple):
    """A finger or a mouse did something; the front end's own event."""

    event: object


class Scan(NamedTuple):
    """Codes that a scanner sent, each ended; several where they came in one burst."""

    codes: tuple[Code, ...]
    follows: bool = False
    """They came in one burst with the scan before."""


class Repeated(NamedTuple):
    """The same code came again at once, with nothing in between."""

    code: str


class TooLong(NamedTuple):
    """More signs came in one piece than any code has; nothing of it is kept."""


Act = Typed | Erased | Alone | Pressed | Touched | Scan | Repeated | TooLong | Paste
