"""Which of the codes that came in one burst are parcels, and which are only something else on the same label. Pure.

An imager sends every code of a label at once, a 2D code many lines, a scanner's memory a code for each parcel. Every
code is a parcel, unless it is proven to be none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kiosk.errors import NoParcelNumberError, UnreadableScanError
from kiosk.parcels.carriers import Carrier
from kiosk.tracking.cleaning import clean
from kiosk.tracking.codes import Code
from kiosk.tracking.other_codes import PRIVATE, Kind, certain_kind
from kiosk.tracking.refusals import no_label, refusal
from kiosk.tracking.scan import Scan

SHORTEST_CODE = 4
"""Signs: a shorter line among others is part of a text."""

MOST_MISREAD = 2
"""Signs of a code that a scanner reads wrongly at once."""

_DHL_WAYBILL, _DHL_PIECE = "Express", ("piece id", "Express piece")
"""The formats of the two numbers that every label of DHL Express bears."""

_ON_A_LABEL = frozenset({Kind.DOCUMENT, Kind.GTIN, Kind.IMEI, Kind.PPID, Kind.AMAZON_STOCK})
"""Kinds of numbers that stand beside a parcel's number, of which none is a parcel's itself."""


class Label(NamedTuple):
    """One parcel's label: the code that is its number, and the other codes on it."""

    code: Code
    others: tuple[Code, ...] = ()


def labels_of(codes: Sequence[Code], *, own_prefix: str) -> tuple[Label, ...]:
    """Return a label for each parcel among codes that came in one burst, in their order; each can be read.

    `own_prefix` is how the mailroom's own numbers begin, which need no other proof.
    Raises UnreadableScanError, NoParcelNumberError included, where none of them is a parcel's.
    """
    lines = [line for line in codes if line.strip()]
    if len(lines) == 1:
        return tuple(Label(code) for code in _split(lines[0]))
    # A contact card in several lines is known only as a whole: its lines alone could be stored as numbers.
    kind = certain_kind(clean("\n".join(codes)))
    if kind in PRIVATE:
        raise refusal(kind)
    labels: list[Label] = []
    unproven: list[Code] = []
    refused: UnreadableScanError | None = None
    for line in lines:
        try:
            parts = _split(line)
        except UnreadableScanError as error:
            refused = error
            continue
        for code in parts:
            if not (code.upper().startswith(own_prefix) or code.is_certain):
                unproven.append(code)
            if code not in unproven or any(map(str.isdigit, code)):  # else a word that was typed between two scans
                _add(code, labels)
    # Empty lines in the middle, or lines of several words, are prose: only what is proven counts in it.
    is_text = any(not line.strip() for line in codes[:-1]) or not all(map(_looks_like_a_code, unproven))
    if is_text:
        labels = [label for label in labels if label.code not in unproven]
    if not labels:
        raise refused or no_label()
    return tuple(labels)


def beside(first: Code, second: Code, *, in_burst: bool) -> bool:
    """Tell whether the second code is proven to be on the first one's label; a burst proves more than two scans."""
    if same_label(first, second) or _is_read_anew(first, second):
        return True
    if not in_burst:
        return False
    try:
        one, other = first.scan, second.scan
    except UnreadableScanError:
        return False
    if other.kind in _ON_A_LABEL and not second.is_certain:
        return first.is_certain
    formats = {_dhl_format(one), _dhl_format(other)}
    return _DHL_WAYBILL in formats and not formats.isdisjoint(_DHL_PIECE)


def same_label(first: Code, second: Code) -> bool:
    """Tell whether the second code is proven to be no other parcel's number than the first one's.

    It is the same number in another wrapper, or a routing code, or the number of goods told by the scanner beside a
    parcel's number. Anything that is not proven is another parcel.
    """
    try:
        number, other = first.scan, second.scan
    except NoParcelNumberError as error:
        return error.code == Kind.ROUTING.value and first.is_certain
    except UnreadableScanError:
        return False
    if other.told is Kind.GTIN:
        return first.is_certain
    return number.tracking_number in other.spellings or other.tracking_number in number.spellings


def _is_read_anew(first: Code, second: Code) -> bool:
    """Tell whether the second code is the first one without its misread signs: then the first is nobody's number."""
    try:
        is_misread = first.scan.is_misread
    except UnreadableScanError:
        return False
    if not is_misread or len(first) != len(second) or not second.is_certain:
        return False
    return sum(one != other for one, other in zip(first, second, strict=True)) <= MOST_MISREAD


def _split(line: Code) -> tuple[Code, ...]:
    """Return the numbers of several labels that were read as one line, or the line."""
    try:
        line.scan  # noqa: B018 - whether it can be read
    except NoParcelNumberError as error:
        if not error.split:
            raise
        return tuple(map(Code, error.split))
    return (line,)


def _add(code: Code, labels: list[Label]) -> None:
    """Add a code to the label before it where it is proven to be on that, else as a label of its own."""
    if labels and beside(labels[-1].code, code, in_burst=True):
        labels[-1] = labels[-1]._replace(others=(*labels[-1].others, code))
    else:
        labels.append(Label(code))


def _dhl_format(scan: Scan) -> str:
    found = scan.candidates[0] if scan.candidates else None
    return found.format if found is not None and found.carrier is Carrier.DHL else ""


def _looks_like_a_code(line: str) -> bool:
    return len(line.strip()) >= SHORTEST_CODE and len(line.split()) == 1
