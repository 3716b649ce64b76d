"""Desks for tests of the centre: a real journal, its way to a real server, and what both say of the same parcels."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from psycopg.rows import dict_row

from kiosk.clock import ManualClock
from kiosk.fleet.centre import Centre, Login
from kiosk.fleet.shipping import Shipping
from kiosk.journal import shipped
from kiosk.journal.shipping import Batch, Standing, batch_after
from kiosk.journal.store import Journal
from kiosk.parcels import events as happened
from kiosk.parcels.contacts import Contact
from kiosk.parcels.fleet import BankCount
from kiosk.parcels.records import Head
from kiosk.settings.fleet import Fleet
from tests.fleet.centres import NewCentre
from tests.journal.book import CLERK, START, journal


class JoinedDesk(NamedTuple):
    """A desk with its journal open, which the centre has let in."""

    journal: Journal
    login: Login
    settings: Fleet
    clock: ManualClock
    banks: list[BankCount]

    def shipping(self, centre: Centre | None = None) -> Shipping:
        """Return a shipper of this desk, on a connection of its own."""
        return Shipping(self.journal, centre or self.centre(), self.clock, lambda: tuple(self.banks))

    def centre(self, settings: Fleet | None = None) -> Centre:
        return Centre(settings or self.settings, self.login)

    async def head(self) -> Head:
        return await shipped.end_of_chain(self.journal.connection)

    async def ship(self) -> None:
        """Let the centre know everything, once."""
        centre = self.centre()
        try:
            await self.shipping(centre).run()
        finally:
            await centre.close()

    async def takes_in(self, number: str, contact: Contact | None = None) -> None:
        """Record a parcel, under its number as its id."""
        event = happened.ParcelTakenIn(tracking_number=number, scanned=number, readings=(f"R{number}",))
        await self.journal.append(number, event, CLERK)
        if contact is not None:
            await self.journal.append(number, happened.RecipientChosen(contact=contact), CLERK)

    async def batches(self) -> list[Batch]:
        """Return the whole journal as it is sent."""
        found: list[Batch] = []
        reached = 0
        while (batch := await batch_after(self.journal.connection, reached)).events:
            found.append(batch)
            reached = batch.events[-1].row.sequence
        return found

    async def parcels(self) -> dict[str, dict[str, Any]]:
        """Return the parcels of the journal as the centre has to have them, but for what is sealed."""
        return {each.parcel.parcel_id: _columns(each) for batch in await self.batches() for each in batch.parcels}


@asynccontextmanager
async def joined(folder: Path, centre: NewCentre, settings: Fleet | None = None) -> AsyncIterator[JoinedDesk]:
    """Open a journal in a folder and let the centre in on it; `settings` lead there by another way."""
    clock = ManualClock(START)
    async with journal(folder, clock) as book:
        head = await shipped.end_of_chain(book.connection)
        login = await centre.join(head.desk)
        yield JoinedDesk(book, login, settings or centre.settings, clock, [])


def at_centre(centre: NewCentre, query: str, *values: Any) -> list[dict[str, Any]]:
    """Return what a query of the administrator finds there."""
    with centre.admin() as admin, admin.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query, values).fetchall()


def chain_at_centre(centre: NewCentre, desk: str) -> list[tuple[int, str]]:
    """Return every event that is stored there, in its order."""
    found = at_centre(centre, "SELECT sequence, hash FROM fleet.events WHERE desk = %s ORDER BY sequence", desk)
    return [(row["sequence"], row["hash"]) for row in found]


def parcels_at_centre(centre: NewCentre, desk: str) -> dict[str, dict[str, Any]]:
    """Return the parcels as the centre has them, but for what is sealed."""
    rows = at_centre(
        centre,
        "SELECT p.*, ARRAY(SELECT number FROM fleet.numbers n WHERE n.desk = p.desk AND n.parcel_id = p.parcel_id"
        " ORDER BY number) AS numbers FROM fleet.parcels p WHERE desk = %s",
        desk,
    )
    left_out = ("desk", "contact", "month", "sealed", "left_behind", "stored_at")
    return {row.pop("parcel_id"): _without(row, *left_out) for row in rows}


def _columns(standing: Standing) -> dict[str, Any]:
    parcel = standing.parcel
    place = parcel.place
    return {
        "sequence": standing.sequence,
        "tracking_number": parcel.tracking_number,
        "state": parcel.state.value,
        "present": parcel.present,
        "in_doubt": parcel.is_in_doubt,
        "findings": [item.finding.value for item in parcel.attention],
        "bank": place.locker_bank_id if place else None,
        "unit": place.locker_unit_id if place else None,
        "size": place.size if place else None,
        "shelf": parcel.shelf,
        "since": standing.since,
        "taken_in_at": parcel.taken_in_at,
        "expiry": parcel.deposit_expiry if parcel.is_in_locker else parcel.reservation_expiry,
        "numbers": sorted(standing.numbers),
    }


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
