"""What is owed to recipients and to the printer: rows beside the events, in the transaction of whoever calls.

An event owes; what goes out is begun, and is sent, delayed or given up by `notice_store.py`. When something is owed is
a rule of the trade (`kiosk/parcels/notices.py`). A row holds no address and no code; a code that goes with it lies in a
table of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

from pydantic import SecretStr, ValidationError

from kiosk.journal import codes, stored
from kiosk.journal.projection import written
from kiosk.parcels import events as happened
from kiosk.parcels.fold import ENDS_A_CODE
from kiosk.parcels.notices import PRINTED, STAYS_OWED, NoticeRules, Wanted, merged, takes_code, wanted
from kiosk.parcels.parcel import Cause, Parcel, UnitPlace
from kiosk.parcels.pickup_code import PickupCode
from kiosk.parcels.states import Channel, NoticeKind
from kiosk.parcels.unit_changes import is_another_unit

_COLUMNS = (
    "notices.notice_id, notices.contact_id, notices.kind, notices.channel, notices.made_at, notices.due_at,"
    " notices.attempts, notices.message_id, notices.cause"
)

_VOIDS_A_CODE = tuple(each for each in ENDS_A_CODE if each is not happened.PickupCodeSeen)
"""Events after which the code of a parcel opens nothing; one that a clerk has seen still does."""


class Owed(NamedTuple):
    """A notice that has not gone out."""

    notice_id: str
    contact_id: str
    """Whom it tells; empty for a label of a parcel whose recipient is not known."""
    kind: NoticeKind
    channel: Channel
    made_at: datetime
    due_at: datetime
    attempts: int
    message_id: str
    """What all that goes out in one message shares, and every repeat of it; empty until it was begun."""
    cause: Cause | None
    """Why it is not out yet, where it was tried."""
    parcel: Parcel
    code: SecretStr | None = None
    """The pickup code that goes with it; read only to send it."""


def follow(
    database: sqlite3.Connection, before: Parcel, event: happened.Event, after: Parcel, rules: NoticeRules, at: datetime
) -> None:
    """Owe what an event is to be followed by, and owe no longer what it overtakes."""
    if isinstance(event, (*_VOIDS_A_CODE, happened.ParcelDeposited)) and not is_another_unit(before, event):
        _forget_codes(database, "parcel_id = ?", (after.parcel_id,))
    if isinstance(event, happened.ParcelDeposited) and event.code_received:
        _forget_codes_in(database, event.place)
    lies_here = after.is_in_locker or after.is_on_shelf
    if not lies_here or contact_id_of(before) != contact_id_of(after):
        database.execute(
            "DELETE FROM notices WHERE parcel_id = ? AND kind NOT IN (?, ?)", (after.parcel_id, *STAYS_OWED)
        )
    for each in wanted(before, event, after, rules):
        owe(database, after.parcel_id, each, at, timedelta(0) if each.channel is Channel.PAPER else rules.gather)
    if isinstance(event, happened.PickupCodeHandedOver) and (code := codes.waiting(database, after.parcel_id)):
        give_code(database, after.parcel_id, code, rules)


def owe(database: sqlite3.Connection, parcel_id: str, wanted: Wanted, at: datetime, wait: timedelta) -> str:
    """Owe a notice, in the place of one that waits to tell the same contact of the same parcel; return its id."""
    kind, channel, contact_id = wanted
    is_printed = kind in PRINTED
    row = database.execute(
        "SELECT notice_id, kind, attempts, cause FROM notices WHERE parcel_id = ? AND contact_id = ? AND channel = ?"
        " AND (kind = ? OR NOT ?)",
        (parcel_id, contact_id, channel, kind, is_printed),
    ).fetchone()
    attempts, cause = 0, None
    if row is not None:
        kind = kind if is_printed else merged(NoticeKind(row[1]), kind)
        # What was tried of paper may lie in the printer already: that counts for the next one.
        attempts, cause = row[2:] if is_printed else (0, None)
        database.execute("DELETE FROM notices WHERE notice_id = ?", (row[0],))
    # Under an id of its own: the one before may be on its way.
    notice_id = uuid4().hex
    new = (notice_id, parcel_id, contact_id, kind, channel, written(at), written(at + wait), attempts, cause)
    database.execute("INSERT INTO notices VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?)", new)
    return notice_id


def newest(database: sqlite3.Connection) -> str | None:
    """Return the id of the notice that was owed last, of those that still are."""
    row = database.execute("SELECT notice_id FROM notices ORDER BY rowid DESC LIMIT 1").fetchone()
    return str(row[0]) if row else None


def give_code(database: sqlite3.Connection, parcel_id: str, code: PickupCode, rules: NoticeRules) -> None:
    """Let a code that just came go with what is owed about its parcel."""
    rows = database.execute("SELECT notice_id, kind, channel FROM notices WHERE parcel_id = ?", (parcel_id,))
    for notice_id, kind, channel in rows.fetchall():
        if takes_code(NoticeKind(kind), Channel(channel), rules):
            put_code(database, notice_id, code)


def put_code(database: sqlite3.Connection, notice_id: str, code: PickupCode) -> None:
    """Let a code go with one notice."""
    row = (notice_id, code.intent_id, code.secret.get_secret_value())
    database.execute("INSERT OR REPLACE INTO notice_codes VALUES (?, ?, ?)", row)


def read(
    database: sqlite3.Connection, where: str = "1", values: Iterable[str] = (), *, with_codes: bool = False
) -> tuple[Owed, ...]:
    """Return what is owed, the oldest first; a row that can't be read is passed over."""
    code = "notice_codes.code" if with_codes else "NULL"
    rows = database.execute(
        f"SELECT {stored.COLUMNS}, {_COLUMNS}, {code} FROM notices JOIN parcels USING (parcel_id)"
        f" LEFT JOIN notice_codes USING (notice_id) WHERE {where} ORDER BY notices.made_at, notices.rowid",
        tuple(values),
    )
    return tuple(each for each in map(_owed, rows) if each is not None)


def forget_contact(database: sqlite3.Connection, contact_id: str) -> None:
    """Owe a contact nothing any more."""
    database.execute("DELETE FROM notices WHERE contact_id = ?", (contact_id,))


def contact_id_of(parcel: Parcel) -> str:
    """Return for whom a parcel is; empty while that is not known, or not known any more."""
    return parcel.contact.contact_id if parcel.contact is not None else ""


def _owed(row: tuple[object, ...]) -> Owed | None:
    parcel = stored.parcel(row[:4])
    notice_id, contact_id, kind, channel, made_at, due_at, attempts, message_id, cause, code = row[4:]
    try:
        return Owed(
            str(notice_id),
            str(contact_id),
            NoticeKind(str(kind)),
            Channel(str(channel)),
            stored.moment(str(made_at)),
            stored.moment(str(due_at)),
            int(str(attempts)),
            str(message_id),
            Cause.model_validate_json(str(cause)) if cause else None,
            parcel,
            SecretStr(str(code)) if code else None,
        )
    except (ValueError, ValidationError):
        return None


def _forget_codes_in(database: sqlite3.Connection, place: UnitPlace) -> None:
    """Let no older code go out that a further deposit in the unit has ended."""
    _forget_codes(
        database,
        "parcel_id IN (SELECT parcel_id FROM parcels WHERE present = 1"
        " AND json_extract(body, '$.place.locker_bank_id') = ? AND json_extract(body, '$.place.locker_unit_id') = ?)",
        (place.locker_bank_id, place.locker_unit_id),
    )


def _forget_codes(database: sqlite3.Connection, which: str, values: tuple[str, ...]) -> None:
    database.execute(
        f"DELETE FROM notice_codes WHERE notice_id IN (SELECT notice_id FROM notices WHERE {which})", values
    )
