"""What is said where a backup can't be made or restored; the codes are given in `kiosk/backup/` and `kiosk/cli/`."""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_INSTALL_AGE = N_("Install it (on Debian: apt-get install age), then try again.")
_KEY = N_("Name the file of the private key that belongs to backup.public_key (--key FILE), or try another backup.")

TEXTS: dict[str, Text] = {
    "no_backup_folder": Text(
        N_("No folder is set for backups."), N_("Set backup.folder, or name a folder: kiosk backup FOLDER")
    ),
    "backup_under_way": Text(
        N_("Another process makes or restores a backup in {folder}."), N_("Wait until it is done, then try again.")
    ),
    "no_room_for_backup": Text(
        N_("The disk of {folder} has less than {megabytes} MB free, which the copy and the working desk need."),
        N_("Free up disk space, then try again. The backups made before are as they were."),
    ),
    "backup_without_age": Text(N_("The program age, which encrypts backups, is not installed."), _INSTALL_AGE),
    "restore_without_age": Text(N_("The program age, which decrypts backups, is not installed."), _INSTALL_AGE),
    "backup_not_encrypted": Text(N_("age could not encrypt the backup: {text}.")),
    "backup_not_written": Text(N_("{path} can't be written: {text}.")),
    "backup_is_there": Text(N_("{path} is there already."), N_("Wait a second, then try again.")),
    "backup_reads_differently": Text(
        N_("{path} does not read as it was written."), N_("Its disk may be failing. Use another one.")
    ),
    "kiosk_is_open": Text(
        N_("A kiosk, a console or a command is open on {folder}."),
        N_("Close every one of them, also on other terminals, then try again. Nothing was changed."),
    ),
    "not_a_backup": Text(N_("The file is not a kiosk's backup.")),
    "backup_damaged": Text(N_("The backup is damaged or not whole.")),
    "backup_is_newer": Text(
        N_("The backup was made by a newer version of this program."), N_("Install that version, then try again.")
    ),
    "backup_is_encrypted": Text(N_("The backup is encrypted."), _KEY),
    "backup_not_decrypted": Text(N_("age could not decrypt the backup: {text}."), _KEY),
    "backup_unreadable": Text(N_("{path} can't be read: {text}.")),
}
