"""Parcels that lie in one unit share its pickup code: what an event about one means for the code and the others.

Decides only; `kiosk/journal/recording.py` records it in the same transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from kiosk.journal import codes, stored
from kiosk.parcels.events import (
    AttentionRaised,
    Event,
    ParcelDeposited,
    ParcelFoundGone,
    PickupCodeExpired,
    PickupCodeHandedOver,
    PickupCodeReplaced,
    UnitFreed,
)
from kiosk.parcels.leaving import ParcelHandedOver
from kiosk.parcels.parcel import AttentionItem, Parcel, UnitPlace
from kiosk.parcels.states import Finding, Operation
from kiosk.parcels.unit_changes import is_another_unit


def in_unit(database: sqlite3.Connection, place: UnitPlace) -> tuple[Parcel, ...]:
    """Return the parcels that this journal has in a unit now, reserved or deposited."""
    rows = database.execute(
        f"SELECT {stored.COLUMNS} FROM parcels WHERE present = 1 AND json_extract(body, '$.place.locker_bank_id') = ?"
        " AND json_extract(body, '$.place.locker_unit_id') = ? ORDER BY rowid",
        (place.locker_bank_id, place.locker_unit_id),
    )
    # One that can't be read keeps nobody from recording what happened to another in the same unit.
    return tuple(parcel for parcel in stored.parcels(rows) if parcel.has_unit)


def mates(database: sqlite3.Connection, parcel_id: str, place: UnitPlace) -> tuple[Parcel, ...]:
    """Return the other parcels in a unit, and those for which something about it is asked and not known yet."""
    rows = database.execute(
        f"SELECT {stored.COLUMNS} FROM parcels WHERE unfinished = 1"
        " AND json_extract(body, '$.open_write.place.locker_bank_id') = ?"
        " AND json_extract(body, '$.open_write.place.locker_unit_id') = ?",
        (place.locker_bank_id, place.locker_unit_id),
    )
    found = {parcel.parcel_id: parcel for parcel in (*in_unit(database, place), *stored.parcels(rows))}
    return tuple(parcel for parcel in found.values() if parcel.parcel_id != parcel_id)


def not_in_unit(database: sqlite3.Connection, place: UnitPlace, numbers: Iterable[str]) -> frozenset[str]:
    """Return which of these numbers are not in a unit (any more), as far as this journal knows them.

    One that is about to be taken out counts as gone.
    """
    staying = {
        parcel.tracking_number
        for parcel in mates(database, "", place)
        if parcel.open_write is None or parcel.open_write.operation is not Operation.FREE
    }
    known = (number for number in numbers if number not in staying)
    told = "SELECT 1 FROM parcels WHERE tracking_number = ?"
    return frozenset(number for number in known if database.execute(told, (number,)).fetchone() is not None)


def consequences(database: sqlite3.Connection, before: Parcel, event: Event) -> list[tuple[str, Event]]:
    """Return what else happens with an event, as parcel id and event each.

    A code that comes with a deposit counts for the whole unit, so an earlier one that waits is worth nothing. Where
    the parcel with the waiting code is taken out or found gone, the code still opens the unit for those that stay, and
    a doubt about that code stays with them too. One that nobody saw in its time, or in whose place a fresh one was
    asked for and none came, or that other desks' parcels are left under, is an item to look into.
    """
    if isinstance(event, ParcelDeposited) and event.code_received:
        return [
            (
                mate.parcel_id,
                PickupCodeReplaced(by_parcel_id=before.parcel_id, intent_id=_intent(database, mate.parcel_id)),
            )
            for mate in _mates(database, before, event.place)
            if mate.code_waiting
        ]
    ends_unseen = isinstance(event, PickupCodeExpired | ParcelDeposited)
    if ends_unseen and before.code_waiting:
        return [(before.parcel_id, AttentionRaised(item=AttentionItem(finding=Finding.CODE_ENDED_UNSEEN)))]
    # Only a code that nobody has seen can be handed over; one that was seen is known to whoever needs it.
    is_out = isinstance(event, UnitFreed | ParcelFoundGone) and not is_another_unit(before, event)
    is_given = isinstance(event, ParcelHandedOver) and before.has_unit
    if (is_out or is_given) and before.place is not None:
        staying = [mate for mate in _mates(database, before, before.place) if _lies_for_the_same(mate, before)]
        is_taken = isinstance(event, UnitFreed | ParcelHandedOver)
        if not staying and is_taken and before.shared and before.code_waiting:
            # It was added to what another desk had put in: that stays, under a code that nobody saw.
            item = AttentionItem(finding=Finding.CODE_ENDED_UNSEEN, place=before.place)
            return [(before.parcel_id, AttentionRaised(item=item))]
        # One is enough: it is one code, and it would otherwise wait to be confirmed once for each parcel.
        return [(mate.parcel_id, each) for mate in staying[:1] for each in _goes_over(database, before)]
    return []


def _goes_over(database: sqlite3.Connection, parcel: Parcel) -> Iterator[Event]:
    """Yield what passes to a parcel that stays: the code that waits, and the doubt whether the unit's code is dead."""
    if parcel.code_waiting:
        yield PickupCodeHandedOver(
            from_parcel_id=parcel.parcel_id,
            deposit_expiry=parcel.deposit_expiry,
            intent_id=_intent(database, parcel.parcel_id),
        )
    for item in parcel.attention:
        if item.finding is Finding.CODE_MAY_BE_DEAD:
            yield AttentionRaised(item=item)


def _intent(database: sqlite3.Connection, parcel_id: str) -> str:
    """Return whose deposit brought the code that waits; a restored journal has the parcel without its code."""
    code = codes.waiting(database, parcel_id)
    return code.intent_id if code is not None else ""


def _lies_for_the_same(mate: Parcel, parcel: Parcel) -> bool:
    """Leave out what lay there before and was collected without our knowing."""
    if mate.contact is None or parcel.contact is None:
        return False
    return mate.is_in_locker and mate.contact.contact_id == parcel.contact.contact_id


def _mates(database: sqlite3.Connection, parcel: Parcel, place: UnitPlace) -> list[Parcel]:
    return [each for each in in_unit(database, place) if each.parcel_id != parcel.parcel_id]
