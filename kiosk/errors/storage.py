"""The journal or the directory of names can't be used."""

from __future__ import annotations

from kiosk.errors.base import KioskError


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


class DirectoryError(KioskError):
    """The file of the directory can't be used."""

    title = "The directory of names can't be used"
    default_hint = "Import the list of recipients again with `kiosk recipients import FILE`."


class ImportUnderWayError(DirectoryError):
    """Another process imports into the same directory."""

    title = "Another import is under way"
    default_hint = "Wait until it has ended, then try again."
    retryable = True


class UnusableFileError(DirectoryError):
    """A file of recipients can't be imported; the directory stays as it was."""

    title = "The file was not imported"
    default_hint = "The directory is as it was. README says which columns are understood."
