"""What a failure of the driver means: from SQLSTATE, and where there is none from what PostgreSQL's library says.

A server that does not let somebody in sends an SQLSTATE, but the library keeps it to itself and hands on a text, the
server's part of it in the server's language. So that part is judged only by the names that stand in it.
"""

from __future__ import annotations

import re
from typing import Final

import psycopg

from kiosk.errors import FleetAwayError, FleetDataError, FleetError, FleetRefusedError

CERTIFICATE_REFUSED: Final = re.compile("certificate verify failed|does not match host name")
"""What the library says of a server's certificate; it is not translated."""

_SERVERS_WORDS: Final = re.compile(r"failed: \S{1,40}\s?: {2}(.*)", re.DOTALL)
"""A severity, a colon and two blanks: the library puts only what a server sent like that."""

_OWN_FILES: Final = re.compile("root certificate file|certificate file|private key|SSL context")
_OWN_CERTIFICATE: Final = re.compile("alert|client certificate")

_DATA: Final = {"22", "23", "54"}
"""Classes of SQLSTATE that are about a value; 54: one that is longer than an index or JSON takes."""
_LATER: Final = {
    "08": "fleet_away",
    "25006": "fleet_read_only",
    "40": "fleet_busy",
    "53": "fleet_busy",
    "53100": "fleet_disk_full",
    "55P03": "fleet_busy",
    "57": "fleet_away",
    "57014": "fleet_slow",
}
"""What may be over later, by SQLSTATE or its class."""


def translated(error: psycopg.Error, *, role: str, database: str) -> FleetError:
    """Return what a failure means for a role that was, or wanted to be, in a database."""
    sqlstate = error.sqlstate
    if sqlstate is None:
        return _not_let_in(error, role, database)
    if sqlstate[:2] in _DATA:
        return FleetDataError(sqlstate=sqlstate)
    match sqlstate:
        case "42501":
            return FleetError("fleet_not_allowed", login=role)
        case "3F000" | "42P01":
            return FleetError("fleet_without_schema", database=database)
        case "42883" | "42703":
            return FleetRefusedError("fleet_schema_too_old")
    code = _LATER.get(sqlstate) or _LATER.get(sqlstate[:2])
    return FleetAwayError(code) if code else FleetAwayError("fleet_unexpected", sqlstate=sqlstate)


def _not_let_in(error: psycopg.Error, role: str, database: str) -> FleetError:
    """Return why there is no connection: nobody answered, or what did answer did not suit one of the two."""
    text = str(error)
    if error.pgconn is not None and error.pgconn.needs_password:
        return FleetError("fleet_password_needed", login=role)
    if "does not support SSL" in text:
        return FleetError("fleet_without_tls")
    if _OWN_FILES.search(text):
        return FleetError("fleet_own_certificate_unusable", text=_in_a_line(text))
    if "SSL error" in text and _OWN_CERTIFICATE.search(text):
        return FleetError("fleet_own_certificate_refused")
    if sent := _SERVERS_WORDS.search(text):
        return _turned_away(sent[1], role, database)
    return FleetAwayError()


def _turned_away(words: str, role: str, database: str) -> FleetError:
    text = _in_a_line(words)
    match _is_named(role, words), _is_named(database, words):
        case (True, True):
            return FleetError("fleet_not_let_in", login=role, database=database, text=text)
        case (True, False):
            return FleetError("fleet_login_refused", login=role, text=text)
        case (False, True):
            return FleetError("fleet_without_database", database=database, text=text)
        case _:
            # It starts, stops or is full, or wants a certificate of this desk.
            return FleetAwayError("fleet_turned_away", text=text)


def _is_named(name: str, words: str) -> bool:
    """Tell whether a name stands there in quotation marks, whichever the language has."""
    return re.search(rf"[^\w\s]\s?{re.escape(name)}\s?[^\w\s]", words) is not None


def _in_a_line(text: str) -> str:
    """Return what is said of the first of a host's addresses that was tried, without the address."""
    said = text.partition("\nMultiple connection attempts")[0]
    return " ".join((said.partition("failed: ")[2] or said).split())
