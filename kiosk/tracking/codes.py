"""A text that may be a code, with what it says: it is read once, however many ask. No I/O.

Whoever asks about a code hands this value on, and not its text: the scanner's machine, the desk, the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import UnreadableScanError

if TYPE_CHECKING:
    from kiosk.tracking.scan import Scan

SHORTEST_CERTAIN = 8
"""Signs: no shorter text can only be a parcel's number."""


class Code(str):
    """A text with its reading, which is made when somebody asks for it first."""

    __slots__ = ("_refusal", "_scan")

    def __init__(self, _: str = "") -> None:
        super().__init__()
        self._scan: Scan | None = None
        self._refusal: UnreadableScanError | None = None

    @property
    def scan(self) -> Scan:
        """What it may be; raises UnreadableScanError, NoParcelNumberError included."""
        if self._refusal is not None:
            raise self._refusal
        if self._scan is None:
            from kiosk.tracking.scan import read_scan  # noqa: PLC0415 - the first frame does not wait for the formats

            try:
                self._scan = read_scan(self)
            except UnreadableScanError as refusal:
                self._refusal = refusal
                raise
        return self._scan

    @property
    def is_certain(self) -> bool:
        """Whether it can only be a carrier's number: by a right check digit, or a shape that nothing else has."""
        if len(self) < SHORTEST_CERTAIN or not any("0" <= sign <= "9" for sign in self):
            return False
        try:
            return self.scan.is_certain
        except UnreadableScanError:
            return False
