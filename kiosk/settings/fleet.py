"""The section `[fleet]`: where the centre of several desks is, and how this desk knows it for the right one.

Role and password are no settings: `kiosk fleet join` keeps them in a private file of the data folder.
"""

from __future__ import annotations

import re
from typing import Annotated, Final, NamedTuple

from pydantic import AfterValidator

from kiosk.settings.paths import AbsolutePath
from kiosk.settings.section import Section, WrongValueError

_SERVER: Final = re.compile(
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?(?:/(?P<database>[A-Za-z0-9_-]+))?"
)
DEFAULT_PORT: Final = 5432
DEFAULT_DATABASE: Final = "kiosks"


class Server(NamedTuple):
    """A database of a PostgreSQL server."""

    host: str
    port: int
    database: str


def _server(text: str) -> str:
    if text and server_of(text) is None:
        raise WrongValueError("no_fleet_server")
    return text


def server_of(text: str) -> Server | None:
    """Return what `host`, `host:port` or `host:port/database` names; None for anything else."""
    found = _SERVER.fullmatch(text)
    if found is None or not 0 < (port := int(found["port"] or DEFAULT_PORT)) < 65536:
        return None
    return Server(found["host"].strip("[]"), port, found["database"] or DEFAULT_DATABASE)


class Fleet(Section):
    """The centre that this desk tells of what happens, and hears of other desks from."""

    server: Annotated[str, AfterValidator(_server)] = ""
    """`host:port/database` of a PostgreSQL server; empty: this desk is on its own."""
    ca_file: AbsolutePath = None
    """Who vouches for the server; empty: the public authorities, and on this machine nobody needs to."""
    certificate_file: AbsolutePath = None
    """With which this desk proves itself, where the server asks for that besides the password."""
    key_file: AbsolutePath = None
    """The private key of that certificate."""
