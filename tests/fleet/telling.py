"""A desk as the centre knows it, told event by event; for tests of whoever looks at the centre."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from kiosk.fleet.centre import Centre
from kiosk.fleet.sealing import new_key, seal
from kiosk.journal.chain import GENESIS, Row, linked, split
from kiosk.parcels.contacts import Contact
from kiosk.parcels.digests import contact_digest
from kiosk.parcels.events import Event
from kiosk.parcels.registry import CODES
from tests.fleet.centres import NewCentre

BANKS = [{"lockerBankId": "AOne", "label": "Lobby", "units": 40, "free": 12}]


class TellingDesk:
    """A desk that has joined, and ships what a test says."""

    def __init__(self, desk: str, centre: Centre) -> None:
        self.desk = desk
        self.centre = centre
        self.sequence, self.hash = 0, GENESIS

    async def meet(self, *, ahead: timedelta = timedelta(0), told: int | None = None) -> dict[str, Any]:
        """Come, with a clock that is ahead."""
        head = json.dumps({"sequence": self.sequence if told is None else told, "hash": self.hash})
        now = (datetime.now(UTC) + ahead).isoformat()
        return dict(await self.centre.call("meet", self.desk, 1, "0.2", head, now, json.dumps(BANKS)))

    async def tell(
        self,
        event: Event,
        at: datetime,
        parcel_id: str | None = None,
        parcel: dict[str, Any] | None = None,
        *,
        person: str = "Maria",
        parked: str | None = None,
    ) -> dict[str, Any]:
        """Ship one event, and how its parcel stands."""
        body, _personal = split(event)
        self.sequence += 1
        kind = CODES[type(event)]
        row = Row(self.desk, self.sequence, at.isoformat(), "Mailroom", person, parcel_id, kind, body, "", "")
        row = linked(row, self.hash)
        record = json.dumps([*row[:-1]], ensure_ascii=True, separators=(",", ":"))
        assert hashlib.sha256(record.encode()).hexdigest() == row.hash
        self.hash = row.hash
        told = {
            "sequence": self.sequence,
            "record": record,
            "hash": row.hash,
            "contact": None,
            "month": None,
            "sealed": None,
            "parked": parked,
        }
        parcels = [self._standing(parcel_id, at, **parcel)] if parcel is not None else []
        answer = dict(await self.centre.call("ship", self.desk, json.dumps([told]), json.dumps(parcels)))
        await self.centre.call("hint", self.desk)
        return answer

    async def sealed(self, contact: Contact, at: datetime) -> dict[str, Any]:
        """Return the fields of a parcel that tell for whom it is, as of the event that comes next."""
        digest, month = contact_digest(contact.contact_id), f"{at:%Y-%m}"
        keys = await self.centre.call("contact_keys", json.dumps([[digest, month, new_key()]]))
        text = seal(keys[0][2], self.desk, self.sequence + 1, contact.model_dump_json())
        return {"contact": digest, "month": month, "sealed": text}

    def _standing(self, parcel_id: str | None, at: datetime, number: str, **fields: Any) -> dict[str, Any]:
        return {
            "parcel_id": parcel_id,
            "sequence": self.sequence,
            "tracking_number": number,
            "state": "taken_in",
            "present": True,
            "in_doubt": False,
            "findings": [],
            "contact": None,
            "month": None,
            "sealed": None,
            "bank": None,
            "unit": None,
            "size": None,
            "shelf": None,
            "since": at.isoformat(),
            "taken_in_at": at.isoformat(),
            "expiry": None,
            "numbers": [number],
            **fields,
        }


async def joined(centre: NewCentre, desk: str, site: str, name: str, *, ahead: timedelta = timedelta(0)) -> TellingDesk:
    """Let a desk join and come."""
    telling = TellingDesk(desk, centre.centre(await centre.join(desk, site, name)))
    assert (await telling.meet(ahead=ahead))["outcome"] == "fits"
    return telling
