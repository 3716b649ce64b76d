"""What was asked for doesn't fit the state of things."""

from __future__ import annotations

from kiosk.errors.base import KioskError


class FlowError(KioskError):
    """What was asked for doesn't fit the state of the parcel or the lockers."""

    title = "That does not work here"


class UnknownParcelError(FlowError):
    """The journal knows no such parcel."""

    title = "This parcel is not known here"
    default_hint = "Scan it to take it in."


class WrongStateError(FlowError):
    """The parcel is not at the step that was asked for."""

    title = "The parcel is at another step"
    default_hint = "Open the parcel from the list to see where it stands."


class ParcelElsewhereError(FlowError):
    """The tracking number already holds a unit, for somebody else or in another way than asked."""

    title = "This number already has a locker"
    default_hint = "Look at the parcel's label and at the locker named here; call the operator if they disagree."


class UnreadableScanError(FlowError):
    """What was scanned can't be the number of a parcel."""

    title = "That was no parcel number"
    default_hint = "Scan the barcode again, or type the number under it."


class NoParcelNumberError(UnreadableScanError):
    """What was scanned was recognised, and it is no parcel's number: `code` says what it is or what happened to it.

    Never holds the text itself, which may be somebody's password.
    """

    def __init__(self, message: str, *, code: str, hint: str | None = None, split: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint=hint)
        self.code = code
        """A value of `kiosk.tracking.other_codes.Kind` or of `kiosk.tracking.damage.Fault`."""
        self.split = split
        """The numbers of several labels that were read as one line."""


class ReservationLapsedError(FlowError):
    """The server no longer holds the unit for the parcel."""

    title = "The locker is no longer reserved"
    default_hint = "Reserve a locker again; the parcel is still yours to place."


class UnitTakenError(FlowError):
    """The unit that was asked for by its id is not free."""

    title = "That locker is not free"
    default_hint = "Choose another locker, or a size and let the kiosk choose."


class ShelfPlaceTakenError(FlowError):
    """Another parcel lies at that shelf place, or the place has no name."""

    title = "Choose another shelf place"
    default_hint = "Type the name of an empty place."


class NoFreeUnitError(FlowError):
    """No unit of the wanted size is free."""

    title = "No free locker of this size"
    default_hint = "Choose another size or another bank."


class UnknownBankError(FlowError):
    """This account has no such locker bank."""

    title = "No such locker bank"
    default_hint = "`kiosk banks` lists the banks; desk.default_bank in the settings names the desk's own."


class WrongQuestionError(FlowError):
    """Facilities can't be looked for like this: the address is not enough, or a limit is passed."""

    title = "This search can't be made"
    default_hint = "Give the country, and the postal code or city and state; then search again."


class FinderNotSetUpError(FlowError):
    """The finder has no account in this environment, or the service does not accept it."""

    title = "The finder of facilities is not set up"
    default_hint = "The administrator must set facilities.api_key and facilities.api_secret. Everything else works."


class FinderUnreachableError(FlowError):
    """The finder's service gave no usable answer, and none is kept for this search."""

    title = "The finder got no answer"
    default_hint = "Check the network, then search again."
    retryable = True


class UnknownPersonError(FlowError):
    """Neither the directory nor the journal knows the contact id."""

    title = "Nobody here has this contact id"
    default_hint = "`kiosk recipients search` finds the ids of the people in the directory."


class ParcelsPresentError(FlowError):
    """A person can't be forgotten while a parcel is here for them; the message names the parcels."""

    title = "A parcel is still here for this person"
    default_hint = "Hand the parcel out or free its locker first, then try again. Nothing was forgotten."


class NotAllowedError(FlowError):
    """The operator has no role, or one that may not do what was asked for."""

    title = "Your role does not allow that"
    default_hint = "Nothing was changed. The administrator gives roles in the settings (console.roles)."


class NoReasonError(FlowError):
    """A repair was asked for without a reason."""

    title = "A reason is needed"
    default_hint = "Nothing was changed. Say in a few words why; it stands in the journal beside your name."


class InDoubtError(FlowError):
    """A request left and its outcome is not known yet; the journal has it and recovery goes on asking."""

    title = "Not confirmed yet"
    default_hint = "Nothing is lost: the kiosk goes on asking in the background and shows the parcel under Unfinished."
    retryable = True
