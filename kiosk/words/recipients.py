"""What is said of the rows that an import left out, and of languages that it does not know."""

from __future__ import annotations

from kiosk.recipients.refused import Reason, Refused
from kiosk.words.language import N_, _, ngettext

REASONS = {
    Reason.NO_CONTACT_ID: N_("Line {line} has no contact ID."),
    Reason.NO_NAME: N_("Line {line} has no name."),
    Reason.REPEATED_ID: N_("Line {line} has the same contact ID as line {first}: {contact_id}."),
    Reason.NOT_JSON: N_("Line {line} is not valid JSON."),
    Reason.NO_JSON_OBJECT: N_("Line {line} is not a JSON object."),
    Reason.OBJECT_IN_CELL: N_("Line {line} has an object where text is expected."),
    Reason.NO_TABLE_ROW: N_("Line {line} can't be read as a table row."),
    Reason.TOO_MANY_CELLS: N_("Line {line} has {cells} cells, but the header has only {columns}."),
    Reason.CELL_TOO_LONG: N_("Line {line} has a cell longer than {longest} characters."),
    Reason.OPEN_QUOTE: N_("Line {line} has a quotation mark that opens a cell over several rows."),
    Reason.CUT_OFF: N_("Line {line} is only half there; the file ends within it."),
    Reason.ID_ROUNDED: N_(
        "Line {line} has the contact ID {cell}: a spreadsheet took it for a number and may have rounded it."
        " Format the column as text and export it again."
    ),
    Reason.ID_DATED: N_(
        "Line {line} has the contact ID {cell}: a spreadsheet took it for a date. Format the column as text and export"
        " it again."
    ),
    Reason.ID_SPOILED: N_("Line {line} has no readable contact ID: {cell}."),
    Reason.UNKNOWN_TYPE: N_("Line {line} has the type “{cell}”; it must be recipient or department."),
    Reason.NEITHER_YES_NOR_NO: N_("Line {line} has “{cell}” in the column {column}; it must be yes or no."),
    Reason.UNKNOWN_STATUS: N_("Line {line} has the status “{cell}”, which is not known; nobody was changed by it."),
}


def why_left_out(refused: Refused) -> str:
    """Return in a sentence which row was left out, and why."""
    return _(REASONS[refused.reason]).format(line=refused.line, **refused.parameters)


def unknown_language_words(language: str, line: int, count: int) -> str:
    """Return of how many people a list says a language in which there are no notices; `line` has the first of them."""
    text = ngettext(
        "Line {line} has the language “{language}”, in which there are no notices: that person gets them in the"
        " desk's language.",
        "{count} people have the language “{language}”, in which there are no notices: they get them in the desk's"
        " language. The first is in line {line}.",
        count,
    )
    return text.format(line=line, language=language, count=count)
