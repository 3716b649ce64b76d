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
        if is_all_there and (self.is_whole or last is None or not wanted[-1]):
            return False
        return True

    @property
    def lacks_only_brackets(self) -> bool:
        """Whether all that is missing is what the text adds in brackets, which gives way on a key."""
        spoken = "".join(self.source.spoken[:1]) + "".join(f"\0{each}" for each in self.source.spoken[1:])
        shown = "".join("\0" if isinstance(part, Value) else part for part in self.parts)
        return _bare(shown) == _bare(spoken.partition(" (")[0])


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
    found = Read([], [])
    open_ones: list[Text | Value] = []

    def add(sign: str, at: int) -> None:
        if open_ones:
            into = open_ones[-1].parts
            if into and isinstance(into[-1], str):
                into[-1] += sign
            else:
                into.append(sign)
            return
        if not found.parts or isinstance(found.parts[-1], Text):
            found.parts.append(Plain(at))
        assert isinstance(plain := found.parts[-1], Plain)
        plain.text += sign

    at = 0
    while at < len(signs):
        sign = signs[at]
        if sign in _AS_DIGIT:
            number = _number(signs[at : at + 2])
            if number is None:
                found.broken.append(signs[at : at + 20])
                at += 1
                continue
            text = Text(_sources[number], at)
            if not open_ones:
                found.parts.append(text)
            elif isinstance(open_ones[-1], Value):
                open_ones[-1].parts.append(text)
            else:  # the one before was cut, and its end is missing
                open_ones.clear()
                found.parts.append(text)
            open_ones.append(text)
            at += 2
            continue
        if sign == _IN:
            value = Value()
            if open_ones and isinstance(open_ones[-1], Text):
                open_ones[-1].parts.append(value)
                open_ones.append(value)
            else:
                found.broken.append(signs[max(at - 20, 0) : at])
        elif sign in {_OUT, _END}:
            kind = Value if sign == _OUT else Text
            if any(isinstance(each, kind) for each in open_ones):
                # A value that was cut at its end takes along the end of the text within it.
                while not isinstance(open_ones[-1], kind):
                    open_ones.pop()
                open_ones.pop().is_whole = True
            else:
                found.broken.append(signs[max(at - 20, 0) : at])
        else:
            add(sign, at)
        at += 1
    return found


def _number(signs: str) -> int | None:
    if len(signs) < 2 or signs[1] not in _AS_DIGIT:
        return None
    number = _AS_DIGIT[signs[0]] * len(_DIGITS) + _AS_DIGIT[signs[1]]
    return number if number < len(_sources) else None


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
