"""What is said of a journal that does not hold."""

from __future__ import annotations

from kiosk.errors import Parameter, StorageDamagedError
from kiosk.parcels.records import JournalProblem, Verdict


def damage(verdict: Verdict) -> StorageDamagedError:
    """Return the error that says what is wrong with a journal that is not sound."""
    return damage_of(verdict.problem or JournalProblem.FILE, verdict.first_bad, verdict.about)


def damage_of(problem: JournalProblem, event: int | None, about: str | None) -> StorageDamagedError:
    """Return the error that says what is wrong with one event, or with what else it is about."""
    told: dict[str, Parameter] = {"event": event, "about": about}
    return StorageDamagedError(problem.value, **{name: value for name, value in told.items() if value is not None})
