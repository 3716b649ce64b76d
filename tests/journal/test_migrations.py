"""A file of schema 6 or 7 is brought to today's: codes learn their deposits, and parcels are found that are gone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from kiosk.journal import reading
from kiosk.journal.audit import verify
from kiosk.journal.code_store import CodeStore
from kiosk.journal.migrations import SCHEMA_VERSION
from kiosk.journal.notice_store import NoticeStore
from kiosk.journal.people import PeopleInJournal
from kiosk.journal.rebuild import rebuild
from kiosk.journal.searching import find_parcels
from kiosk.journal.sign_ins import SignIns
from kiosk.parcels import events as happened
from kiosk.parcels.pickup_code import PickupCode
from kiosk.parcels.records import JournalProblem
from tests.journal.book import (
    BY_MAIL,
    CHOSEN,
    CLERK,
    DEPOSITED,
    PLACE,
    READ,
    START,
    contents,
    export,
    journal,
    raw,
    taken_in,
)
from tests.journal.filled import all_readings, fill

NO_NUMBERS = "DROP INDEX codes_by_parcel;"
"""What brings the tables of schema 11 back to those of schema 10."""

NO_PEOPLE = f"{NO_NUMBERS} DROP TABLE people; DROP TABLE wrong_tries;"
"""What brings the tables of schema 10 back to those of schema 9."""

NO_NOTICES = (
    f"{NO_PEOPLE} DROP TABLE notice_codes; DROP TABLE notices;"
    "DROP INDEX parcels_by_notice; DROP INDEX parcels_unreached;"
)
"""What brings the tables of schema 9 back to those of schema 8."""

WORDS_OF_SCHEMA_7 = (
    f"{NO_NOTICES}"
    "DROP TABLE beginnings_of_parcels; DROP TABLE words_of_parcels;"
    "CREATE TABLE words_of_parcels (parcel_id TEXT PRIMARY KEY REFERENCES parcels (parcel_id) ON DELETE CASCADE,"
    " words TEXT NOT NULL) STRICT;"
)

FIRST, SECOND, SEEN = SecretStr("AAA111"), SecretStr("BBB222"), SecretStr("CCC333")


async def schema_6(folder: Path) -> None:
    """Leave a journal as schema 6 had it: one code handed over, one waiting, one kept."""
    elsewhere = PLACE.model_copy(update={"locker_unit_id": "8"})
    async with journal(folder) as book:
        for number, code in enumerate((FIRST, SECOND)):
            deposited = DEPOSITED.model_copy(update={"intent_id": f"i{number}"})
            await book.append(f"p{number}", taken_in(f"T{number}"), CLERK)
            await book.append(f"p{number}", CHOSEN, CLERK)
            await book.append(f"p{number}", deposited, CLERK, code=code)
        await book.append("p1", happened.UnitFreed(intent_id="i8", place=PLACE), CLERK)
        await book.append("p1", DEPOSITED.model_copy(update={"intent_id": "i9", "place": elsewhere}), CLERK)
        await book.append("p1", happened.PickupCodeSeen(intent_id="i9"), CLERK)
    with raw(folder) as database:
        database.executescript(
            "DROP TABLE codes; DROP TABLE kept_codes; PRAGMA user_version = 6;"
            "CREATE TABLE codes (parcel_id TEXT PRIMARY KEY REFERENCES parcels (parcel_id), code TEXT NOT NULL,"
            " expires_at TEXT) STRICT;"
            "CREATE TABLE kept_codes (parcel_id TEXT PRIMARY KEY REFERENCES parcels (parcel_id), code TEXT NOT NULL,"
            " seen_at TEXT NOT NULL, keep_until TEXT NOT NULL) STRICT;"
        )
        database.executescript(WORDS_OF_SCHEMA_7)
        database.execute("INSERT INTO codes VALUES ('p0', ?, NULL)", (SECOND.get_secret_value(),))
        until = (START + timedelta(minutes=5)).isoformat()
        kept = ("p1", SEEN.get_secret_value(), START.isoformat(), until)
        database.execute("INSERT INTO kept_codes VALUES (?, ?, ?, ?)", kept)


async def test_each_code_gets_the_intent_of_the_deposit_that_brought_it(tmp_path: Path) -> None:
    await schema_6(tmp_path)
    async with journal(tmp_path) as book:
        assert await reading.schema_of(book.connection) == SCHEMA_VERSION
        store = CodeStore(book)
        handed_over, kept = await store.of("p0"), await store.of("p1")
        assert handed_over is not None
        assert kept is not None
        assert handed_over.waiting == PickupCode("i1", SECOND), "it was handed over by p1, which lies elsewhere by now"
        assert kept.kept == PickupCode("i9", SEEN)
        assert (await verify(book.connection)).sound


async def test_a_migrated_file_has_the_tables_of_a_new_one_and_is_migrated_once(tmp_path: Path) -> None:
    await schema_6(tmp_path / "old")
    async with journal(tmp_path / "old") as old, journal(tmp_path / "new") as new:
        names = "('codes', 'kept_codes', 'words_of_parcels', 'words_present', 'beginnings_of_parcels')"
        tables = f"SELECT name, sql FROM sqlite_master WHERE name IN {names} ORDER BY name"  # noqa: S608 - our own words
        made = [await book.connection.read(lambda database: database.execute(tables).fetchall()) for book in (old, new)]
        assert made[0] == made[1]
        events = await export(old.connection)
    before = contents(tmp_path / "old")
    async with journal(tmp_path / "old") as again:
        assert await export(again.connection) == events
    assert contents(tmp_path / "old") == before


async def test_parcels_that_are_gone_are_found_in_a_file_of_schema_7(tmp_path: Path) -> None:
    await fill(tmp_path)
    async with journal(tmp_path) as book:
        before = await all_readings(book)
    with raw(tmp_path) as database:
        database.executescript(f"{WORDS_OF_SCHEMA_7} PRAGMA user_version = 7;")
    async with journal(tmp_path) as book:
        assert await all_readings(book) == before
        assert (await verify(book.connection)).sound
        (gone, *_) = await reading.latest(book.connection, present=False)
        assert gone in await find_parcels(book.connection, gone.tracking_number, START.date())


async def test_a_row_that_can_not_be_read_does_not_keep_a_file_from_being_migrated(tmp_path: Path) -> None:
    await fill(tmp_path)
    with raw(tmp_path) as database:
        database.executescript(f"{WORDS_OF_SCHEMA_7} PRAGMA user_version = 7;")
        database.execute("UPDATE parcels SET body = '{}' WHERE parcel_id = 'p4'")
    async with journal(tmp_path) as book:
        assert (await find_parcels(book.connection, "1Z0000005", START.date()))[0].parcel_id == "p5"
        await rebuild(book.connection)
        assert (await find_parcels(book.connection, "1Z0000004", START.date()))[0].parcel_id == "p4"
        assert (await verify(book.connection)).sound


async def test_a_name_off_a_label_that_was_passed_over_is_blanked_after_all(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        for event in (taken_in("T9"), READ, happened.ParcelCancelled()):
            await book.append("p9", event, CLERK)
    await schema_6(tmp_path)
    with raw(tmp_path, guarded=True) as database:
        database.execute("INSERT INTO facts VALUES ('personal_blanked_until', '2026-12-31')")
    async with journal(tmp_path) as book:
        assert await PeopleInJournal(book).forget_before(START + timedelta(days=1), CLERK) == 1
        assert (await book.find("T9"))[0].recipient_read == ""


async def test_no_byte_of_a_code_that_was_dropped_is_left_of_the_tables_before(tmp_path: Path) -> None:
    await schema_6(tmp_path)
    async with journal(tmp_path) as book:
        store = CodeStore(book)
        await store.drop(await store.kept())
    assert SEEN.get_secret_value().encode() not in contents(tmp_path)


async def test_a_file_of_schema_8_keeps_its_seal_and_owes_from_then_on(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await book.append("p1", taken_in("T1"), CLERK)
        await book.append("p1", CHOSEN, CLERK)
        await book.append("p1", DEPOSITED, CLERK, code=FIRST)
    with raw(tmp_path) as database:
        database.executescript(f"{NO_NOTICES} PRAGMA user_version = 8;")
    async with journal(tmp_path, rules=BY_MAIL) as book:
        assert (await verify(book.connection)).sound
        await book.append("p1", happened.ParcelFoundGone(), CLERK)
        await book.append("p2", taken_in("T2"), CLERK)
        await book.append("p2", CHOSEN, CLERK)
        await book.append("p2", DEPOSITED, CLERK, code=SECOND)
        assert [each.parcel.parcel_id for each in await NoticeStore(book).owed()] == ["p2"]
        assert (await verify(book.connection)).sound


async def test_a_seal_that_was_broken_in_a_file_of_schema_8_stays_broken(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await book.append("p1", taken_in("T1"), CLERK)
    with raw(tmp_path) as database:
        database.executescript(f"{NO_NOTICES} PRAGMA user_version = 8;")
        database.execute("INSERT INTO facts VALUES ('added', '1')")
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await book.append("p1", CHOSEN, CLERK)
        assert (await verify(book.connection)).problem is JournalProblem.SEAL


async def test_a_file_of_schema_9_keeps_what_is_owed_and_its_seal_and_lets_people_sign_in(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await book.append("p1", taken_in("T1"), CLERK)
        await book.append("p1", CHOSEN, CLERK)
        await book.append("p1", DEPOSITED, CLERK, code=FIRST)
    with raw(tmp_path) as database:
        database.executescript(f"{NO_PEOPLE} PRAGMA user_version = 9;")
    async with journal(tmp_path, rules=BY_MAIL) as book:
        assert await reading.schema_of(book.connection) == SCHEMA_VERSION
        assert [each.parcel.parcel_id for each in await NoticeStore(book).owed()] == ["p1"]
        assert await SignIns(book).all() == ()
        assert (await verify(book.connection)).sound


async def test_a_file_of_schema_10_finds_the_numbers_of_a_parcel(tmp_path: Path) -> None:
    await fill(tmp_path)
    with raw(tmp_path) as database:
        database.executescript(f"{NO_NUMBERS} PRAGMA user_version = 10;")
    async with journal(tmp_path) as book:
        assert await reading.schema_of(book.connection) == SCHEMA_VERSION
        assert (await verify(book.connection)).sound
