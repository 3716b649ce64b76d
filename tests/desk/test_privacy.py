"""Forgetting people: at once when asked, by itself after a while; the chain of events holds all the same."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.errors import ParcelsPresentError, UnknownPersonError
from kiosk.journal import forgetting
from kiosk.journal.audit import verify
from kiosk.journal.restore import restore
from kiosk.journal.store import Journal
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ShelfReason
from kiosk.recipients.importing import import_rows
from tests.house.desk import CLERK, DESK_NAME, PERSON, REACHING, OpenDesk
from tests.journal.book import export
from tests.recipients.people import row

NAME = "Samira Abboud"


async def ended(desk: OpenDesk, number: str = "T1") -> None:
    """Let a parcel come and go."""
    await desk.intake.cancel(await desk.taken_in(number), CLERK)


def in_the_journal(desk: OpenDesk) -> bool:
    return NAME.encode() in (desk.folder / "journal.sqlite").read_bytes()


async def test_a_forgotten_person_is_gone_from_directory_and_journal_and_the_chain_holds(desk: OpenDesk) -> None:
    import_rows(desk.folder, [row(NAME, PERSON.contact_id)], desk.clock.now())
    await ended(desk)
    assert in_the_journal(desk)
    assert await desk.privacy.forget(PERSON.contact_id, CLERK) == (True, 1)
    assert not in_the_journal(desk)
    assert await desk.directory.by_id(PERSON.contact_id) is None
    (parcel,) = await desk.journal.find("T1")
    assert parcel.contact is None
    assert (await verify(desk.journal.connection)).sound
    events = await export(desk.journal.connection)
    assert (events[-1]["type"], events[-1]["parcel_id"]) == ("person_forgotten", None)
    assert PERSON.contact_id not in json.dumps(events)


async def test_a_person_whose_parcel_is_here_is_not_forgotten(desk: OpenDesk) -> None:
    import_rows(desk.folder, [row(NAME, PERSON.contact_id)], desk.clock.now())
    await ended(desk, "T1")
    await desk.deposited("T2")
    await desk.taken_in("T3")
    with pytest.raises(ParcelsPresentError, match=r"parcels_present .*tracking_numbers=.'T2', 'T3'"):
        await desk.privacy.forget(PERSON.contact_id, CLERK)
    assert in_the_journal(desk)
    assert await desk.directory.by_id(PERSON.contact_id) is not None
    assert "person_forgotten" not in await desk.events()


async def test_a_slip_that_was_put_right_is_forgotten_too_and_the_parcel_keeps_its_recipient(desk: OpenDesk) -> None:
    parcel = await desk.taken_in("T1", PERSON)
    parcel = await desk.intake.choose_recipient(parcel, REACHING, CLERK)
    assert (await desk.privacy.forget(PERSON.contact_id, CLERK)).parcels == 1
    assert (await desk.now(parcel)).contact == REACHING
    kept = [event["personal"] for event in await export(desk.journal.connection) if event["type"] == "recipient_chosen"]
    assert [each and each["contact"]["contactId"] for each in kept] == [None, REACHING.contact_id]


async def test_who_is_only_in_the_directory_is_forgotten_there(desk: OpenDesk) -> None:
    import_rows(desk.folder, [row("Ann Lee", "a-1"), row("Ben Li", "b-2")], desk.clock.now())
    assert await desk.privacy.forget("a-1", CLERK) == (True, 0)
    assert await desk.events() == ["person_forgotten"]
    with pytest.raises(UnknownPersonError):
        await desk.privacy.forget("a-1", CLERK)
    assert await desk.events() == ["person_forgotten"]


async def test_ended_parcels_lose_their_names_after_their_time_and_present_ones_keep_them(desk: OpenDesk) -> None:
    await ended(desk, "OLD")
    here = await desk.deposited("HERE")
    desk.clock.live(timedelta(days=89))
    await ended(desk, "YOUNG")
    assert await desk.privacy.keep_to_the_time(CLERK) == 0
    desk.clock.live(timedelta(days=2))
    assert await desk.privacy.keep_to_the_time(CLERK) == 1
    contacts = [(await desk.journal.find(number))[0].contact for number in ("OLD", "HERE", "YOUNG")]
    assert contacts == [None, here.contact, here.contact]
    assert (await desk.events())[-1] == "old_parcels_blanked"
    assert (await desk.now(here)).present


async def cancelled_from_the_shelf(desk: OpenDesk, parcel: Parcel) -> None:
    shelved = await desk.shelf.put_on(parcel, "S1", ShelfReason.UNKNOWN_RECIPIENT, CLERK)
    await desk.intake.cancel(shelved, CLERK)


async def cancelled_for_somebody_known(desk: OpenDesk, parcel: Parcel) -> None:
    await desk.intake.cancel(await desk.intake.choose_recipient(parcel, REACHING, CLERK), CLERK)


async def joined_to_another_box(desk: OpenDesk, parcel: Parcel) -> None:
    box = (await desk.scans.take_in("T2", CLERK)).parcel
    await desk.boxes.join(parcel, box, CLERK)


@pytest.mark.parametrize("end", [cancelled_from_the_shelf, cancelled_for_somebody_known, joined_to_another_box])
async def test_a_name_that_was_typed_for_an_unknown_recipient_is_blanked_however_the_intake_ended(
    desk: OpenDesk, end: Callable[[OpenDesk, Parcel], Awaitable[None]]
) -> None:
    await desk.privacy.keep_to_the_time(CLERK)
    await end(desk, await desk.intake.note_name((await desk.scans.take_in("T1", CLERK)).parcel, NAME, CLERK))
    assert in_the_journal(desk)
    desk.clock.live(timedelta(days=91))
    assert await desk.privacy.keep_to_the_time(CLERK) == 1
    assert not in_the_journal(desk)


async def test_a_name_that_was_only_read_off_the_label_is_blanked_too(desk: OpenDesk) -> None:
    parcel = await desk.intake.note_name((await desk.scans.take_in("T1", CLERK)).parcel, NAME, CLERK)
    await desk.intake.cancel(parcel, CLERK)
    assert in_the_journal(desk)
    desk.clock.live(timedelta(days=91))
    assert await desk.privacy.keep_to_the_time(CLERK) == 1
    assert (await desk.journal.find("T1"))[0].recipient_read == ""
    assert not in_the_journal(desk)
    assert await desk.privacy.keep_to_the_time(CLERK) == 0


async def test_nothing_is_blanked_twice(desk: OpenDesk) -> None:
    await ended(desk)
    desk.clock.live(timedelta(days=91))
    assert await desk.privacy.keep_to_the_time(CLERK) == 1
    await ended(desk, "T2")
    for _ in range(3):
        assert await desk.privacy.keep_to_the_time(CLERK) == 0
    desk.clock.live(timedelta(days=91))
    assert await desk.privacy.keep_to_the_time(CLERK) == 1
    assert (await desk.events()).count("old_parcels_blanked") == 2


async def test_many_are_blanked_piece_by_piece(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "PIECE", 2)
    for number in range(5):  # all in one moment of the manual clock
        await ended(desk, f"T{number}")
    desk.clock.live(timedelta(days=1))
    await ended(desk, "T5")
    desk.clock.live(timedelta(days=91))
    assert await desk.privacy.keep_to_the_time(CLERK) == 6
    assert not in_the_journal(desk)
    verdict = await verify(desk.journal.connection)
    assert verdict.sound, verdict


async def test_an_export_of_what_is_left_comes_back(desk: OpenDesk, tmp_path: Path, clock: ManualClock) -> None:
    await ended(desk)
    await desk.privacy.forget(PERSON.contact_id, CLERK)
    events = await export(desk.journal.connection)
    lines = [json.dumps({**event, "parcelId": event["parcel_id"]}) for event in events]
    async with Journal(tmp_path / "again", environment="demo", desk_name=DESK_NAME, clock=clock) as again:
        await restore(again.connection, lines, clock.now())
        assert (await verify(again.connection)).sound
        assert (await again.find("T1"))[0].contact is None
