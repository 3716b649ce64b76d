"""Whether the centre has what a desk has: every event once, in one chain, and parcels that say the same."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from itertools import pairwise
from typing import Any

from kiosk.fleet.sealing import opened
from kiosk.journal.chain import GENESIS, Personal, Row, join
from kiosk.journal.projection import after
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.registry import EVENTS
from tests.fleet.centres import NewCentre
from tests.fleet.desks import JoinedDesk, at_centre, parcels_at_centre


async def differences(desk: JoinedDesk, centre: NewCentre) -> list[str]:
    """Return what is not the same; nothing where all is well."""
    head = await desk.head()
    stored = at_centre(centre, "SELECT * FROM fleet.events WHERE desk = %s ORDER BY sequence", head.desk)
    own = [told.row for batch in await desk.batches() for told in batch.events]
    found: list[str] = []
    if [(row["sequence"], row["record"], row["hash"]) for row in stored] != [
        (row.sequence, row.record(), row.hash) for row in own
    ]:
        numbers = [row["sequence"] for row in stored]
        found.append(
            f"{len(stored)} events of {head.sequence}, gaps after {[a for a, b in pairwise(numbers) if b != a + 1]}"
        )
    found += chain_problems(stored)
    if await desk.parcels() != parcels_at_centre(centre, head.desk):
        found.append("the projection differs")
    named = {each.parcel.parcel_id: each.parcel for batch in await desk.batches() for each in batch.parcels}
    if replayed(centre, stored, with_names=True) != named:
        found.append("a replay of what is at the centre differs")
    nameless = {key: _nameless(parcel) for key, parcel in named.items()}
    if replayed(centre, stored, with_names=False) != nameless:
        found.append("a replay without keys differs")
    return found


def chain_problems(stored: list[dict[str, Any]]) -> list[str]:
    """Prove a chain by what the centre has alone."""
    before, found = GENESIS, []
    for row in stored:
        if hashlib.sha256(row["record"].encode()).hexdigest() != row["hash"]:
            found.append(f"event {row['sequence']} does not make its hash")
        if json.loads(row["record"])[-1] != before:
            found.append(f"event {row['sequence']} does not follow")
        before = row["hash"]
    return found


def replayed(centre: NewCentre, stored: list[dict[str, Any]], *, with_names: bool) -> dict[str, Parcel]:
    """Return the parcels as the events at the centre make them."""
    keys = {(row["contact"], row["month"]): row["key"] for row in at_centre(centre, "SELECT * FROM fleet.contact_keys")}
    parcels: dict[str, Parcel] = {}
    for each in stored:
        row = Row(*[*json.loads(each["record"]), each["hash"]])
        if row.parcel_id is None:
            continue
        personal = None
        if with_names and each["sealed"]:
            text = opened(keys[each["contact"], each["month"]], row.desk, row.sequence, each["sealed"])
            personal = Personal(**json.loads(text))
            assert personal.is_of(row)
        event = join(EVENTS[row.type], row.body, personal)
        at = datetime.fromisoformat(row.at)
        parcels[row.parcel_id] = after(parcels.get(row.parcel_id), event, row.parcel_id, at)
    return parcels


def _nameless(parcel: Parcel) -> Parcel:
    return parcel.model_copy(update={"contact": None, "recipient_read": "", "handed_to": "", "told_to": ""})
