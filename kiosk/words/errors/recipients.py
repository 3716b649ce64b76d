"""What is said where the directory or a file for it can't be used; the codes are given in `kiosk/recipients/`.

Why a single row was left out is said in `kiosk/words/recipients.py`.
"""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

TEXTS: dict[str, Text] = {
    "not_a_directory": Text(
        N_("The file is another program's database, not a recipient directory."),
        N_(
            "Move the file elsewhere, then import the list of recipients: `kiosk recipients import FILE --reason TEXT`."
        ),
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
    "no_id_column": Text(
        N_("No column is understood as the contact ID. The columns are: {names}."),
        N_("Say which one it is: --map contact_id=COLUMN. docs/directory.md lists the names that are understood."),
    ),
    "no_name_column": Text(
        N_("No column is understood as the name. The columns are: {names}."),
        N_("Say which one it is: --map name=COLUMN. docs/directory.md lists the names that are understood."),
    ),
    "mapped_columns_missing": Text(
        N_("The file has no such column: {missing}. The columns are: {names}."),
        N_("Correct --map, or directory.columns in the settings."),
    ),
    "map_unknown": Text(
        N_("The directory has no such column: {unknown}. It has: {allowed}."),
        N_("Correct --map, such as --map contact_id=EMPLID."),
        N_("--map is wrong"),
    ),
    "file_is_workbook": Text(
        N_("This is a workbook (Excel or OpenDocument), not a list."),
        N_("Open it, save the sheet as “CSV UTF-8”, and import that."),
    ),
    "file_is_old_workbook": Text(
        N_("This is an old Excel workbook (.xls), not a list."),
        N_("Open it, save the sheet as “CSV UTF-8”, and import that."),
    ),
    "file_is_compressed": Text(
        N_("This is a compressed file (gzip or zip), not a list."), N_("Unpack it first, and import what was in it.")
    ),
    "file_is_pdf": Text(N_("This is a PDF document, not a list."), N_("Export the list as CSV.")),
    "file_is_web_page": Text(
        N_("This is a web page, not a list. It may be the page that asks you to sign in."),
        N_("Sign in, download the list again, and look into the file before you import it."),
    ),
    "file_is_xml": Text(N_("This is an XML file, not a list."), N_("Export the list as CSV.")),
    "file_is_ldif": Text(
        N_("This is an LDIF export of a directory service, not a list."), N_("Export the people as CSV.")
    ),
    "file_is_vcard": Text(N_("These are vCards, not a list."), N_("Export the contacts as CSV.")),
    "json_document": Text(
        N_("This is one JSON document. An import reads JSON lines: one object a line, one line a person."),
        N_("Convert it first, such as by `jq -c '.[]' FILE`."),
    ),
    "line_too_long": Text(N_("Line {line} is longer than {longest} characters. This is no list with a row a line.")),
    "encoding_unknown": Text(
        N_("In which encoding the text is written can't be told."),
        N_(
            "Save the file as UTF-8, or say the encoding: --encoding cp1251 (Cyrillic), shift_jis (Japanese), cp1250"
            " (Central European), cp1252 (Western European) or another one."
        ),
    ),
    "encoding_wrong": Text(N_("The text can't be read as {encoding}."), N_("Say another encoding: --encoding NAME.")),
    "too_many_removed": Text(
        N_("{removed} of {active} people would be made inactive; without asking, at most {most} may be.")
    ),
    "no_rows": Text(N_("The file has no rows.")),
    "no_usable_row": Text(N_("None of the rows in the file can be used. Left out: {rows}.")),
}
