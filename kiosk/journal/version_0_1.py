"""Reads what version 0.1 wrote, an export or a file, and says each of its events under the code it has now.

Version 0.1 stored class names, and English words as values. Its chain of hashes is proved before anything is taken
over; the events then get a chain of their own, and the old one's end is kept in a JournalImported event.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from kiosk.journal.chain import GENESIS, Personal, Row, canonical, linked, split
from kiosk.parcels.desk_events import JournalImported
from kiosk.parcels.registry import CODES, EVENTS

VERSION = "0.1"

_TYPES: Final = {
    "ParcelHeld": "parcel_put_on_shelf",
    "ParcelResumed": "parcel_taken_off_shelf",
    "RepairAsked": "correction_asked",
}
"""Class names of then whose code is not simply the same words."""

_BEFORE_A_WORD: Final = re.compile(r"(?<!^)(?=[A-Z])")

_VALUES: Final[dict[tuple[str, str], dict[str, str]]] = {
    ("*", "question"): {
        "two carriers fit": "two_carriers",
        "check digit wrong": "check_digit",
        "no carrier fits": "no_carrier",
        "only a guess": "guess",
        "may be something else": "look_alike",
        "damaged on the way": "damaged",
        "number to write on the box": "to_write",
    },
    ("ParcelHeld", "reason"): {
        "no network": "no_network",
        "no locker free": "no_unit",
        "recipient unknown": "unknown_recipient",
        "put aside": "put_aside",
    },
    ("UnitReported", "problem"): {"did not open": "did_not_open", "too small": "too_small"},
    ("RepairAsked", "repair"): {
        "free": "take_out",
        "free second": "free_second_unit",
        "new code": "renew_code",
        "see code": "view_code",
        "close": "close_finding",
        "release": "take_off_shelf",
    },
}
"""Words of then and the codes they are now, by event and field."""

_FINDINGS: Final = {
    "holds two lockers": "two_units",
    "number held by somebody else": "unit_of_somebody_else",
    "refused after it was in": "refused_late",
}

_AS_TOLD: Final = "as_told"
"""The code of a cause of which only the sentence is known."""


class ChainBrokenError(Exception):
    """The old chain does not hold; `sequence` is its first bad event."""

    def __init__(self, sequence: int) -> None:
        super().__init__(sequence)
        self.sequence = sequence


class OldEvent(NamedTuple):
    """One event as version 0.1 stored it."""

    sequence: int
    at: str
    kiosk: str
    actor: str
    parcel_id: str | None
    type: str
    body: str
    previous: str
    hash: str
    salt: str | None
    personal: str | None

    def holds_after(self, previous: str) -> bool:
        """Tell whether the event is as it was written, and follows that hash."""
        content = json.dumps([*self[:8]], ensure_ascii=True, separators=(",", ":"))
        is_whole = self.previous == previous and self.hash == _digest(content)
        if self.personal is None:
            return is_whole
        return is_whole and json.loads(self.body).get("personal") == _digest((self.salt or "") + self.personal)


def is_of_then(fields: dict[str, Any]) -> bool:
    """Tell whether a line of an export was written by version 0.1."""
    return "actor" in fields and "desk" not in fields


def read_line(fields: dict[str, Any]) -> OldEvent:
    """Read a line of an export; raises KeyError or TypeError for one that is none."""
    kept = fields["personal"]
    return OldEvent(
        sequence=fields["sequence"],
        at=fields["at"],
        kiosk=fields["kiosk"],
        actor=fields["actor"],
        parcel_id=fields["parcelId"],
        type=fields["type"],
        body=canonical(fields["body"]),
        previous=fields["previous"],
        hash=fields["hash"],
        salt=fields["salt"],
        personal=None if kept is None else canonical(kept),
    )


def read_file(database: sqlite3.Connection) -> list[OldEvent]:
    """Read every event of a journal with the tables of then."""
    return [
        OldEvent(*row)
        for row in database.execute(
            "SELECT events.*, salt, personal.body FROM events LEFT JOIN personal USING (sequence) ORDER BY sequence"
        )
    ]


def under_codes(old: Iterable[OldEvent], desk: str, now: str) -> Iterator[tuple[Row, Personal | None]]:
    """Say each event under its code, in a chain of the desk, and at last that they were brought in.

    Raises ChainBrokenError where the old chain does not hold, KeyError for an event that version 0.1 did not know.
    """
    before, kiosk, count, previous = GENESIS, "", 0, GENESIS
    for event in old:
        if event.sequence != count + 1 or not event.holds_after(before):
            raise ChainBrokenError(count + 1)
        count, before, kiosk = event.sequence, event.hash, event.kiosk
        body = canonical(_body(event.type, json.loads(event.body)))
        stamp = (desk, count, event.at, event.kiosk, event.actor, event.parcel_id)
        row = linked(Row(*stamp, type=_code(event.type), body=body, previous="", hash=""), previous)
        previous = row.hash
        # Their digest, which the body keeps, covers the text of then: not a character of it may change.
        personal = Personal(event.salt or "", event.personal) if event.personal is not None else None
        yield row, personal
    if count:
        told, _ = split(JournalImported(version=VERSION, events=count, head=before))
        stamp = (desk, count + 1, now, kiosk, "kiosk", None)
        yield linked(Row(*stamp, type=CODES[JournalImported], body=told, previous="", hash=""), previous), None


def _code(then: str) -> str:
    code = _TYPES.get(then) or _BEFORE_A_WORD.sub("_", then).lower()
    if code not in EVENTS:
        raise KeyError(then)
    return code


def _body(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """Return an event's public fields as they are now; the digest of the personal ones stays as it is."""
    for name, value in body.items():
        # `reason` is a code in one event and a sentence in another: the event decides, before the field alone.
        words = _VALUES.get((kind, name)) or _VALUES.get(("*", name), {})
        body[name] = words.get(value, value) if isinstance(value, str) else value
    match kind:
        case "WriteDelayed" | "WriteFellInDoubt" | "WriteFailed":
            body["cause"] = _as_told(body.pop("reason"))
        case "AttentionRaised":
            then = body.pop("attention")
            body["item"] = {
                "finding": _FINDINGS[then["cause"]],
                "place": then["place"],
                "cause": _as_told(then["sentence"]),
            }
        case "AttentionClosed":
            body["finding"] = _FINDINGS[body.pop("cause")]
        case "RepairAsked":
            body["step"] = body.pop("repair")
    return body


def _as_told(sentence: str) -> dict[str, Any]:
    return {"code": _AS_TOLD, "parameters": {"text": sentence}}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
