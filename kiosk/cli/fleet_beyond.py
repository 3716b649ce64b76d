"""What the centre knows of this desk beyond its journal, as commands say it: after a restore, and before a rejoin."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kiosk.cli.output import Fields, Output
from kiosk.cli.session import existing_journal
from kiosk.fleet.centre import Centre
from kiosk.fleet.logins import LoginKind, read_login
from kiosk.fleet.rejoining import Beyond, KnownParcel, known_beyond, last_common
from kiosk.fleet.witness import own_heads
from kiosk.parcels.records import Head
from kiosk.settings import Settings
from kiosk.words.language import ngettext

_COLUMNS = ("trackingNumber", "state", "lockerBankId", "lockerUnitId", "shelf", "sinceTime")


@asynccontextmanager
async def own_way(settings: Settings) -> AsyncIterator[Centre]:
    """Open the way to the centre by this desk's login; raises FleetError while it has none."""
    centre = Centre(settings.fleet, read_login(settings.data_dir, LoginKind.DESK))
    try:
        yield centre
    finally:
        await centre.close()


async def newest_head(settings: Settings) -> Head:
    """Return the newest head that the centre has of this desk; raises FleetError."""
    async with own_way(settings) as centre:
        return (await own_heads(centre)).newest


async def common_head(settings: Settings) -> Head:
    """Return the last event that journal and centre share; raises FleetError and StorageError."""
    async with own_way(settings) as centre, existing_journal(settings) as journal:
        return await last_common(centre, journal.connection)


async def beyond(settings: Settings, head: Head | None = None) -> Beyond:
    """Return what the centre knows behind `head`, or else behind the last event that both have; raises FleetError."""
    head = head or await common_head(settings)
    async with own_way(settings) as centre:
        return await known_beyond(centre, head.sequence)


def beyond_fields(known: Beyond) -> Fields:
    """Return it for programs."""
    return {"events": known.events, "parcels": [_fields(each) for each in known.parcels]}


def say_beyond(known: Beyond, output: Output) -> None:
    """Say how many events, and list the parcels that they are about."""
    text = ngettext(
        "The centre knows {count} event of this desk that its journal does not have.",
        "The centre knows {count} events of this desk that its journal does not have.",
        known.events,
    )
    output.line(text.format(count=known.events))
    output.records([_fields(each) for each in known.parcels], _COLUMNS)


def _fields(parcel: KnownParcel) -> Fields:
    return {
        "trackingNumber": parcel.tracking_number,
        "state": parcel.state,
        "lockerBankId": parcel.bank,
        "lockerUnitId": parcel.unit,
        "shelf": parcel.shelf,
        "sinceTime": parcel.since,
    }
