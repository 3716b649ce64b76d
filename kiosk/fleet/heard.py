"""What a page of news says, read with the same distrust as any answer: what is absurd is absent, and ends nothing."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import Field, ValidationError

from kiosk.errors import FleetError
from kiosk.fleet.other_desks import Told, UnitReport
from kiosk.fleet.sealing import opened
from kiosk.parcels.base import LONGEST_TEXT, Answer, Timestamp
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.other_desks import OtherParcel
from kiosk.parcels.parcel import UnitPlace
from kiosk.parcels.states import ParcelState, UnitProblem
from kiosk.plain_text import plain

MOST_NUMBERS: Final = 100
"""Of one parcel; no box bears more barcodes."""
MOST_AT_ONCE: Final = 100_000
"""Reports or forgotten people in one answer."""
LONGEST_SEALED: Final = 20_000
"""Characters of a sealed contact."""

_log = logging.getLogger(__name__)
AnswerT = TypeVar("AnswerT", bound=Answer)


class _Row(Answer):
    """A parcel as the centre tells of it."""

    desk: str = Field(min_length=1)
    parcel_id: str = Field(min_length=1)
    sequence: int = 0
    desk_name: str = ""
    site: str = ""
    tracking_number: str = Field(min_length=1)
    numbers: tuple[str, ...] = ()
    state: ParcelState
    present: bool
    in_doubt: bool = False
    bank: str | None = None
    unit: str | None = None
    size: str | None = None
    shelf: str | None = None
    since: Timestamp
    taken_in_at: Timestamp
    expiry: Timestamp = None


class _Report(Answer):
    desk: str = Field(min_length=1)
    bank: str = Field(min_length=1)
    unit: str = Field(min_length=1)
    problem: UnitProblem | None = None
    at: Timestamp


class _Forgotten(Answer):
    contact: str = Field(pattern="^[0-9a-f]{64}$")
    at: Timestamp


def told_by(answer: Mapping[str, Any]) -> Told:
    """Return what a page says, as far as it can be read."""
    parcels: list[OtherParcel] = []
    gone: list[tuple[str, str]] = []
    for raw in _listed(answer, "parcels"):
        parcel = _parcel(raw)
        if parcel is not None:
            parcels.append(parcel)
        elif isinstance(raw, dict):
            # Nor is what was heard of it before true any more.
            gone.append((str(raw.get("desk")), str(raw.get("parcel_id"))))
    reports = (_read(_Report, raw) for raw in _listed(answer, "reports"))
    forgotten = (_read(_Forgotten, raw) for raw in _listed(answer, "forgotten"))
    return Told(
        parcels=tuple(parcels),
        gone=tuple(gone),
        reports=tuple(
            UnitReport(desk=each.desk, bank=each.bank, unit=each.unit, problem=each.problem, at=each.at)
            for each in reports
            if each is not None and each.at is not None
        ),
        forgotten=tuple((each.contact, each.at) for each in forgotten if each is not None and each.at is not None),
    )


def _parcel(raw: Any) -> OtherParcel | None:
    """Return a parcel that is at another desk; None for one that is not any more, or that can't be read."""
    row = _read(_Row, raw)
    if row is None or row.since is None or row.taken_in_at is None or not row.present:
        return None
    numbers = [number for number in row.numbers if len(number) <= LONGEST_TEXT]
    parcel = OtherParcel(
        desk=row.desk,
        desk_name=plain(row.desk_name) or row.desk,
        site=plain(row.site),
        parcel_id=row.parcel_id,
        tracking_number=row.tracking_number,
        numbers=tuple(dict.fromkeys((row.tracking_number, *numbers[:MOST_NUMBERS]))),
        state=row.state,
        contact=_contact(raw, row),
        place=_place(row),
        shelf=plain(row.shelf) if row.shelf else None,
        since=row.since,
        taken_in_at=row.taken_in_at,
        expiry=row.expiry,
        in_doubt=row.in_doubt,
    )
    # What is over with something left to look into is still present at its own desk; one that has no unit keeps none.
    if parcel.is_gone:
        return None
    return parcel if parcel.has_unit else parcel.model_copy(update={"place": None})


def _place(row: _Row) -> UnitPlace | None:
    """Return the unit that is told of."""
    if not row.bank or not row.unit:
        return None
    return UnitPlace(locker_bank_id=row.bank, locker_unit_id=row.unit, size=LockerSize(row.size) if row.size else None)


def _contact(raw: Mapping[str, Any], row: _Row) -> Contact | None:
    """Return for whom it is, where the key came along and fits."""
    key, sealed = raw.get("key"), raw.get("sealed")
    if not isinstance(key, str) or not isinstance(sealed, str) or len(sealed) > LONGEST_SEALED:
        return None
    try:
        contact = Contact.model_validate(json.loads(opened(key, row.desk, row.sequence, sealed)))
    except (FleetError, ValueError) as error:
        _log.warning("contact of %s at %s: %s", row.parcel_id, row.desk, type(error).__name__)
        return None
    is_one = max(map(len, (contact.contact_id, contact.name, contact.department, contact.room))) <= LONGEST_TEXT
    return contact if is_one else None


def _read(kind: type[AnswerT], raw: Any) -> AnswerT | None:
    try:
        return kind.model_validate(raw)
    except ValidationError:
        return None


def _listed(answer: Mapping[str, Any], name: str) -> list[Any]:
    found = answer.get(name)
    return found[:MOST_AT_ONCE] if isinstance(found, list) else []
