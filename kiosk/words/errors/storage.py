"""What is said where a file of this desk can't be used; the codes are given in `kiosk/storage.py` and `kiosk/journal/`.

The directory lies in a file like the journal's: its errors have the same codes under headings of their own.
"""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_THE_FILE = N_("Nothing was imported. Use the file exactly as `kiosk journal export` wrote it.")
_FREE_SPACE = N_("Free up disk space, then try again. Everything recorded so far is safe.")
_TAKE_ACCESS = N_("Take their access away: chmod -R go= '{folder}'")
_NOT_PRIVATE = N_("The data folder is not private")
_DAMAGED_EXPORT = N_("The export is damaged")

TEXTS: dict[str, Text] = {
    "file_gone": Text(
        N_("{path} was moved or deleted while the kiosk was running, or its disk is no longer mounted."),
        N_("Nothing was recorded. Keep the kiosk running and tell the operator; once the file is back, try again."),
        N_("The data folder is gone"),
    ),
    "file_closed": Text(N_("{path} has been closed."), N_("Start the kiosk again.")),
    "folder_not_writable": Text(N_("This user has no write permission for {folder}.")),
    "file_not_written": Text(N_("{path} could not be written: {text}."), _FREE_SPACE),
    "file_not_writable": Text(N_("This user has no write permission for {path}.")),
    "file_locked": Text(N_("{path} is locked by another process.")),
    "file_never_still": Text(
        N_("{path} is written to so often that no copy of one moment can be made."),
        N_("Try again when there is less to do at the desk."),
    ),
    "file_damaged": Text(N_("{path} is damaged: {text}.")),
    "row_unreadable": Text(N_("A row of {path} can't be read.")),
    "database_failed": Text(N_("SQLite can't use {path}: {text}.")),
    "no_space_left": Text(N_("There is no disk space left for {path}."), _FREE_SPACE),
    "read_only_file_system": Text(N_("{folder} is on a read-only file system.")),
    "file_not_usable": Text(N_("{path} can't be used: {text}.")),
    "not_a_journal": Text(N_("The file is another program's database, not a kiosk's journal.")),
    "journal_is_newer": Text(
        N_(
            "The journal was written by a newer version of this program"
            " (schema {schema}; this version reads up to {known})."
        )
    ),
    "journal_without_environment": Text(N_("The journal does not say which environment it belongs to.")),
    "journal_of_other_environment": Text(
        N_("The journal belongs to the environment {made_for}, but the settings say {environment}."),
        N_("Set storage.data_dir to another folder, or set environment back to {made_for}."),
    ),
    "old_journal_not_sound": Text(
        N_("Event {event} of the version 0.1 journal is damaged, so the journal can't be converted.")
    ),
    "old_journal_unreadable": Text(N_("The version 0.1 journal can't be converted: {text}.")),
    "files_open_to_others": Text(
        N_("The files themselves let other users of this machine open them: {paths}."), _TAKE_ACCESS, _NOT_PRIVATE
    ),
    "folder_open_to_others": Text(
        N_("Other users of this machine can put files of their own into {paths}."), _TAKE_ACCESS, _NOT_PRIVATE
    ),
    "file_is_link": Text(
        N_("{path} is a link to another place."),
        N_("Put the file itself there, or set storage.data_dir to the folder that it lies in."),
        _NOT_PRIVATE,
    ),
    "no_journal": Text(
        N_("There is no journal in {folder}."),
        N_("The kiosk creates it when it first starts. The setting storage.data_dir names the folder."),
        N_("No journal found"),
    ),
    "no_heads": Text(
        N_("There is no head of a journal in {path}."),
        N_("Give a file with heads: one that storage.heads_file names, lines of the system's log, or a report."),
        N_("Nothing to compare with"),
    ),
    "heads_not_kept": Text(
        N_("Nothing can be added to {path}: {text}."),
        N_("Set storage.heads_file to a file to which this user can write, or leave it out."),
        N_("The head of the journal can't be kept"),
    ),
    "file_exists": Text(N_("{path} is there already."), N_("Give the name of a new file.")),
    "report_not_written": Text(
        N_("{path} can't be written: {text}."), N_("Name another file."), N_("The report was not written")
    ),
    "journal_not_empty": Text(
        N_("The journal in this data folder already has events."),
        N_("Import into an empty folder (storage.data_dir)."),
        N_("The export was not imported"),
    ),
    "export_unreadable": Text(N_("{path} can't be read: {text}."), _THE_FILE, N_("The export can't be read")),
    "export_not_utf_8": Text(N_("{path} is not UTF-8 text."), _THE_FILE, N_("The export can't be read")),
    "export_line_unreadable": Text(N_("Line {line} of the export can't be read: {text}."), _THE_FILE, _DAMAGED_EXPORT),
    "export_not_sound": Text(N_("Event {event} in the export is missing or was changed."), _THE_FILE, _DAMAGED_EXPORT),
}
