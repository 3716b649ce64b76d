"""As whom this machine logs in at the centre: written by `kiosk fleet join`, into private files of the data folder."""

from __future__ import annotations

import json
import os
from enum import Enum
from pathlib import Path

from pydantic import SecretStr

from kiosk.errors import FleetError
from kiosk.fleet.centre import Login


class LoginKind(Enum):
    """For what a login is; the value is its file's name."""

    DESK = "fleet-desk.json"
    CONSOLE = "fleet-console.json"


def read_login(folder: Path, kind: LoginKind) -> Login:
    """Return the login that was kept; raises FleetError without one that can be read."""
    try:
        match json.loads((folder / kind.value).read_text("utf-8")):
            case {"role": str(role), "password": str(password)}:
                return Login(role, SecretStr(password))
            case _:
                raise FleetError("fleet_login_unreadable", path=str(folder / kind.value))
    except FileNotFoundError:
        raise FleetError("fleet_not_joined") from None
    except (OSError, ValueError):
        raise FleetError("fleet_login_unreadable", path=str(folder / kind.value)) from None


def write_login(folder: Path, kind: LoginKind, login: Login) -> Path:
    """Keep a login (0600), in the place of the one before; raises OSError."""
    path = folder / kind.value
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump({"role": login.role, "password": login.password.get_secret_value()}, file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    return path
