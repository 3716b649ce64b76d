"""A forged event is refused, each time with an alarm, and nothing of its batch is stored."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.fleet.packing import keys_needed, packed
from kiosk.fleet.sealing import new_key
from kiosk.journal.chain import Row, linked
from tests.fleet.centres import NewCentre
from tests.fleet.desks import at_centre, chain_at_centre, joined
from tests.fleet.habits import Habits
from tests.fleet.postgres import needs_postgres
from tests.fleet.proof import differences

pytestmark = needs_postgres

Forge = Callable[[list[Row], int, random.Random], list[Row]]
"""Changes the batch at one place, which is neither its beginning nor its end."""


def _changed(**fields: Any) -> Forge:
    def forge(rows: list[Row], at: int, _: random.Random) -> list[Row]:
        return [*rows[:at], rows[at]._replace(**fields), *rows[at + 1 :]]

    return forge


def _recomputed(rows: list[Row], at: int, _: random.Random) -> list[Row]:
    forged = linked(rows[at]._replace(person="somebody@example.com"), rows[at].previous)
    return [*rows[:at], forged, *rows[at + 1 :]]


def _of_another_desk(rows: list[Row], at: int, _: random.Random) -> list[Row]:
    forged = linked(rows[at]._replace(desk="0123456789abcdef"), rows[at].previous)
    return [*rows[:at], forged, *rows[at + 1 :]]


def _in_another_place(rows: list[Row], at: int, rng: random.Random) -> list[Row]:
    other = rng.choice([each for each in range(1, len(rows)) if each != at])
    swapped = list(rows)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    return swapped


def _renumbered(rows: list[Row], at: int, rng: random.Random) -> list[Row]:
    forged = linked(rows[at]._replace(sequence=rows[at].sequence + rng.choice([-1, 1, 7])), rows[at].previous)
    return [*rows[:at], forged, *rows[at + 1 :]]


def _inserted(rows: list[Row], at: int, _: random.Random) -> list[Row]:
    """Put one in, and number what follows anew without making all of its hashes anew."""
    added = linked(rows[at]._replace(person="somebody@example.com"), rows[at - 1].hash)
    later = [row._replace(sequence=row.sequence + 1) for row in rows[at:]]
    later[0] = linked(later[0], added.hash)
    return [*rows[:at], added, *later]


def _left_out(rows: list[Row], at: int, _: random.Random) -> list[Row]:
    return [*rows[:at], *rows[at + 1 :]]


def _history_rewritten(rows: list[Row], at: int, _: random.Random) -> list[Row]:
    """Change an event and make every hash from there on anew: only what the centre has already speaks against it."""
    forged = list(rows)
    forged[at] = forged[at]._replace(person="somebody@example.com")
    for each in range(at, len(forged)):
        forged[each] = linked(forged[each], forged[each - 1].hash)
    return forged


FORGERIES: dict[str, Forge] = {
    "body": _changed(body='{"trackingNumber":"T0"}'),
    "person": _changed(person="somebody@example.com"),
    "time": _changed(at="2026-03-02T09:00:00.001+00:00"),
    "hash": _changed(hash="f" * 64),
    "hash before": _changed(previous="f" * 64),
    "hash recomputed": _recomputed,
    "another desk's name": _of_another_desk,
    "place": _in_another_place,
    "number": _renumbered,
    "inserted": _inserted,
    "left out": _left_out,
}


async def test_a_hundred_forged_events_of_every_kind_are_refused_each_with_an_alarm(
    tmp_path: Path, centre: NewCentre
) -> None:
    rng = random.Random(1)
    async with joined(tmp_path, centre) as desk:
        habits = Habits(desk.journal, rng)
        await habits.go_on(30)
        await desk.ship()
        await habits.go_on(30)
        id_, line = (await desk.head()).desk, desk.centre()
        (batch,) = await desk.batches()
        keys = {name: new_key() for name in keys_needed(batch)}
        sent: list[dict[str, Any]] = json.loads(packed(batch, keys, None)[0])
        rows = [told.row for told in batch.events]
        known = chain_at_centre(centre, id_)
        assert len(known) == 30
        for turn in range(100):
            name, forge = [*FORGERIES.items()][turn % len(FORGERIES)]
            forged = forge(rows[30:], rng.randrange(1, 29), rng)
            assert await _refused(centre, line, id_, forged, sent), name
            assert chain_at_centre(centre, id_) == known, name
        for turn in range(20):
            assert await _refused(centre, line, id_, _history_rewritten(rows, rng.randrange(1, 30), rng), sent), turn
        await line.close()
        await desk.ship()
        assert await differences(desk, centre) == []


async def _refused(centre: NewCentre, line: Any, desk: str, forged: list[Row], sent: list[dict[str, Any]]) -> bool:
    """Send it with what the desk logs in by, and tell whether it was refused with an alarm of its own."""
    events = [
        {**sent[0], "sequence": row.sequence, "record": row.record(), "hash": row.hash, "sealed": None}
        for row in forged
    ]
    answer = await line.call("ship", desk, json.dumps(events), "[]")
    alarms = at_centre(centre, "DELETE FROM fleet.alarms RETURNING desk, kind")
    refused = answer["outcome"] in {"event_changed", "chain_broken", "another_journal"}
    return refused and alarms == [{"desk": desk, "kind": answer["outcome"]}]
