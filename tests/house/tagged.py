"""Tells on a drawn screen which text of ours stands where: each is wrapped in signs that take no room.

What is drawn looks as it would without them. But of every text it can be told whether it stands there to its end, what
was put into it, and how it reads in English: so a test that waits for English words can use the kiosk in any language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from gettext import NullTranslations
from string import Formatter

_SIGNS = [chr(code) for code in (*range(0x1DA00, 0x1DA37), *range(0x1DA3B, 0x1DA6D))]
"""Combining signs of SignWriting, which nothing else here uses: no cell wide, and not removed from outside text."""
_DIGITS = _SIGNS[:100]
_IN, _END, _OUT = _SIGNS[100:103]
_AS_DIGIT = {sign: number for number, sign in enumerate(_DIGITS)}
TAGS = frozenset(_SIGNS)


@dataclass(frozen=True, slots=True)
class Source:
    """A text of ours: in English, and as it is spoken, split into what stands between the values put into it."""

    english: str
    spoken: tuple[str, ...]
    names: tuple[str, ...]


class Tagged(NullTranslations):
    """Speaks another language, with the signs."""

    def __init__(self, language: NullTranslations) -> None:
        super().__init__()
        self._language = language

    def gettext(self, message: str) -> str:
        return _tagged(message, self._language.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _tagged(msgid1 if n == 1 else msgid2, self._language.ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        return _tagged(message, self._language.pgettext(context, message))


_known: dict[Source, str] = {}
_sources: list[Source] = []


def _tagged(english: str, spoken: str) -> str:
    if not english.strip():
        return spoken
    try:
        parts = list(Formatter().parse(spoken))
    except ValueError:  # a brace of its own: nothing is put into it
        parts = [(spoken, None, None, None)]
    literals, names, pieces = [""], [], []
    for literal, name, form, conversion in parts:
        literals[-1] += literal
        pieces.append(literal.replace("{", "{{").replace("}", "}}") if len(parts) > 1 or name else literal)
        if name is not None:
            names.append(name)
            literals.append("")
            inner = name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
            pieces.append(f"{_IN}{{{inner}}}{_OUT}")
    source = Source(english, tuple(literals), tuple(names))
    if source not in _known:
        first, second = divmod(len(_sources), len(_DIGITS))
        _known[source] = _DIGITS[first] + _DIGITS[second]
        _sources.append(source)
    return f"{_known[source]}{''.join(pieces)}{_END}"


@dataclass(slots=True)
class Value:
    """What was put into a text."""

    parts: list[str | Text] = field(default_factory=list)
    is_whole: bool = False

    @property
    def english(self) -> str:
        return _flat("".join(part if isinstance(part, str) else part.english for part in self.parts))


@dataclass(slots=True)
class Text:
    """A text of ours as it stands on a screen."""

    source: Source
    at: int
    """Where it begins, counted in signs of what was read."""
    parts: list[str | Value] = field(default_factory=list)
    is_whole: bool = False

    @property
    def english(self) -> str:
        """How it reads in English, with the values that stand in it."""
        values = [part.english for part in self.parts if isinstance(part, Value)]
        found = dict(zip(self.source.names, values, strict=False))
        text = self.source.english
        if not self.source.names:
            return _flat(text)
        pieces = []
        for literal, name, _form, _conversion in Formatter().parse(text):
            pieces += [literal, found.get(name, "") if name is not None else ""]
        return _flat("".join(pieces))

    @property
    def shown(self) -> str:
        """What is to be read of it."""
        return "".join(
            part if isinstance(part, str) else "".join(p if isinstance(p, str) else p.shown for p in part.parts)
            for part in self.parts
        )

    @property
    def is_cut(self) -> bool:
        """Whether something of it is missing; of a value at its end, the end may be."""
        literals, values = [""], 0
        last: Value | None = None
        for part in self.parts:
            if isinstance(part, str):
                literals[-1] += part
                last = last if not part.strip() else None
            else:
                literals.append("")
                values, last = values + 1, part
        wanted = [_bare(literal) for literal in self.source.spoken]
        is_all_there = [_bare(literal) for literal in literals] == wanted
        return not (is_all_there and (self.is_whole or last is None or not wanted[-1]))

    @property
    def lacks_only_brackets(self) -> bool:
        """Whether all that is missing is what the text adds in brackets, which gives way on a key."""
        spoken = "".join(self.source.spoken[:1]) + "".join(f"\0{each}" for each in self.source.spoken[1:])
        shown = "".join("\0" if isinstance(part, Value) else part for part in self.parts)
        return " (" in spoken and _bare(shown).startswith(_bare(spoken.partition(" (")[0]))


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def _flat(text: str) -> str:
    return " ".join(text.split(" "))


@dataclass(slots=True)
class Plain:
    """What stands between texts of ours."""

    at: int
    text: str = ""


@dataclass(slots=True)
class Read:
    """What was read: texts of ours, and what stands between them."""

    parts: list[Plain | Text]
    broken: list[str]
    """Ends of texts whose beginning is missing."""


def read(signs: str) -> Read:
    """Take drawn signs apart."""
    reader = _Reader(signs)
    at = 0
    while at < len(signs):
        at += reader.take(at)
    return reader.found


class _Reader:
    """Reads sign by sign; what is open is known."""

    def __init__(self, signs: str) -> None:
        self.found = Read([], [])
        self._signs = signs
        self._open: list[Text | Value] = []

    def take(self, at: int) -> int:
        """Take what stands at a place; return how many signs it has."""
        sign = self._signs[at]
        if sign in _AS_DIGIT:
            return self._begins(at)
        if sign == _IN:
            self._is_put_in(at)
        elif sign in {_OUT, _END}:
            self._ends(at, Value if sign == _OUT else Text)
        else:
            self._add(sign, at)
        return 1

    def _begins(self, at: int) -> int:
        first, second = self._signs[at], self._signs[at + 1 : at + 2]
        number = _AS_DIGIT[first] * len(_DIGITS) + _AS_DIGIT.get(second, 0)
        if second not in _AS_DIGIT or number >= len(_sources):
            self.found.broken.append(self._signs[at : at + 20])
            return 1
        text = Text(_sources[number], at)
        if self._open and isinstance(value := self._open[-1], Value):
            value.parts.append(text)
        else:  # one that is still open was cut, and its end is missing
            self._open.clear()
            self.found.parts.append(text)
        self._open.append(text)
        return 2

    def _is_put_in(self, at: int) -> None:
        if self._open and isinstance(text := self._open[-1], Text):
            value = Value()
            text.parts.append(value)
            self._open.append(value)
        else:
            self.found.broken.append(self._signs[max(at - 20, 0) : at])

    def _ends(self, at: int, kind: type[Text | Value]) -> None:
        if not any(isinstance(each, kind) for each in self._open):
            self.found.broken.append(self._signs[max(at - 20, 0) : at])
            return
        # A value that was cut at its end takes along the end of the text within it.
        while not isinstance(self._open[-1], kind):
            self._open.pop()
        self._open.pop().is_whole = True

    def _add(self, sign: str, at: int) -> None:
        if self._open:
            parts = self._open[-1].parts
            if parts and isinstance(parts[-1], str):
                parts[-1] += sign
            else:
                parts.append(sign)
            return
        last = self.found.parts[-1] if self.found.parts else None
        if not isinstance(last, Plain):
            last = Plain(at)
            self.found.parts.append(last)
        last.text += sign


def texts_in(parts: Sequence[str | Plain | Text]) -> Iterator[Text]:
    """Return every text among the parts, with those that were put into others."""
    for part in parts:
        if isinstance(part, Text):
            yield part
            for inner in part.parts:
                if isinstance(inner, Value):
                    yield from texts_in(inner.parts)


def without_tags(text: str) -> str:
    """Return a text as it is seen."""
    return "".join(sign for sign in text if sign not in TAGS)
