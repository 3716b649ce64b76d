"""Every error the kiosk raises on purpose: a code, its parameters, and whether asking again may help.

KioskError
├── SettingsError              a setting is missing or wrong
├── StorageError               the data folder can't be used
│   ├── StorageFullError       no space left
│   ├── StorageReadOnlyError   not writable by this user
│   ├── StorageBusyError       another process holds it
│   ├── StorageDamagedError    the file is not a sound database
│   └── StorageForeignError    made by another or a newer program, or for another environment
├── DirectoryError             the directory of recipients can't be used
│   ├── DirectoryBusyError     it may be usable again in a moment
│   ├── ImportUnderWayError    another import works on the directory
│   ├── UnusableFileError      a file of recipients can't be imported
│   └── ImportStoppedError     an import would take too many people out
├── BackupError                no backup could be made
├── RestoreError               a backup can't be restored
├── PrinterError               nothing was printed, and somebody has to mend that
│   ├── PrinterAwayError       nothing was printed yet: the printer is off, busy or out of paper
│   └── MaybePrintedError      the job left, and paper may have come out
├── DeviceError                scanner or badge reader can't be read as a device
├── ApiError                   a call to Pitney Bowes
│   ├── NotSentError           no connection: the request never left, nothing happened there
│   │   └── NoTokenError       the token could not be fetched, so the request never left
│   ├── AnswerLostError        sent, but no usable answer: it may or may not have happened
│   └── RefusedError           the server said no: it did not happen
│       ├── NotAuthorizedError wrong or ended credentials (401, 403)
│       ├── NotFoundError      no such bank, unit, contact or parcel (404)
│       └── ThrottledError     too many calls (429)
├── FleetError                 the centre of several desks can't be used, and somebody has to mend that
│   ├── FleetAwayError         it did not answer, or can't store anything now
│   ├── FleetDataError         it can't store something that was sent
│   └── FleetRefusedError      it refuses what this desk sends
├── DeliveryError              a notice can't be delivered like this
│   └── DeliveryDelayedError   not now; later it may be
└── DeskError                  what was asked for doesn't fit the state of things
    ├── UnknownParcelError     the journal knows no such parcel
    ├── WrongStateError        the parcel is not at that step
    ├── UnreadableScanError    what was scanned can't be a number
    │   └── NoParcelNumberError it was recognised as something else: a routing code, a Wi-Fi code
    ├── ReservationLapsedError the unit is no longer held for the parcel
    ├── ParcelElsewhereError   the number already holds a unit for someone else
    ├── NotRecordedError       it was put in, and the service does not have it there
    ├── UnitTakenError         the unit asked for by name is not free
    ├── ShelfPlaceTakenError   another parcel lies at that shelf place, or it has no name
    ├── NoFreeUnitError        the bank has no free unit of that size
    │   └── NoLargerUnitError      nor a larger one than the parcel has
    ├── UnknownBankError       no such bank for this account
    ├── WrongQuestionError     no facilities can be looked for like this
    ├── FinderNotSetUpError    the finder of facilities has no account, or its own is refused
    ├── FinderUnreachableError no answer from the finder's service
    ├── UnknownPersonError     neither directory nor journal knows the contact id
    ├── NotListedError         nobody of that name may sign in at this desk
    ├── UnusablePersonError    somebody can't be listed like this
    ├── SignInError            somebody could not sign in at the desk
    │   └── SignInSlowedError      nobody is let in for some seconds after wrong tries
    ├── ParcelsPresentError    a person can't be forgotten while a parcel is here for them
    ├── NotAllowedError        the operator's role may not do it
    ├── NoReasonError          a repair was asked for without a reason
    └── InDoubtError           recorded, and being found out: nothing is lost

Raised wherever the cause is met; what is said of each stands in `kiosk/words/errors/`, shown in one place per front
end. No code and no parameter may name a secret or a pickup code.
"""

from kiosk.errors.api import (
    AnswerLostError,
    ApiError,
    NotAuthorizedError,
    NotFoundError,
    NoTokenError,
    NotSentError,
    RefusedError,
    ThrottledError,
)
from kiosk.errors.base import (
    KioskError,
    Parameter,
    SettingsError,
)
from kiosk.errors.delivery import (
    DeliveryDelayedError,
    DeliveryError,
)
from kiosk.errors.desk import (
    DeskError,
    FinderNotSetUpError,
    FinderUnreachableError,
    InDoubtError,
    NoFreeUnitError,
    NoLargerUnitError,
    NoParcelNumberError,
    NoReasonError,
    NotAllowedError,
    NotListedError,
    NotRecordedError,
    ParcelElsewhereError,
    ParcelsPresentError,
    ReservationLapsedError,
    ShelfPlaceTakenError,
    SignInError,
    SignInSlowedError,
    UnitTakenError,
    UnknownBankError,
    UnknownParcelError,
    UnknownPersonError,
    UnreadableScanError,
    UnusablePersonError,
    WrongQuestionError,
    WrongStateError,
)
from kiosk.errors.device import DeviceError
from kiosk.errors.fleet import FleetAwayError, FleetDataError, FleetError, FleetRefusedError
from kiosk.errors.printer import (
    MaybePrintedError,
    PrinterAwayError,
    PrinterError,
)
from kiosk.errors.storage import (
    BackupError,
    DirectoryBusyError,
    DirectoryError,
    ImportStoppedError,
    ImportUnderWayError,
    RestoreError,
    StorageBusyError,
    StorageDamagedError,
    StorageError,
    StorageForeignError,
    StorageFullError,
    StorageReadOnlyError,
    UnusableFileError,
)

__all__ = [
    "AnswerLostError",
    "ApiError",
    "BackupError",
    "DeliveryDelayedError",
    "DeliveryError",
    "DeskError",
    "DeviceError",
    "DirectoryBusyError",
    "DirectoryError",
    "FinderNotSetUpError",
    "FinderUnreachableError",
    "FleetAwayError",
    "FleetDataError",
    "FleetError",
    "FleetRefusedError",
    "ImportStoppedError",
    "ImportUnderWayError",
    "InDoubtError",
    "KioskError",
    "MaybePrintedError",
    "NoFreeUnitError",
    "NoLargerUnitError",
    "NoParcelNumberError",
    "NoReasonError",
    "NoTokenError",
    "NotAllowedError",
    "NotAuthorizedError",
    "NotFoundError",
    "NotListedError",
    "NotRecordedError",
    "NotSentError",
    "Parameter",
    "ParcelElsewhereError",
    "ParcelsPresentError",
    "PrinterAwayError",
    "PrinterError",
    "RefusedError",
    "ReservationLapsedError",
    "RestoreError",
    "SettingsError",
    "ShelfPlaceTakenError",
    "SignInError",
    "SignInSlowedError",
    "StorageBusyError",
    "StorageDamagedError",
    "StorageError",
    "StorageForeignError",
    "StorageFullError",
    "StorageReadOnlyError",
    "ThrottledError",
    "UnitTakenError",
    "UnknownBankError",
    "UnknownParcelError",
    "UnknownPersonError",
    "UnreadableScanError",
    "UnusableFileError",
    "UnusablePersonError",
    "WrongQuestionError",
    "WrongStateError",
]
