from __future__ import annotations

import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kiosk.words import signs
from kiosk.words.plain import Where, fit, plain, shorten

ANY_TEXT = st.text(alphabet=st.characters(codec=None))


@given(ANY_TEXT)
def test_no_text_keeps_a_character_that_a_terminal_obeys_or_hides(text: str) -> None:
    shown = plain(text)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(shown) & set("\u200b\u200e\u202e\u2066\ufeff\ufe0f\xad")
    shown.encode()


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(ANY_TEXT, st.integers(0, 60), st.sampled_from(get_args(Where)))
def test_a_shortened_text_never_takes_more_cells_than_allowed(text: str, width: int, where: Where) -> None:
    assert cell_len(shorten(text, width, where)) <= width


@given(ANY_TEXT, st.integers(0, 60), st.booleans())
def test_a_fitted_text_takes_exactly_its_cells(text: str, width: int, right: bool) -> None:  # noqa: FBT001
    assert cell_len(fit(text, width, right=right)) == width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë Müller", "Zoë Müller"),
        ("[bold]x[/]", "[bold]x[/]"),
        ("a\u202ab\u202bc\u202cd\u202de\u202ef\u2066g\u2069h\u200ei", "abcdefghi"),
        ("\x1b[31mred", f"{signs.MIDDLE_DOT}[31mred"),
        ("420\x1d9400", f"420{signs.MIDDLE_DOT}9400"),
        ("two\r\nlines", "two lines"),
        ("RR\xa0473", "RR 473"),
        ("«\xa0À finir\xa0»\xa0: 100\xa0%\xa0?", "«\xa0À finir\xa0»\xa0: 100\xa0%\xa0?"),
        ("a\u202eb\u200bc", "abc"),
        ("\x9b2J", f"{signs.MIDDLE_DOT}2J"),
        ("\ud800", signs.MIDDLE_DOT),
        ("李小龙", "李小龙"),
    ],
)
def test_text_from_outside_is_shown_as_plain_text(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("end", f"94055118{signs.ELLIPSIS}"),
        ("start", f"{signs.ELLIPSIS}34567890"),
        ("middle", f"9405{signs.ELLIPSIS}7890"),
    ],
)
def test_the_ellipsis_stands_where_it_is_wanted(where: Where, shown: str) -> None:
    assert shorten("94055118991234567890", 9, where) == shown


def test_wide_characters_are_cut_at_a_whole_one() -> None:
    assert shorten("李小龙李小龙", 6) == f"李小{signs.ELLIPSIS}"


def test_every_sign_takes_one_cell() -> None:
    values = [value for name, value in vars(signs).items() if name.isupper() and isinstance(value, str)]
    assert values
    assert {cell_len(value) for value in values} <= {1}
