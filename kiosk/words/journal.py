"""What is said of a journal that does not hold."""

from __future__ import annotations

from kiosk.errors import Parameter, StorageDamagedError
from kiosk.parcels.records import JournalProblem, Verdict


def damage(verdict: Verdict) -> StorageDamagedError:
    """Return the error that says what is wrong with a journal that is not sound."""
    told: dict[str, Parameter] = {"event": verdict.first_bad, "about": verdict.about}
    problem = verdict.problem or JournalProblem.FILE
    return StorageDamagedError(problem.value, **{name: value for name, value in told.items() if value is not None})
