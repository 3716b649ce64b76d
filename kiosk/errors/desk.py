"""What was asked for doesn't fit the state of things."""

from __future__ import annotations

from kiosk.errors.base import KioskError, Parameter


class DeskError(KioskError):
    """What was asked for doesn't fit the state of the parcel or the lockers."""

    code = "desk_failed"


class UnknownParcelError(DeskError):
    """The journal knows no such parcel."""

    code = "unknown_parcel"


class WrongStateError(DeskError):
    """The parcel is not at the step that was asked for."""

    code = "wrong_state"


class ParcelElsewhereError(DeskError):
    """The tracking number already holds a unit, for somebody else or in another way than asked."""

    code = "parcel_elsewhere"


class UnreadableScanError(DeskError):
    """What was scanned can't be the number of a parcel."""

    code = "unreadable_scan"


class NoParcelNumberError(UnreadableScanError):
    """What was scanned was recognised, and it is no parcel's number; the code says what it is or what happened to it.

    Never holds the text itself, which may be somebody's password.
    """

    code = "no_parcel_number"

    def __init__(self, code: str, /, *, split: tuple[str, ...] = (), **parameters: Parameter) -> None:
        super().__init__(code, **parameters)
        self.split = split
        """The numbers of several labels that were read as one line."""


class ReservationLapsedError(DeskError):
    """The server no longer holds the unit for the parcel."""

    code = "reservation_lapsed"


class NotRecordedError(DeskError):
    """The parcel was put into a unit, and the service does not have it there; the code says why."""

    code = "not_recorded"


class UnitTakenError(DeskError):
    """The unit that was asked for by its id is not free."""

    code = "unit_taken"


class ShelfPlaceTakenError(DeskError):
    """Another parcel lies at that shelf place, or the place has no name."""

    code = "shelf_place_taken"


class NoFreeUnitError(DeskError):
    """No unit of the wanted size is free."""

    code = "no_free_unit"


class NoLargerUnitError(NoFreeUnitError):
    """A parcel does not fit its unit, and no larger one is free in the bank; it keeps the one it has."""

    code = "no_larger_unit"


class UnknownBankError(DeskError):
    """This account has no such locker bank."""

    code = "unknown_bank"


class WrongQuestionError(DeskError):
    """Facilities can't be looked for like this: the address is not enough, or a limit is passed."""

    code = "wrong_question"


class FinderNotSetUpError(DeskError):
    """The finder has no account in this environment, or the service does not accept it."""

    code = "finder_not_set_up"


class FinderUnreachableError(DeskError):
    """The finder's service gave no usable answer, and none is kept for this search."""

    code = "finder_unreachable"
    retryable = True


class UnknownPersonError(DeskError):
    """Neither the directory nor the journal knows the contact id."""

    code = "unknown_person"


class NotListedError(DeskError):
    """Nobody of that name may sign in at this desk."""

    code = "not_listed"


class UnusablePersonError(DeskError):
    """Somebody can't be listed like this: a name, PIN or badge that is taken or can't be used."""

    code = "unusable_person"


class SignInError(DeskError):
    """Somebody could not sign in; the code says why. Never holds a PIN or a badge's code."""

    code = "sign_in_refused"


class SignInSlowedError(SignInError):
    """After wrong tries nobody is let in for some `seconds`."""

    code = "pin_slowed"
    retryable = True


class ParcelsPresentError(DeskError):
    """A person can't be forgotten while a parcel is here for them; its parameters name the parcels."""

    code = "parcels_present"


class NotAllowedError(DeskError):
    """The operator has no role, or one that may not do what was asked for."""

    code = "not_allowed"


class NoReasonError(DeskError):
    """A repair was asked for without a reason."""

    code = "no_reason"


class InDoubtError(DeskError):
    """A request left and its outcome is not known yet; the journal has it and recovery goes on asking."""

    code = "in_doubt"
    retryable = True
