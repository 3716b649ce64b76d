"""What is personal is unreadable at the centre without its key, and for ever once the person is forgotten."""

from __future__ import annotations

import json
import os
import random
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import FleetAwayError, FleetError
from kiosk.fleet.sealing import new_key, opened, seal
from kiosk.journal import shipped
from kiosk.journal.people import PeopleInJournal
from kiosk.parcels import events as happened
from kiosk.parcels import leaving
from kiosk.parcels.contacts import Contact
from kiosk.parcels.digests import contact_digest, parcel_digest
from kiosk.parcels.states import IdentityCheck
from tests.fleet.centres import NewCentre
from tests.fleet.desks import JoinedDesk, at_centre, joined
from tests.fleet.habits import CONTACTS, Habits
from tests.fleet.line import Answers, line_to
from tests.fleet.postgres import ADMIN, Postgres, needs_postgres, programs
from tests.fleet.proof import chain_problems
from tests.journal.book import CLERK, journal

GONE, STAYS = CONTACTS[:2]


def dump(centre: NewCentre) -> str:
    """Return everything that lies in the database, as its administrator can take it along."""
    folder = programs()
    assert folder is not None
    host = ["--host=127.0.0.1", f"--port={centre.server.port}", f"--username={ADMIN}"]
    command = [str(folder / "pg_dump"), *host, "--data-only", centre.database]
    return subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C"}).stdout  # noqa: S603


def spellings(text: str) -> set[str]:
    """Return a text as it may stand in a dump: plain, or within JSON, once or twice."""
    once = json.dumps(text)[1:-1]
    return {text, once, json.dumps(once)[1:-1]}


def readable(centre: NewCentre) -> set[str]:
    """Return the names, addresses and ids of contacts that lie there in clear."""
    found = dump(centre)
    told = {value for each in CONTACTS for value in (each.name, each.contact_id, each.email)}
    return {value for value in told if any(spelling in found for spelling in spellings(value))}


def names_of(centre: NewCentre, contact: Contact) -> list[Any]:
    """Return what can be read of a contact with the keys that are there."""
    sealed = at_centre(
        centre,
        "SELECT e.desk, e.sequence, e.sealed, k.key"
        " FROM fleet.events e JOIN fleet.contact_keys k USING (contact, month)"
        " UNION ALL SELECT p.desk, p.sequence, p.sealed, k.key"
        " FROM fleet.parcels p JOIN fleet.contact_keys k USING (contact, month)",
    )
    texts = [opened(row["key"], row["desk"], row["sequence"], row["sealed"]) for row in sealed]
    return [text for text in texts if any(spelling in text for spelling in spellings(contact.name))]


async def comes_and_goes(desk: JoinedDesk, number: str, contact: Contact) -> None:
    """Let a parcel come under the name on its label, find its contact, and be handed over."""
    await desk.takes_in(number)
    await desk.journal.append(number, happened.RecipientRead(name=contact.name), CLERK)
    await desk.journal.append(number, happened.RecipientChosen(contact=contact), CLERK)
    over = leaving.ParcelHandedOver(to=contact.name, checked=IdentityCheck.BADGE, signature=contact.name)
    await desk.journal.append(number, over, CLERK)


@needs_postgres
async def test_a_whole_copy_of_the_database_tells_no_name_and_no_contact(tmp_path: Path, centre: NewCentre) -> None:
    async with joined(tmp_path, centre) as desk:
        await Habits(desk.journal, random.Random(1)).go_on(300)
        await desk.ship()
    assert readable(centre) == set()
    assert {row["type"] for row in at_centre(centre, "SELECT type FROM fleet.events WHERE sealed IS NOT NULL")} == {
        "recipient_chosen",
        "recipient_read",
        "notice_sent",
        "parcel_handed_over",
    }
    assert "parcel_taken_in" in dump(centre), "the dump holds the events"
    assert all(names_of(centre, contact) for contact in CONTACTS), "with the keys everybody can be read"


@needs_postgres
async def test_who_is_forgotten_at_a_desk_can_be_read_nowhere_any_more_and_the_chains_hold(
    tmp_path: Path, centre: NewCentre
) -> None:
    async with joined(tmp_path / "1", centre) as desk, joined(tmp_path / "2", centre) as other:
        for number, contact in (("T1", GONE), ("T2", STAYS)):
            await comes_and_goes(desk, number, contact)
        await other.takes_in("T3", GONE)
        for each in (desk, other):
            await each.ship()
        assert names_of(centre, GONE)
        await PeopleInJournal(desk.journal).forget(GONE.contact_id, CLERK)
        await desk.ship()
        assert names_of(centre, GONE) == []
        assert names_of(centre, STAYS)
        assert at_centre(centre, "SELECT contact FROM fleet.forgotten") == [
            {"contact": contact_digest(GONE.contact_id)}
        ]
        kept = {row["contact"] for row in at_centre(centre, "SELECT contact FROM fleet.contact_keys")}
        assert kept == {contact_digest(STAYS.contact_id), parcel_digest("T2")}
        assert (
            at_centre(centre, "SELECT 1 FROM fleet.parcels WHERE contact = %s", contact_digest(GONE.contact_id)) == []
        )
        for each in (desk, other):
            query = "SELECT * FROM fleet.events WHERE desk = %s ORDER BY sequence"
            assert chain_problems(at_centre(centre, query, (await each.head()).desk)) == []


@needs_postgres
async def test_what_was_read_before_somebody_was_forgotten_and_comes_after_it_can_not_be_read_either(
    tmp_path: Path, centre: NewCentre
) -> None:
    async with joined(tmp_path / "1", centre) as desk, joined(tmp_path / "2", centre) as late:
        await comes_and_goes(desk, "T1", GONE)
        await desk.ship()
        await late.takes_in("T2", GONE)
        await PeopleInJournal(desk.journal).forget(GONE.contact_id, CLERK)
        await desk.ship()
        await late.ship()
        assert names_of(centre, GONE) == []
        with centre.admin() as admin:
            admin.execute("UPDATE fleet.forgotten SET at = at - interval '11 minutes'")
        await late.takes_in("T3", GONE)
        await late.ship()
        kept = {row["contact"] for row in at_centre(centre, "SELECT contact FROM fleet.contact_keys")}
        assert contact_digest(GONE.contact_id) in kept


@needs_postgres
async def test_a_desk_seals_with_the_keys_that_a_centre_has_after_it_came_back_without_some(
    tmp_path: Path, centre: NewCentre
) -> None:
    async with joined(tmp_path, centre) as desk:
        line = desk.centre()
        shipping = desk.shipping(line)
        await desk.takes_in("T1", STAYS)
        await shipping.run()
        with centre.admin() as admin:
            admin.execute("DELETE FROM fleet.contact_keys")
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (desk.login.role,)
            )
        await desk.takes_in("T2", STAYS)
        with suppress(FleetAwayError):
            await shipping.run()
        await shipping.run()
        await line.close()
        query = (
            "SELECT e.desk, e.sequence, e.sealed, k.key FROM fleet.events e JOIN fleet.contact_keys k"
            " USING (contact, month) ORDER BY e.sequence DESC LIMIT 1"
        )
        (last,) = at_centre(centre, query)
        assert STAYS.name in opened(last["key"], last["desk"], last["sequence"], last["sealed"])


@needs_postgres
async def test_a_person_who_is_forgotten_while_the_centre_is_away_is_forgotten_there_when_it_is_back(
    tmp_path: Path, server: Postgres, centre: NewCentre
) -> None:
    async with line_to(server) as line:
        way = centre.settings.model_copy(update={"server": f"127.0.0.1:{line.port}/{centre.database}"})
        async with joined(tmp_path, centre, way) as desk:
            await comes_and_goes(desk, "T1", GONE)
            await desk.ship()
            line.answers = Answers.NO
            await PeopleInJournal(desk.journal).forget(GONE.contact_id, CLERK)
            with pytest.raises(FleetAwayError):
                await desk.ship()
        assert names_of(centre, GONE)
        line.answers = Answers.YES
        async with joined(tmp_path, centre, way) as desk:
            assert len(await shipped.to_forget(desk.journal.connection)) == 1, "a new start knows it"
            await desk.ship()
            assert await shipped.to_forget(desk.journal.connection) == ()
    assert names_of(centre, GONE) == []


async def test_a_desk_that_never_met_a_centre_keeps_no_list_of_whom_it_forgot(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await PeopleInJournal(book).forget_listed(GONE.contact_id, CLERK)
        assert await shipped.to_forget(book.connection) == ()


def test_what_is_sealed_is_opened_by_its_key_in_its_place_only() -> None:
    key = new_key()
    sealed = seal(key, "a" * 16, 7, "Änne")
    assert opened(key, "a" * 16, 7, sealed) == "Änne"
    assert seal(key, "a" * 16, 7, "Änne") != sealed
    for wrong in (
        (new_key(), "a" * 16, 7, sealed),
        (key, "b" * 16, 7, sealed),
        (key, "a" * 16, 8, sealed),
        (key, "a" * 16, 7, sealed[:-4] + "AAAA"),
        (key, "a" * 16, 7, "not base64"),
        (key, "a" * 16, 7, ""),
    ):
        with pytest.raises(FleetError, match="fleet_not_opened"):
            opened(*wrong)
