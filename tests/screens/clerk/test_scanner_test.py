"""The scanner test behind the help: the test code can be scanned off it, a scan is judged, and nothing is a parcel."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from kiosk.tracking.layouts import LAYOUTS
from kiosk.tracking.testcode import TEST_CODE
from tests.screens.kiosk_in_test import Desk, Kiosk, opened
from tests.screens.qr_reader import read_codes

SIZES = {"80x24": (80, 24), "100x30": (100, 30)}
GERMAN = LAYOUTS[0].types(TEST_CODE)
UPS = "1Z5R89390357567127"

both_sizes = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)


async def waiting(kiosk: Kiosk) -> None:
    await kiosk.press("f1")
    await kiosk.at("Help")
    await kiosk.press("f2")
    await kiosk.at("ScannerTest")
    await kiosk.shows("Scan one of the two codes, once.")


async def good(kiosk: Kiosk) -> None:
    await waiting(kiosk)
    kiosk.scan(TEST_CODE)
    await kiosk.shows("The scanner is set up correctly.")


async def bad(kiosk: Kiosk) -> None:
    await waiting(kiosk)
    kiosk.hands.scan(f"\x02${GERMAN.lower()}%", gap=0.08)
    await kiosk.shows("problems found.")


@both_sizes
@pytest.mark.parametrize("state", [waiting, good, bad])
async def test_both_codes_are_read_off_the_screen_in_every_state(
    desk: Desk, size: tuple[int, int], state: Callable[[Kiosk], Awaitable[None]]
) -> None:
    async with desk.open(size) as kiosk:
        await state(kiosk)
        await kiosk.until(lambda: len(read_codes(kiosk.app)) == 2, "both codes")
        assert set(read_codes(kiosk.app)) == {("QR Code", TEST_CODE), ("Code 128", TEST_CODE)}


async def test_a_good_scanner_is_said_to_be_good(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await good(kiosk)
        assert "Keyboard: US" in kiosk.read
        assert "Speed: 5 ms per character" in kiosk.read
        assert "End of scan: Enter." in kiosk.read


async def test_every_finding_is_reached_by_key(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await bad(kiosk)
        for words in ("German on this computer", "Caps Lock is on.", "looks like", "End of scan: nothing sent."):
            assert words in kiosk.read
        assert "Suffix" not in kiosk.read
        await kiosk.press(*["down"] * 10)
        await kiosk.shows("Suffix: %", "Control characters: STX")


async def test_the_settings_of_the_desk_are_what_a_scan_is_measured_by(desk: Desk) -> None:
    async with desk.open(scanner_prefix="~", scanner_end="silence") as kiosk:
        await waiting(kiosk)
        kiosk.scan(f"~{TEST_CODE}", end="")
        await kiosk.shows("The scanner is set up correctly.", "Prefix: ~.", "End of scan: nothing sent, as set.")


async def test_no_scan_is_taken_in_here_and_each_is_judged(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await waiting(kiosk)
        kiosk.scan(UPS)
        await kiosk.shows("This does not look like the test code")
        kiosk.hands.paste(UPS)
        kiosk.scan(TEST_CODE)
        await kiosk.shows("The scanner is set up correctly.")
        await kiosk.press("enter")
        kiosk.type(f"{UPS}\r")
        await kiosk.rest()
        assert kiosk.name == "ScannerTest"
        assert await kiosk.events() == []


async def test_esc_goes_back_and_a_scan_is_a_parcel_again(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await good(kiosk)
        await kiosk.press("escape")
        await kiosk.at("Help")
        kiosk.scan(UPS)
        await kiosk.at("Recipient")


@pytest.mark.parametrize(
    ("code", "found"), [(TEST_CODE, "it was read correctly"), (GERMAN, "another keyboard layout: German")]
)
async def test_at_home_the_test_code_is_known_and_not_stored(desk: Desk, code: str, found: str) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(code)
        await kiosk.shows("the scanner test code", found, "Nothing was stored.")
        assert kiosk.name == "Home"
        assert await kiosk.events() == []


async def test_the_test_code_leaves_the_parcel_in_hand_alone(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        before = await kiosk.events()
        kiosk.scan(GERMAN)
        await kiosk.shows("the scanner test code", "Parcel T1")
        assert await kiosk.events() == before


@both_sizes
@pytest.mark.parametrize("state", [waiting, good, bad])
def test_the_screen_looks_as_it_did(
    desk: Desk,
    snap_compare: Callable[..., bool],
    state: Callable[[Kiosk], Awaitable[Any]],
    size: tuple[int, int],
) -> None:
    app = desk.app()

    async def go_there(pilot: Pilot[None]) -> None:
        kiosk = Kiosk(app, pilot)
        await opened(kiosk)
        await state(kiosk)
        await kiosk.rest()

    assert snap_compare(app, terminal_size=size, run_before=go_there)
