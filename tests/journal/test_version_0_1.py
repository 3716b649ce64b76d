"""What version 0.1 wrote comes over: its exports are restored and its files are migrated, under codes, with proof."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from kiosk.errors import StorageDamagedError
from kiosk.journal import reading
from kiosk.journal.audit import verify
from kiosk.journal.code_store import CodeStore
from kiosk.journal.migrations import APPLICATION_ID, SCHEMA_VERSION
from kiosk.journal.restore import restore
from kiosk.journal.store import FILE_NAME, Journal
from kiosk.journal.version_0_1 import _digest
from kiosk.parcels.desk_events import JournalImported
from kiosk.parcels.parcel import Cause
from kiosk.parcels.pickup_code import PickupCode
from kiosk.parcels.registry import EVENTS
from kiosk.parcels.states import Finding, NumberQuestion, ParcelState, ShelfReason
from kiosk.parcels.steps import Step
from tests.journal.book import START, export, journal

OLD = Path(__file__).parent / "version_0_1"
LINES = (OLD / "export.jsonl").read_text("utf-8").splitlines()
"""A real export of version 0.1.0, with every event it knew and every word that it stored."""
EVENTS_THEN: list[dict[str, Any]] = [json.loads(line) for line in LINES]
HEAD = EVENTS_THEN[-1]["hash"]
FORGOTTEN = next(each for each in EVENTS_THEN if "personal" in each["body"] and each["personal"] is None)
NOW = START + timedelta(days=300)
EVENTS_SINCE = {
    "parcel_joined",
    "pickup_code_shown_again",
    "parcel_left_unrecorded",
    "parcel_taken_back",
    "collection_noted",
    "deposit_extended",
    "journal_imported",
    "clock_jumped",
    "command_run",
    "cancel_undone",
    "parcel_handed_over",
    "parcel_made_outgoing",
    "parcel_sent",
    "notice_sent",
    "notice_failed",
    "address_corrected",
    "stocktake_began",
    "unit_counted",
    "stocktake_ended",
    "backup_made",
    "journal_restored",
    "person_added",
    "person_changed",
    "person_removed",
    "person_signed_in",
    "person_signed_out",
    "kiosk_left",
    "session_ended",
    "heads_witnessed",
    "desk_id_changed",
}
"""Events that version 0.1 did not have."""
STATES_SINCE = {ParcelState.UNRECORDED, ParcelState.HANDED_OVER, ParcelState.OUTGOING, ParcelState.SENT}
FINDINGS_THEN = {Finding.TWO_UNITS, Finding.UNIT_OF_SOMEBODY_ELSE, Finding.REFUSED_LATE}

WAITING, KEPT = SecretStr("NR8PBW"), SecretStr("7Y9G7E")


async def all_events(book: Journal) -> list[dict[str, Any]]:
    return await export(book.connection)


async def assert_brought_in(book: Journal) -> None:
    """Compare the journal with what version 0.1 had."""
    verdict = await verify(book.connection)
    assert (verdict.sound, verdict.events) == (True, len(LINES) + 1)
    *events, imported = await all_events(book)
    assert imported["type"] == "journal_imported"
    assert imported["body"] == {"version": "0.1", "events": len(LINES), "head": HEAD}
    assert {each["type"] for each in events} == EVENTS.keys() - EVENTS_SINCE
    for now, then in zip(events, EVENTS_THEN, strict=True):
        assert (now["sequence"], now["at"], now["kiosk"]) == (then["sequence"], then["at"], then["kiosk"])
        assert (now["person"], now["parcel_id"]) == (then["actor"], then["parcelId"])
        assert (now["personal"], now["salt"]) == (then["personal"], then["salt"])
    assert len({each["desk"] for each in (*events, imported)}) == 1


async def restored(folder: Path, lines: list[str] | None = None) -> None:
    async with journal(folder) as book:
        await restore(book.connection, LINES if lines is None else lines, NOW)


async def test_an_export_is_restored_under_codes_with_a_sound_chain_and_the_old_head_at_its_end(tmp_path: Path) -> None:
    await restored(tmp_path)
    async with journal(tmp_path) as book:
        await assert_brought_in(book)
        (newest,) = await reading.newest(book.connection, limit=1)
        assert newest.event == JournalImported(version="0.1", events=len(LINES), head=HEAD)
        assert (newest.at, newest.kiosk, newest.parcel_id) == (NOW, "Mailroom", None)


async def test_words_of_then_are_codes_now(tmp_path: Path) -> None:
    await restored(tmp_path)
    async with journal(tmp_path) as book:
        latest = [
            *await reading.latest(book.connection, present=True),
            *await reading.latest(book.connection, present=False),
        ]
        events = await all_events(book)
    assert {parcel.state for parcel in latest} == set(ParcelState) - STATES_SINCE
    assert {parcel.question for parcel in latest} == {
        None,
        NumberQuestion.TWO_CARRIERS,
        NumberQuestion.CHECK_DIGIT,
        NumberQuestion.NO_CARRIER,
        NumberQuestion.TO_WRITE,
    }
    assert {parcel.shelf_reason for parcel in latest} == {None, *ShelfReason} - {ShelfReason.NOT_COLLECTED}
    assert {item.finding for parcel in latest for item in parcel.attention} == FINDINGS_THEN
    assert {each["body"]["finding"] for each in events if each["type"] == "attention_closed"} <= {*Finding}
    assert {each["body"]["problem"] for each in events if each["type"] == "unit_reported"} == {
        "occupied",
        "did_not_open",
        "too_small",
    }
    assert {each["body"]["step"] for each in events if each["type"] == "correction_asked"} == {
        Step.TAKE_OUT,
        Step.FREE_SECOND_UNIT,
        Step.EXTEND,
        Step.RENEW_CODE,
        Step.VIEW_CODE,
        Step.CLOSE_FINDING,
        Step.TAKE_OFF_SHELF,
    }


async def test_a_sentence_of_then_is_kept_as_it_was_told(tmp_path: Path) -> None:
    await restored(tmp_path)
    async with journal(tmp_path) as book:
        delayed = next(each for each in await all_events(book) if each["type"] == "write_delayed")
        in_doubt = await book.parcel(delayed["parcel_id"])
        raised = next(each for each in await all_events(book) if each["type"] == "attention_raised")
        looked_at = await book.parcel(raised["parcel_id"])
    assert in_doubt is not None
    assert in_doubt.open_write is not None
    assert in_doubt.open_write.cause == Cause(code="as_told", parameters={"text": "no line"})
    assert looked_at is not None
    assert looked_at.attention[0].cause == Cause(code="as_told", parameters={"text": "Two."})


async def test_who_was_forgotten_stays_forgotten_and_who_was_not_is_still_told(tmp_path: Path) -> None:
    await restored(tmp_path)
    async with journal(tmp_path) as book:
        found = await reading.one(book.connection, FORGOTTEN["sequence"])
        assert found is not None
        _, personal, chain = found
        assert (personal, chain.sound) == (None, True)
        parcel = await book.parcel(FORGOTTEN["parcelId"])
        assert parcel is not None
        assert parcel.contact is None
        told = next(each for each in EVENTS_THEN if each["type"] == "RecipientChosen" and each["personal"])
        kept = await reading.one(book.connection, told["sequence"])
        assert kept is not None
        assert (kept[1], kept[2].sound) == (told["personal"], True)


async def test_an_export_of_what_was_restored_is_restored_again(tmp_path: Path) -> None:
    await restored(tmp_path / "first")
    async with journal(tmp_path / "first") as first, journal(tmp_path / "second") as second:
        events = await all_events(first)
        lines = [json.dumps({**event, "parcelId": event["parcel_id"]}) for event in events]
        assert (await restore(second.connection, lines, NOW)).events == len(LINES) + 1
        assert (await all_events(second))[:-1] == events
        assert (await verify(second.connection)).sound
        assert await second.unfinished() == await first.unfinished()


def _body(event: dict[str, Any]) -> None:
    event["body"]["scanned"] = "another"


def _person(event: dict[str, Any]) -> None:
    event["actor"] = "somebody"


def _link(event: dict[str, Any]) -> None:
    event["previous"] = "1" * 64


def _sequence(event: dict[str, Any]) -> None:
    event["sequence"] = 99


def _hash(event: dict[str, Any]) -> None:
    event["hash"] = "1" * 64


def _personal(event: dict[str, Any]) -> None:
    event["personal"]["contact"]["name"] = "Somebody Else"


@pytest.mark.parametrize(
    ("spoil", "at"),
    [(_body, 0), (_person, 4), (_link, 5), (_sequence, 2), (_hash, 4), (_personal, 1)],
    ids=["body", "person", "link", "sequence", "hash", "personal"],
)
async def test_a_line_that_was_touched_restores_nothing(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], None], at: int
) -> None:
    event = json.loads(LINES[at])
    spoil(event)
    async with journal(tmp_path) as book:
        with pytest.raises(StorageDamagedError, match=rf"export_not_sound .event={at + 1}, problem=event_changed"):
            await restore(book.connection, [*LINES[:at], json.dumps(event), *LINES[at + 1 :]], NOW)
        assert await all_events(book) == []
        assert await book.unfinished() == ()


async def test_a_line_that_was_left_out_restores_nothing(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        with pytest.raises(StorageDamagedError, match=r"export_not_sound .event=5"):
            await restore(book.connection, [*LINES[:4], *LINES[5:]], NOW)
        assert await all_events(book) == []


def renamed(line: str, name: str) -> str:
    """Return a line as version 0.1 would have written it, had it known an event of that name."""
    event = json.loads(line)
    event["type"] = name
    body = json.dumps(event["body"], separators=(",", ":"), sort_keys=True)
    stored = [event[name] for name in ("sequence", "at", "kiosk", "actor", "parcelId", "type")]
    event["hash"] = _digest(json.dumps([*stored, body, event["previous"]], separators=(",", ":")))
    return json.dumps(event)


async def test_an_event_that_version_0_1_did_not_know_restores_nothing(tmp_path: Path) -> None:
    assert renamed(LINES[0], "ParcelTakenIn") == LINES[0]
    async with journal(tmp_path) as book:
        with pytest.raises(StorageDamagedError, match=r"export_line_unreadable .line=1, .*ParcelEaten"):
            await restore(book.connection, [renamed(LINES[0], "ParcelEaten")], NOW)
        assert await all_events(book) == []


def with_a_code() -> str:
    """Return a parcel whose code waits at the end of the export."""
    waits: dict[str, bool] = {}
    for event in EVENTS_THEN:
        if event["type"] == "ParcelDeposited":
            waits[event["parcelId"]] = True
        elif event["type"] in {"PickupCodeSeen", "PickupCodeExpired", "PickupCodeReplaced", "UnitFreed"}:
            waits.pop(event["parcelId"], None)
    return next(iter(waits))


def deposit_then(parcel_id: str) -> str:
    """Return the intent of a parcel's last deposit; empty where it had none."""
    deposits = [each for each in EVENTS_THEN if (each["type"], each["parcelId"]) == ("ParcelDeposited", parcel_id)]
    return str(deposits[-1]["body"]["intentId"]) if deposits else ""


def old_file(folder: Path, schema: int, events: list[dict[str, Any]]) -> None:
    """Write a file as version 0.1 had it with that schema: tables of then, and a code that waits."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as database, database:
        for number in range(1, schema + 1):
            database.executescript((OLD / f"{number:03}.sql").read_text("utf-8"))
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {schema}")
        database.execute("INSERT INTO facts VALUES ('environment', 'demo'), ('personal_blanked_until', '2026')")
        for event in events:
            row = [*event.values()][:6]
            body = json.dumps(event["body"], separators=(",", ":"), sort_keys=True)
            row = [*row, body, event["previous"], event["hash"]]
            database.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            if event["personal"] is not None:
                personal = json.dumps(event["personal"], separators=(",", ":"), sort_keys=True)
                database.execute("INSERT INTO personal VALUES (?, ?, ?)", (event["sequence"], event["salt"], personal))
        database.execute("INSERT INTO chain VALUES (1, ?, ?)", (len(events), events[-1]["hash"]))
        ids = {event["parcelId"] for event in events} - {None}
        database.executemany("INSERT INTO parcels VALUES (?, ?, '', '', 0, 0, '{}')", [(each, each) for each in ids])
        database.execute("INSERT INTO codes VALUES (?, ?, NULL)", (with_a_code(), WAITING.get_secret_value()))
        if schema >= 5:
            until = (START + timedelta(minutes=5)).isoformat()
            database.execute(
                "INSERT INTO kept_codes VALUES ('p21', ?, ?, ?)", (KEPT.get_secret_value(), START.isoformat(), until)
            )


@pytest.mark.parametrize("schema", [1, 2, 3, 4, 5])
async def test_a_file_is_migrated_when_it_is_opened_and_keeps_its_codes(tmp_path: Path, schema: int) -> None:
    old_file(tmp_path, schema, EVENTS_THEN)
    async with journal(tmp_path) as book:
        await assert_brought_in(book)
        assert await reading.schema_of(book.connection) == SCHEMA_VERSION
        parcel = await book.parcel(with_a_code())
        assert parcel is not None
        assert parcel.code_waiting
        codes = await CodeStore(book).of(parcel.parcel_id)
        assert codes is not None
        assert codes.waiting == PickupCode(deposit_then(parcel.parcel_id), WAITING)
        kept = await CodeStore(book).kept()
        assert [(each.parcel_id, each.intent_id) for each in kept] == (
            [("p21", deposit_then("p21"))] if schema >= 5 else []
        )
        facts = await book.connection.read(lambda database: dict(database.execute("SELECT * FROM facts").fetchall()))
        assert (facts["environment"], facts.get("personal_blanked_until")) == ("demo", None)
    before = (tmp_path / FILE_NAME).read_bytes()
    async with journal(tmp_path) as book:
        await assert_brought_in(book)
    assert (tmp_path / FILE_NAME).read_bytes() == before


async def test_a_migrated_file_has_the_parcels_of_a_restored_export(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    old_file(tmp_path / "file", 5, EVENTS_THEN)
    await restored(tmp_path / "export")
    async with journal(tmp_path / "file") as migrated, journal(tmp_path / "export") as again:
        for present in (True, False):
            assert await reading.latest(migrated.connection, present=present) == await reading.latest(
                again.connection, present=present
            )
        assert await migrated.reported_units("AOne", within=timedelta(days=1)) == await again.reported_units(
            "AOne", within=timedelta(days=1)
        )


@pytest.mark.parametrize(
    "touch", ["UPDATE events SET actor = 'x' WHERE sequence = 3", "DELETE FROM events WHERE sequence = 3"]
)
async def test_a_file_whose_chain_is_broken_is_refused_and_left_as_it_is(tmp_path: Path, touch: str) -> None:
    old_file(tmp_path, 5, EVENTS_THEN)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database, database:
        database.execute("DROP TRIGGER events_are_not_updated")
        database.execute("DROP TRIGGER events_are_not_deleted")
        database.execute(touch)
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(StorageDamagedError, match=r"old_journal_not_sound .event=3"):
        await journal(tmp_path).open()
    assert (tmp_path / FILE_NAME).read_bytes() == before


async def test_a_file_with_an_event_that_nobody_knows_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    old_file(tmp_path, 5, [json.loads(renamed(LINES[0], "ParcelEaten"))])
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(StorageDamagedError, match=r"old_journal_unreadable .*ParcelEaten"):
        await journal(tmp_path).open()
    assert (tmp_path / FILE_NAME).read_bytes() == before


async def test_no_byte_of_a_forgotten_code_is_left_by_the_migration(tmp_path: Path) -> None:
    old_file(tmp_path, 5, EVENTS_THEN)
    async with journal(tmp_path) as book:
        await CodeStore(book).drop(await CodeStore(book).kept())
    assert KEPT.get_secret_value().encode() not in (tmp_path / FILE_NAME).read_bytes()
    assert WAITING.get_secret_value().encode() in (tmp_path / FILE_NAME).read_bytes()
