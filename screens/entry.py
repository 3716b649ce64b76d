"""What a scanner or a person types, gathered key by key, whatever has the screen. Knows no widget.

No key of a scan may press anything: characters are taken here before any binding sees them, and the Enter, Tab or
line feed that ends them is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from kiosk.errors import UnreadableScanError

STALE_SECONDS = 0.5
"""Where no field shows what is typed, a gap this long means that the earlier characters were no scan."""

SCANNER_GAP_SECONDS = 0.1
"""Scanners leave 5 to 60 ms between two characters; people hardly ever less than this."""

SHORTEST_SCAN = 4
"""Characters: a scanner's other mark is that it sends several at once."""

SHORTEST_ENDED_BY_GAP = 6
"""Characters of a scan that no Enter ends: fewer may be the start of something typed very fast."""

MAKE_NUMBER = "+"
"""Typed alone, it asks for a number for a parcel without a barcode."""

_TERMINATORS = {"enter", "tab", "ctrl+j"}
_CONTROL_SIGNS = {"ctrl+right_square_bracket": "\x1d", "ctrl+circumflex_accent": "\x1e", "ctrl+underscore": "\x1f"}
"""GS1 separators as terminals spell them."""


class Fed(Enum):
    """What became of a key."""

    NOT_OURS = auto()
    CHANGED = auto()
    COMPLETE = auto()


class Gathered(NamedTuple):
    """What was typed or scanned up to its end."""

    text: str
    scanned: bool
    """It came as fast as only a scanner types."""
    began: float
    """When its first character came, in seconds."""
    in_burst: bool = False
    """It followed another scan faster than a hand turns a box."""


def is_carrier_number(text: str) -> bool:
    """Tell whether a text can only be the number of a parcel, also where a field waits for something else."""
    from kiosk.tracking.scan import Check, read_scan  # noqa: PLC0415 - the first frame does not wait for the formats

    try:
        candidates = read_scan(text).candidates
    except UnreadableScanError:
        return bool(text.strip())
    return any(each.check is Check.OK for each in candidates)


@dataclass
class Entry:
    """The characters since the last terminator."""

    text: str = ""
    prefix: str = ""
    """What this desk's scanner puts in front of each code."""
    _began: float = 0.0
    _last: float = 0.0
    _is_fast: bool = True

    def feed(self, key: str, character: str | None, at: float, *, shown: bool) -> Fed:
        """Take a key in; `at` is in seconds, `shown` says whether a field shows the text while it grows."""
        if not shown:
            self.drop_stale(at)
        if key in _TERMINATORS:
            return Fed.COMPLETE if self.text else Fed.NOT_OURS
        sign = _CONTROL_SIGNS.get(key) or (character if character and character.isprintable() else None)
        if sign is not None:
            self._add(sign, at)
            return Fed.CHANGED
        if shown and self.text and key in {"backspace", "ctrl+u"}:
            self.text = self.text[:-1] if key == "backspace" else ""
            self._is_fast = not self.text
            return Fed.CHANGED
        return Fed.NOT_OURS

    def paste(self, text: str, at: float) -> None:
        """Take in a piece of text at once, as far as it could have been typed."""
        signs = set(_CONTROL_SIGNS.values())
        self._add("".join(sign for sign in text if sign.isprintable() or sign in signs), at)

    def drop_stale(self, at: float) -> None:
        """Forget characters that are too old to belong to a scan that still goes on."""
        if at - self._last > STALE_SECONDS:
            self.text = ""

    @property
    def looks_scanned(self) -> bool:
        """Whether a scanner sent it: behind its prefix, or with a digit and faster than anybody types."""
        if self.prefix and self.text.startswith(self.prefix):
            return True
        return self._is_fast and len(self.text) >= SHORTEST_SCAN and any(sign.isdigit() for sign in self.text)

    @property
    def may_end_by_gap(self) -> bool:
        """Whether silence is enough to end it; many scanners send no Enter."""
        return self.looks_scanned and len(self.text) >= SHORTEST_ENDED_BY_GAP

    def take(self) -> Gathered:
        """Return what was gathered, without the scanner's prefix, and begin anew."""
        text = self.text.removeprefix(self.prefix) if self.prefix else self.text
        gathered = Gathered(text, self.looks_scanned, self._began)
        self.text = ""
        return gathered

    def _add(self, text: str, at: float) -> None:
        if not self.text:
            self._began, self._is_fast = at, True
        elif at - self._last > SCANNER_GAP_SECONDS:
            self._is_fast = False
        self.text, self._last = self.text + text, at
