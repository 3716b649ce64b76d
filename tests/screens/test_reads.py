"""A value is read once: what a scan and the two steps of an intake cost may not grow. `make bench` prints the same."""

from __future__ import annotations

import pytest

from tests.bench.reads import Count, counted, counts, is_kept
from tests.screens.kiosk_in_test import Desk

PRESENT = {
    "A scan": Count(parses=1, reads=2, writes=1),
    # Whether the unit is somebody else's too, and whether a request in doubt may take the number off it.
    "Reserve": Count(reads=3, writes=2),
    "Parcel is in": Count(reads=2, writes=2),
}
"""What each step costs: less may be written here, more only with a reason."""


async def test_each_step_of_an_intake_reads_no_more_than_before(desk: Desk) -> None:
    async with desk.open() as kiosk:
        found = await counts(kiosk)
    assert found == PRESENT
    assert all(is_kept(name, count) for name, count in found.items())


@pytest.mark.parametrize(
    ("code", "screen"),
    [("BOX-7712", "Number"), ("1Z999AA10123456774", "Number"), ("]C11Z999AA10123456784", "Recipient")],
    ids=["no carrier's", "misread", "wrapped"],
)
async def test_a_code_that_leaves_something_open_is_parsed_once_as_well(desk: Desk, code: str, screen: str) -> None:
    async with desk.open() as kiosk:
        with counted() as count:
            kiosk.scan(code)
            await kiosk.at(screen)
            await kiosk.rest()
        assert count.parses == 1


async def test_a_code_that_is_typed_is_parsed_once_from_its_last_sign(desk: Desk) -> None:
    async with desk.open() as kiosk:
        # The start draws the list anew once more, and with it what fits.
        await kiosk.app.workers.wait_for_complete()
        kiosk.type("1Z999AA1012345678")
        await kiosk.shows("1Z999AA1012345678")
        await kiosk.rest()
        with counted() as count:
            kiosk.type("4")
            await kiosk.shows("1Z999AA10123456784")
            kiosk.type("\r")
            await kiosk.at("Recipient")
            await kiosk.rest()
        assert count.parses == 1


async def test_a_second_scan_reads_its_own_code_and_that_of_the_box_before(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient("T1")
        with counted() as count:
            kiosk.scan("1Z999AA10123456784")
            await kiosk.shows("1Z999AA10123456784")
            await kiosk.rest()
        assert count.parses <= 2
