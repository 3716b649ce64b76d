"""The one place where rows of `parcels` are read back.

A row that can't be read ends no list, and no step is taken on it: lists show a parcel that says so, and whoever is
about to record something gets an error.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from kiosk.errors import StorageDamagedError
from kiosk.parcels.parcel import AttentionItem, Parcel
from kiosk.parcels.states import Finding, ParcelState

COLUMNS = "parcels.parcel_id, parcels.tracking_number, parcels.taken_in_at, parcels.body"
"""What a question about parcels asks for first; columns of its own may follow."""

UNKNOWN_TIME = datetime.fromtimestamp(0, UTC)
"""In the place of a time that can't be read."""

_TELLABLE_YEARS = range(1970, 9999)
"""Any that the clock of a desk may have shown, but the edges of the calendar."""

_log = logging.getLogger(__name__)


def exact(row: tuple[Any, ...]) -> Parcel:
    """Return the parcel of a row; raises StorageDamagedError where it can't be read."""
    try:
        return _read(row)
    except ValueError as error:
        raise StorageDamagedError("parcel_unreadable", parcel_id=str(row[0]), tracking_number=str(row[1])) from error


def parcel(row: tuple[Any, ...]) -> Parcel:
    """Return the parcel of a row, or one that says that the row can't be read.

    That one is in no state in which anything is offered but to look into it.
    """
    try:
        return _read(row)
    except ValueError:
        parcel_id, number, taken_in_at = (str(value) for value in row[:3])
        _log_once(parcel_id)
        return Parcel(
            parcel_id=parcel_id,
            tracking_number=number,
            scanned="",
            taken_in_at=moment(taken_in_at),
            state=ParcelState.CANCELLED,
            attention=(AttentionItem(finding=Finding.ROW_UNREADABLE),),
        )


def parcels(rows: Iterable[tuple[Any, ...]]) -> tuple[Parcel, ...]:
    """Return the parcel of each row."""
    return tuple(map(parcel, rows))


def moment(text: str) -> datetime:
    """Return a time as the tables hold it; UNKNOWN_TIME where it can't be read or can't be told in every zone."""
    try:
        found = datetime.fromisoformat(text)
    except (ValueError, TypeError):  # in a damaged file a column may hold what its type forbids
        return UNKNOWN_TIME
    return _tellable(found)


def _tellable(found: datetime) -> datetime:
    return found if found.tzinfo is not None and found.year in _TELLABLE_YEARS else UNKNOWN_TIME


def _read(row: tuple[Any, ...]) -> Parcel:
    found = Parcel.model_validate_json(row[3])
    if found.parcel_id != row[0]:
        raise ValueError("parcel_id")
    told = _tellable(found.taken_in_at)
    return found if told == found.taken_in_at else found.model_copy(update={"taken_in_at": told})


@cache
def _log_once(parcel_id: str) -> None:
    """Log a row once; lists are read every few seconds."""
    _log.error("parcel_unreadable: %s", parcel_id)
