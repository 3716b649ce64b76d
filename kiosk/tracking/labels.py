"""Which of the codes that came in one burst are parcels, and which are codes of the same label. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Label(NamedTuple):
    """One parcel's label: the code that is its number, and the other codes on it."""

    code: str
    others: tuple[str, ...] = ()


def labels_of(codes: Sequence[str], *, follows: bool = False) -> tuple[Label, ...]:
    del follows
    return tuple(Label(code) for code in codes if code.strip())


def same_label(first: str, second: str, *, in_burst: bool = False) -> bool:
    del first, second, in_burst
    return False
