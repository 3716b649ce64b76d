"""Recomputes a desk's chain at the centre from its first event on, through every branch. Believes nothing of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from kiosk.fleet.centre import Centre
from kiosk.journal.chain import GENESIS, fields_of
from kiosk.parcels.desk_events import HeadsWitnessed
from kiosk.parcels.registry import CODES

_AT_ONCE: Final = 5_000
"""Events that are read at once."""

Place: TypeAlias = tuple[int, int]
"""Where an event stands: its branch and its sequence."""


class Branch(NamedTuple):
    """A part of a chain that goes on behind an event of another one; the first one behind nothing."""

    number: int
    parent: int
    begins_after: int


FIRST: Final = Branch(1, 1, 0)


class Chain(NamedTuple):
    """What a desk's chain was found to be."""

    events: int
    broken_at: int | None
    """The first event that is not what the one before it, or its own hash, asks for."""
    known: Mapping[Place, str]
    """The hashes at the places that were asked for, as far as the chain holds."""
    witnessed: tuple[HeadsWitnessed, ...]
    """The roots of all heads that the desk wrote into it."""


async def chain_of(centre: Centre, desk: str, branches: tuple[Branch, ...], asked: frozenset[Place]) -> Chain:
    """Recompute a chain; raises FleetError."""
    wanted = asked | {(each.parent, each.begins_after) for each in branches}
    known: dict[Place, str] = {(FIRST.number, 0): GENESIS}
    witnessed: list[HeadsWitnessed] = []
    events = 0
    for branch in branches:
        previous = known.get((branch.parent, branch.begins_after), "")
        known[branch.number, branch.begins_after] = previous
        sequence = branch.begins_after
        async for event in _events(centre, desk, branch):
            sequence += 1
            if not _follows(event, desk, sequence, previous):
                return Chain(events, sequence, known, tuple(witnessed))
            previous = event["hash"]
            events += 1
            if (branch.number, sequence) in wanted:
                known[branch.number, sequence] = previous
            witnessed += _told_in(event["record"])
    return Chain(events, None, known, tuple(witnessed))


async def _events(centre: Centre, desk: str, branch: Branch) -> AsyncIterator[dict[str, Any]]:
    # Not from `begins_after` on: an event that somebody slipped in before it must be found, too.
    after = -1
    while rows := await centre.rows(
        "SELECT sequence, record, hash FROM fleet.events WHERE desk = %s AND branch = %s AND sequence > %s"
        " ORDER BY sequence LIMIT %s",
        (desk, branch.number, after, _AT_ONCE),
    ):
        for row in rows:
            yield row
        after = rows[-1]["sequence"]


def _follows(event: Mapping[str, Any], desk: str, sequence: int, previous: str) -> bool:
    record: str = event["record"]
    return (
        event["sequence"] == sequence
        and record.startswith(f'["{desk}",{sequence},')
        and record.endswith(f',"{previous}"]')
        and hashlib.sha256(record.encode()).hexdigest() == event["hash"]
    )


def _told_in(record: str) -> list[HeadsWitnessed]:
    if f'"{CODES[HeadsWitnessed]}"' not in record:
        return []
    try:
        *_, kind, body, _ = json.loads(record)
        return [HeadsWitnessed.model_validate(fields_of(body))] if kind == CODES[HeadsWitnessed] else []
    except ValueError:  # a desk can write what it likes into its own chain
        return []
