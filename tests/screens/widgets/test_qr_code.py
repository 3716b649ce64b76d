from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.barcodes import qr_code
from screens.widgets.qr_code import QUIET_ZONES, TOO_SMALL, QrCode, size_for
from tests.screens.qr_reader import read_qr
from tests.screens.widgets.harness import Bench, screen_text

CODES = st.text(alphabet="ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=4, max_size=12)
TEXTS = ["NR8PBW", "PPL1:AOne:7:NR8PBW", "geo:41.1192838,-73.3705073", "Grüße aus Köln"]


@pytest.mark.parametrize("theme", ["kiosk-dark", "kiosk-light", "kiosk-contrast"])
@pytest.mark.parametrize("text", TEXTS)
async def test_a_phone_reads_the_code_off_the_screen(text: str, theme: str) -> None:
    app = Bench(QrCode(text), theme=theme)
    async with app.run_test(size=(80, 24)):
        assert read_qr(app) == [text]


async def test_a_phone_reads_the_code_without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Bench(QrCode("NR8PBW"))
    async with app.run_test(size=(80, 24)):
        assert read_qr(app) == ["NR8PBW"]


@settings(max_examples=20, deadline=None)
@given(CODES)
async def test_every_code_is_read_back(code: str) -> None:
    app = Bench(QrCode(code))
    async with app.run_test(size=(80, 24)):
        assert read_qr(app) == [code]


async def test_black_and_white_are_explicit_and_nothing_is_dimmed() -> None:
    qr = QrCode("NR8PBW")
    app = Bench(qr, theme="kiosk-light")
    async with app.run_test(size=size_for("NR8PBW")):
        for y in range(qr.size.height):
            for segment in qr.render_line(y):
                assert segment.style is not None
                assert segment.style.color is not None
                assert segment.style.bgcolor is not None
                assert {segment.style.color.name, segment.style.bgcolor.name} <= {"#000000", "#ffffff"}
                assert not segment.style.dim


@pytest.mark.parametrize("quiet_zone", QUIET_ZONES)
async def test_the_quiet_zone_gives_way_before_the_code_does(quiet_zone: int) -> None:
    size = size_for("NR8PBW", quiet_zone)
    app = Bench(QrCode("NR8PBW"))
    async with app.run_test(size=(size.width, size.height)):
        assert read_qr(app) == ["NR8PBW"]


@pytest.mark.parametrize("cut", [(1, 0), (0, 1)])
async def test_a_code_that_does_not_fit_is_not_cropped(cut: tuple[int, int]) -> None:
    least = size_for("NR8PBW", QUIET_ZONES[-1])
    qr = QrCode("NR8PBW")
    app = Bench(qr)
    async with app.run_test(size=(least.width - cut[0], least.height - cut[1])):
        assert not qr.readable
        assert " ".join(screen_text(app).split()) == TOO_SMALL
        assert read_qr(app) == []


async def test_the_code_returns_when_the_window_grows() -> None:
    app = Bench(QrCode("NR8PBW"))
    async with app.run_test(size=(20, 5)) as pilot:
        assert read_qr(app) == []
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert read_qr(app) == ["NR8PBW"]


async def test_no_text_draws_nothing() -> None:
    app = Bench(QrCode())
    async with app.run_test(size=(80, 24)):
        assert not screen_text(app).strip()


@pytest.mark.parametrize("side", [1, 2, 8])
async def test_a_tiny_terminal_is_no_reason_to_fail(side: int) -> None:
    app = Bench(QrCode("NR8PBW"))
    async with app.run_test(size=(side, side)):
        assert read_qr(app) == []


def test_the_stronger_level_is_taken_where_it_costs_no_room() -> None:
    assert len(qr_code("NR8PBW")) == 21
    assert len(qr_code("PPL1:AOne:7:NR8PBW")) == 25
    assert QrCode.size_for("NR8PBW") == (29, 15)
    assert QrCode.size_for("") == (0, 0)
