"""Dates of a service that no parcel can have, in a journal that kept them: every screen is drawn, every start lives."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from kiosk.journal.audit import verify
from kiosk.parcels import events as happened
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import Event
from kiosk.parcels.parcel import AttentionItem, UnitPlace
from kiosk.parcels.states import Finding
from kiosk.wiring import person_at_desk
from tests.screens.console.console_in_test import console
from tests.screens.kiosk_in_test import Desk

pytestmark = pytest.mark.every_frame

FIRST, LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
PLACE = UnitPlace(locker_bank_id="AOne", locker_unit_id="7")


@pytest.fixture(params=["America/New_York", "Asia/Tokyo"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def kept_long_ago(absurd: datetime) -> list[Event]:
    """Return what a journal holds whose program believed every date."""
    return [
        happened.ParcelTakenIn(tracking_number="T1", scanned="T1"),
        happened.RecipientChosen(contact=Contact(contact_id="684a6b7bbc85e1bce7392b9e", name="Samira Abboud")),
        happened.UnitReserved.model_construct(intent_id="a", place=PLACE, expiry=absurd),
        happened.ParcelDeposited.model_construct(
            intent_id="b", place=PLACE, deposited_at=absurd, deposit_expiry=absurd, code_received=False
        ),
        happened.DepositExtended.model_construct(expiry=absurd),
        happened.AttentionRaised.model_construct(
            item=AttentionItem.model_construct(
                finding=Finding.TWO_UNITS, place=PLACE.model_copy(update={"locker_unit_id": "8"}), since=absurd
            )
        ),
    ]


def believed(database: sqlite3.Connection, absurd: datetime) -> None:
    """Let the row of the parcel say it too."""
    (body,) = database.execute("SELECT body FROM parcels").fetchone()
    told = json.loads(body) | dict.fromkeys(
        ("deposit_time", "deposit_expiry", "reservation_expiry"), absurd.isoformat()
    )
    database.execute("UPDATE parcels SET body = ?", (json.dumps(told, separators=(",", ":")),))


@pytest.mark.parametrize("absurd", [FIRST, LAST], ids=["first", "last"])
@pytest.mark.usefixtures("zone")
async def test_a_journal_that_kept_an_absurd_date_is_opened_listed_and_verified(desk: Desk, absurd: datetime) -> None:
    async with desk.open() as kiosk:
        journal, person = kiosk.services.queries.journal, person_at_desk(kiosk.services.settings)
        for event in kept_long_ago(absurd):
            await journal.append("p1", event, person)
        await journal.connection.write(lambda database: believed(database, absurd))
    async with desk.open() as kiosk:
        kiosk.scan("T1")
        await kiosk.shows("T1", "Samira Abboud")
        await kiosk.press("escape")
        await kiosk.at("Home")
        await kiosk.shows("Samira Abboud")
        (parcel,) = await kiosk.services.queries.journal.find("T1")
        assert (parcel.deposit_time, parcel.deposit_expiry, parcel.attention[0].since) == (None, None, None)
        assert (await verify(kiosk.services.queries.journal.connection)).sound
    async with console(desk) as opened:
        opened.type("3")
        await opened.shows("T1")
        await opened.press("enter")
        await opened.shows("Samira Abboud")
