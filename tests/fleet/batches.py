"""Events as a desk sends them, made here without a desk; and what a desk says of itself first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from kiosk.fleet.centre import Centre
from kiosk.journal.chain import GENESIS

Event = dict[str, Any]


class Chain:
    """The journal of a desk, as far as the centre can see it."""

    def __init__(self, desk: str) -> None:
        self.desk = desk
        self.sequence, self.hash = 0, GENESIS

    @property
    def head(self) -> str:
        """Return its end, as `fleet.meet` takes it."""
        return json.dumps({"sequence": self.sequence, "hash": self.hash})

    def events(self, count: int, *, person: str = "clerk") -> list[Event]:
        """Go on by some events, and return them."""
        return [self._next(person) for _ in range(count)]

    def _next(self, person: str) -> Event:
        self.sequence += 1
        fields = [self.desk, self.sequence, "2026-11-26T06:20:41.516+00:00", "Mailroom", person, f"p{self.sequence}"]
        record = json.dumps([*fields, "parcel_taken_in", "{}", self.hash], separators=(",", ":"), ensure_ascii=False)
        self.hash = hashlib.sha256(record.encode()).hexdigest()
        return {"sequence": self.sequence, "record": record, "hash": self.hash}


async def meet(centre: Centre, chain: Chain, *, protocol: int = 1, now: str = "2026-11-26T06:20:42Z") -> Any:
    """Return what the centre answers when a desk says who it is."""
    return await centre.call("meet", chain.desk, protocol, "0.2", chain.head, now, "[]")


async def ship(centre: Centre, desk: str, events: list[Event], parcels: list[Mapping[str, Any]] | None = None) -> Any:
    """Return what the centre answers to a batch."""
    return await centre.call("ship", desk, json.dumps(events), json.dumps(parcels or []))
