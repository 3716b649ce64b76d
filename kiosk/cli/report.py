"""`ssh HOST report`: how things stand, as JSON, for a person's script or a watcher. Reads only.

No pickup code, no secret and no recipient is in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk import __version__
from kiosk.cli.exits import DONE
from kiosk.errors import ApiError
from kiosk.parcels.desk_events import ReportRead
from kiosk.parcels.lockers import UnitState
from kiosk.wiring import open_services
from kiosk.words.errors import explain

if TYPE_CHECKING:
    from kiosk.cli.output import Fields, Output
    from kiosk.desk.standing import BankUse, SizeUse
    from kiosk.parcels.parcel import Parcel, UnitPlace
    from kiosk.parcels.people import Operator
    from kiosk.settings import Settings
    from kiosk.wiring import Services


async def write_report(settings: Settings, operator: Operator, output: Output) -> int:
    """Print the report and record who read it; raises StorageError."""
    async with open_services(settings, actor=operator.name) as services:
        await services.journal.record(ReportRead(role=operator.role, origin=operator.origin), services.person)
        output.json(await _report(services))
    return DONE


async def _report(services: Services) -> Fields:
    """Return the parcels from the journal, and the banks as far as the service answers."""
    standing = await services.survey.standing()
    head: Fields = {
        "reportTime": services.clock.now(),
        "kiosk": services.settings.desk.name,
        "environment": services.settings.environment.value,
        "version": __version__,
    }
    parcels: Fields = {
        "here": standing.here,
        "takenInToday": sum(await services.survey.parcels_by_hour()),
        "attention": [
            {**_parcel(parcel), "cause": item.finding, "sentence": item.sentence, "proposal": item.proposal}
            for parcel in standing.attention
            for item in parcel.attention
        ],
        "inDoubt": [
            {**_parcel(parcel), "operation": parcel.open_write.operation}
            for parcel in standing.unconfirmed
            if parcel.open_write
        ],
        "expired": [{**_parcel(each.parcel), "since": each.since} for each in standing.expired],
        "held": [
            {**_parcel(parcel), "shelf": parcel.shelf, "reason": parcel.shelf_reason, "since": parcel.taken_in_at}
            for parcel in standing.held
        ],
    }
    try:
        banks = [_bank(bank) for bank in await services.survey.banks()]
    except ApiError as error:
        return {**head, "parcels": parcels, "lockerBanks": None, "problem": explain(error).line}
    return {**head, "parcels": parcels, "lockerBanks": banks}


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
