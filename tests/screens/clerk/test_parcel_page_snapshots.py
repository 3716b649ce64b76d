"""The parcel's page as a picture in every state, and what it asks, at the two sizes that matter.

Drawn anew like `test_snapshots.py`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from kiosk.parcels.contacts import Contact
from kiosk.parcels.parcel import AttentionItem, Parcel, UnitPlace
from kiosk.parcels.states import Finding, IdentityCheck, OutgoingReason, ShelfReason
from screens.destinations import ShowNewCode, ShowParcel
from screens.messages import GoTo
from tests.house.desk import CLERK
from tests.screens.clerk.test_snapshots import LONG_NAME, SIZES
from tests.screens.kiosk_in_test import Desk, Kiosk, opened
from tests.screens.parcels_in_test import in_locker, reserved, seen, taken_in

LONG_NUMBER = "420941049205590100130123456789012345678901234567890123456789"


async def lies_in_locker(desk: Desk, kiosk: Kiosk) -> Parcel:
    del desk
    return await in_locker(kiosk.services)


async def shared(desk: Desk, kiosk: Kiosk) -> Parcel:
    await lies_in_locker(desk, kiosk)
    services = kiosk.services
    for number in ("T2", "T3"):
        parcel = await taken_in(services, number, "mwangi")
        (locker,) = await services.desk.open_lockers.of(parcel, await services.queries.lockers.bank("AOne"))
        added = await services.desk.open_lockers.add(parcel, locker, CLERK, lambda _: None)
        await seen(services, await services.desk.intake.deposit(added, CLERK))
    return await kiosk.parcel("T1")


async def expired(desk: Desk, kiosk: Kiosk) -> Parcel:
    parcel = await lies_in_locker(desk, kiosk)
    desk.clock.advance(timedelta(days=4))
    return parcel


async def held(desk: Desk, kiosk: Kiosk) -> Parcel:
    del desk
    return await reserved(kiosk.services, await taken_in(kiosk.services, "T1", "mwangi"))


async def in_hand(desk: Desk, kiosk: Kiosk) -> Parcel:
    del desk
    return await taken_in(kiosk.services, "T1", "mwangi")


async def on_shelf(desk: Desk, kiosk: Kiosk) -> Parcel:
    parcel = await in_hand(desk, kiosk)
    return await kiosk.services.desk.shelf.put_on(parcel, "S1", ShelfReason.NO_UNIT, CLERK)


async def in_doubt(desk: Desk, kiosk: Kiosk) -> Parcel:
    parcel = await held(desk, kiosk)
    desk.service.fault("500-done", "updateDeposit")
    desk.service.fault("500", "getReservation", 99)
    with pytest.raises(Exception, match="outcome_unknown"):
        await kiosk.services.desk.intake.deposit(parcel, CLERK)
    return await kiosk.parcel("T1")


async def attention(desk: Desk, kiosk: Kiosk) -> Parcel:
    parcel = await lies_in_locker(desk, kiosk)
    place = UnitPlace(locker_bank_id="AOne", locker_unit_id="12")
    item = AttentionItem(finding=Finding.TWO_UNITS, place=place)
    return await kiosk.services.desk.findings.raise_attention(parcel, item, CLERK)


async def cancelled(desk: Desk, kiosk: Kiosk) -> Parcel:
    return await kiosk.services.desk.intake.cancel(await held(desk, kiosk), CLERK)


async def handed_over(desk: Desk, kiosk: Kiosk) -> Parcel:
    parcel = await on_shelf(desk, kiosk)
    return await kiosk.services.desk.leaving.hand_over(parcel, "Ana Silva", IdentityCheck.BADGE, CLERK)


async def outgoing(desk: Desk, kiosk: Kiosk) -> Parcel:
    parcel, to = await in_hand(desk, kiosk), "Hollins Post Office"
    return await kiosk.services.desk.leaving.make_outgoing(parcel, to, OutgoingReason.TO_SENDER, CLERK)


async def sent(desk: Desk, kiosk: Kiosk) -> Parcel:
    return await kiosk.services.desk.leaving.note_sent(await outgoing(desk, kiosk), CLERK)


async def long_names(desk: Desk, kiosk: Kiosk) -> Parcel:
    """Let everything that comes from outside be as long as it gets, and everything be there that can be."""
    del desk
    services = kiosk.services
    contact = Contact(contact_id="c1", name=LONG_NAME, department="Department of " + LONG_NAME, room="B9.999")
    parcel = (await services.desk.scans.take_in(LONG_NUMBER, CLERK)).parcel
    if parcel.question is not None:
        parcel = await services.desk.scans.choose_number(parcel, CLERK)
    parcel = await services.desk.intake.choose_recipient(parcel, contact, CLERK)
    return await services.desk.leaving.make_outgoing(parcel, f"to {LONG_NAME}", OutgoingReason.TO_SENDER, CLERK)


STATES: dict[str, Callable[[Desk, Kiosk], Awaitable[Parcel]]] = {
    "in-locker": lies_in_locker,
    "shared": shared,
    "expired": expired,
    "reserved": held,
    "in-hand": in_hand,
    "on-shelf": on_shelf,
    "in-doubt": in_doubt,
    "attention": attention,
    "cancelled": cancelled,
    "handed-over": handed_over,
    "outgoing": outgoing,
    "sent": sent,
    "long-names": long_names,
}


async def show(kiosk: Kiosk, parcel: Parcel) -> None:
    kiosk.app.post_message(GoTo(ShowParcel(parcel)))
    await kiosk.at("ParcelPage")
    await kiosk.shows("the latest first")


async def press(kiosk: Kiosk, *keys: str) -> None:
    for key in keys:
        await kiosk.press(key)
        await kiosk.rest()


async def ask_for_code(kiosk: Kiosk, *keys: str) -> None:
    kiosk.app.post_message(GoTo(ShowNewCode(await kiosk.parcel("T1"))))
    await kiosk.at("NewCode")
    await press(kiosk, *keys)


QUESTIONS: dict[str, tuple[Callable[[Desk, Kiosk], Awaitable[Parcel]], Callable[[Kiosk], Awaitable[None]]]] = {
    "more": (lies_in_locker, lambda kiosk: press(kiosk, "f7")),
    "take-out": (shared, lambda kiosk: press(kiosk, "f7", "2")),
    "keep-longer": (shared, lambda kiosk: press(kiosk, "f7", "1")),
    "hold": (held, lambda kiosk: press(kiosk, "f7", "1")),
    "new-code": (shared, ask_for_code),
    "new-code-sure": (shared, lambda kiosk: ask_for_code(kiosk, "down", "enter")),
}

sizes = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)


async def rested(kiosk: Kiosk) -> None:
    before = ""
    while before != kiosk.read:
        before = kiosk.read
        await kiosk.pilot.pause(0.05)


@sizes
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_the_page_looks_as_it_did(
    desk: Desk,
    snap_compare: Callable[..., bool],
    state: Callable[[Desk, Kiosk], Awaitable[Parcel]],
    size: tuple[int, int],
) -> None:
    app = desk.app()

    async def go_there(pilot: Pilot[None]) -> None:
        kiosk = Kiosk(app, pilot)
        await opened(kiosk)
        await show(kiosk, await state(desk, kiosk))
        if state is cancelled:
            kiosk.app.undo.left(kiosk.screen)
            await kiosk.shows("Undo:")
        await rested(kiosk)

    assert snap_compare(app, terminal_size=size, run_before=go_there)


@sizes
@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_what_it_asks_looks_as_it_did(
    desk: Desk,
    snap_compare: Callable[..., bool],
    question: tuple[Callable[[Desk, Kiosk], Awaitable[Parcel]], Callable[[Kiosk], Awaitable[None]]],
    size: tuple[int, int],
) -> None:
    app, (state, ask) = desk.app(), question

    async def go_there(pilot: Pilot[None]) -> None:
        kiosk = Kiosk(app, pilot)
        await opened(kiosk)
        await show(kiosk, await state(desk, kiosk))
        await ask(kiosk)
        await rested(kiosk)

    assert snap_compare(app, terminal_size=size, run_before=go_there)
