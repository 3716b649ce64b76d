"""What is said where the directory or a file for it can't be used; the codes are given in `kiosk/recipients/`.

Why a single row was left out is said in `kiosk/words/recipients.py`.
"""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

TEXTS: dict[str, Text] = {
    "not_a_directory": Text(
        N_("The file is another program's database, not a recipient directory."),
        N_("Move the file elsewhere, then import the list of recipients: `kiosk recipients import FILE`."),
    ),
    "directory_is_newer": Text(
        N_(
            "The recipient directory was written by a newer version of this program"
            " (schema {schema}; this version reads up to {known})."
        ),
    ),
    "import_under_way": Text(N_("Another process is importing a list of recipients.")),
    "import_just_ended": Text(
        N_("Another process has just imported a list of recipients."),
        N_("If your list is newer, import it again."),
        N_("Another import has just finished"),
    ),
    "recipients_unreadable": Text(N_("{path} can't be read: {text}.")),
    "recipients_empty": Text(N_("The file is empty.")),
    "no_id_column": Text(N_("The first line has no column for the contact ID.")),
    "no_name_column": Text(N_("The first line has no column for the name.")),
    "no_rows": Text(N_("The file has no rows.")),
    "no_usable_row": Text(N_("None of the rows in the file can be used. Left out: {rows}.")),
}
