"""What a scanner or a person types, gathered key by key, whatever has the screen. Knows no widget.

No key of a scan may press anything: characters are taken here before any binding sees them, and the Enter, Tab or
line feed that ends them is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from kiosk.errors import UnreadableScanError

STALE_SECONDS = 0.5
"""Where no field shows what is typed, a gap this long means that the earlier characters were no scan."""

_TERMINATORS = {"enter", "tab", "ctrl+j"}
_CONTROL_SIGNS = {"ctrl+right_square_bracket": "\x1d", "ctrl+circumflex_accent": "\x1e", "ctrl+underscore": "\x1f"}
"""GS1 separators as terminals spell them."""


class Fed(Enum):
    """What became of a key."""

    NOT_OURS = auto()
    CHANGED = auto()
    COMPLETE = auto()


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
    _last: float = 0.0

    def feed(self, key: str, character: str | None, at: float, *, shown: bool) -> Fed:
        """Take a key in; `at` is in seconds, `shown` says whether a field shows the text while it grows."""
        if not shown:
            self.drop_stale(at)
        if key in _TERMINATORS:
            return Fed.COMPLETE if self.text else Fed.NOT_OURS
        sign = _CONTROL_SIGNS.get(key) or (character if character and character.isprintable() else None)
        if sign is not None:
            self.text, self._last = self.text + sign, at
            return Fed.CHANGED
        if shown and self.text and key in {"backspace", "ctrl+u"}:
            self.text = self.text[:-1] if key == "backspace" else ""
            return Fed.CHANGED
        return Fed.NOT_OURS

    def paste(self, text: str) -> None:
        """Take in a piece of text at once, as far as it could have been typed."""
        signs = set(_CONTROL_SIGNS.values())
        self.text += "".join(sign for sign in text if sign.isprintable() or sign in signs)

    def drop_stale(self, at: float) -> None:
        """Forget characters that are too old to belong to a scan that still goes on."""
        if at - self._last > STALE_SECONDS:
            self.text = ""

    def take(self) -> str:
        """Return what was gathered and begin anew."""
        text, self.text = self.text, ""
        return text
