"""One number at two desks, one unit for two people: raised here, over once either side is gone. Without a centre."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.desk.clashes import STANDS_FOR
from kiosk.parcels.events import AttentionClosed, CodeAdded
from kiosk.parcels.other_desks import OtherParcel
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import Finding
from kiosk.settings.fleet import Fleet
from kiosk.words.events import event_line
from tests.house.desk import BANK, CLERK, PERSON, REACHING, OpenDesk, World, no_line, open_desk, unit_of
from tests.house.others import hear, other

NUMBER, UNIT = Finding.NUMBER_AT_TWO_DESKS, Finding.UNIT_PROMISED_TWICE


@pytest.fixture
async def desk(tmp_path: Path, world: World, clock: ManualClock) -> AsyncIterator[OpenDesk]:
    async with open_desk(tmp_path / "desk", world, clock, fleet=Fleet(server="127.0.0.1:1")) as opened:
        yield opened


async def compare(desk: OpenDesk, *told: OtherParcel, with_all: bool = False) -> None:
    await desk.desk.clashes.compare(told, CLERK, with_all=with_all)


async def stands(desk: OpenDesk, finding: Finding = NUMBER) -> None:
    """Let both sides say it for long enough."""
    desk.clock.live(STANDS_FOR[finding])
    await compare(desk)


async def findings(desk: OpenDesk, parcel: Parcel) -> list[Finding]:
    return [item.finding for item in (await desk.now(parcel)).attention]


async def elsewhere(desk: OpenDesk, *parcels: OtherParcel) -> tuple[OtherParcel, ...]:
    await hear(desk.folder, *parcels, heard_at=desk.clock.now())
    return parcels


async def test_one_number_at_two_desks_is_raised_once_it_has_stood(desk: OpenDesk) -> None:
    parcel = await desk.taken_in("T1")
    await compare(desk, *await elsewhere(desk, other("T1", shelf="A3")))
    assert await findings(desk, parcel) == []
    await stands(desk)
    (item,) = (await desk.now(parcel)).attention
    assert item.finding is NUMBER
    assert item.cause is not None
    assert item.cause.parameters == {"desk": "North", "tracking_number": "T1"}
    events = await desk.events()
    await stands(desk)
    assert await desk.events() == events


async def test_it_is_found_by_what_happens_here_too(desk: OpenDesk) -> None:
    await elsewhere(desk, other("T1", shelf="A3"))
    await compare(desk, with_all=True)
    parcel = await desk.taken_in("T1")
    await compare(desk)
    await stands(desk)
    assert await findings(desk, parcel) == [NUMBER]


@pytest.mark.parametrize("way", ["their other code", "our other code"])
async def test_another_code_of_the_box_counts_too(desk: OpenDesk, way: str) -> None:
    await elsewhere(desk, other("T9", shelf="A3", numbers=("T1",) if way == "their other code" else ()))
    parcel = await desk.taken_in("T1")
    if way == "our other code":
        await desk.journal.append(parcel.parcel_id, CodeAdded(scanned="T9", code="T9"), CLERK)
    await compare(desk, with_all=True)
    await stands(desk)
    assert await findings(desk, parcel) == [NUMBER]


async def test_it_is_over_by_itself_once_the_other_side_is_gone_and_counts_again_if_it_comes_back(
    desk: OpenDesk,
) -> None:
    parcel = await desk.taken_in("T1")
    theirs = other("T1", shelf="A3")
    for _ in range(2):
        await compare(desk, *await elsewhere(desk, theirs))
        await stands(desk)
        assert await findings(desk, parcel) == [NUMBER]
        await elsewhere(desk)
        await compare(desk)
        assert await findings(desk, parcel) == []
    over = event_line(AttentionClosed(finding=NUMBER, reason=""), desk.lockers.label)
    assert over == "Attention item closed · at another desk too · over by itself"


async def test_it_is_over_once_this_side_is_gone(desk: OpenDesk) -> None:
    parcel = await desk.taken_in("T1")
    await compare(desk, *await elsewhere(desk, other("T1", shelf="A3")))
    await stands(desk)
    await desk.intake.cancel(await desk.now(parcel), CLERK)
    await compare(desk)
    gone = await desk.now(parcel)
    assert (gone.attention, gone.present) == ((), False)


async def test_what_somebody_closed_is_not_raised_again(desk: OpenDesk) -> None:
    parcel = await desk.taken_in("T1")
    await compare(desk, *await elsewhere(desk, other("T1", shelf="A3")))
    await stands(desk)
    await desk.findings.close(await desk.now(parcel), NUMBER, "the box is here", CLERK)
    await compare(desk, with_all=True)
    await stands(desk)
    assert await findings(desk, parcel) == []


async def test_a_box_that_was_carried_over_is_no_clash(desk: OpenDesk) -> None:
    await desk.taken_in("T1")
    await compare(desk, *await elsewhere(desk, other("T1", shelf="A3")))
    await elsewhere(desk)
    await stands(desk)
    assert "attention_raised" not in await desk.events()


async def test_one_unit_for_two_people_is_raised_when_the_service_does_not_clear_it_up(desk: OpenDesk) -> None:
    parcel = await desk.deposited("T1")
    theirs = other("X1", unit=unit_of(parcel), bank=BANK, contact=REACHING)
    await compare(desk, *await elsewhere(desk, theirs))
    await stands(desk, NUMBER)
    assert await findings(desk, parcel) == []
    await stands(desk, UNIT)
    assert await findings(desk, parcel) == [UNIT]


async def test_one_that_was_collected_is_noticed_instead(desk: OpenDesk) -> None:
    parcel = await desk.deposited("T1")
    desk.world.collect(unit_of(parcel))
    theirs = other("X1", unit=unit_of(parcel), bank=BANK, contact=REACHING)
    await compare(desk, *await elsewhere(desk, theirs))
    await stands(desk, UNIT)
    gone = await desk.now(parcel)
    assert (gone.is_gone, gone.attention) == (True, ())


async def test_the_same_recipient_may_have_parcels_of_two_desks_in_one_unit(desk: OpenDesk) -> None:
    parcel = await desk.deposited("T1")
    theirs = other("X1", unit=unit_of(parcel), bank=BANK, contact=PERSON)
    await compare(desk, *await elsewhere(desk, theirs))
    await stands(desk, UNIT)
    assert await findings(desk, parcel) == []


async def test_a_service_that_is_away_changes_nothing(desk: OpenDesk) -> None:
    parcel = await desk.deposited("T1")
    desk.line.before = no_line
    theirs = other("T1", unit=unit_of(parcel), bank=BANK, contact=REACHING)
    await compare(desk, *await elsewhere(desk, theirs))
    desk.clock.live(timedelta(minutes=10))
    await compare(desk)
    assert await findings(desk, parcel) == [NUMBER, UNIT]
