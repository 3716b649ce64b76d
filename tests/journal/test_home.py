"""What home is told, against the same asked of all parcels one by one; from an index each time, and of a page only."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.journal.audit import verify
from kiosk.journal.home import PAGE, WAITS_FOR_A_LOCKER, Asked, Need, Span, Told, look
from kiosk.journal.migrations import prepare
from kiosk.journal.notices import owe
from kiosk.journal.projection import write_parcel
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.notices import Wanted
from kiosk.parcels.parcel import OpenWrite, Parcel, UnitPlace
from kiosk.parcels.piles import Pile
from kiosk.parcels.states import Channel, NoticeKind, Operation, ParcelState, ShelfReason
from tests.journal.book import START, journal, raw
from tests.journal.test_migrations import WORDS_OF_SCHEMA_7

PLACE = UnitPlace(locker_bank_id="AOne", locker_unit_id="7")
WRITE = OpenWrite(intent_id="i", owner="o", operation=Operation.RESERVE, place=PLACE)
DAY = Span(START - timedelta(hours=2), START + timedelta(hours=22))


@st.composite
def parcels(draw: st.DrawFn) -> list[Parcel]:
    """Return parcels in every state; several may have come in the same millisecond, as a burst of scans does."""
    count = draw(st.integers(0, 12))
    return [
        Parcel(
            parcel_id=f"p{number}",
            tracking_number=f"T{number}",
            scanned="",
            taken_in_at=START + timedelta(hours=draw(st.sampled_from([-30, -1, 0, 5]))),
            state=draw(st.sampled_from(ParcelState)),
            contact=Contact(contact_id="c", name="N", accessible=draw(st.booleans())) if draw(st.booleans()) else None,
            place=PLACE,
            open_write=WRITE if draw(st.booleans()) else None,
            code_waiting=draw(st.booleans()),
            deposit_expiry=draw(st.sampled_from([None, START - timedelta(seconds=1), START + timedelta(seconds=1)])),
            shelf_reason=draw(st.sampled_from([None, *ShelfReason])),
            unreached_at=draw(st.sampled_from([None, START])),
            wanted_size=draw(st.sampled_from([None, LockerSize("small"), LockerSize("large")])),
        )
        for number in range(count)
    ]


def opened(*stored: Parcel) -> sqlite3.Connection:
    """Return a journal in memory that holds these."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    prepare(database, "demo", START)
    for parcel in stored:
        write_parcel(database, parcel, parcel.taken_in_at)
    return database


def has_room(need: Need) -> bool:
    return need.size != "large" and not need.accessible


def is_in(pile: Pile, parcel: Parcel) -> bool:
    match pile:
        case Pile.UNFINISHED:
            return parcel.unfinished
        case Pile.INTAKE:
            return (parcel.is_in_hand or parcel.is_reserved or parcel.code_waiting) and not parcel.is_in_doubt
        case Pile.CODE_TO_SHOW:
            return parcel.code_waiting
        case Pile.EXPIRED:
            return parcel.is_in_locker and parcel.deposit_expiry is not None and parcel.deposit_expiry <= START
        case Pile.UNDELIVERABLE:
            return parcel.is_undeliverable
        case Pile.LOCKER_FREE:
            waits = parcel.unfinished and parcel.shelf_reason in WAITS_FOR_A_LOCKER
            reach = parcel.contact is not None and parcel.contact.accessible
            return waits and has_room(Need(parcel.wanted_size or "", reach))


def ids(told: Told) -> list[str]:
    return [parcel.parcel_id for parcel, _ in told.rows]


@settings(max_examples=150)
@given(parcels())
def test_each_count_and_each_list_is_what_one_by_one_would_give(stored: list[Parcel]) -> None:
    newest = sorted(stored, key=lambda each: (each.taken_in_at, stored.index(each)), reverse=True)
    wanted = {pile: [each.parcel_id for each in newest if is_in(pile, each)] for pile in Pile}
    with closing(opened(*stored)) as database:
        for pile in Pile:
            told = look(database, Asked(START, pile), has_room)
            assert ids(told) == wanted[pile], pile
            assert dict(told.counts) == {each: len(found) for each, found in wanted.items()}
            assert told.total == len(wanted[pile])
        told = look(database, Asked(START, DAY), has_room)
    of_day = [each for each in newest if DAY.begin <= each.taken_in_at < DAY.end]
    assert ids(told) == [each.parcel_id for each in of_day]
    assert told.total == len(of_day)


@settings(max_examples=100)
@given(parcels())
def test_whoever_takes_the_next_one_again_and_again_comes_through_the_whole_pile(stored: list[Parcel]) -> None:
    with closing(opened(*stored)) as database:
        for pile in Pile:
            first = look(database, Asked(START, pile), has_room)
            taken, last = [], ""
            for _ in first.rows:
                told = look(database, Asked(START, pile, last=last), has_room)
                assert told.next is not None
                taken.append(last := told.next.parcel_id)
            assert taken == ids(first)
            again = look(database, Asked(START, pile, last=last), has_room).next
            assert (again.parcel_id if again else None) == (taken[0] if taken else None)


def made(number: int, at: datetime = START, state: ParcelState = ParcelState.TAKEN_IN) -> Parcel:
    return Parcel(parcel_id=f"p{number}", tracking_number=f"T{number}", scanned="", taken_in_at=at, state=state)


def test_the_next_one_is_older_than_the_last_one_even_if_that_is_done() -> None:
    stored = [made(number) for number in range(4)]
    stored[2] = stored[2].model_copy(update={"state": ParcelState.IN_LOCKER})
    with closing(opened(*stored)) as database:
        found = [look(database, Asked(START, DAY, last=last), has_room).next for last in ("", "p2", "p0", "gone")]
    assert [each and each.parcel_id for each in found] == ["p3", "p1", "p3", "p3"]


def test_a_long_list_comes_in_pages() -> None:
    stored = [made(number, START + timedelta(seconds=number)) for number in range(PAGE + 3)]
    with closing(opened(*stored)) as database:
        first, second = (look(database, Asked(START, DAY, page), has_room) for page in (0, 1))
    assert ids(first) + ids(second) == [each.parcel_id for each in reversed(stored)]
    assert (len(ids(second)), second.total) == (3, PAGE + 3)


@pytest.mark.parametrize("listing", [*Pile, DAY], ids=str)
def test_no_question_reads_parcels_that_are_done_or_of_other_days(listing: Pile | Span) -> None:
    with closing(opened(*map(made, range(20)))) as database:
        asked: list[str] = []
        database.set_trace_callback(asked.append)
        look(database, Asked(START, listing, last="p3"), lambda _: True)
        database.set_trace_callback(None)
        plans = {step for each in asked for *_, step in database.execute(f"EXPLAIN QUERY PLAN {each}")}
    scanned = {step for step in plans if step.startswith("SCAN parcels")}
    # This index holds what is unfinished and nothing else.
    assert not {step for step in scanned if "parcels_unfinished" not in step}
    for index in ("parcels_by_expiry (present=? AND <expr><?)", "parcels_unreached (present=?)"):
        assert any(index in step for step in plans), index


def test_one_that_is_being_sent_again_waits_for_nobody_until_that_is_given_up() -> None:
    stored = made(1, state=ParcelState.IN_LOCKER).model_copy(update={"unreached_at": START})
    with closing(opened(stored)) as database:
        for channel, waiting in ((Channel.PAPER, 1), (Channel.MAIL, 0)):
            owe(database, "p1", Wanted(NoticeKind.ARRIVED, channel, "c"), START, timedelta(0))
            assert look(database, Asked(START, DAY), has_room).counts[Pile.UNDELIVERABLE] == waiting
        database.execute("DELETE FROM notices")
        assert ids(look(database, Asked(START, Pile.UNDELIVERABLE), has_room)) == ["p1"]


def test_one_damaged_row_costs_no_other() -> None:
    with closing(opened(made(1), made(2))) as database:
        database.execute("DROP INDEX parcels_by_contact")
        database.execute("DROP INDEX parcels_by_unit")
        database.execute("UPDATE parcels SET body = 'rubbish' WHERE parcel_id = 'p1'")
        told = look(database, Asked(START, Pile.UNFINISHED), has_room)
        assert ids(told) == ["p2", "p1"]
        assert told.rows[1][0].is_unreadable
        assert (told.counts[Pile.UNFINISHED], told.counts[Pile.INTAKE]) == (2, 1)


async def test_a_file_of_schema_7_gets_the_index_of_what_has_expired_and_nothing_else_is_touched(
    tmp_path: Path,
) -> None:
    async with journal(tmp_path):
        pass
    with raw(tmp_path) as database:
        database.executescript(f"{WORDS_OF_SCHEMA_7} DROP INDEX parcels_by_expiry; PRAGMA user_version = 7;")
        before = database.execute("SELECT * FROM facts").fetchall()
    async with journal(tmp_path) as book:
        assert (await verify(book.connection)).sound
    with raw(tmp_path) as database:
        assert database.execute("SELECT * FROM facts").fetchall() == before
