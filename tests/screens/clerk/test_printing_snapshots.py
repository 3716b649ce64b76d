"""Slip, label and the sign of a printer that does not print, as pictures at the two sizes that matter."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.printing.printers import OUT_OF_PAPER, NetworkPrinter, tells
from tests.screens.clerk.test_printing import SIGN, to_paper
from tests.screens.clerk.test_snapshots import LONG_NAME, SIZES, looks_as_it_did
from tests.screens.kiosk_in_test import Desk, Kiosk

UPS = "1Z5R89390357567127"


async def code_without_paper(kiosk: Kiosk) -> None:
    await kiosk.to_code(UPS)
    await kiosk.press("f4")
    await kiosk.shows("It is printed as soon as the printer works.", SIGN)


async def slip(kiosk: Kiosk) -> None:
    await kiosk.to_code(UPS)
    await kiosk.press("enter")
    await kiosk.at("Home")
    await to_paper(kiosk, UPS)
    await kiosk.shows("This is what will be printed.")


async def label(kiosk: Kiosk) -> None:
    """Show the label of a parcel for somebody with a very long name."""
    await kiosk.to_recipient(UPS)
    await kiosk.press("f7")
    await kiosk.at("Shelf")
    await kiosk.shows("With label")
    await kiosk.press("enter")
    await kiosk.at("Home")
    known = await kiosk.parcel(UPS)
    await kiosk.services.desk.intake.note_name(known, LONG_NAME, kiosk.app.person)
    await to_paper(kiosk, UPS)
    await kiosk.shows("This is what will be printed.")


STATES = {"code without paper": code_without_paper, "slip": slip, "label": label}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_the_screen_looks_as_it_did(
    desk: Desk,
    snap_compare: Callable[..., bool],
    state: Callable[[Kiosk], Awaitable[Any]],
    size: tuple[int, int],
) -> None:
    with NetworkPrinter(tells(OUT_OF_PAPER)) as printer:
        desk.printer = {"address": printer.address}
        assert looks_as_it_did(desk, snap_compare, state, size)
