"""What is printed: a pickup slip, a shelf label, and the one layout that each has, as blocks from top to bottom.

Texts come ready and translated. How a block looks is decided where it is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pydantic import SecretStr

from kiosk.printing.texts import on_one_line


@dataclass(frozen=True, slots=True)
class Slip:
    """What a recipient gets in hand: where the parcel is, and what opens its locker."""

    heading: str
    name: str
    lines: tuple[str, ...] = ()
    """Such as the locker with its bank, or the shelf place; until when."""
    code: SecretStr | None = None
    """The pickup code; None where there is none."""
    closing: tuple[str, ...] = ()
    copy_mark: str = ""
    """The word that says on a reprint that it is one; empty on the first print."""


@dataclass(frozen=True, slots=True)
class ShelfLabel:
    """What is stuck on a parcel that lies on the shelf."""

    place: str
    name: str
    number: str
    copy_mark: str = ""
    """The word that says on a reprint that it is one; empty on the first print."""


class Size(Enum):
    """How high a line of text is."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Text:
    """A text in as many lines as it needs."""

    text: str
    size: Size = Size.NORMAL
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Big:
    """A short text, as large as the paper allows."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A pickup code in groups, as large as the paper allows."""

    code: SecretStr


@dataclass(frozen=True, slots=True)
class Qr:
    """A text as a QR code; nothing where the text is too long to be read."""

    text: SecretStr


@dataclass(frozen=True, slots=True)
class Bars:
    """A number as Code 128, or as a QR code where bars can't hold it or would be too wide."""

    number: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that can't be overlooked: white on black."""

    text: str


Block = Text | Big | Code | Qr | Bars | Rule | Mark
Layout = tuple[Block, ...]


def slip_layout(slip: Slip) -> Layout:
    """Return a slip from top to bottom; what is empty is left out."""
    code = () if slip.code is None else (Code(slip.code), Qr(slip.code))
    return _without_blanks(
        Mark(slip.copy_mark),
        Text(slip.heading, Size.LARGE, bold=True),
        Rule(),
        Text(slip.name, Size.LARGE, bold=True),
        *map(Text, slip.lines),
        *code,
        Rule(),
        *(Text(line, Size.SMALL) for line in slip.closing),
    )


def label_layout(label: ShelfLabel) -> Layout:
    """Return a label from top to bottom; what is empty is left out."""
    return _without_blanks(
        Mark(label.copy_mark),
        Big(label.place),
        Text(label.name, Size.LARGE, bold=True),
        Bars(label.number),
        Text(label.number, Size.SMALL),
    )


def _without_blanks(*blocks: Block) -> Layout:
    return tuple(
        block for block in blocks if not (isinstance(block, Text | Big | Mark) and not on_one_line(block.text))
    )
