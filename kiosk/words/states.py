"""How the codes of the trade read: states, operations, reasons, findings, roles. One place for each word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, assert_never

from kiosk.parcels.states import (
    LOCAL,
    ContactType,
    Finding,
    IdentityCheck,
    Operation,
    OutgoingReason,
    ParcelState,
    Role,
    ShelfReason,
    UnitProblem,
    UnitState,
)
from kiosk.words.language import N_, _, pgettext

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel


def state_word(state: ParcelState) -> str:
    """Return where a parcel is."""
    return _(_STATES[state])


def parcel_state(parcel: Parcel) -> str:
    """Return where a parcel is, or that it is not known."""
    if parcel.is_unreadable:
        return _("not known")
    return _("not confirmed") if parcel.is_in_doubt else state_word(parcel.state)


def size_word(size: str | None) -> str:
    """Return a locker's size; one that no document names reads as the service has it, an unknown one is empty."""
    return _(_SIZES[size]) if size in _SIZES else str(size or "")


def code_word(field: str, code: str) -> str:
    """Return how the code in a field reads, where the field's name tells what it holds; anything else as it is."""
    if field == "size":
        return size_word(code)
    if field == "role" and code in set(Role):
        return role_word(Role(code))
    if field == "contactType" and code in set(ContactType):
        return contact_type_word(ContactType(code))
    return origin_word(code) if field == "origin" else code


def origin_word(origin: str) -> str:
    """Return from where somebody is at work: the address of a machine, or that it is this one."""
    return pgettext("from this machine", "local") if origin == LOCAL else origin


def contact_type_word(contact_type: ContactType) -> str:
    """Return whether a contact is a person or a department."""
    if contact_type is ContactType.DEPARTMENT:
        return pgettext("kind of contact", "department")
    return pgettext("kind of contact", "recipient")


def operation_word(operation: Operation) -> str:
    """Return what was asked of the service, as a list names it."""
    match operation:
        case Operation.RESERVE:
            return _("reserve locker")
        case Operation.DEPOSIT:
            return _("record deposit")
        case Operation.FREE:
            return _("free locker")
        case Operation.EXTEND:
            return _("extend reservation")
        case Operation.ADD:
            return _("add to locker")
        case _ as never:
            assert_never(never)


def operation_name(operation: Operation) -> str:
    """Return what was asked of the service, as a label."""
    match operation:
        case Operation.RESERVE:
            return _("reservation")
        case Operation.DEPOSIT:
            return _("deposit")
        case Operation.FREE:
            return _("freeing")
        case Operation.EXTEND:
            return _("extension")
        case Operation.ADD:
            return _("adding")
        case _ as never:
            assert_never(never)


def problem_word(problem: UnitProblem) -> str:
    """Return what a clerk found at a door."""
    match problem:
        case UnitProblem.OCCUPIED:
            return _("occupied")
        case UnitProblem.DID_NOT_OPEN:
            return _("did not open")
        case UnitProblem.TOO_SMALL:
            return _("too small")
        case _ as never:
            assert_never(never)


def shelf_reason_word(reason: ShelfReason) -> str:
    """Return why a parcel is on the shelf."""
    match reason:
        case ShelfReason.NO_NETWORK:
            return _("no network")
        case ShelfReason.NO_UNIT:
            return _("no locker free")
        case ShelfReason.UNKNOWN_RECIPIENT:
            return _("recipient unknown")
        case ShelfReason.PUT_ASIDE:
            return _("set aside")
        case ShelfReason.NOT_COLLECTED:
            return _("not collected")
        case _ as never:
            assert_never(never)


def identity_word(checked: IdentityCheck) -> str:
    """Return how it was checked who collects a parcel."""
    match checked:
        case IdentityCheck.BADGE:
            return _("badge seen")
        case IdentityCheck.DOCUMENT:
            return _("identity document seen")
        case IdentityCheck.KNOWN:
            return _("known to the clerk")
        case IdentityCheck.NOT_CHECKED:
            return _("not checked")
        case _ as never:
            assert_never(never)


def outgoing_word(reason: OutgoingReason) -> str:
    """Return why a parcel leaves with a carrier."""
    match reason:
        case OutgoingReason.RETURN:
            return _("dropped off here")
        case OutgoingReason.TO_SENDER:
            return _("back to the sender")
        case _ as never:
            assert_never(never)


def finding_word(finding: Finding) -> str:
    """Return in a few words what does not fit."""
    return _(_FINDINGS[finding])


def unit_word(state: UnitState) -> str:
    """Return how a unit is."""
    match state:
        case UnitState.FREE:
            return _("free")
        case UnitState.RESERVED:
            return _("reserved")
        case UnitState.OCCUPIED:
            return _("occupied")
        case UnitState.OUT_OF_SERVICE:
            return _("out of service")
        case UnitState.UNKNOWN:
            return _("unknown")
        case _ as never:
            assert_never(never)


def role_word(role: Role) -> str:
    """Return who somebody is at the desk."""
    match role:
        case Role.CLERK:
            return _("clerk")
        case Role.OWNER:
            return _("owner")
        case Role.VIEWER:
            return _("viewer")
        case Role.OPERATOR:
            return _("operator")
        case Role.ADMIN:
            return _("admin")
        case _ as never:
            assert_never(never)


_SIZES = {"small": N_("small"), "medium": N_("medium"), "large": N_("large"), "mlarge": N_("mlarge")}

_STATES: Mapping[ParcelState, str] = {
    ParcelState.TAKEN_IN: N_("taken in"),
    ParcelState.RESERVED: N_("reserved"),
    ParcelState.ON_SHELF: N_("on the shelf"),
    ParcelState.IN_LOCKER: N_("in locker"),
    ParcelState.UNRECORDED: N_("put in, not recorded"),
    ParcelState.COLLECTED: N_("collected"),
    ParcelState.CANCELLED: N_("cancelled"),
    ParcelState.HANDED_OVER: N_("handed over"),
    ParcelState.OUTGOING: N_("to be sent"),
    ParcelState.SENT: N_("sent"),
}

_FINDINGS: Mapping[Finding, str] = {
    Finding.TWO_UNITS: N_("holds two lockers"),
    Finding.UNIT_OF_SOMEBODY_ELSE: N_("in somebody else's locker"),
    Finding.REFUSED_LATE: N_("deposit refused"),
    Finding.DEPOSIT_UNCLEAR: N_("collected or still there"),
    Finding.ROW_UNREADABLE: N_("can't be read"),
    Finding.LIES_ELSEWHERE: N_("in another locker"),
    Finding.CODE_MAY_BE_DEAD: N_("code may be dead"),
    Finding.UNIT_GIVEN_TWICE: N_("locker given to two"),
    Finding.CODE_ENDED_UNSEEN: N_("code never seen"),
    Finding.NOT_FOUND: N_("not in its locker"),
    Finding.NUMBER_AT_TWO_DESKS: N_("at another desk too"),
    Finding.UNIT_PROMISED_TWICE: N_("locker of two desks"),
}
