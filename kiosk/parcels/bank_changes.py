"""A bank as it was read, with what this desk has done since, so that one reading does for many parcels. Pure.

What others have done since is not in it: a unit that they took is refused, and the bank is read anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.parcels.lockers import LockerBankDetails, LockerUnit, ParcelReference
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import Operation, UnitState

_TAKES_A_UNIT = frozenset({Operation.RESERVE, Operation.ADD})


def with_changes(details: LockerBankDetails, parcels: Iterable[Parcel]) -> LockerBankDetails:
    """Return the bank with these parcels where the journal has them, and nowhere else."""
    units = {unit.locker_unit_id: unit for unit in details.locker_units}
    for parcel in parcels:
        held = set(_units_of(parcel, details.locker_bank_id))
        # What a finding is about is as the service says, until a reading says otherwise.
        open_to_question = {item.place.locker_unit_id for item in parcel.attention if item.place}
        for unit_id, unit in units.items():
            if unit_id in held:
                units[unit_id] = _with(unit, parcel)
            elif unit.holds(parcel.tracking_number) and unit_id not in open_to_question:
                units[unit_id] = _without(unit, parcel.tracking_number)
    return details.model_copy(update={"locker_units": tuple(units.values())})


def _units_of(parcel: Parcel, locker_bank_id: str) -> Iterator[str]:
    """Yield every unit of the bank that the parcel has, or may have."""
    write = parcel.open_write
    places = (
        parcel.place if parcel.has_unit else None,
        write.place if write is not None and (write.operation in _TAKES_A_UNIT or parcel.has_left_unit) else None,
    )
    for place in places:
        if place is not None and place.locker_bank_id == locker_bank_id:
            yield place.locker_unit_id


def _with(unit: LockerUnit, parcel: Parcel) -> LockerUnit:
    number = parcel.tracking_number
    reference = ParcelReference(tracking_number=number, secondary_tracking_number=parcel.second_number)
    changes: dict[str, object] = {"unit_reserved": True}
    if not unit.holds(number):
        changes["parcels_reserved"] = (*unit.parcels_reserved, reference)
    if parcel.is_in_locker and not unit.has_deposited(number):
        changes |= {"unit_occupied": True, "parcels_deposited": (*unit.parcels_deposited, reference)}
    # Where something was in it already, nobody can say here that its lists and its contact are complete.
    if unit.state is UnitState.FREE and parcel.contact is not None:
        contact = parcel.contact
        changes |= {"contact_id": contact.contact_id, "contact_type": contact.contact_type}
    return unit.model_copy(update=changes)


def _without(unit: LockerUnit, number: str) -> LockerUnit:
    reserved = tuple(each for each in unit.parcels_reserved if each.tracking_number != number)
    deposited = tuple(each for each in unit.parcels_deposited if each.tracking_number != number)
    changes: dict[str, object] = {"parcels_reserved": reserved, "parcels_deposited": deposited}
    if unit.unit_occupied is not None:
        changes["unit_occupied"] = bool(deposited)
    if not (reserved or deposited):
        changes |= {"contact_id": None, "contact_type": None, "contact_name": ""}
        if unit.unit_reserved is not None:
            changes["unit_reserved"] = False
    return unit.model_copy(update=changes)
