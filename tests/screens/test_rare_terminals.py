"""Without colours, and with other signs: what stood out still does, and every cell keeps its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from kiosk.words import signs
from kiosk.words.signs import BLOCK, LOWER_HALF, UPPER_HALF, SignSet
from screens.colourless import colourless
from screens.plain_signs import plain_signs
from screens.theme import DARK, LIGHT, THEMES
from tests.screens.kiosk_in_test import Desk
from tests.screens.terminals import is_single

NOWHERE = Color(0, 0, 0)


@pytest.fixture
def _all_signs() -> Iterator[None]:
    yield
    signs.choose("unicode", "utf-8")


def without_colours(text: str, ink: str, ground: str, *, theme: str = "kiosk-dark", bold: bool = False) -> list[str]:
    """Return what is left of a run of text in two tokens of a theme: its attributes, and the text."""
    tokens = next(each for each in THEMES if each.name == theme)
    values = {"background": tokens.background or "", **tokens.variables}
    style = Style(color=values.get(ink, ink), bgcolor=values.get(ground, ground), bold=bold)
    line_filter = colourless(values["background"], values["tile"])
    return [f"{attributes(each)}|{each.text}" for each in line_filter.apply([Segment(text, style)], NOWHERE)]


def attributes(segment: Segment) -> str:
    style = segment.style or Style()
    assert style.color is style.bgcolor is None
    told = {"bold": style.bold, "reverse": style.reverse, "underline": style.underline}
    return " ".join(name for name, is_so in told.items() if is_so)


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
def test_what_is_chosen_works_or_does_not_can_be_told_apart(theme: str) -> None:
    chosen = without_colours(" Abdi ", "chosen-text", "chosen", theme=theme, bold=True)
    works = without_colours("  Reserve  ", "quiet", "tile", theme=theme, bold=True)
    off = without_colours("  Reserve  ", "quiet", "tile-off", theme=theme)
    assert chosen == ["bold reverse| Abdi "]
    assert works == ["bold|  ", "bold underline|Reserve", "bold|  "]
    assert off == ["|  Reserve  "]


@pytest.mark.parametrize(("theme", "paper"), [(DARK.name, "reverse"), (LIGHT.name, "")], ids=["dark", "light"])
def test_a_code_is_dark_on_light_where_the_theme_is_of_the_kind_of_the_terminal(theme: str, paper: str) -> None:
    black, white = "#000000", "#ffffff"
    assert without_colours("  ", white, white, theme=theme) == [f"{paper}|  "]
    other = "" if paper else "reverse"
    assert without_colours("  ", black, black, theme=theme) == [f"{other}|  "]
    for half in (UPPER_HALF, LOWER_HALF):
        assert without_colours(half, black, white, theme=theme) == [f"{paper}|{half}"]


@given(st.text(min_size=1, max_size=30), st.sampled_from([SignSet.WIDE, SignSet.ASCII]))
def test_no_sign_takes_other_cells_than_the_one_in_whose_place_it_stands(text: str, chosen: SignSet) -> None:
    text = "".join(sign for sign in text if sign.isprintable())
    drawn = "".join(each.text for each in plain_signs(chosen).apply([Segment(text)], NOWHERE))
    assert all(is_single(sign) for sign in drawn)
    if chosen is SignSet.ASCII:
        assert drawn.isascii()
    singles = [sign for sign in text if not unicodedata.combining(sign)]
    assert cell_len(drawn) == sum(map(cell_len, singles))


@pytest.mark.parametrize(
    ("text", "wide", "ascii_"),
    [
        ("Für “Ida” · 7 ►", 'Fu\u0308r "Ida" - 7 ►', 'Fur "Ida" - 7 >'),
        ("● ○ ◆ ✓ \xd7 …", "* o = ✓ x ~", "* o = v x ~"),
        ("山田", "山田", "????"),
        ("Straße", "Strase", "Strase"),
    ],
    ids=["a text", "our signs", "another script", "a letter in one part"],
)
def test_signs_give_way_to_others(text: str, wide: str, ascii_: str) -> None:
    for chosen, expected in ((SignSet.WIDE, wide), (SignSet.ASCII, ascii_)):
        assert "".join(each.text for each in plain_signs(chosen).apply([Segment(text)], NOWHERE)) == expected


def test_a_full_block_is_a_blank_in_its_colour() -> None:
    (drawn,) = plain_signs(SignSet.ASCII).apply(
        [Segment(BLOCK * 3, Style(color="#111111", bgcolor="#eeeeee"))], NOWHERE
    )
    assert drawn.text == "   "
    assert drawn.style == Style(color="#eeeeee", bgcolor="#111111")


@pytest.mark.parametrize(
    ("setting", "encoding", "chosen"),
    [
        ("auto", "utf-8", SignSet.UNICODE),
        ("", "UTF-8", SignSet.UNICODE),
        ("auto", "iso8859-1", SignSet.ASCII),
        ("auto", "ascii", SignSet.ASCII),
        ("auto", None, SignSet.ASCII),
        ("wide", "utf-8", SignSet.WIDE),
        ("unicode", "ascii", SignSet.UNICODE),
        ("pink", "utf-8", SignSet.UNICODE),
    ],
)
@pytest.mark.usefixtures("_all_signs")
def test_the_signs_are_chosen_by_setting_or_by_encoding(setting: str, encoding: str | None, chosen: SignSet) -> None:
    signs.choose(setting, encoding)
    assert signs.chosen() is chosen


@pytest.mark.parametrize("value", ["1", ""], ids=["set", "empty"])
async def test_every_app_of_a_process_sees_what_is_asked_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("NO_COLOR", value)
    assert [desk.app().is_colourless for _ in range(2)] == [bool(value)] * 2
