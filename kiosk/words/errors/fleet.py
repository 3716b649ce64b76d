"""What is said of the centre of several desks; the codes are given in `kiosk/fleet/`.

The desk works on alone in every one of these cases, and what it has not sent yet stays in its journal.
"""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_JOIN = N_("Let an administrator join this desk again: kiosk fleet join")
_INIT = N_("Let the administrator of the server run: kiosk fleet init")
_REJOIN = N_("Let an administrator look: kiosk journal verify, then kiosk fleet rejoin")
_NOTHING_LOST = N_("Nothing is lost. What this desk has not sent yet goes to the centre as soon as it takes it.")

TEXTS: dict[str, Text] = {
    "fleet_failed": Text(N_("The centre can't be used.")),
    "fleet_program_too_old": Text(
        N_("This program is too old for the centre."),
        N_("Update the kiosk. Nothing is lost: what it has not sent yet goes to the centre then."),
    ),
    "fleet_schema_too_old": Text(N_("The centre is older than this program."), _INIT),
    "fleet_unknown_desk": Text(N_("The centre does not know this desk, or knows it under another role."), _JOIN),
    "fleet_older_copy": Text(
        N_("The centre has later events of this desk than its journal: up to {event}. The journal is an older copy."),
        _REJOIN,
    ),
    "fleet_another_journal": Text(
        N_("The centre has another event {event} of this desk: somebody else sends under the id of this desk."),
        _REJOIN,
    ),
    "fleet_chain_broken": Text(
        N_("Event {event} of this desk does not go on from what the centre has of it."), _REJOIN
    ),
    "fleet_event_changed": Text(
        N_("Event {event} of this desk is not as it was recorded: the centre does not take it."),
        N_("Let an administrator look: kiosk journal verify"),
    ),
    "fleet_not_opened": Text(N_("Something personal of another desk can't be read.")),
    "fleet_refused": Text(N_("The centre refuses this desk.")),
    "fleet_away": Text(N_("The centre does not answer."), _NOTHING_LOST),
    "fleet_disk_full": Text(N_("The disk of the centre is full."), _NOTHING_LOST),
    "fleet_read_only": Text(N_("The centre takes nothing in: the server is a standby."), _NOTHING_LOST),
    "fleet_data": Text(N_("The centre can't store something that it was sent (SQLSTATE {sqlstate}).")),
    "fleet_without_server": Text(N_("No centre is set."), N_("Set fleet.server, then try again.")),
    "fleet_not_joined": Text(
        N_("This machine has not joined the centre yet."), N_("Let an administrator run: kiosk fleet join")
    ),
    "fleet_login_unreadable": Text(N_("{path} can't be read, so this machine can't log in at the centre."), _JOIN),
    "fleet_console_name": Text(
        N_("{name} is no name for a console's login."),
        N_("Take up to 31 small letters, digits and underscores, a letter first."),
    ),
    "fleet_login_refused": Text(N_("The centre does not let this desk log in."), _JOIN),
    "fleet_not_allowed": Text(N_("The centre does not allow that to the role of this desk."), _JOIN),
    "fleet_without_database": Text(N_("The server has no database of that name."), _INIT),
    "fleet_without_schema": Text(N_("The database is not set up as a centre of kiosks."), _INIT),
}
