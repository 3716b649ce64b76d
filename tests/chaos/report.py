"""The table that a chaos run prints, and whether it reached what it shall reach."""

from __future__ import annotations

from collections import Counter

from kiosk.parcels.states import ParcelState
from tests.chaos.run import ALL_FAULTS, Result

KILLS_PER_PARCEL = 500 / 2000
FAULTS_PER_PARCEL = 5000 / 2000
SHOWN_VIOLATIONS = 30


def shortfalls(result: Result) -> list[str]:
    """Say what the run did not reach; violations are counted apart."""
    plan = result.plan
    parcels = sum(len({record.number for record in filed.book.records}) for filed in result.files)
    wanted = (
        ("parcels", parcels, plan.parcels),
        ("kills of kiosks", result.kills, min(plan.kills, int(plan.parcels * KILLS_PER_PARCEL))),
        ("kills of the simulator", result.server_kills, plan.server_kills),
        ("faults", sum(result.faults.values()), int(plan.parcels * FAULTS_PER_PARCEL) if plan.faults else 0),
        ("kinds of faults", sum(map(bool, result.faults.values())), len(ALL_FAULTS) if plan.faults else 0),
    )
    missed = [f"{name}: {reached} of {asked}" for name, reached, asked in wanted if reached < asked]
    if result.seconds > plan.minutes * 60:
        missed.append(f"minutes: {result.seconds / 60:.1f}, {plan.minutes:g} were given")
    return missed


def table(result: Result) -> str:
    """Return everything that was counted, aligned."""
    states = Counter(record.state for filed in result.files for record in filed.book.records)
    events = sum((filed.events for filed in result.files), Counter[str]())
    plan = result.plan
    rows: list[tuple[str, object]] = [
        ("seed", plan.seed),
        ("kiosks", plan.kiosks),
        ("minutes", f"{result.seconds / 60:.1f}"),
        ("parcels", sum(states.values())),
        ("  in lockers at the end", states[ParcelState.IN_LOCKER] - result.collected),
        ("  collected by recipients", result.collected),
        ("  on a shelf", states[ParcelState.ON_SHELF]),
        ("  cancelled", states[ParcelState.CANCELLED]),
        ("codes shown", sum(len(filed.book.shown) for filed in result.files)),
        ("kills of kiosks", result.kills),
        ("kills of the simulator", result.server_kills),
        ("requests", result.requests),
        ("faults", sum(result.faults.values())),
        *((f"  {name}", count) for name, count in sorted(result.faults.items())),
        ("events", sum(events.values())),
        *((f"  {name}", events[name]) for name in ("write_fell_in_doubt", "write_repeated", "write_taken_over")),
        ("parcels for the operator", sum(filed.attention for filed in result.files)),
        ("violations", len(result.violations)),
    ]
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:<{width}}  {value!s:>8}" for name, value in rows]
    lines += [f"  {violation.kind}: {violation.about}" for violation in result.violations[:SHOWN_VIOLATIONS]]
    lines += [f"not reached - {missed}" for missed in shortfalls(result)]
    return "\n".join(lines)
