"""Each catalogue fits the program: every text is there, translated, and can be used where the English one can."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from rich.cells import cell_len

from kiosk.languages import ENGLISH, languages
from kiosk.words.language import own_name
from kiosk.words.times import PIECES
from screens.console import actions as console_actions
from screens.fleet import actions as fleet_actions
from screens.help_page import HELP_PAGE
from tests.messages import CATALOGUES, ROOT, extracted, read

PRINTF = re.compile(r"%(?:\(\w+\))?[sdr]")
SEPARATORS = {"number: thousands", "number: decimals"}
"""Contexts of signs between figures: one may be a blank."""

LONGEST_LABEL = 20
"""Columns of the words on a key: a key of the usual width shows them in one or two rows."""

by_language = pytest.mark.parametrize("code", sorted(path.stem for path in CATALOGUES.glob("*.po")))


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Return a text, or each of its forms by number."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


@cache
def catalogue_of(code: str) -> Catalog:
    return read(CATALOGUES / f"{code}.po")


def entries(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def pairs(code: str) -> Iterator[tuple[Message, str, str]]:
    """Yield each translated text with the English one that it stands for."""
    for message in entries(catalogue_of(code)):
        english = forms(message.id)
        for at, text in enumerate(forms(message.string)):
            if text:
                yield message, english[min(at, len(english) - 1)], text


def named(messages: list[str]) -> str:
    return "\n".join(["", *messages])


@by_language
def test_a_catalogue_has_the_texts_of_the_source_and_no_other(code: str) -> None:
    def keys(catalogue: Catalog) -> set[tuple[object, ...]]:
        return {(message.context, *forms(message.id)) for message in entries(catalogue)}

    assert keys(catalogue_of(code)) == keys(extracted()), "run `make messages`"


@by_language
def test_every_text_is_translated_in_all_its_forms(code: str) -> None:
    count = catalogue_of(code).num_plurals
    lacking = [
        f"{code}.po: no translation of {forms(message.id)[0]!r}"
        for message in entries(catalogue_of(code))
        if not all(forms(message.string)) or (message.pluralizable and len(forms(message.string)) != count)
    ]
    assert not lacking, named(lacking)


@by_language
def test_no_translation_is_a_guess(code: str) -> None:
    assert not [message.id for message in entries(catalogue_of(code)) if message.fuzzy]


def holes(text: str) -> set[str]:
    """Return the places in a text, with their formats."""
    found = {f"{name}!{how or ''}:{form or ''}" for _, name, form, how in Formatter().parse(text) if name is not None}
    return found | {f"{hole} {count}" for hole, count in Counter(PRINTF.findall(text)).items()}


@by_language
def test_a_translation_has_the_places_of_the_english_text(code: str) -> None:
    of_dates = {f"{piece}!:" for piece in PIECES}
    wrong = []
    for message, english, text in pairs(code):
        # The form for one may say the number in words.
        may_lack = holes(english) if message.pluralizable else set()
        allowed = of_dates if message.context == "date" else holes(english) | holes(forms(message.id)[-1])
        lacks = set() if message.context == "date" else holes(english) - holes(text) - may_lack
        if lacks or holes(text) - allowed:
            wrong.append(f"{code}.po: {text!r} for {english!r}")
    assert not wrong, named(wrong)


@by_language
def test_blanks_and_line_ends_around_a_text_stay(code: str) -> None:
    def around(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    wrong = [
        f"{code}.po: {text!r} for {english!r}"
        for message, english, text in pairs(code)
        if around(english) != around(text) and message.context not in SEPARATORS
    ]
    assert not wrong, named(wrong)


@by_language
def test_what_is_typed_stays_as_it_is(code: str) -> None:
    typed = re.compile(r"`[^`]+`|(?<![\w-])--[a-z][a-z-]+|\b[a-z_]+\.[a-z_]{3,}\b")
    wrong = [
        f"{code}.po: {lost} is not in {text!r}"
        for _, english, text in pairs(code)
        for lost in set(typed.findall(english)) - set(typed.findall(text))
        if lost.strip("`") not in text
    ]
    assert not wrong, named(wrong)


@by_language
def test_what_is_compiled_says_what_the_catalogue_says(code: str) -> None:
    with (CATALOGUES / f"{code}.mo").open("rb") as file:
        compiled = {
            (message.context, forms(message.id)[0]): forms(message.string)
            for message in entries(read_mo(file))
            if all(forms(message.string))
        }
    told = {
        (message.context, forms(message.id)[0]): forms(message.string)
        for message in entries(catalogue_of(code))
        if all(forms(message.string))
    }
    assert compiled == told, "run `make messages`"


def test_every_language_has_a_name_of_its_own() -> None:
    names = {code: own_name(code) for code in languages()}
    assert names[ENGLISH] == "English"
    assert len(set(names.values())) == len(names)
    assert not set(names) & set(names.values()), "a catalogue does not say what its language calls itself"


def heads(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the heads of the table's columns in a module, each with the width that is certain."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(
                func=ast.Name(id="Column"),
                args=[ast.Call(args=[*_, ast.Constant(value=str(head))]), ast.Constant(value=int(width))],
            ):
                yield head, width


@by_language
def test_the_head_of_a_column_fits_it(code: str) -> None:
    said = {(message.context, forms(message.id)[0]): text for message, _, text in pairs(code)}
    contexts = {context for context, _ in said}
    long = [
        f"{path.name}: {text!r} for {head!r} is longer than {width}"
        for path in sorted((ROOT / "screens").rglob("*.py"))
        for head, width in heads(path)
        for text in [said[context, head] for context in contexts if (context, head) in said][:1]
        if cell_len(text) > max(width, cell_len(head))
    ]
    assert not long, named(long)


@by_language
def test_the_words_on_a_key_fit_a_key(code: str) -> None:
    keymaps = (*HELP_PAGE, *console_actions.HELP_PAGE, *fleet_actions.HELP_PAGE)
    labels = {action.label for keymap in keymaps for action in keymap.actions}
    long = [
        f"{code}.po: {text!r} for {english!r} is longer than {LONGEST_LABEL}"
        for message, english, text in pairs(code)
        if english in labels and message.context is None and cell_len(text) > LONGEST_LABEL
    ]
    assert not long, named(long)
