"""How a desk's events are chained: each row's hash covers its content and the hash before it. No database here."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any, NamedTuple

from kiosk.parcels.events import Event

GENESIS = "0" * 64


class Row(NamedTuple):
    """One event as it is stored."""

    desk: str
    sequence: int
    at: str
    kiosk: str
    """The desk's name when it happened; the desk itself is known by its id."""
    person: str
    parcel_id: str | None
    type: str
    body: str
    previous: str
    hash: str

    def record(self) -> str:
        """Return the text that the hash is of."""
        return json.dumps([*self[:-1]], ensure_ascii=True, separators=(",", ":"))

    def expected_hash(self) -> str:
        """Return the hash that this row must have."""
        return _digest(self.record())


class Personal(NamedTuple):
    """The fields of one event that may be forgotten, and the salt that keeps their digest from being guessed."""

    salt: str
    body: str

    def digest(self) -> str:
        """Return what the event's public body holds in their place."""
        return _digest(self.salt + self.body)

    def is_of(self, row: Row) -> bool:
        """Tell whether they are as the event's public body says."""
        try:
            return bool(fields_of(row.body).get("personal") == self.digest())
        except ValueError:
            return False


def linked(row: Row, previous: str) -> Row:
    """Return the row with its place in the chain."""
    row = row._replace(previous=previous)
    return row._replace(hash=row.expected_hash())


def split(event: Event) -> tuple[str, Personal | None]:
    """Return the event's public body, and its personal fields where it has any."""
    fields = event.model_dump(mode="json", by_alias=True)
    # What is None already stays public: a digest of nothing would look like something that can be forgotten.
    private = {name: fields.pop(name) for name in sorted(event.personal) if fields.get(name) is not None}
    if not private:
        return canonical(fields), None
    personal = Personal(salt=secrets.token_hex(16), body=canonical(private))
    return canonical({**fields, "personal": personal.digest()}), personal


def as_stored(event: Event) -> Event:
    """Return the event as it will be read back: what it does to a parcel must follow from what is stored of it."""
    return join(type(event), *split(event))


def join(event_type: type[Event], body: str, personal: Personal | None) -> Event:
    """Read an event back; personal fields that were forgotten are None. Raises ValueError."""
    fields = fields_of(body)
    fields.pop("personal", None)
    known = fields_of(personal.body) if personal else {}
    # Personal fields have no default, so that each is given: as None, unless it is still known.
    return event_type.model_validate({**fields, **dict.fromkeys(event_type.personal), **known})


def fields_of(body: str) -> dict[str, Any]:
    """Read the fields of an event as they are stored; raises ValueError."""
    # str: in a damaged file a column may hold what its type forbids.
    match json.loads(str(body)):
        case dict() as fields:
            return fields
        case _:
            raise ValueError("fields")


def canonical(fields: dict[str, Any]) -> str:
    """Write fields in the one form that hashes are made of."""
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":"), sort_keys=True)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
