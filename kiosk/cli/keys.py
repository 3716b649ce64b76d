"""`kiosk console keys`: whose keys may log in to the console over SSH, with their roles; doubles are refused.

Reads the file of public keys as `deploy/ssh/console` does: the last word of a key's line is the name.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kiosk.cli.exits import DONE, FAILED
from kiosk.cli.output import Fields, Output, error_fields
from kiosk.errors import KioskError, SettingsError
from kiosk.parcels.states import Role
from kiosk.settings import load_settings
from kiosk.words.language import _

COLUMNS = ("name", "role", "keyType", "fingerprint")
_KEY = re.compile(r"(?:^|\s)((?:ssh|ecdsa|sk)-[\w@.-]+)\s+([A-Za-z0-9+/=]+)(?:\s+(.*))?$")


class Key(NamedTuple):
    """One line of the file."""

    line: int
    kind: str
    fingerprint: str
    """As `ssh-keygen -l` tells it."""
    name: str
    """Empty where the line has none: nobody gets in with it."""


def run(options: argparse.Namespace, output: Output) -> int:
    """List each key with its person, role and fingerprint; exit code 1 where two of them contradict each other."""
    settings = load_settings(options.config)
    path = settings.console.keys_file
    keys = tuple(keys_in(_lines(path))) if path is not None else ()
    roles = settings.console.roles
    wrong = [*doubles(keys, roles)]
    listed = [_fields(key, roles.get(key.name)) for key in keys]
    if output.as_json:
        output.json({"keys": listed, "errors": [error_fields(error) for error in wrong]})
        return FAILED if wrong else DONE
    output.records(listed, COLUMNS)
    if not listed:
        output.words(_("No key may log in."))
    for error in wrong:
        output.fail(error)
    return FAILED if wrong else DONE


def keys_in(lines: Iterable[str]) -> Iterator[Key]:
    """Read the keys off the lines of a file; comments and what is no key are passed over, as sshd does."""
    for number, line in enumerate(lines, 1):
        found = None if line.lstrip().startswith("#") else _KEY.search(line.strip())
        if found is not None:
            kind, body, comment = found.groups()
            words = (comment or "").split()
            yield Key(number, kind, _fingerprint(body), words[-1] if words else "")


def doubles(keys: Iterable[Key], roles: dict[str, Role]) -> Iterator[KioskError]:
    """Yield what contradicts itself: a key on two lines, and names that differ in small letters only."""
    by_key: dict[str, Key] = {}
    by_name: dict[str, Key] = {}
    for key in keys:
        first = by_key.setdefault(key.fingerprint, key)
        if first is not key:
            yield SettingsError("key_twice", fingerprint=key.fingerprint, lines=(str(first.line), str(key.line)))
        same = by_name.setdefault(key.name.casefold(), key)
        if same.name != key.name and roles.get(same.name) is not roles.get(key.name):
            yield SettingsError("names_alike", names=(same.name, key.name), lines=(str(same.line), str(key.line)))


def _fields(key: Key, role: Role | None) -> Fields:
    role_code = role.value if role else None
    return {"name": key.name, "role": role_code, "keyType": key.kind, "fingerprint": key.fingerprint, "line": key.line}


def _fingerprint(body: str) -> str:
    try:
        digest = hashlib.sha256(base64.b64decode(body, validate=True)).digest()
    except (binascii.Error, ValueError):
        return ""
    return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8", errors="replace").splitlines()
    except OSError as error:
        raise SettingsError("keys_unreadable", path=str(path), text=error.strerror or str(error)) from error
