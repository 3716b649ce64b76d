from __future__ import annotations

import pytest

from kiosk.tracking.testcode import TEST_CODE
from screens.widgets.bar_code import TOO_NARROW, BarCode
from tests.screens.qr_reader import read_codes
from tests.screens.widgets.harness import Bench, screen_text


@pytest.mark.parametrize("theme", ["kiosk-dark", "kiosk-light", "kiosk-contrast"])
async def test_a_scanner_reads_the_bars_off_the_screen(theme: str) -> None:
    app = Bench(BarCode(TEST_CODE), theme=theme)
    async with app.run_test(size=(80, 3)):
        assert read_codes(app) == [("Code 128", TEST_CODE)]


async def test_black_and_white_are_explicit() -> None:
    bars = BarCode(TEST_CODE)
    async with Bench(bars).run_test(size=(77, 3)):
        colours = {(each.style.color, each.style.bgcolor) for each in bars.render_line(0) if each.style is not None}
        assert {colour.name for pair in colours for colour in pair if colour is not None} == {"#000000", "#ffffff"}


async def test_bars_that_do_not_fit_are_not_drawn() -> None:
    app = Bench(BarCode(TEST_CODE))
    async with app.run_test(size=(76, 3)):
        assert TOO_NARROW in screen_text(app)
        assert read_codes(app) == []
