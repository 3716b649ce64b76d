"""THE table of steps: what can be done with a parcel, from which states, under which conditions, by whom.

The only place where that is decided. Front ends show what `offers` gives; whatever records a step checks the same row
(`hindrance`) in the transaction that records it. Add a step here first: the tests of the house name what it lacks.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.parcels.states import ContactType, ParcelState, Role

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel


class Step(StrEnum):
    """One thing that can be done with a parcel."""

    SETTLE_NUMBER = "settle_number"
    """Say which number is the parcel's."""
    ADD_CODE = "add_code"
    """Note another barcode of the same box."""
    TAKE_CODE_OFF = "take_code_off"
    """A barcode belongs to another box after all."""
    JOIN = "join"
    """Its barcode is on the same box as another parcel's."""
    CHOOSE_RECIPIENT = "choose_recipient"
    NOTE_NAME = "note_name"
    """The name on the label, of somebody in no directory."""
    RESERVE = "reserve"
    ADD_TO_LOCKER = "add_to_locker"
    """Reserve a place in a locker that the recipient has."""
    PUT_ON_SHELF = "put_on_shelf"
    TAKE_OFF_SHELF = "take_off_shelf"
    DEPOSIT = "deposit"
    TAKE_BACK = "take_back"
    """One that was put in unrecorded, or was to leave with a carrier, is in somebody's hands again."""
    NOTE_COLLECTED = "note_collected"
    """One that was put in unrecorded was collected."""
    REPORT_UNIT = "report_unit"
    """Something is wrong at the door: the unit is given back."""
    RELEASE = "release"
    """Give the unit back before the parcel is in it; the parcel stays in the clerk's hands."""
    CONFIRM_CODE = "confirm_code"
    SHOW_CODE_AGAIN = "show_code_again"
    TAKE_IN_AGAIN = "take_in_again"
    """It is gone, and its number comes again: another intake begins."""
    CANCEL = "cancel"
    """Give the intake up, before the parcel is in a locker."""
    UNDO_CANCEL = "undo_cancel"
    """It was given up by mistake: the intake goes on."""
    HAND_OVER = "hand_over"
    """Give it out at the desk, from wherever it is."""
    CLEAR = "clear"
    """Take it out of its locker, which is free then for others: the parcel is in somebody's hands."""
    MAKE_OUTGOING = "make_outgoing"
    """It is to leave with a carrier."""
    NOTE_SENT = "note_sent"
    """It left with a carrier."""
    MOVE_TO_RIGHT_PERSON = "move_to_right_person"
    CHECK = "check"
    """Ask the service where the parcel is."""
    CLOSE_FINDING = "close_finding"
    TAKE_OUT = "take_out"
    """Give the unit back whatever is in it, and the intake up."""
    FREE_SECOND_UNIT = "free_second_unit"
    EXTEND = "extend"
    """Hold the unit longer. For a parcel in it that is another deposit: its time begins anew, with a new code."""
    RENEW_CODE = "renew_code"
    """Record the deposit again for a fresh pickup code."""
    CHANGE_USER = "change_user"
    """Record the deposit again as another user's (`userId`)."""
    SEND_AGAIN = "send_again"
    """Send the recipient notices again of what is here and did not reach them."""
    CORRECT_ADDRESS = "correct_address"
    """Put the recipient's address right, and send again to it."""
    PRINT_SLIP = "print_slip"
    """Print where it is, with its pickup code, for the recipient."""
    PRINT_LABEL = "print_label"
    """Print its shelf place, to be stuck on it."""
    VIEW_CODE = "view_code"
    """Look at a code that waits, and leave it waiting."""


class Hindrance(StrEnum):
    """Why a step can't be taken now; the first that applies, in this order."""

    ROLE = "role"
    IN_DOUBT = "in_doubt"
    STATE = "state"
    NUMBER_NOT_SETTLED = "number_not_settled"
    NUMBER_SETTLED = "number_settled"
    NO_RECIPIENT = "no_recipient"
    RECIPIENT_KNOWN = "recipient_known"
    WRONG_RECIPIENT = "wrong_recipient"
    """It was in the wrong person's locker, and nobody else was chosen since."""
    NOT_MARKED = "not_marked"
    """It is in no locker, and was in nobody's by mistake."""
    NO_CODE = "no_code"
    NO_FINDING = "no_finding"
    NO_SECOND_UNIT = "no_second_unit"
    NO_UNIT = "no_unit"
    """It holds no unit, and none was asked for."""
    DEPARTMENT = "department"
    """A department gets no pickup code."""
    MOVED = "moved"
    """It goes on as another intake, or on another box."""


class Row(NamedTuple):
    """One row of the table."""

    states: frozenset[ParcelState]
    roles: frozenset[Role]
    needs: tuple[Hindrance, ...] = ()
    """What must not apply, beside state and role."""
    asks_why: frozenset[Role] = frozenset()
    """Of whom a reason is asked, and recorded with it."""
    asks_twice: bool = False
    """It can't be taken back: a front end asks before."""


_HAND, _RESERVED = ParcelState.TAKEN_IN, ParcelState.RESERVED
_SHELF, _LOCKER = ParcelState.ON_SHELF, ParcelState.IN_LOCKER
_OUTGOING, _CANCELLED = ParcelState.OUTGOING, ParcelState.CANCELLED
_UNRECORDED = ParcelState.UNRECORDED
_ANY: Final = frozenset(ParcelState)
_DESK: Final = frozenset({Role.CLERK, Role.OWNER})
_CONSOLE: Final = frozenset({Role.OPERATOR, Role.ADMIN, Role.OWNER})
_ADMIN: Final = frozenset({Role.ADMIN, Role.OWNER})
_NOBODY: Final[frozenset[Role]] = frozenset()
_SURE = Hindrance.IN_DOUBT
_READY = (_SURE, Hindrance.NUMBER_NOT_SETTLED, Hindrance.NO_RECIPIENT, Hindrance.WRONG_RECIPIENT)
"""What a parcel needs before a locker is reserved for it."""

_HINDERS: Final[dict[Hindrance, Callable[[Parcel], bool]]] = {
    Hindrance.IN_DOUBT: lambda parcel: parcel.open_write is not None,
    Hindrance.NUMBER_NOT_SETTLED: lambda parcel: parcel.question is not None,
    Hindrance.NUMBER_SETTLED: lambda parcel: parcel.question is None,
    Hindrance.NO_RECIPIENT: lambda parcel: parcel.contact is None,
    Hindrance.RECIPIENT_KNOWN: lambda parcel: parcel.contact is not None,
    Hindrance.WRONG_RECIPIENT: lambda parcel: parcel.wrong_recipient,
    # A parcel in a locker gets its mark by this very step, so there nothing hinders.
    Hindrance.NOT_MARKED: lambda parcel: parcel.state is _HAND and not parcel.wrong_recipient,
    Hindrance.NO_CODE: lambda parcel: not parcel.code_waiting,
    Hindrance.NO_FINDING: lambda parcel: not parcel.attention,
    Hindrance.NO_SECOND_UNIT: lambda parcel: parcel.second_place is None,
    Hindrance.NO_UNIT: lambda parcel: parcel.place is None and parcel.open_write is None,
    Hindrance.DEPARTMENT: lambda parcel: (
        parcel.contact is None or parcel.contact.contact_type is ContactType.DEPARTMENT
    ),
    Hindrance.MOVED: lambda parcel: (parcel.moved_to or parcel.joined_to) is not None,
}


def _row(
    *states: ParcelState,
    roles: frozenset[Role] = _DESK,
    needs: tuple[Hindrance, ...] = (_SURE,),
    why: frozenset[Role] = _NOBODY,
    twice: bool = False,
) -> Row:
    return Row(frozenset(states), roles, needs, asks_why=why, asks_twice=twice)


STEPS: Final[dict[Step, Row]] = {
    Step.SETTLE_NUMBER: _row(_HAND, needs=(_SURE, Hindrance.NUMBER_SETTLED)),
    Step.ADD_CODE: _row(_HAND),
    Step.TAKE_CODE_OFF: _row(_HAND),
    Step.JOIN: _row(_HAND),
    Step.CHOOSE_RECIPIENT: _row(_HAND, needs=(_SURE, Hindrance.NUMBER_NOT_SETTLED)),
    Step.NOTE_NAME: _row(_HAND, _SHELF, needs=(_SURE, Hindrance.RECIPIENT_KNOWN)),
    Step.RESERVE: _row(_HAND, needs=_READY),
    Step.ADD_TO_LOCKER: _row(_HAND, needs=_READY),
    Step.PUT_ON_SHELF: _row(_HAND, _SHELF, _RESERVED),
    Step.TAKE_OFF_SHELF: _row(_SHELF, roles=_DESK | _CONSOLE, why=_CONSOLE),
    Step.DEPOSIT: _row(_RESERVED),
    Step.TAKE_BACK: _row(_UNRECORDED, _OUTGOING, roles=_DESK | _CONSOLE, why=_CONSOLE),
    Step.NOTE_COLLECTED: _row(_UNRECORDED, roles=_DESK | _CONSOLE, why=_CONSOLE, twice=True),
    Step.REPORT_UNIT: _row(_RESERVED, twice=True),
    Step.RELEASE: _row(_RESERVED),
    # Also while a write is in doubt: a code that was seen was seen, whatever becomes of the write.
    Step.CONFIRM_CODE: _row(_LOCKER, needs=(Hindrance.NO_CODE,)),
    Step.SHOW_CODE_AGAIN: _row(_LOCKER, needs=(Hindrance.DEPARTMENT,)),
    Step.TAKE_IN_AGAIN: _row(ParcelState.COLLECTED, _CANCELLED, ParcelState.HANDED_OVER, ParcelState.SENT, needs=()),
    Step.CANCEL: _row(_HAND, _RESERVED, _SHELF, _OUTGOING, twice=True),
    Step.UNDO_CANCEL: _row(_CANCELLED, needs=(_SURE, Hindrance.MOVED)),
    Step.HAND_OVER: _row(
        _HAND, _RESERVED, _SHELF, _LOCKER, _UNRECORDED, _OUTGOING, roles=_DESK | _CONSOLE, why=_CONSOLE, twice=True
    ),
    Step.CLEAR: _row(_LOCKER, roles=_DESK | _CONSOLE, why=_CONSOLE, twice=True),
    Step.MAKE_OUTGOING: _row(_HAND, _SHELF, _OUTGOING, roles=_DESK | _CONSOLE, why=_CONSOLE),
    Step.NOTE_SENT: _row(_OUTGOING, roles=_DESK | _CONSOLE, why=_CONSOLE),
    # In hand as well: the kiosk may end between the freed unit and the new intake, and the move goes on.
    Step.MOVE_TO_RIGHT_PERSON: _row(_HAND, _LOCKER, needs=(_SURE, Hindrance.NOT_MARKED), twice=True),
    # Also in doubt, which is settled by it; in hand, because a reservation in doubt has given no unit yet.
    Step.CHECK: _row(_HAND, _RESERVED, _LOCKER, needs=(Hindrance.NO_UNIT,)),
    Step.CLOSE_FINDING: _row(*_ANY, roles=_DESK | _CONSOLE, needs=(Hindrance.NO_FINDING,), why=_CONSOLE),
    Step.TAKE_OUT: _row(
        _HAND, _RESERVED, _SHELF, _LOCKER, _UNRECORDED, _OUTGOING, roles=_CONSOLE, why=_CONSOLE, twice=True
    ),
    Step.FREE_SECOND_UNIT: _row(
        *_ANY, roles=_CONSOLE, needs=(_SURE, Hindrance.NO_SECOND_UNIT), why=_CONSOLE, twice=True
    ),
    Step.EXTEND: _row(_RESERVED, _LOCKER, roles=_DESK | _CONSOLE, why=_CONSOLE),
    # Of the clerk too: the parcel is not in their hands, and the code that somebody has is void from then on.
    Step.RENEW_CODE: _row(
        _LOCKER, roles=_DESK | _CONSOLE, needs=(_SURE, Hindrance.DEPARTMENT), why=_DESK | _CONSOLE, twice=True
    ),
    Step.CHANGE_USER: _row(_LOCKER, roles=_CONSOLE, why=_CONSOLE, twice=True),
    Step.SEND_AGAIN: _row(_LOCKER, _SHELF, roles=_DESK | _CONSOLE, needs=(Hindrance.NO_RECIPIENT,), why=_CONSOLE),
    # Also on the way into a locker: when the recipient's next parcel comes, their address is asked for.
    Step.CORRECT_ADDRESS: _row(_HAND, _RESERVED, _LOCKER, _SHELF, needs=(Hindrance.NO_RECIPIENT,)),
    Step.PRINT_SLIP: _row(_LOCKER, _SHELF, needs=(Hindrance.NO_RECIPIENT,)),
    Step.PRINT_LABEL: _row(_SHELF, needs=()),
    Step.VIEW_CODE: _row(*_ANY, roles=_ADMIN, needs=(Hindrance.NO_CODE,), why=_CONSOLE),
}


def hindrance(step: Step, parcel: Parcel, role: Role) -> Hindrance | None:
    """Return why a person in that role can't take the step with the parcel as it is; None where nothing hinders."""
    row = STEPS[step]
    if role not in row.roles:
        return Hindrance.ROLE
    # A write in doubt is told before the state, which may be about to change with its outcome.
    if _SURE in row.needs and _HINDERS[_SURE](parcel):
        return _SURE
    if parcel.state not in row.states:
        return Hindrance.STATE
    return next((each for each in row.needs if _HINDERS[each](parcel)), None)


def offers(parcel: Parcel, role: Role) -> tuple[Step, ...]:
    """Return the steps that somebody in that role can take with the parcel as it is, in the table's order."""
    return tuple(step for step in STEPS if hindrance(step, parcel, role) is None)


def is_for(step: Step, role: Role) -> bool:
    """Tell whether somebody in that role can ever take the step."""
    return role in STEPS[step].roles


def asks_twice(step: Step) -> bool:
    """Tell whether somebody is asked before it is done."""
    return STEPS[step].asks_twice


def asks_why(step: Step, role: Role) -> bool:
    """Tell whether a reason is asked for: as a rule of everybody but the clerk, who has the parcel in hand."""
    return role in STEPS[step].asks_why
