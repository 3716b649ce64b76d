"""What is shown of whom no notice reached, as pictures at the two sizes that matter.

Drawn anew like `test_snapshots.py`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from kiosk.parcels.contacts import Contact
from kiosk.parcels.states import ShelfReason
from screens.destinations import ShowLocker
from screens.messages import GoTo
from tests.house.desk import CLERK
from tests.screens.clerk.test_parcel_page_snapshots import rested, show
from tests.screens.clerk.test_snapshots import LONG_NAME, SIZES
from tests.screens.clerk.test_unreached import REFUSED, unreached
from tests.screens.kiosk_in_test import Desk, Kiosk, opened
from tests.screens.notices_in_test import NO_ADDRESS, delayed, given_up, send_notices, sent
from tests.screens.parcels_in_test import taken_in

LONG_ADDRESS = f"maximiliane.wilhelmina.{'von.hohenstein.' * 2}lichtenberg@mail.department.of.something.example.com"


async def shelved(kiosk: Kiosk, number: str, contact: Contact, shelf: str) -> None:
    """Put a parcel on the shelf, of which no notice reaches its recipient, who has no address."""
    services = kiosk.services
    taken = (await services.desk.scans.take_in(number, CLERK)).parcel
    parcel = await services.desk.intake.choose_recipient(taken, contact, CLERK)
    await services.desk.shelf.put_on(parcel, shelf, ShelfReason.PUT_ASIDE, CLERK)
    await given_up(services, NO_ADDRESS)


async def two(desk: Desk, kiosk: Kiosk) -> None:
    await unreached(kiosk.services)
    desk.clock.advance(timedelta(days=1))
    await shelved(kiosk, "T2", Contact(contact_id="c1", name=LONG_NAME), "S1")
    await kiosk.app.refreshing.refresh()
    await kiosk.counts("Not notified", 2)


async def pile(desk: Desk, kiosk: Kiosk) -> None:
    await two(desk, kiosk)
    await kiosk.press("f8")
    await kiosk.shows("Not notified: 2")


async def other_day(desk: Desk, kiosk: Kiosk) -> None:
    await two(desk, kiosk)
    await kiosk.press("left")
    await kiosk.shows("Yesterday")


async def page(desk: Desk, kiosk: Kiosk) -> None:
    del desk
    await unreached(kiosk.services)
    await show(kiosk, await kiosk.parcel("T1"))
    await kiosk.shows("not reached since")


async def page_on_shelf(desk: Desk, kiosk: Kiosk) -> None:
    await two(desk, kiosk)
    await show(kiosk, await kiosk.parcel("T2"))
    await kiosk.shows("not reached since")


async def page_more(desk: Desk, kiosk: Kiosk) -> None:
    await page(desk, kiosk)
    await kiosk.press("f7")
    await kiosk.shows("What else")


async def page_waiting(desk: Desk, kiosk: Kiosk) -> None:
    await unreached(kiosk.services)
    desk.clock.advance(timedelta(hours=14, minutes=30))
    await kiosk.services.desk.notices.send_again(await kiosk.parcel("T1"), CLERK)
    await delayed(kiosk.services, REFUSED)
    await show(kiosk, await kiosk.parcel("T1"))
    await kiosk.shows("next attempt ")


async def page_sent(desk: Desk, kiosk: Kiosk) -> None:
    await unreached(kiosk.services)
    desk.clock.advance(timedelta(minutes=30))
    await kiosk.services.desk.notices.send_again(await kiosk.parcel("T1"), CLERK)
    await sent(kiosk.services)
    await show(kiosk, await kiosk.parcel("T1"))
    await kiosk.shows("e-mail sent today 08:30")


async def address(desk: Desk, kiosk: Kiosk) -> None:
    await page(desk, kiosk)
    await kiosk.press("enter")
    await kiosk.shows("In the directory:", "Send again")


async def address_empty(desk: Desk, kiosk: Kiosk) -> None:
    await address(desk, kiosk)
    await kiosk.press("f4")
    await kiosk.shows("ask for it, type it")


async def address_wrong(desk: Desk, kiosk: Kiosk) -> None:
    await address(desk, kiosk)
    await kiosk.press(*["backspace"] * len("example.com"))
    await kiosk.shows("This is not a complete e-mail address.")


async def address_long(desk: Desk, kiosk: Kiosk) -> None:
    del desk
    services = kiosk.services
    send_notices(services)
    contact = (await services.queries.directory.search("samira k")).contacts[0]
    await services.queries.directory.correct_address(contact.contact_id, LONG_ADDRESS)
    await shelved(kiosk, "T1", contact.model_copy(update={"name": LONG_NAME}), "S1")
    await show(kiosk, await kiosk.parcel("T1"))
    await kiosk.press("f7", "9")
    await kiosk.shows("In the directory:", "Send again")


async def address_nowhere(desk: Desk, kiosk: Kiosk) -> None:
    await page_on_shelf(desk, kiosk)
    await kiosk.press("f7", "9")
    await kiosk.shows("c1 is not in the directory")


async def locker(desk: Desk, kiosk: Kiosk) -> None:
    del desk
    services = kiosk.services
    send_notices(services)
    contact = (await services.queries.directory.search("samira k")).contacts[0]
    await shelved(kiosk, "T1", contact, "S1")
    await kiosk.to_locker("T2", "samira k")
    await kiosk.shows("No notice has reached")


async def locker_own(desk: Desk, kiosk: Kiosk) -> None:
    del desk
    await unreached(kiosk.services)
    await kiosk.to_locker("T2")
    await kiosk.shows("No notice has reached", "already has locker")


async def locker_sent(desk: Desk, kiosk: Kiosk) -> None:
    await locker_own(desk, kiosk)
    await kiosk.press("f2")
    await kiosk.shows("Send again")
    await kiosk.press("enter")
    await kiosk.shows("What was missed goes out again")


async def locker_long(desk: Desk, kiosk: Kiosk) -> None:
    services, contact = kiosk.services, Contact(contact_id="c1", name=LONG_NAME)
    send_notices(services)
    await shelved(kiosk, "T1", contact, "S1")
    desk.clock.advance(timedelta(days=1))
    parcel = await services.desk.intake.choose_recipient(await taken_in(services, "T2", "mwangi"), contact, CLERK)
    kiosk.app.post_message(GoTo(ShowLocker(parcel)))
    await kiosk.at("Locker")
    await kiosk.shows("No notice has reached")


STATES: dict[str, Callable[[Desk, Kiosk], Awaitable[None]]] = {
    "home-pile": pile,
    "home-other-day": other_day,
    "page": page,
    "page-on-shelf": page_on_shelf,
    "page-more": page_more,
    "page-waiting": page_waiting,
    "page-sent": page_sent,
    "address": address,
    "address-empty": address_empty,
    "address-wrong": address_wrong,
    "address-long": address_long,
    "address-nowhere": address_nowhere,
    "locker": locker,
    "locker-own": locker_own,
    "locker-sent": locker_sent,
    "locker-long": locker_long,
}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_it_looks_as_it_did(
    desk: Desk,
    snap_compare: Callable[..., bool],
    state: Callable[[Desk, Kiosk], Awaitable[None]],
    size: tuple[int, int],
) -> None:
    app = desk.app()

    async def go_there(pilot: Pilot[None]) -> None:
        kiosk = Kiosk(app, pilot)
        await opened(kiosk)
        await state(desk, kiosk)
        await rested(kiosk)

    assert snap_compare(app, terminal_size=size, run_before=go_there)
