"""`ssh HOST report`: how things stand, as JSON, for a person's script or a watcher. Reads only.

No pickup code, no secret and no recipient is in it.
"""

from __future__ import annotations

from kiosk import __version__
from kiosk.cli.exits import DONE
from kiosk.cli.fields import cause_fields
from kiosk.cli.output import Fields, Output, error_fields
from kiosk.desk.call_budget import CallsToday
from kiosk.desk.overview import BankUse, SizeUse
from kiosk.errors import ApiError, StorageDamagedError
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import UnitState
from kiosk.settings import Settings
from kiosk.wiring import Services, open_services


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
    overview = await services.queries.console.overview()
    head: Fields = {
        "reportTime": services.clock.now(),
        "kiosk": services.settings.desk.name,
        "environment": services.settings.environment.value,
        "version": __version__,
        **await _journal(services),
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
