"""Locker units as the file holds them: reading them, writing them as the API shows them, emptying them.

What an operation may do with a unit is decided in `reservations.py` and `deposits.py`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SIZES = ("small", "medium", "large", "mlarge")


@dataclass(frozen=True)
class Parcel:
    """One tracking number inside a unit."""

    tracking_number: str
    secondary_number: str | None = None
    deposited: bool = False

    def to_json(self) -> dict[str, Any]:
        """Write it as the API's lists do."""
        shown = {"trackingNumber": self.tracking_number}
        return shown if self.secondary_number is None else shown | {"secondaryTrackingNumber": self.secondary_number}


@dataclass(frozen=True)
class Unit:
    """One door. It is reserved while it has a contact, and occupied while a parcel in it is deposited."""

    bank_id: str
    unit_id: str
    size: str
    accessible: bool
    in_service: bool
    contact_id: str | None
    contact_type: str | None
    contact_name: str | None
    user_id: str | None
    reservation_time: str | None
    reservation_expiry: str | None
    deposit_time: str | None
    deposit_expiry: str | None
    pickup_code: str | None
    parcels: tuple[Parcel, ...]

    @property
    def reserved(self) -> bool:
        """Tell whether somebody holds it."""
        return self.contact_id is not None

    @property
    def deposited(self) -> tuple[Parcel, ...]:
        """The parcels that lie in it."""
        return tuple(parcel for parcel in self.parcels if parcel.deposited)

    def to_json(self, only: str | None = None) -> dict[str, Any]:
        """Write it as the API's LockerUnit, without a pickup code; with `only`, the lists hold no other number."""
        optional = {
            "contactId": self.contact_id,
            "contactType": self.contact_type,
            "contactName": self.contact_name,
            "reservationTime": self.reservation_time,
            "reservationExpiryTime": self.reservation_expiry,
            "depositTime": self.deposit_time,
            "depositExpiryTime": self.deposit_expiry,
        }
        return {
            "lockerBankId": self.bank_id,
            "lockerUnitId": self.unit_id,
            "size": self.size,
            "accessible": self.accessible,
            "unitInService": self.in_service,
            "unitReserved": self.reserved,
            "unitOccupied": bool(self.deposited),
            "parcelsReserved": parcel_list(self.parcels, only),
            "parcelsDeposited": parcel_list(self.deposited, only),
            **{name: value for name, value in optional.items() if value is not None},
        }


def parcel_list(parcels: Sequence[Parcel], only: str | None = None) -> list[dict[str, Any]]:
    """Write parcels as the API's list; with `only`, no other tracking number."""
    return [parcel.to_json() for parcel in parcels if only in (None, parcel.tracking_number)]


def read_units(db: sqlite3.Connection, bank_id: str, unit_id: str | None = None) -> list[Unit]:
    """Return the bank's units in their order, or the one asked for."""
    which = {"bank": bank_id, "unit": unit_id}
    parcels: dict[str, list[Parcel]] = defaultdict(list)
    for row in db.execute(
        "SELECT * FROM parcels WHERE bank_id = :bank AND unit_id = coalesce(:unit, unit_id) ORDER BY parcel_id", which
    ):
        parcels[row["unit_id"]].append(Parcel(row["tracking_number"], row["secondary_number"], bool(row["deposited"])))
    rows = db.execute(
        "SELECT units.*, contact_type, name AS contact_name FROM units LEFT JOIN contacts USING (contact_id)"
        " WHERE bank_id = :bank AND unit_id = coalesce(:unit, unit_id) ORDER BY position",
        which,
    )
    return [_unit(row, tuple(parcels[row["unit_id"]])) for row in rows]


def _unit(row: sqlite3.Row, parcels: tuple[Parcel, ...]) -> Unit:
    return Unit(
        bank_id=row["bank_id"],
        unit_id=row["unit_id"],
        size=row["size"],
        accessible=bool(row["accessible"]),
        in_service=bool(row["in_service"]),
        contact_id=row["contact_id"],
        contact_type=row["contact_type"],
        contact_name=row["contact_name"],
        user_id=row["user_id"],
        reservation_time=row["reservation_time"],
        reservation_expiry=row["reservation_expiry"],
        deposit_time=row["deposit_time"],
        deposit_expiry=row["deposit_expiry"],
        pickup_code=row["pickup_code"],
        parcels=parcels,
    )


def holder_of(db: sqlite3.Connection, bank_id: str, tracking_number: str) -> str | None:
    """Return the id of the unit in this bank that holds the tracking number."""
    row = db.execute(
        "SELECT unit_id FROM parcels WHERE bank_id = ? AND tracking_number = ?", (bank_id, tracking_number)
    ).fetchone()
    return row["unit_id"] if row else None


def hold(db: sqlite3.Connection, bank_id: str, unit_id: str, parcel: Parcel) -> None:
    """Reserve the unit for one more parcel; of one already in it only a new secondary number is taken over."""
    db.execute(
        "INSERT INTO parcels (bank_id, unit_id, tracking_number, secondary_number) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (bank_id, tracking_number)"
        " DO UPDATE SET secondary_number = coalesce(excluded.secondary_number, secondary_number)",
        (bank_id, unit_id, parcel.tracking_number, parcel.secondary_number),
    )


def empty(db: sqlite3.Connection, bank_id: str, unit_id: str) -> None:
    """End everything about a unit: it is free."""
    db.execute("DELETE FROM parcels WHERE bank_id = ? AND unit_id = ?", (bank_id, unit_id))
    db.execute(
        "UPDATE units SET contact_id = NULL, user_id = NULL, reservation_time = NULL, reservation_expiry = NULL,"
        " deposit_time = NULL, deposit_expiry = NULL, pickup_code = NULL WHERE bank_id = ? AND unit_id = ?",
        (bank_id, unit_id),
    )
