"""Slips and labels by key and by tap, what is told of them, and that nobody waits for a printer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from kiosk.background.paper import AGAIN_AFTER
from tests.printing.paper import from_esc_pos
from tests.printing.printers import (
    CUT,
    GOOD,
    OUT_OF_PAPER,
    Behaviour,
    NetworkPrinter,
    one_by_one,
    takes_nothing,
    tells,
)
from tests.screens.kiosk_in_test import Desk, Kiosk

SIGN = "printer out of paper: put some in"


@contextmanager
def printing(desk: Desk, behave: Behaviour, *, by_itself: bool = False) -> Iterator[NetworkPrinter]:
    """Set a printer up at the desk."""
    with NetworkPrinter(behave) as printer:
        desk.printer = {"address": printer.address, "slips": by_itself, "labels": by_itself}
        yield printer


def codes(printer: NetworkPrinter) -> list[str]:
    """Return what a scanner reads on what was printed."""
    return [text for part in bytes(printer.received).split(CUT)[:-1] for text in from_esc_pos(part + CUT, 576).codes()]


async def wake(desk: Desk, kiosk: Kiosk) -> None:
    """Let the time until the next try pass."""
    desk.clock.live(AGAIN_AFTER[0])
    kiosk.services.paper.hear()
    kiosk.services.background.look()


@pytest.mark.parametrize("by_tap", [False, True])
async def test_the_code_on_the_screen_is_printed(desk: Desk, *, by_tap: bool) -> None:
    with printing(desk, tells(GOOD)) as printer:
        async with desk.open() as kiosk:
            await kiosk.to_code()
            await kiosk.shows("Print slip")
            if by_tap:
                await kiosk.tap("Print slip")
            else:
                await kiosk.press("f4")
            await kiosk.shows("The slip is printed.")
            (unit,) = desk.service.holding("T1")
            assert codes(printer) == [unit["pickupCode"]]
            assert (await kiosk.parcel("T1")).code_waiting, "who prints has not seen it"


async def test_without_a_printer_no_screen_speaks_of_printing(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_code()
        assert "Print" not in kiosk.read
        await kiosk.press("f4", "enter")
        await kiosk.at("Home")
        kiosk.scan("T1")
        await kiosk.shows("More...")
        await kiosk.press("f7")
        assert "Print" not in await kiosk.shows("Keep longer")


async def test_a_printer_without_paper_is_a_sign_that_goes_when_it_has_some(desk: Desk) -> None:
    with printing(desk, one_by_one(tells(OUT_OF_PAPER), tells(GOOD))) as printer:
        async with desk.open() as kiosk:
            await kiosk.to_code()
            await kiosk.press("f4")
            await kiosk.shows("The printer is out of paper.", "It is printed as soon as the printer works.", SIGN)
            await kiosk.press("enter")
            await kiosk.at("Home")
            await kiosk.shows("Parcel T1 is in.", SIGN)
            await wake(desk, kiosk)
            await kiosk.lacks(SIGN)
            assert len(codes(printer)) == 1


async def test_a_parcel_goes_from_scan_to_code_while_a_printer_hangs(desk: Desk) -> None:
    with printing(desk, takes_nothing, by_itself=True) as printer:
        async with desk.open() as kiosk:
            for number in ("T1", "T2"):
                await kiosk.to_code(number)
                await kiosk.press("enter")
                await kiosk.shows(f"Parcel {number} is in.")
            owed = await kiosk.services.desk.notices.owed()
            assert [each.attempts for each in owed] == [1, 0], "the first one still hangs"
            printer.ended.set()


async def test_a_code_that_is_kept_no_longer_is_not_printed_and_the_clerk_is_told_what_to_do(desk: Desk) -> None:
    with printing(desk, tells(GOOD)) as printer:
        async with desk.open(code_minutes=3) as kiosk:
            await kiosk.to_code()
            await kiosk.press("enter")
            await kiosk.at("Home")
            desk.clock.live(timedelta(minutes=4))
            await kiosk.services.desk.pickup_codes.drop_due()
            await to_paper(kiosk)
            await kiosk.press("enter")
            await kiosk.shows("is not kept any more", "issue a new code")
            assert codes(printer) == []


async def to_paper(kiosk: Kiosk, number: str = "T1") -> None:
    kiosk.scan(number)
    await kiosk.shows("More...")
    await kiosk.press("f7")
    await kiosk.shows("Print...")
    await kiosk.press("0")
    await kiosk.at("Paper")


async def test_the_paper_is_shown_before_it_is_printed_without_the_code(desk: Desk) -> None:
    with printing(desk, tells(GOOD)) as printer:
        async with desk.open() as kiosk:
            await kiosk.to_code()
            await kiosk.press("enter")
            await kiosk.at("Home")
            await to_paper(kiosk)
            (unit,) = desk.service.holding("T1")
            assert "XXX XXX" in await kiosk.shows("A parcel for you", "Mwangi Abdi")
            await kiosk.press("pagedown")
            await kiosk.shows("Hold the QR code up to the reader")
            await kiosk.press("enter")
            await kiosk.shows("The slip is printed.")
            assert codes(printer) == [unit["pickupCode"]]
            await kiosk.press("escape")
            await kiosk.at("ParcelPage")
            await to_paper(kiosk)
            await kiosk.shows("* COPY *")


async def test_a_label_is_printed_with_the_place_and_again_beside_the_slip(desk: Desk) -> None:
    with printing(desk, tells(GOOD)) as printer:
        async with desk.open() as kiosk:
            await kiosk.to_locker()
            await kiosk.press("f7")
            await kiosk.shows("With label")
            kiosk.type("b7")
            await kiosk.press("f4")
            await kiosk.shows("Parcel T1 is at B7.", "Its label is being printed.")
            await kiosk.until(lambda: codes(printer) == ["T1"], "the label")
            await to_paper(kiosk)
            await kiosk.shows("* COPY *", "B7", "Slip")
            await kiosk.press("f4")
            await kiosk.shows("A parcel for you", "Shelf label")
            await kiosk.press("enter")
            await kiosk.shows("The slip is printed.")
            assert codes(printer) == ["T1"], "a slip of what lies on the shelf bears no code"


async def test_a_label_that_is_printed_by_itself_is_not_offered_with_the_place(desk: Desk) -> None:
    with printing(desk, tells(GOOD), by_itself=True) as printer:
        async with desk.open() as kiosk:
            await kiosk.to_locker()
            await kiosk.press("f7")
            assert "With label" not in await kiosk.shows("It is there")
            await kiosk.press("enter")
            await kiosk.until(lambda: codes(printer) == ["T1"], "the label")
