"""The connection is looked at every ten seconds while it is down and a parcel waits for it, and at no other time."""

from __future__ import annotations

from contextlib import suppress

import httpx

from kiosk.api.transport import Connection, ConnectionState
from kiosk.background.line import LONGEST_SECONDS, LOOK_EVERY_SECONDS, WatchLine
from kiosk.errors import ApiError
from kiosk.parcels.states import ShelfReason
from tests.house.desk import BANK, CLERK, OpenDesk


def watch(desk: OpenDesk) -> WatchLine:
    return WatchLine(desk.activity, desk.journal, desk.shelf, lambda: desk.lockers.banks_of_id(BANK))


def cut(desk: OpenDesk) -> None:
    """Cut the line, and let the desk know."""

    async def no_line(request: httpx.Request) -> None:
        raise httpx.ConnectError("no route", request=request)

    desk.line.before = no_line
    desk.activity.connected(Connection(ConnectionState.OFFLINE, desk.clock.now()))


async def test_a_line_that_works_or_for_which_nothing_waits_is_left_alone(desk: OpenDesk) -> None:
    line = watch(desk)
    await desk.taken_in()
    await line.run()
    assert (line.is_worth_it, line.sooner(), desk.line.sent.total()) == (False, None, 0)
    await desk.deposited("T2")
    asked = desk.line.sent.total()
    cut(desk)
    await desk.intake.cancel(await desk.now((await desk.journal.find("T1"))[0]), CLERK)
    await desk.seen((await desk.journal.find("T2"))[0])
    assert line.is_worth_it
    await line.run()
    assert (line.is_worth_it, line.sooner(), desk.line.sent.total()) == (False, None, asked)


async def test_a_parcel_that_waits_has_the_line_looked_at_until_it_is_back(desk: OpenDesk) -> None:
    line = watch(desk)
    parcel = await desk.taken_in()
    await desk.shelf.put_on(parcel, "S1", ShelfReason.NO_NETWORK, CLERK)
    cut(desk)
    assert line.is_worth_it
    for _ in range(2):
        await line.run()
        # A look that fails wakes nobody: it would look again at once, and for ever.
        assert (line.is_worth_it, line.sooner(), desk.activity.is_down) == (False, LOOK_EVERY_SECONDS, True)
    desk.line.before = None
    await line.run()
    assert (line.sooner(), desk.activity.online) == (None, True)
    # What is free is known again as well.
    assert desk.shelf.with_room(await desk.shelf.parcels()) == {parcel.parcel_id}
    cut(desk)
    assert line.is_worth_it


async def goes(desk: OpenDesk) -> None:
    """Let the next call find the line gone, and the one behind it there."""
    cut(desk)
    with suppress(ApiError):
        await desk.lockers.banks_of_id(BANK)
    desk.line.before = None


async def test_a_line_that_comes_and_goes_is_looked_at_less_and_less_often(desk: OpenDesk) -> None:
    line = watch(desk)
    parcel = await desk.taken_in()
    await desk.shelf.put_on(parcel, "S1", ShelfReason.NO_NETWORK, CLERK)
    await goes(desk)
    await line.run()
    assert desk.activity.online
    waits: list[float | None] = []
    for _ in range(6):
        await goes(desk)
        assert line.is_worth_it
        await line.run()
        assert desk.activity.is_down, "it is not asked at once again"
        waits.append(line.sooner())
        await line.run()
        assert desk.activity.online
    assert waits == [20, 40, 80, 160, LONGEST_SECONDS, LONGEST_SECONDS]
    await line.run()
    desk.activity.connected(Connection(ConnectionState.OFFLINE, desk.clock.now()))
    await line.run()
    assert line.sooner() == LOOK_EVERY_SECONDS, "it was there for a whole round"
