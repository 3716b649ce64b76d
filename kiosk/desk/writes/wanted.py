"""What a write shall lead to, and whether the unit allows it now: looked at in the transaction that records it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from kiosk.errors import InDoubtError, WrongStateError
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.states import Operation

_NAME_OTHERS = {Operation.DEPOSIT, Operation.EXTEND, Operation.ADD}
"""Writes that may name the other parcels of the unit."""


class Wanted(NamedTuple):
    """What a write shall lead to."""

    operation: Operation
    place: UnitPlace
    expiry: datetime | None = None
    """Until when the unit shall be held."""
    parcels: tuple[str, ...] = ()
    """Numbers of other parcels that vanished from the unit and are to be named again."""
    ends_intake: bool = False
    """The parcel is given up once its unit is given back."""


def place_of(parcel: Parcel) -> UnitPlace:
    """Return the parcel's unit; raises WrongStateError where it has none."""
    if parcel.place is None:
        raise WrongStateError("no_unit_held", state=parcel.state.value)
    return parcel.place


def check_unit(wanted: Wanted, parcel: Parcel, mates: Iterable[Parcel]) -> None:
    """Raise WrongStateError or InDoubtError where the unit is not this parcel's any more, or not sure."""
    if wanted.operation is Operation.RESERVE:
        return  # a unit that is asked for is nobody's yet
    if wanted.operation is not Operation.ADD:
        _check_own(wanted, parcel)
    _check_mates(wanted, mates)


def _check_own(wanted: Wanted, parcel: Parcel) -> None:
    # Each unit was chosen from a parcel as it was; by now the unit may be somebody else's.
    if wanted.place not in {parcel.place, parcel.second_place if wanted.operation is Operation.FREE else None}:
        raise WrongStateError("unit_not_its_own", locker_unit_id=wanted.place.locker_unit_id)


def _check_mates(wanted: Wanted, mates: Iterable[Parcel]) -> None:
    """Raise InDoubtError where a parcel shall be taken out while a request that may name it is on its way.

    If that arrived last it would put the parcel back. Once such a request is in doubt nothing hinders: a repeat of it
    names nothing that has left by then.
    """
    if wanted.operation is not Operation.FREE:
        return
    for mate in mates:
        write = mate.open_write
        if write is not None and write.cause is None and write.operation in _NAME_OTHERS:
            number, unit_id = mate.tracking_number, wanted.place.locker_unit_id
            raise InDoubtError("unit_in_use", tracking_number=number, locker_unit_id=unit_id)
