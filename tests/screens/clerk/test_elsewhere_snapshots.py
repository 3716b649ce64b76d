"""What is shown of the parcels of other desks, as pictures at the two sizes that matter.

Drawn anew like `test_snapshots.py`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import AttentionRaised
from kiosk.parcels.other_desks import OtherParcel
from kiosk.parcels.parcel import AttentionItem, Cause
from kiosk.parcels.states import Finding
from tests.house.desk import BANK, CLERK
from tests.house.others import hear, other
from tests.screens.clerk.test_parcel_page_snapshots import rested, show
from tests.screens.clerk.test_snapshots import LONG_NAME, SIZES
from tests.screens.kiosk_in_test import START, Desk, Kiosk, opened
from tests.screens.parcels_in_test import UPS, USPS, contact, in_locker

SINCE = START - timedelta(hours=1, minutes=19)
LONG_DESK = "Mailroom of the Faculty of Engineering, Building 12 (North Entrance)"


async def heard(desk: Desk, *parcels: OtherParcel, at: timedelta = timedelta(0)) -> None:
    await hear(desk.folder / "data", *parcels, heard_at=START - at)


async def in_a_locker(desk: Desk, kiosk: Kiosk) -> None:
    whom = await contact(kiosk.services)
    await heard(desk, other(UPS, unit="12", bank=BANK, since=SINCE, contact=whom))
    kiosk.scan(UPS)
    await kiosk.at("Elsewhere")


async def on_a_shelf_long_ago(desk: Desk, kiosk: Kiosk) -> None:
    shelf = other(UPS, shelf="A3", since=START - timedelta(days=3), contact=Contact(contact_id="c1", name=LONG_NAME))
    two = other(USPS, unit="4", bank="far away", since=SINCE, contact=None)
    far = [each.model_copy(update={"desk_name": LONG_DESK, "site": "Campus Süd"}) for each in (shelf, two)]
    await heard(desk, *far, at=timedelta(hours=30))
    kiosk.scan(USPS)
    await kiosk.at("Elsewhere")
    kiosk.scan(UPS)
    await kiosk.shows("more of this pile")


async def found(desk: Desk, kiosk: Kiosk) -> None:
    whom = await contact(kiosk.services)
    await in_locker(kiosk.services, "T1")
    shelf = other("T3", shelf="A3", since=SINCE, contact=whom).model_copy(update={"desk_name": LONG_DESK})
    await heard(desk, other(UPS, unit="12", bank=BANK, since=SINCE, contact=whom), shelf)
    await kiosk.app.refreshing.refresh()
    kiosk.type("abdi")
    await kiosk.shows("parcel found", "desk North")


async def find(desk: Desk, kiosk: Kiosk) -> None:
    await found(desk, kiosk)
    await kiosk.press("ctrl+f")
    await kiosk.shows("3 parcels found, 2 of them at other desks")


async def locker(desk: Desk, kiosk: Kiosk) -> None:
    whom = await contact(kiosk.services)
    many = [other(f"X{at}", shelf=f"A{at}", since=SINCE, contact=whom) for at in range(2)]
    far = [each.model_copy(update={"desk_name": LONG_DESK}) for each in many]
    await heard(desk, *far, at=timedelta(minutes=12))
    await kiosk.to_locker("T1")
    await kiosk.shows("of theirs are at other desks")


async def own_locker(desk: Desk, kiosk: Kiosk) -> None:
    whom = await contact(kiosk.services)
    wanted = {"userId": "other", "contactId": whom.contact_id, "contactType": "recipient", "trackingNumber": "X1"}
    desk.service.request("POST", f"{BANK}/lockers/reserve", {**wanted, "lockerUnitId": "7"})
    desk.service.request("PATCH", f"{BANK}/lockers/7/deposit", {"parcels": [{"trackingNumber": "X1"}]})
    await kiosk.services.desk.lockers.bank(BANK, fresh=True)
    await heard(desk, other("X1", unit="7", bank=BANK, since=SINCE, contact=whom))
    await kiosk.to_locker("T1")
    await kiosk.shows("of theirs is at desk North", "Mwangi Abdi already has locker 7, with 1 parcel in it.")


async def clash(desk: Desk, kiosk: Kiosk) -> None:
    parcel = await in_locker(kiosk.services, "T1")
    assert parcel.contact is not None
    await heard(desk, other("X1", shelf="A3", since=SINCE, contact=parcel.contact))
    cause = Cause(code="at_another_desk", parameters={"desk": "North", "tracking_number": "T1"})
    item = AttentionItem(finding=Finding.NUMBER_AT_TWO_DESKS, cause=cause, since=SINCE)
    raised = await kiosk.services.queries.journal.append(parcel.parcel_id, AttentionRaised(item=item), CLERK)
    await show(kiosk, raised)
    await kiosk.shows("Desk North has a parcel of this number", "of theirs is at desk North")


STATES: dict[str, Callable[[Desk, Kiosk], Awaitable[None]]] = {
    "in-a-locker": in_a_locker,
    "on-a-shelf-long-ago": on_a_shelf_long_ago,
    "home": found,
    "find": find,
    "locker": locker,
    "own-locker": own_locker,
    "clash": clash,
}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_it_looks_as_it_did(
    desk: Desk,
    snap_compare: Callable[..., bool],
    state: Callable[[Desk, Kiosk], Awaitable[None]],
    size: tuple[int, int],
) -> None:
    desk.fleet = {"server": "127.0.0.1:1"}
    app = desk.app()

    async def go_there(pilot: Pilot[None]) -> None:
        kiosk = Kiosk(app, pilot)
        await opened(kiosk)
        await state(desk, kiosk)
        await rested(kiosk)

    assert snap_compare(app, terminal_size=size, run_before=go_there)
