"""What is said where a file of this desk can't be used; the codes are given in `kiosk/storage.py` and `kiosk/journal/`.

The directory of names lies in a file like the journal's: its errors have the same codes under a heading of their own.
"""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_THE_FILE = N_("Nothing was imported. Use the file as `kiosk journal export` wrote it.")
_DAMAGED_EXPORT = N_("The export is damaged")
_KEEP = N_("Keep the file as it is and call the operator.")

TEXTS: dict[str, Text] = {
    "file_closed": Text(N_("{path} has been closed."), N_("Start the kiosk again.")),
    "folder_not_writable": Text(N_("This user may not write to {folder}.")),
    "file_not_written": Text(N_("{path} could not be written: {text}.")),
    "file_not_writable": Text(N_("This user may not write to {path}.")),
    "file_locked": Text(N_("{path} is locked by another process.")),
    "file_damaged": Text(N_("{path} is damaged: {text}.")),
    "database_failed": Text(N_("SQLite can't work with {path}: {text}.")),
    "no_space_left": Text(N_("There is no space left for {path}.")),
    "read_only_file_system": Text(N_("{folder} is on a read-only file system.")),
    "file_not_usable": Text(N_("{path} can't be used: {text}.")),
    "not_a_journal": Text(N_("The file is another program's database, not a kiosk's journal.")),
    "journal_is_newer": Text(
        N_("The journal was written by a newer version of this program (schema {schema}; this version knows {known}).")
    ),
    "journal_without_environment": Text(N_("The journal does not say which environment it was made for.")),
    "journal_of_other_environment": Text(
        N_("The journal was made for {made_for}, but the settings say {environment}."),
        N_("Set storage.data_dir to another folder, or environment back to {made_for}."),
    ),
    "old_journal_not_sound": Text(
        N_("Event {event} of the journal is not as version 0.1 recorded it, so the journal can't be taken over.")
    ),
    "old_journal_unreadable": Text(N_("The journal of version 0.1 can't be taken over: {text}.")),
    "journal_open_to_others": Text(
        N_("Other users of this machine can open {path}."),
        N_("Close it to them: chmod -R go= '{folder}'"),
        N_("The journal is not private"),
    ),
    "no_journal": Text(
        N_("There is no journal in {folder}."),
        N_("The kiosk makes it when it first starts; storage.data_dir in the settings names the folder."),
        N_("No journal here"),
    ),
    "journal_not_empty": Text(
        N_("The journal in this data folder already holds events."),
        N_("Import into an empty folder (storage.data_dir)."),
        N_("The export was not imported"),
    ),
    "export_unreadable": Text(N_("{path} can't be read: {text}."), _THE_FILE, N_("The export can't be read")),
    "export_not_utf_8": Text(
        N_("{path} is not UTF-8 text: byte {byte} can't be read."), _THE_FILE, N_("The export can't be read")
    ),
    "export_line_unreadable": Text(N_("Line {line} of the export can't be read: {text}."), _THE_FILE, _DAMAGED_EXPORT),
    "export_not_sound": Text(N_("Event {event} of the export was changed or is missing."), _THE_FILE, _DAMAGED_EXPORT),
    "event_missing": Text(N_("Event {event} is missing."), _KEEP),
    "event_not_following": Text(N_("Event {event} does not follow the event before it."), _KEEP),
    "event_changed": Text(N_("Event {event} was changed after it was recorded."), _KEEP),
    "event_personal_changed": Text(
        N_("The personal fields of event {event} were changed after they were recorded."), _KEEP
    ),
    "events_cut_off": Text(N_("The journal has lost its last events, from event {event} on."), _KEEP),
}
