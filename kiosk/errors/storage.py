"""The journal or the directory of names can't be used."""

from __future__ import annotations

from kiosk.errors.base import KioskError


class StorageError(KioskError):
    """The data folder can't be used, so nothing may begin."""

    code = "storage_failed"


class StorageFullError(StorageError):
    """No space is left on the device."""

    code = "storage_full"
    retryable = True


class StorageReadOnlyError(StorageError):
    """The data folder or its file is not writable by this user."""

    code = "storage_read_only"


class StorageBusyError(StorageError):
    """Another process kept the file locked for too long."""

    code = "storage_busy"
    retryable = True


class StorageDamagedError(StorageError):
    """The file is no sound database, or its chain of events is broken."""

    code = "storage_damaged"


class StorageForeignError(StorageError):
    """The file was made by another or a newer program, or for another environment."""

    code = "storage_foreign"


class DirectoryError(KioskError):
    """The file of the directory can't be used."""

    code = "directory_failed"


class DirectoryBusyError(DirectoryError):
    """The file of the directory can't be used now: another process holds it, or the disk is full."""

    code = "directory_busy"
    retryable = True


class ImportUnderWayError(DirectoryError):
    """Another process imports into the same directory."""

    code = "import_under_way"
    retryable = True


class UnusableFileError(DirectoryError):
    """A file of recipients can't be imported; the directory stays as it was."""

    code = "unusable_file"


class ImportStoppedError(DirectoryError):
    """An import would take out more people than is allowed without asking; the directory stays as it was."""

    code = "too_many_removed"


class BackupError(KioskError):
    """No backup could be made; those made before are as they were."""

    code = "backup_failed"


class RestoreError(KioskError):
    """A backup can't be restored; the data folder is as it was."""

    code = "restore_failed"
