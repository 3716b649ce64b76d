"""The tour of the demo: one thing after the other goes wrong, and nothing is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kiosk.clock import ManualClock
from kiosk.settings import load_settings
from kiosk.wiring import Background, open_services
from screens.app import KioskApp
from tests.screens.clerk.test_snapshots import SIZES
from tests.screens.kiosk_in_test import START, Desk, Kiosk, opened


def demo(folder: Path) -> KioskApp:
    """Return the kiosk of a newcomer, with the service that it brings itself."""
    environ = {"KIOSK_STORAGE__DATA_DIR": str(folder / "data"), "KIOSK_DESK__OWN_PREFIX": "T"}
    settings = load_settings(environ=environ)
    return KioskApp(lambda: open_services(settings, clock=ManualClock(START), background=Background.DESK))


@pytest.fixture
async def kiosk(tmp_path: Path) -> AsyncIterator[Kiosk]:
    app = demo(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        begun = Kiosk(app, pilot)
        await opened(begun)
        yield begun
    assert app._exception is None


async def to_tour(kiosk: Kiosk) -> None:
    await kiosk.press("f1")
    await kiosk.at("Help")
    await kiosk.press("f4")
    await kiosk.at("Tour")


async def test_an_answer_gets_lost_and_the_code_comes_all_the_same(kiosk: Kiosk) -> None:
    await to_tour(kiosk)
    await kiosk.press("enter")
    await kiosk.shows("The answer to the next deposit gets lost.")
    await kiosk.to_code()
    assert (await kiosk.events()).count("write_fell_in_doubt") == 1


async def test_the_line_is_dead_for_a_lesson_and_the_parcel_is_kept(kiosk: Kiosk) -> None:
    await to_tour(kiosk)
    await kiosk.tap("The line is dead")
    await kiosk.shows("For a minute nothing reaches the locker service.")
    await kiosk.to_locker()
    await kiosk.press("enter")
    await kiosk.shows("offline")
    assert (await kiosk.parcel("T1")).is_in_hand
    assert kiosk.services.tour is not None
    await kiosk.services.tour.end()
    await kiosk.press("enter")
    await kiosk.shows("Write on the parcel")
    await kiosk.press("enter")
    await kiosk.shows("Parcel T1 is at S")


async def test_esc_leaves_the_tour_and_nothing_goes_wrong(kiosk: Kiosk) -> None:
    await to_tour(kiosk)
    await kiosk.press("escape")
    await kiosk.at("Help")
    await kiosk.press("escape")
    await kiosk.to_code()


async def test_a_desk_with_an_account_is_offered_no_tour(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.press("f1")
        await kiosk.at("Help")
        assert "Tour" not in kiosk.read.partition("Scanner test F2")[2]
        await kiosk.press("f4")
        await kiosk.rest()
        assert kiosk.name == "Help"


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_it_looks_as_it_did(tmp_path: Path, snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    app = demo(tmp_path)

    async def go_there(pilot: Pilot[None]) -> None:
        kiosk = Kiosk(app, pilot)
        await opened(kiosk)
        await to_tour(kiosk)
        await kiosk.rest()

    assert snap_compare(app, terminal_size=size, run_before=go_there)
