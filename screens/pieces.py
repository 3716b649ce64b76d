"""Scans in the pieces in which they are taken in: each burst is one, unless it is so long that nobody waits for it."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.scanner.tokens import Scan
from kiosk.tracking.codes import Code

LONGEST_PIECE = 100
"""Codes that are taken in at once; the longest text of a 2D code of a label has fewer lines."""


def pieces_of(scans: Sequence[Scan]) -> list[Scan]:
    """Return bursts whole, but those so long that nobody waits for them at once: each in pieces that follow another."""
    bursts: list[tuple[list[Code], bool]] = []
    for scan in scans:
        if bursts and scan.follows:
            bursts[-1][0].extend(scan.codes)
        else:
            bursts.append((list(scan.codes), scan.follows))
    return [
        Scan(tuple(codes[at : at + LONGEST_PIECE]), follows or at > 0)
        for codes, follows in bursts
        for at in range(0, len(codes), LONGEST_PIECE)
    ]
