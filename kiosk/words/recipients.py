"""What is said of the rows that an import left out."""

from __future__ import annotations

from kiosk.recipients.refused import Reason, Refused
from kiosk.words.language import N_, _

REASONS = {
    Reason.NO_CONTACT_ID: N_("Line {line} has no contact ID."),
    Reason.NO_NAME: N_("Line {line} has no name."),
    Reason.REPEATED_ID: N_("Line {line} has the same contact ID as line {first}: {contact_id}."),
    Reason.NOT_JSON: N_("Line {line} is not valid JSON."),
    Reason.NO_JSON_OBJECT: N_("Line {line} is not a JSON object."),
    Reason.OBJECT_IN_CELL: N_("Line {line} has an object where text is expected."),
    Reason.NO_TABLE_ROW: N_("Line {line} can't be read as a table row: {text}."),
    Reason.TOO_MANY_CELLS: N_("Line {line} has {cells} cells, but the first line has only {columns} columns."),
    Reason.CELL_TOO_LONG: N_("Line {line} has a cell longer than {longest} characters."),
    Reason.UNKNOWN_TYPE: N_("Line {line} has the type “{cell}”; it must be recipient or department."),
    Reason.NEITHER_YES_NOR_NO: N_("Line {line} has “{cell}” in the column {column}; it must be yes or no."),
}


def why_left_out(refused: Refused) -> str:
    """Return in a sentence which row was left out, and why."""
    return _(REASONS[refused.reason]).format(line=refused.line, **refused.parameters)
