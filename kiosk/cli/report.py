"""`kiosk report`, and `ssh HOST report`: how things stand, as JSON, for a person's script or a watcher. Reads only.

No pickup code, no secret and no recipient is in it. As numbers for Prometheus it asks the locker service nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Iterator
from datetime import datetime

from pydantic.alias_generators import to_camel

from kiosk import __version__
from kiosk.cli.exits import DONE
from kiosk.cli.fields import cause_fields
from kiosk.cli.health_file import Metric, text_of, write
from kiosk.cli.identity import owner
from kiosk.cli.output import Fields, Output, error_fields
from kiosk.desk.call_budget import CallsToday
from kiosk.desk.health import KioskStatus
from kiosk.desk.overview import BankUse, Overview, SizeUse
from kiosk.desk.successes import Success
from kiosk.errors import ApiError, StorageDamagedError
from kiosk.parcels.fleet import FleetState
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import UnitState
from kiosk.settings import Settings, load_settings
from kiosk.wiring import Services, open_services
from kiosk.words.language import _


def run(options: argparse.Namespace, output: Output) -> int:
    """Print the report, or with --prometheus write it as numbers into a file; with --fleet that of all desks."""
    settings = load_settings(options.config)
    if options.fleet:
        from kiosk.cli.fleet_report import tell  # noqa: PLC0415 - brings a database driver

        return tell(settings, options.prometheus, output)
    person = owner(settings, os.environ)
    if options.prometheus is None:
        return asyncio.run(write_report(settings, person, output))
    write(options.prometheus, asyncio.run(_numbers(settings, person)))
    return DONE


async def write_report(settings: Settings, person: Person, output: Output) -> int:
    """Print the report and record who read it; raises StorageError."""
    async with open_services(settings, person=person) as services:
        await services.desk.visits.report_read(person)
        output.json(await _report(services))
    return DONE


async def _report(services: Services) -> Fields:
    """Return the parcels from the journal, and the banks as far as the service answers."""
    try:
        # First: what the banks show of parcels that were collected counts with the parcels.
        banks: Fields = {"lockerBanks": [_bank(bank) for bank in await services.queries.console.banks(again=True)]}
    except ApiError as error:
        banks = {"lockerBanks": None, "problem": error_fields(error)}
    overview, status = await services.queries.console.overview(), await services.queries.health.look()
    now, successes = services.clock.now(), await services.queries.successes.latest()
    head: Fields = {
        "reportTime": now,
        "kiosk": services.settings.desk.name,
        "environment": services.settings.environment.value,
        "version": __version__,
        "schema": status.storage.schema,
        **await _journal(services),
        "lastSuccess": {to_camel(name): _last(at, now) for name, at in successes.items()},
        "fleet": _fleet(status.fleet),
        "waiting": {to_camel(name): count for name, count in _waiting(overview).items()},
    }
    parcels: Fields = {
        "here": overview.counted.here,
        "inLockers": overview.counted.in_units,
        "takenInToday": sum(await services.queries.console.parcels_by_hour()),
        "attention": [
            {**_parcel(parcel), "finding": item.finding, "cause": cause_fields(item.cause)}
            for parcel in overview.attention
            for item in parcel.attention
        ],
        "inDoubt": [
            {
                **_parcel(parcel),
                "operation": parcel.open_write.operation,
                "cause": cause_fields(parcel.open_write.cause),
            }
            for parcel in overview.unconfirmed
            if parcel.open_write
        ],
        "expired": [{**_parcel(each.parcel), "since": each.since} for each in overview.expired],
        "noticesWaiting": overview.owed,
        "undeliverable": [
            {**_parcel(parcel), "since": parcel.unreached_at, "cause": cause_fields(parcel.unreached_cause)}
            for parcel in overview.undeliverable
        ],
        "onShelf": [
            {**_parcel(parcel), "shelf": parcel.shelf, "reason": parcel.shelf_reason, "since": parcel.taken_in_at}
            for parcel in overview.on_shelf
        ],
    }
    return {**head, "parcels": parcels, **banks, "calls": _calls(await services.queries.calls.today())}


async def _numbers(settings: Settings, person: Person) -> str:
    """Return what a watcher asks every minute: all from the journal, so that it costs no call and leaves no event."""
    async with open_services(settings, person=person) as services:
        queries = services.queries
        overview, status = await queries.console.overview(), await queries.health.look()
        successes, calls = await queries.successes.latest(), await queries.calls.today()
        return text_of(
            _metrics(overview, status, successes, calls, services.clock.now()),
            {
                "version": __version__,
                "schema": str(status.storage.schema),
                "environment": settings.environment.value,
                "kiosk": settings.desk.name,
            },
        )


def _metrics(
    overview: Overview,
    status: KioskStatus,
    successes: dict[Success, datetime | None],
    calls: CallsToday,
    now: datetime,
) -> Iterator[Metric]:
    storage = status.storage
    latest = {success.value: at.timestamp() for success, at in successes.items() if at}
    health = {each.subject.value: float(each.ok) for each in status.health if each.ok is not None}
    yield Metric("report_timestamp_seconds", _("When this file was written."), {"": now.timestamp()})
    yield Metric("last_success_timestamp_seconds", _("When it went well last; absent: never."), latest, ("what",))
    yield Metric("waiting", _("What waits for somebody or something."), _waiting(overview), ("what",))
    yield Metric("healthy", _("1: nothing is wrong with it; absent: not known."), health, ("subject",))
    yield Metric("parcels_here", _("Parcels that are here."), {"": overview.counted.here})
    yield Metric("parcels_in_lockers", _("Those of them that are in lockers."), {"": overview.counted.in_units})
    yield Metric("journal_events", _("The number of the last event of the journal."), {"": storage.events})
    yield Metric("journal_bytes", _("The size of the journal."), {"": storage.journal_bytes})
    yield Metric("disk_free_bytes", _("Free on the disk of the data folder."), {"": storage.free_bytes})
    if status.fleet is not None:
        yield Metric("events_waiting", _("Events that the centre does not have yet."), {"": status.fleet.waiting})
    yield Metric("calls_today", _("Calls to the locker service today."), {"": calls.used})
    yield Metric("calls_left", _("Calls that are left today."), {} if calls.left is None else {"": calls.left})


def _last(at: datetime | None, now: datetime) -> Fields | None:
    return {"time": at, "ageSeconds": round((now - at).total_seconds())} if at else None


def _fleet(state: FleetState | None) -> Fields | None:
    """Return how this desk and the centre of several desks get on; None without one."""
    if state is None:
        return None
    return {
        "eventsWaiting": state.waiting,
        "toldTime": state.told_at,
        "awaySince": state.away_since,
        "cause": cause_fields(state.cause),
    }


def _waiting(overview: Overview) -> dict[str, int]:
    """Return how much of each kind waits."""
    return {
        "attention": sum(len(parcel.attention) for parcel in overview.attention),
        "in_doubt": len(overview.unconfirmed),
        "expired": len(overview.expired),
        "undeliverable": len(overview.undeliverable),
        "notices": overview.owed,
        "on_shelf": len(overview.on_shelf),
    }


def _calls(today: CallsToday) -> Fields:
    """Return today's calls to the locker service, this report's own among them."""
    calls = dict(sorted(today.by_operation.items()))
    return {"used": today.used, "left": today.left, "nearlyUsedUp": today.nearly_used_up, "operations": calls}


async def _journal(services: Services) -> Fields:
    """Return the head of the journal, for `kiosk journal verify --against`."""
    try:
        return {"journalHead": str(await services.queries.console.head())}
    except StorageDamagedError as error:
        return {"journalHead": None, "journalProblem": error_fields(error)}


def _parcel(parcel: Parcel) -> Fields:
    return {"trackingNumber": parcel.tracking_number, **_place(parcel.place)}


def _place(place: UnitPlace | None) -> Fields:
    return {"lockerBankId": place.locker_bank_id, "lockerUnitId": place.locker_unit_id} if place else {}


def _bank(use: BankUse) -> Fields:
    bank: Fields = {"lockerBankId": use.bank.locker_bank_id, "lockerBankName": use.bank.label}
    if use.view is None:
        return {**bank, "readTime": None, "sizes": None}
    return {**bank, "readTime": use.view.read_at, "sizes": [_size(size) for size in use.sizes]}


def _size(use: SizeUse) -> Fields:
    counts = {word: use.states.get(state.value, 0) for state, word in _WORDS.items()}
    return {"size": use.size, "units": use.units, **counts}


_WORDS = {
    UnitState.FREE: "free",
    UnitState.RESERVED: "reserved",
    UnitState.OCCUPIED: "occupied",
    UnitState.OUT_OF_SERVICE: "outOfService",
    UnitState.UNKNOWN: "unknown",
}
