from __future__ import annotations

import itertools
import string

import pytest

from kiosk.words.signs import BLOCK, LOWER_HALF, UPPER_HALF
from screens.widgets.big_font import GLYPH_ROWS, GLYPH_WIDTH, GLYPHS
from screens.widgets.big_text import BigText
from tests.screens.widgets.harness import Bench, lines, screen_text


def test_every_letter_and_digit_has_a_shape_of_the_same_size() -> None:
    assert set(string.ascii_uppercase + string.digits) <= set(GLYPHS)
    for shape in GLYPHS.values():
        assert len(shape) == GLYPH_ROWS
        assert {len(row) for row in shape} == {GLYPH_WIDTH}


@pytest.mark.parametrize(
    ("one", "other"), [*itertools.combinations("0OQD", 2), ("1", "I"), ("8", "B"), ("5", "S"), ("2", "Z")]
)
def test_look_alikes_differ_in_several_places(one: str, other: str) -> None:
    pairs = zip("".join(GLYPHS[one]), "".join(GLYPHS[other]), strict=True)
    assert sum(left != right for left, right in pairs) >= 2


async def test_a_code_is_drawn_four_rows_high_in_the_middle() -> None:
    big = BigText("NR8 PBW")
    app = Bench(big)
    async with app.run_test(size=(80, 10)):
        assert big.size.height == 4
        rows = lines(app)
        assert set("".join(rows)) <= {" ", BLOCK, UPPER_HALF, LOWER_HALF}
        left = min(len(row) - len(row.lstrip()) for row in rows if row)
        right = 80 - max(map(len, rows))
        assert abs(left - right) <= 1


@pytest.mark.parametrize(("width", "shown"), [(30, "N R 8   P B W"), (8, "NR8 PBW"), (4, "NR8")])
async def test_a_narrow_window_shows_the_code_in_plain_characters(width: int, shown: str) -> None:
    big = BigText("NR8 PBW")
    app = Bench(big)
    async with app.run_test(size=(width, 10)):
        assert big.size.height == 1
        assert shown in screen_text(app)


async def test_a_character_without_a_shape_is_still_readable() -> None:
    app = Bench(BigText("Aé李"))
    async with app.run_test(size=(40, 10)):
        assert "é" in lines(app)[3]
        assert "李" in lines(app)[3]


@pytest.mark.parametrize("text", ["", " ", "\x1b[31m", "A" * 500])
async def test_no_text_is_a_reason_to_fail(text: str) -> None:
    app = Bench(BigText(text))
    async with app.run_test(size=(20, 5)):
        assert "\x1b" not in screen_text(app)


async def test_a_new_code_replaces_the_old_one() -> None:
    big = BigText("A")
    app = Bench(big)
    async with app.run_test(size=(40, 10)) as pilot:
        before = screen_text(app)
        big.text = "NR8 PBW NR8 PBW"
        await pilot.pause()
        assert screen_text(app) != before
        assert big.size.height == 1
