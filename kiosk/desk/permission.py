"""Whether somebody may take a step with a parcel now: the row of the table, as an error that says what hinders."""

from __future__ import annotations

from kiosk.errors import InDoubtError, KioskError, NotAllowedError, WrongStateError
from kiosk.journal.recording import Allowed
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.steps import Hindrance, Step, hindrance


def allowed(step: Step, person: Person) -> Allowed:
    """Return what the journal lets look at the parcel in the transaction that records the step.

    It raises InDoubtError, NotAllowedError or WrongStateError where the step can't be taken with the parcel as it is.
    """

    def look(parcel: Parcel) -> None:
        check(step, parcel, person)

    return look


def check(step: Step, parcel: Parcel, person: Person) -> None:
    """Raise as `allowed` says."""
    error = why_not(step, parcel, person)
    if error is not None:
        raise error


def why_not(step: Step, parcel: Parcel, person: Person) -> KioskError | None:
    """Return what `allowed` would raise."""
    why = hindrance(step, parcel, person.role)
    return None if why is None else _error(step, why, parcel, person)


def _error(step: Step, why: Hindrance, parcel: Parcel, person: Person) -> KioskError:
    match why:
        case Hindrance.ROLE:
            return NotAllowedError(name=person.name, role=person.role.value, step=step.value)
        case Hindrance.IN_DOUBT if parcel.open_write is not None:
            return InDoubtError("write_open", operation=parcel.open_write.operation.value)
        case Hindrance.STATE:
            return WrongStateError("state_hinders", step=step.value, state=parcel.state.value)
        case _:
            return WrongStateError(f"hindered_{why.value}", step=step.value, state=parcel.state.value)
