"""What is said where the journal does not hold; the codes come from `kiosk/journal/` and `kiosk/words/journal.py`."""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_KEEP = N_("Leave the file as it is and tell the operator.")
_REBUILD = N_("No event is affected. Tell the operator: `kiosk journal rebuild` makes such rows anew from the events.")
_COMPARE = N_("Leave the file as it is. Compare it with the latest backup, and find out who could write to the file.")

TEXTS: dict[str, Text] = {
    "journal_of_no_desk": Text(N_("The journal does not say which desk it belongs to."), _KEEP),
    "journal_file_broken": Text(N_("SQLite's own check of the file fails: {about}."), _KEEP),
    "journal_schema_changed": Text(
        N_("The table, index or trigger {about} is not as this program makes it."), _REBUILD
    ),
    "event_missing": Text(N_("Event {event} is missing."), _KEEP),
    "event_not_following": Text(N_("Event {event} does not follow the event before it."), _KEEP),
    "event_changed": Text(N_("Event {event} was changed after it was recorded."), _KEEP),
    "event_personal_changed": Text(
        N_("The personal fields of event {event} were changed after they were recorded."), _KEEP
    ),
    "event_personal_missing": Text(
        N_("The personal fields of event {event} are gone, although nobody had them blanked ({about})."), _KEEP
    ),
    "event_unreadable": Text(N_("Event {event} is as it was recorded, but this version can't read it."), _KEEP),
    "events_cut_off": Text(N_("The end of the journal is missing, from event {event} on."), _KEEP),
    "chain_without_end": Text(N_("The journal does not say where its chain of events ends."), _KEEP),
    "parcel_unreadable": Text(N_("What the journal keeps of parcel {tracking_number} can't be read."), _REBUILD),
    "row_not_as_events_say": Text(N_("A row of the journal is not what the events say: {about}."), _REBUILD),
    "waiting_code_missing": Text(
        N_("A pickup code that nobody has seen is gone ({about})."),
        N_("Find out who could write to the file. Give the parcel a new code in the console."),
    ),
    "code_unexplained": Text(N_("A pickup code is there that no event speaks of ({about})."), _REBUILD),
    "old_chain_differs": Text(
        N_("Event {event} says that the desk had another id before, and the events before it are not those of then."),
        _COMPARE,
    ),
    "codes_changed": Text(
        N_("Pickup codes or facts of the journal were changed by something other than this program."), _COMPARE
    ),
    "head_missing": Text(
        N_("The journal once had event {event}, and it has not now: its end was cut off, or an older copy put back."),
        _COMPARE,
    ),
    "head_differs": Text(
        N_("Event {event} is not the one whose hash was kept: the journal was written anew, from there or before."),
        _COMPARE,
    ),
    "heads_of_others": Text(
        N_("None of the heads that were kept is of this desk: the journal is another one, or the file of heads is."),
        _COMPARE,
    ),
}
