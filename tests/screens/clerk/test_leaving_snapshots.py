"""The screens by which parcels leave, as pictures: empty, one, many, very long names, offline, in doubt.

Drawn anew and looked at like those of `test_snapshots.py`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from kiosk.errors import InDoubtError
from screens.destinations import ShowCollecting, ShowExpired, ShowLeavingToday
from tests.house.desk import CLERK
from tests.screens.clerk.test_outgoing import to_outgoing
from tests.screens.clerk.test_snapshots import LONG_NAME, SIZES, looks_as_it_did
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.parcels_in_test import UPS, USPS, lying, out, put_in

State = Callable[[Desk, Kiosk], Awaitable[Any]]

LONG_BANK = "Loading dock behind the east building, ground floor, left"


async def rename_banks(desk: Desk, kiosk: Kiosk) -> None:
    """Let every bank have a very long name."""
    desk.service.rename_banks(LONG_BANK)
    await kiosk.services.queries.lockers._read_banks()


async def hand_over(_: Desk, kiosk: Kiosk) -> None:
    await lying(kiosk.services, "T1", "S1")
    kiosk.scan("T1")
    await kiosk.shows("Hand over")
    await kiosk.press("f4")
    await kiosk.shows("Who collects?")


async def hand_over_many(desk: Desk, kiosk: Kiosk) -> None:
    """Let several parcels be here for somebody, one of them in doubt."""
    await put_in(kiosk.services, UPS, "mwangi abdi", name=LONG_NAME)
    in_doubt = await put_in(kiosk.services, "T4", "mwangi abdi")
    await rename_banks(desk, kiosk)
    desk.service.fault("lost", "updateDeposit")
    desk.service.fault("503", "getReservation", times=99)
    with suppress(InDoubtError):
        await kiosk.services.desk.corrections.renew_code(in_doubt, "lost", CLERK)
    await lying(kiosk.services, "T5", "S2")
    await hand_over(desk, kiosk)
    await kiosk.shows("2 given out")


async def signature(desk: Desk, kiosk: Kiosk) -> None:
    await hand_over(desk, kiosk)
    await kiosk.press("f6")
    kiosk.type("M. Abdi")
    await kiosk.shows("M. Abdi", "signed")


async def collecting(_: Desk, kiosk: Kiosk) -> None:
    await lying(kiosk.services, "T1", "S1")
    await put_in(kiosk.services, "T2", "mwangi abdi", name=LONG_NAME)
    await kiosk.cover(ShowCollecting(), "Collecting")
    kiosk.type("m")
    await kiosk.shows("shelf S1")


async def code_not_found(_: Desk, kiosk: Kiosk) -> None:
    await kiosk.cover(ShowCollecting(), "Collecting")
    kiosk.type("QQQ777\r")
    await kiosk.shows("No parcel here matches that.")


async def nothing_expired(_: Desk, kiosk: Kiosk) -> None:
    await kiosk.cover(ShowExpired(), "Expired")
    await kiosk.shows("No parcel has expired")


async def expired(desk: Desk, kiosk: Kiosk) -> None:
    """Let parcels wait too long, one for somebody with a very long name, all in a bank with another one."""
    await put_in(kiosk.services, UPS, "mwangi abdi", name=LONG_NAME, department="Comparative Literature", room="4.118b")
    await put_in(kiosk.services, "TBA304512876001", "samira k")
    desk.clock.advance(timedelta(days=2))
    await put_in(kiosk.services, USPS, "zainab")
    desk.clock.advance(timedelta(hours=3))
    await rename_banks(desk, kiosk)
    await kiosk.cover(ShowExpired(), "Expired")
    await kiosk.shows("2 parcels were not collected")


async def to_the_sender(desk: Desk, kiosk: Kiosk) -> None:
    await expired(desk, kiosk)
    await kiosk.press("f4")
    await kiosk.shows("Who takes what goes back?")


async def round_asked(desk: Desk, kiosk: Kiosk) -> None:
    await to_the_sender(desk, kiosk)
    await kiosk.press("enter")
    await kiosk.shows("The kiosk opens no door")


async def a_round(desk: Desk, kiosk: Kiosk) -> None:
    await expired(desk, kiosk)
    await kiosk.press("enter")
    await kiosk.shows("The kiosk opens no door")
    await kiosk.press("f10")
    await kiosk.shows("Take it out of locker")


async def round_laid(desk: Desk, kiosk: Kiosk) -> None:
    await a_round(desk, kiosk)
    await kiosk.press("enter")
    await kiosk.shows("Lay it on the shelf at")


async def round_offline(desk: Desk, kiosk: Kiosk) -> None:
    await a_round(desk, kiosk)
    desk.service.fault("503", "freeReservation", times=9)
    desk.service.fault("503", "getReservation", times=99)
    await kiosk.press("enter")
    await kiosk.shows("Keep the parcel at the desk")


async def outgoing_to_places(_: Desk, kiosk: Kiosk) -> None:
    await to_outgoing(kiosk, USPS)
    await kiosk.press("f3")
    await kiosk.at("Finder")
    await kiosk.shows("found")
    await kiosk.press("escape")
    await kiosk.shows("Post Office")


async def leaving_today(_: Desk, kiosk: Kiosk) -> None:
    bakery = "Grandin Road Post Office, 1733 Grandin Rd SW, Roanoke, VA 24015-2808, beside the bakery"
    await out(kiosk.services, USPS, bakery)
    for number in (UPS, "T2"):
        await out(kiosk.services, number, "UPS driver")
    await kiosk.services.desk.leaving.note_sent(await out(kiosk.services, "T3", "DHL driver"), CLERK)
    await kiosk.cover(ShowLeavingToday(), "LeavingToday")
    await kiosk.shows("3 parcels leave")


async def nothing_leaves(_: Desk, kiosk: Kiosk) -> None:
    await kiosk.cover(ShowLeavingToday(), "LeavingToday")
    await kiosk.shows("Nothing waits for a carrier")


STATES: dict[str, State] = {
    "hand-over": hand_over,
    "hand-over-many": hand_over_many,
    "hand-over-signature": signature,
    "collecting": collecting,
    "collecting-code": code_not_found,
    "expired": expired,
    "expired-nothing": nothing_expired,
    "expired-to-sender": to_the_sender,
    "expired-question": round_asked,
    "round": a_round,
    "round-laid": round_laid,
    "round-in-doubt": round_offline,
    "outgoing": lambda _, kiosk: to_outgoing(kiosk, UPS),
    "outgoing-places": outgoing_to_places,
    "leaving-today": leaving_today,
    "leaving-today-nothing": nothing_leaves,
}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_the_screen_looks_as_it_did(
    desk: Desk, snap_compare: Callable[..., bool], state: State, size: tuple[int, int]
) -> None:
    assert looks_as_it_did(desk, snap_compare, lambda kiosk: state(desk, kiosk), size)
