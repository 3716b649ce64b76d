"""What can be asked in lines, and what ends a question without an answer. Values only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from kiosk.folding import fold
from kiosk.words.language import _

if TYPE_CHECKING:
    from kiosk.plain.typing import Entry
    from kiosk.tracking.codes import Code

T_co = TypeVar("T_co", covariant=True)


class Choice(NamedTuple, Generic[T_co]):
    """One of the numbered answers."""

    text: str
    """As it is offered, in the language spoken; one line."""
    value: T_co


class Word(NamedTuple, Generic[T_co]):
    """A word that can be typed as an answer."""

    word: str
    """Marked; it can be typed in English, too."""
    about: str
    """Marked; what it does."""
    value: T_co
    takes_more: bool = False
    """More may be typed behind it, where it can be typed everywhere."""

    def is_meant(self, typed: str) -> bool:
        """Tell whether somebody typed it."""
        return fold(typed) in {fold(self.word), fold(_(self.word))}


@dataclass(frozen=True)
class Question(Generic[T_co]):
    """A question, and every answer to it."""

    text: str
    """The question as one sentence, in the language spoken; with what Enter alone means, where it means something."""
    choices: Sequence[Choice[T_co]] = ()
    words: Sequence[Word[T_co]] = ()
    enter: Choice[T_co] | None = None
    """What Enter alone means, and how the help says that."""
    free: Callable[[Code], T_co] | None = None
    """Makes an answer of any other text; without it there is no other answer."""
    about: str = ""
    """What the help says of the question, in the language spoken."""
    is_secret: bool = False
    """What is typed is not shown, nor said again."""
    takes_scans: bool = False
    """A parcel's number is an answer; elsewhere it begins another parcel."""


class Turn(BaseException):
    """Ends a question without an answer; no error, so nothing that catches errors catches it."""


class WentBack(Turn):
    """Somebody typed `back`, or pressed Esc."""


class WentTo(Turn):
    """Somebody typed one of the words that can be typed everywhere."""

    def __init__(self, word: Word[object], rest: str) -> None:
        super().__init__()
        self.word = word
        self.rest = rest
        """What stood behind it."""


class ScannedNext(Turn):
    """A parcel was scanned, or its number typed, while something else was asked."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry


class NobodyThere(Turn):
    """Nothing was typed or scanned for as long as the desk waits for somebody."""


class Interrupted(Turn):
    """Somebody pressed Ctrl+C, or Ctrl+D, which leaves without a question where anybody may leave."""

    def __init__(self, *, at_once: bool) -> None:
        super().__init__()
        self.at_once = at_once


class InputOver(Turn):
    """Nothing comes any more."""
