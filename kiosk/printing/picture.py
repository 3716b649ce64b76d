"""A picture in black and white, as printers want it: rows of bytes, eight dots each, the leftmost dot first."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Picture:
    """So many dots in so many rows; a bit that is set is a black dot."""

    width: int
    height: int
    rows: bytes = field(repr=False)
    """Each row begins with a byte of its own, and its last bits are white."""

    @property
    def row_bytes(self) -> int:
        """How many bytes a row has."""
        return (self.width + 7) // 8
