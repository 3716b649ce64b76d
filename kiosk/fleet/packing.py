"""A batch as the centre takes it: JSON, with everything personal sealed. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from kiosk.fleet.sealing import seal
from kiosk.journal.chain import canonical
from kiosk.journal.shipping import Batch, Standing, Told
from kiosk.parcels.digests import contact_digest
from kiosk.parcels.parcel import Parcel

KeyName: TypeAlias = tuple[str, str]
"""Whose key it is, as a digest, and of which month."""


def keys_needed(batch: Batch) -> list[KeyName]:
    """Return the keys without which nothing personal of a batch can be sealed."""
    named = {_key_of(told) for told in batch.events} | {_key_of_parcel(standing) for standing in batch.parcels}
    return sorted(name for name in named if name is not None)


def packed(batch: Batch, keys: Mapping[KeyName, str], parked: str | None) -> tuple[str, str]:
    """Return events and parcels as `fleet.ship` takes them; `parked` says why the one event is not to be read there."""
    events = [_event(told, keys, parked) for told in batch.events]
    parcels = [_parcel(standing, batch.events[0].row.desk, keys) for standing in batch.parcels]
    return json.dumps(events), json.dumps(parcels)


def _event(told: Told, keys: Mapping[KeyName, str], parked: str | None) -> dict[str, Any]:
    row = told.row
    text = canonical(told.personal._asdict()) if told.personal else ""
    return {
        "sequence": row.sequence,
        "record": row.record(),
        "hash": row.hash,
        "parked": parked,
        **_sealed(_key_of(told), keys, row.desk, row.sequence, text),
    }


def _parcel(standing: Standing, desk: str, keys: Mapping[KeyName, str]) -> dict[str, Any]:
    parcel = standing.parcel
    text = parcel.contact.model_dump_json(by_alias=True) if parcel.contact else ""
    return {
        "parcel_id": parcel.parcel_id,
        "sequence": standing.sequence,
        "tracking_number": parcel.tracking_number,
        "state": parcel.state.value,
        "present": parcel.present,
        "in_doubt": parcel.is_in_doubt,
        "findings": list(dict.fromkeys(item.finding.value for item in parcel.attention)),
        **_sealed(_key_of_parcel(standing), keys, desk, standing.sequence, text),
        **_whereabouts(parcel),
        "since": standing.since.isoformat(),
        "taken_in_at": parcel.taken_in_at.isoformat(),
        "numbers": standing.numbers,
    }


def _whereabouts(parcel: Parcel) -> dict[str, Any]:
    place = parcel.place
    until = parcel.deposit_expiry if parcel.is_in_locker else parcel.reservation_expiry
    return {
        "bank": place.locker_bank_id if place else None,
        "unit": place.locker_unit_id if place else None,
        "size": place.size if place else None,
        "shelf": parcel.shelf,
        "expiry": until.isoformat() if until else None,
    }


def _sealed(
    name: KeyName | None, keys: Mapping[KeyName, str], desk: str, sequence: int, text: str
) -> dict[str, str | None]:
    if name is None or name not in keys:
        return {"contact": None, "month": None, "sealed": None}
    contact, month = name
    return {"contact": contact, "month": month, "sealed": seal(keys[name], desk, sequence, text)}


def _key_of(told: Told) -> KeyName | None:
    return (told.about, told.row.at[:7]) if told.personal else None


def _key_of_parcel(standing: Standing) -> KeyName | None:
    contact = standing.parcel.contact
    return (contact_digest(contact.contact_id), f"{standing.changed_at:%Y-%m}") if contact else None
