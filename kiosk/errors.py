"""Every error the kiosk raises on purpose, each with a sentence for the person in front of it.

KioskError
├── SettingsError              a setting is missing or wrong
├── StorageError               the data folder can't be used
│   ├── StorageFullError       no space left
│   ├── StorageReadOnlyError   not writable by this user
│   ├── StorageBusyError       another process holds it
│   ├── StorageDamagedError    the file is not a sound database
│   └── StorageForeignError    made by another or a newer program, or for another environment
├── ApiError                   a call to Pitney Bowes
│   ├── NotSentError           no connection: the request never left, nothing happened there
│   ├── AnswerLostError        sent, but no usable answer: it may or may not have happened
│   └── RefusedError           the server said no: it did not happen
│       ├── NotAuthorizedError wrong or ended credentials (401, 403)
│       ├── NotFoundError      no such bank, unit, contact or parcel (404)
│       └── ThrottledError     too many calls (429)
└── FlowError                  what was asked for doesn't fit the state of things
    ├── UnknownParcelError     the journal knows no such parcel
    ├── WrongStateError        the parcel is not at that step
    ├── UnreadableScanError    what was scanned can't be a number
    ├── ReservationLapsedError the unit is no longer held for the parcel
    ├── ParcelElsewhereError   the number already holds a unit for someone else
    ├── UnitTakenError         the unit asked for by name is not free
    ├── ShelfPlaceTakenError   another parcel lies at that shelf place, or it has no name
    ├── NoFreeUnitError        the bank has no free unit of that size
    ├── UnknownBankError       no such bank for this account
    ├── WrongQuestionError     no facilities can be looked for like this
    ├── FinderNotSetUpError    the finder of facilities has no account, or its own is refused
    ├── FinderUnreachableError no answer from the finder's service
    └── InDoubtError           recorded, and being found out: nothing is lost

Raised wherever the cause is met, shown in one place per front end. Nothing here may name a secret or a pickup code.
"""

from __future__ import annotations

from typing import ClassVar


class KioskError(Exception):
    """What went wrong (`str`), under which heading (`title`), and what to do about it (`hint`)."""

    title: ClassVar[str] = "Something went wrong"
    default_hint: ClassVar[str] = "Try again. If it stays, call the operator."
    retryable: ClassVar[bool] = False

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint or self.default_hint


class SettingsError(KioskError):
    """A setting is missing or wrong; the message names key, source and what is allowed."""

    title = "The settings don't work"
    default_hint = "Correct the setting and start again; `kiosk check` tests the settings."


class StorageError(KioskError):
    """The data folder can't be used, so nothing may begin."""

    title = "The kiosk can't write its journal"
    default_hint = "Call the operator. No parcel is taken in until this is mended."


class StorageFullError(StorageError):
    """No space is left on the device."""

    title = "The disk is full"
    default_hint = "Make room on the disk, then try again. What was recorded before is safe."
    retryable = True


class StorageReadOnlyError(StorageError):
    """The data folder or its file is not writable by this user."""

    title = "The data folder is read-only"
    default_hint = "Give this user the right to write there, or set storage.data_dir to another folder."


class StorageBusyError(StorageError):
    """Another process kept the file locked for too long."""

    title = "The journal is in use"
    default_hint = "Wait a moment and try again; another kiosk process works on the same data folder."
    retryable = True


class StorageDamagedError(StorageError):
    """The file is no sound database, or its chain of events is broken."""

    title = "The journal is damaged"
    default_hint = "Keep the file as it is and call the operator: `kiosk journal verify` names the first bad row."


class StorageForeignError(StorageError):
    """The file was made by another or a newer program, or for another environment."""

    title = "The data folder belongs to something else"
    default_hint = "Set storage.data_dir to the right folder, or use the program version that made it."


class ApiError(KioskError):
    """A call to Pitney Bowes failed."""

    title = "The locker service did not do it"


class NotSentError(ApiError):
    """No connection could be made; the request never left, so nothing happened there."""

    title = "No connection to the locker service"
    default_hint = "Check the network. Nothing was changed; try again when the connection is back."
    retryable = True


class AnswerLostError(ApiError):
    """The request left, but no usable answer came: time-out, broken line, server error, unreadable body."""

    title = "The locker service did not answer"
    default_hint = "The kiosk finds out by itself what happened. Nothing is lost."
    retryable = True

    def __init__(self, message: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class RefusedError(ApiError):
    """The server refused the request (4xx): it did not happen."""

    title = "The locker service refused"

    def __init__(self, message: str, *, status: int, code: str | None = None, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.code = code


class NotAuthorizedError(RefusedError):
    """The credentials are wrong, ended or not enabled (401, 403)."""

    title = "The locker service does not accept this kiosk's credentials"
    default_hint = "The administrator must check lockers.client_id and its secret. Nothing was changed."


class NotFoundError(RefusedError):
    """There is no such bank, unit, contact or parcel (404)."""

    title = "The locker service does not know it"


class ThrottledError(RefusedError):
    """Too many calls (429); `retry_after` is in seconds where the server said so."""

    title = "The locker service asks to wait"
    default_hint = "Wait a minute and try again. Nothing was changed."
    retryable = True

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message, status=429)
        self.retry_after = retry_after


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


class InDoubtError(FlowError):
    """A request left and its outcome is not known yet; the journal has it and recovery goes on asking."""

    title = "Not confirmed yet"
    default_hint = "Nothing is lost: the kiosk goes on asking in the background and shows the parcel under Unfinished."
    retryable = True
