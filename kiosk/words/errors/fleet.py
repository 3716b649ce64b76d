"""What is said of the centre of several desks; the codes are given in `kiosk/fleet/`.

The desk works on alone in every one of these cases, and what it has not sent yet stays in its journal.
"""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_JOIN = N_("Let an administrator join this desk again: kiosk fleet join")
_INIT = N_("Let the administrator of the server run: kiosk fleet init")
_CLOCK_OR_CERTIFICATE = N_(
    "Compare this desk's clock with the time, then let the server have a certificate that is valid."
)
_NOTHING_LOST = N_("Nothing is lost. What this desk has not sent yet goes to the centre as soon as it takes it.")

TEXTS: dict[str, Text] = {
    "fleet_failed": Text(N_("The centre can't be used.")),
    "fleet_answer_unreadable": Text(N_("The centre gave an answer that this program does not understand."), _INIT),
    "fleet_program_too_old": Text(
        N_("This program is too old for the centre."),
        N_("Update the kiosk. Nothing is lost: what it has not sent yet goes to the centre then."),
    ),
    "fleet_schema_too_old": Text(N_("The centre is older than this program."), _INIT),
    "fleet_unknown_desk": Text(N_("The centre does not know this desk, or knows it under another role."), _JOIN),
    "at_another_desk": Text(N_("Desk {desk} has parcel {tracking_number}.")),
    "fleet_not_opened": Text(N_("Something personal of another desk can't be read.")),
    "fleet_refused": Text(N_("The centre refuses this desk.")),
    "fleet_away": Text(N_("The centre does not answer."), _NOTHING_LOST),
    "fleet_disk_full": Text(N_("The disk of the centre is full."), _NOTHING_LOST),
    "fleet_read_only": Text(N_("The centre takes nothing in: the server is a standby."), _NOTHING_LOST),
    "fleet_data": Text(N_("The centre can't store something that it was sent (SQLSTATE {sqlstate}).")),
    "may_not_close_alarms": Text(N_("{name} may not close alarms.")),
    "alarm_closed": Text(N_("This alarm was closed already."), N_("Nothing was changed.")),
    "fleet_without_server": Text(N_("No centre is set."), N_("Set fleet.server, then try again.")),
    "fleet_not_joined": Text(
        N_("This machine has not joined the centre yet."), N_("Let an administrator run: kiosk fleet join")
    ),
    "fleet_login_unreadable": Text(N_("{path} can't be read, so this machine can't log in at the centre."), _JOIN),
    "fleet_console_name": Text(
        N_("{name} is no name for a console's login."),
        N_("Take up to 31 small letters, digits and underscores, a letter first."),
    ),
    "fleet_login_refused": Text(N_("The centre does not let {login} log in: {text}."), _JOIN),
    "fleet_not_let_in": Text(
        N_("The server does not let {login} into the database {database} from here: {text}."),
        N_("Let the administrator of the server look into its pg_hba.conf; docs/fleet.md has the line."),
    ),
    "fleet_password_needed": Text(
        N_("The server asks for the password of {login}."),
        N_("Run this at a terminal, or keep the password where psql finds it: PGPASSWORD or ~/.pgpass."),
    ),
    "fleet_not_allowed": Text(
        N_("The centre does not allow that to {login}."),
        N_("docs/fleet.md says what each role may do, and which rights an administrator needs."),
    ),
    "fleet_without_database": Text(N_("The database {database} can't be used: {text}."), _INIT),
    "fleet_without_schema": Text(
        N_("The database {database} is not set up as a centre of kiosks, or not for this program."), _INIT
    ),
    "fleet_slow": Text(N_("The centre took too long and gave up."), _NOTHING_LOST),
    "fleet_silent": Text(N_("The centre was asked, and no answer came."), _NOTHING_LOST),
    "fleet_busy": Text(N_("The centre has too much to do at the moment."), _NOTHING_LOST),
    "fleet_turned_away": Text(N_("The server answers, but does not let this desk in now: {text}."), _NOTHING_LOST),
    "fleet_unexpected": Text(N_("The centre answered with an error (SQLSTATE {sqlstate})."), _NOTHING_LOST),
    "fleet_without_tls": Text(
        N_("The server does not encrypt, and over a network nothing is sent without that."),
        N_("Let the administrator of the server set `ssl = on`; docs/fleet.md says how."),
    ),
    "fleet_certificate_expired": Text(N_("The certificate of {host} has expired."), _CLOCK_OR_CERTIFICATE),
    "fleet_certificate_too_new": Text(N_("The certificate of {host} is not valid yet."), _CLOCK_OR_CERTIFICATE),
    "fleet_certificate_of_another": Text(
        N_("What answers as {host} has a certificate for another name."),
        N_("Set fleet.server to the name that stands in the certificate, or let the server have one for this name."),
    ),
    "fleet_certificate_untrusted": Text(
        N_("Nobody whom this desk trusts vouches for the certificate of {host}."),
        N_("Set fleet.ca_file to the authority that the server's certificate is from."),
    ),
    "fleet_own_certificate_refused": Text(
        N_("The server refuses the certificate of this desk."),
        N_("Look whether fleet.certificate_file has expired, and whether the server trusts who signed it."),
    ),
    "fleet_own_certificate_unusable": Text(
        N_("The certificates of this desk can't be used: {text}"), N_("Correct the files that [fleet] names.")
    ),
    "fleet_file_unreadable": Text(
        N_("{path} can't be read: {text}."), N_("Correct the path in [fleet], or the rights of the file.")
    ),
    "fleet_not_installed": Text(
        N_("For a centre of several desks a Python package is missing here ({missing})."),
        N_("Install the kiosk with its extra for that: pip install 'parcel-kiosk[fleet]'. Nothing is lost meanwhile."),
    ),
    "fleet_not_utf_8": Text(
        N_("The database {database} keeps text as {encoding}: most names could not be kept there."),
        N_("Make one with the encoding UTF8, or let `kiosk fleet init` make it."),
    ),
    "fleet_server_too_old": Text(
        N_("The server is PostgreSQL {version}."), N_("A centre needs PostgreSQL {needed} or later.")
    ),
    "fleet_schema_newer": Text(
        N_("The centre was set up by a newer program: it has schema {schema}, and this program knows {known}."),
        N_("Nothing was changed. Run this from the newest version of the kiosk."),
    ),
}
