"""What is said where the directory of names or a file for it can't be used; the codes are given in `kiosk/recipients/`.

Why a single row was left out is said in `kiosk/words/recipients.py`.
"""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

TEXTS: dict[str, Text] = {
    "not_a_directory": Text(
        N_("The file is another program's database, not a kiosk's directory of names."),
        N_("Move the file away, then import the list of recipients with `kiosk recipients import FILE`."),
    ),
    "directory_is_newer": Text(
        N_(
            "The directory of names was written by a newer version of this program"
            " (schema {schema}; this version knows {known})."
        ),
    ),
    "import_under_way": Text(N_("Another process is importing a file.")),
    "import_just_ended": Text(
        N_("Another process has just imported a file."),
        N_("Try again if yours is the newer list."),
        N_("Another import has just ended"),
    ),
    "recipients_unreadable": Text(N_("{path} can't be read: {text}.")),
    "recipients_empty": Text(N_("The file is empty.")),
    "no_id_column": Text(N_("The first line names no column for the contact id.")),
    "no_name_column": Text(N_("The first line names no column for the name.")),
    "no_rows": Text(N_("The file holds no rows.")),
    "no_usable_row": Text(N_("No row of the file can be used; {rows} were left out.")),
}
