"""Proves what the centre keeps, and believes nothing of it: chains, heads, signatures and roots, each by the others.

Through a console's login, so of the chains only those of its sites. What can't be proved: `docs/fleet.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from kiosk.errors import FleetError
from kiosk.fleet.centre import Centre
from kiosk.fleet.chains import FIRST, Branch, Chain, Place, chain_of
from kiosk.fleet.witness import root_made_of
from kiosk.parcels.desk_events import HeadsWitnessed
from kiosk.parcels.records import Head


class OwnRecord(NamedTuple):
    """What this desk itself has kept of the centre."""

    witnessed: tuple[HeadsWitnessed, ...]
    head: Head
    """The last one that the centre countersigned for it."""
    signature: str
    """By that; empty where it never did."""


class Proof(NamedTuple):
    """What was looked at, and all that differs."""

    days: int
    desks: int
    events: int
    differences: tuple[FleetError, ...]


async def heads_of(centre: Centre, day: date) -> tuple[Head, ...]:
    """Return the last heads that all desks had on a day, as a console may read them; raises FleetError."""
    rows = await centre.rows(
        "SELECT desk, sequence, hash FROM fleet.heads_of_days WHERE day = %s ORDER BY desk", (day,)
    )
    return tuple(Head(**row) for row in rows)


async def verify(centre: Centre, own: OwnRecord | None) -> Proof:
    """Prove all that a console can read, and compare it with what this desk has kept; raises FleetError."""
    proving = _Proving(centre)
    await proving.read_names()
    await proving.days()
    await proving.chains()
    if own is not None:
        if own.signature:
            await proving.countersigned(own.head, own.signature)
        for each in own.witnessed:
            proving.compare(each, own.head.desk)
    return Proof(len(proving.made), len(proving.names), proving.events, tuple(proving.differences))


class _Proving:
    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self.made: dict[date, str] = {}
        """The root of each day, made of the heads that are there."""
        self.names: dict[str, str] = {}
        self.events = 0
        self.differences: list[FleetError] = []

    async def read_names(self) -> None:
        """Find the desks whose chains this console may read."""
        rows = await self._centre.rows("SELECT desk, name FROM fleet.desks ORDER BY site, name, desk")
        self.names = {row["desk"]: row["name"] for row in rows}

    async def days(self) -> None:
        """Make the root of each day from its heads, and ask the centre whether it countersigned these."""
        for row in await self._centre.rows(
            "SELECT day, root, desks FROM fleet.roots FULL JOIN (SELECT DISTINCT day FROM fleet.heads_of_days) AS told"
            " USING (day) ORDER BY day"
        ):
            heads = await self._centre.rows(
                "SELECT desk, sequence, hash, fleet.is_signed(desk, sequence, hash, signature) AS signed"
                " FROM fleet.heads_of_days WHERE day = %s",
                (row["day"],),
            )
            self._unsigned(heads)
            if row["root"] is None:  # it is not over, or no desk has asked yet
                continue
            made = root_made_of(Head(each["desk"], each["sequence"], each["hash"]) for each in heads)
            self.made[row["day"]] = made
            if (made, len(heads)) != (row["root"], row["desks"]):
                self._differs("fleet_root_differs", day=row["day"].isoformat())

    async def countersigned(self, head: Head, signature: str) -> None:
        """Ask the centre whether it still stands by a head that it countersigned for this desk."""
        (answer,) = await self._centre.rows(
            "SELECT fleet.is_signed(%(desk)s, %(sequence)s, %(hash)s, %(signature)s) AS signed,"
            " (SELECT count(*) FROM fleet.desks WHERE desk = %(desk)s) AS seen,"
            " (SELECT count(*) FROM fleet.events"
            " WHERE desk = %(desk)s AND sequence = %(sequence)s AND hash = %(hash)s) AS there",
            {**head._asdict(), "signature": signature},
        )
        if not answer["signed"]:
            self._differs("fleet_signature_of_others", event=head.sequence)
        elif answer["seen"] and not answer["there"]:
            self._differs("fleet_event_lost", event=head.sequence)

    async def chains(self) -> None:
        """Recompute the chain of each desk, and look for its heads and for the roots in it."""
        for desk in self.names:
            branches = await self._centre.rows(
                "SELECT branch AS number, parent, begins_after FROM fleet.branches WHERE desk = %s ORDER BY branch",
                (desk,),
            )
            heads = await self._centre.rows(
                "SELECT branch, sequence, hash FROM fleet.heads_of_days WHERE desk = %s"
                " UNION SELECT branch, sequence, hash FROM fleet.heads WHERE desk = %s ORDER BY branch, sequence",
                (desk, desk),
            )
            newest = await self._centre.rows(
                "SELECT desk, sequence, fleet.is_signed(desk, sequence, hash, signature) AS signed FROM fleet.heads"
                " WHERE desk = %s AND sequence > 0",
                (desk,),
            )
            self._unsigned(newest)
            places = [((row["branch"], row["sequence"]), row["hash"]) for row in heads]
            chain = await chain_of(
                self._centre,
                desk,
                (FIRST, *(Branch(**row) for row in branches)),
                frozenset(place for place, _ in places),
            )
            self.events += chain.events
            self._judge(desk, chain, places)

    def compare(self, witnessed: HeadsWitnessed, desk: str) -> None:
        """Compare the root of a day with what a desk's chain says of it."""
        if self.made.get(witnessed.day) != witnessed.root:
            self._differs("fleet_root_not_as_witnessed", day=witnessed.day.isoformat(), desk=self._name(desk))

    def _judge(self, desk: str, chain: Chain, heads: Sequence[tuple[Place, str]]) -> None:
        if chain.broken_at is not None:
            self._differs("fleet_chain_differs", desk=self._name(desk), event=chain.broken_at)
            return
        for place, hash_ in heads:
            if chain.known.get(place) != hash_:
                self._differs("fleet_head_not_in_chain", desk=self._name(desk), event=place[1])
        for each in chain.witnessed:
            self.compare(each, desk)

    def _unsigned(self, heads: Iterable[Mapping[str, Any]]) -> None:
        for each in heads:
            if not each["signed"]:
                self._differs("fleet_head_unsigned", desk=self._name(each["desk"]), event=each["sequence"])

    def _name(self, desk: str) -> str:
        return f"{self.names[desk]} ({desk})" if desk in self.names else desk

    def _differs(self, code: str, **parameters: str | int) -> None:
        self.differences.append(FleetError(code, **parameters))
