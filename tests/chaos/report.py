"""The table that a chaos run prints, and whether it reached what it shall reach."""

from __future__ import annotations

import resource
from collections import Counter

from kiosk.parcels.states import ParcelState
from tests.chaos.run import SCREEN_EVERY, Result
from tests.chaos.weather import FAULTS

KILLS_PER_PARCEL = 500 / 2000
FAULTS_PER_PARCEL = 5000 / 2000
SHOWN_VIOLATIONS = 60
STEPS = (
    "write_fell_in_doubt",
    "write_repeated",
    "write_taken_over",
    "write_delayed",
    "write_failed",
    "parcel_put_on_shelf",
    "parcel_taken_off_shelf",
    "parcel_moved_on",
    "parcel_found_gone",
    "reservation_lapsed",
    "pickup_code_replaced",
    "pickup_code_shown_again",
    "pickup_code_expired",
    "pickup_code_handed_over",
    "unit_reported",
    "parcel_handed_over",
    "parcel_made_outgoing",
    "parcel_sent",
    "parcel_taken_back",
    "parcel_joined",
    "cancel_undone",
    "stocktake_began",
    "unit_counted",
    "stocktake_ended",
)
"""Events that tell what the run went through."""


def shortfalls(result: Result) -> list[str]:
    """Say what the run did not reach; violations are counted apart."""
    plan = result.plan
    parcels = sum(len({record.number for record in filed.book.records}) for filed in result.files)
    wanted = (
        ("parcels", parcels, plan.parcels),
        ("kills of kiosks", result.kills, min(plan.kills, int(plan.parcels * KILLS_PER_PARCEL))),
        ("kills of the simulator", result.server_kills, plan.server_kills),
        ("restores", result.restores, plan.restores),
        ("faults", sum(result.faults.values()), int(plan.parcels * FAULTS_PER_PARCEL) if plan.faults else 0),
        ("kinds of faults", sum(map(bool, result.faults.values())), len(FAULTS) if plan.faults else 0),
    )
    missed = [f"{name}: {reached} of {asked}" for name, reached, asked in wanted if reached < asked]
    if plan.desks >= SCREEN_EVERY and not result.shown_on_screen:
        missed.append("no code was read off a screen")
    if result.seconds > plan.minutes * 60:
        missed.append(f"minutes: {result.seconds / 60:.1f}, {plan.minutes:g} were given")
    return missed


def table(result: Result) -> str:
    """Return everything that was counted, aligned."""
    states = Counter(record.state for filed in result.files for record in filed.book.records)
    events = sum((filed.events for filed in result.files), Counter[str]())
    findings = sum((filed.findings for filed in result.files), Counter[str]())
    plan = result.plan
    rows: list[tuple[str, object]] = [
        ("seed", plan.seed),
        ("desks", plan.desks),
        ("minutes", f"{result.seconds / 60:.1f}"),
        ("MB of the run itself", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024),
        ("parcels", sum(states.values())),
        *((f"  {state}", states[state]) for state in ParcelState if states[state]),
        ("collected by recipients", result.collected),
        ("  units before the code was seen", result.collected_early),
        ("codes shown", sum(len(filed.book.shown) for filed in result.files)),
        ("  read off a screen", result.shown_on_screen),
        ("kills of kiosks", result.kills),
        ("kills of the simulator", result.server_kills),
        ("restores of an older copy", result.restores),
        ("  numbers rolled back by them", result.rolled_back),
        ("requests", result.requests),
        ("faults", sum(result.faults.values())),
        *((f"  {name}", count) for name, count in sorted(result.faults.items())),
        ("events", sum(count for name, count in events.items() if " " not in name)),
        *((f"  {name}", events[name]) for name in STEPS if events[name]),
        *((f"  {name}", count) for name, count in sorted(events.items()) if " " in name),
        ("findings", sum(findings.values())),
        *((f"  {name}", count) for name, count in sorted(findings.items())),
        ("violations", len(result.violations)),
        *((f"  {kind}", count) for kind, count in Counter(each.kind for each in result.violations).items()),
    ]
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:<{width}}  {value!s:>8}" for name, value in rows]
    lines += [f"  {violation.kind}: {violation.about}" for violation in result.violations[:SHOWN_VIOLATIONS]]
    lines += [f"not reached - {missed}" for missed in shortfalls(result)]
    return "\n".join(lines)
