"""Reading the sources of the settings as they are: a TOML file, a folder of secret files, environment variables.

What the values mean, and which source wins, is decided in `settings.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_settings import BaseSettings, EnvSettingsSource, NestedSecretsSettingsSource
from pydantic_settings import SettingsError as UnreadableValueError

from kiosk.errors import SettingsError
from kiosk.settings.keys import Key

OWN_VARIABLES = {"CATALOGUES", "CONFIG", "SECRETS_DIR"}
"""Behind `KIOSK_`: they say where settings and languages are, and are none."""


class _Environ(EnvSettingsSource):
    """Environment variables from a given mapping, so that a test need not change the process's own."""

    def __init__(self, settings: type[BaseSettings], environ: Mapping[str, str]) -> None:
        # The base class looks names up in small letters, and leaves it to this loading to write them so.
        self._environ = {name.lower(): value for name, value in environ.items()}
        super().__init__(settings)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return self._environ


class Source(NamedTuple):
    """What one source sets, and what it is called."""

    values: dict[str, Any]
    path: str = ""
    """Of the file or the folder; empty for the environment variables."""

    def holds(self, location: Key) -> bool:
        """Tell whether it sets something there."""
        values: Any = self.values
        for part in location:
            if not isinstance(values, dict) or part not in values:
                return False
            values = values[part]
        return True

    def place_of(self, location: Key) -> str:
        """Return what a person looks for to find a value: a file, a folder or an environment variable."""
        return self.path or f"KIOSK_{'__'.join(location).upper()}"


def unknown_variables(settings: type[BaseSettings], environ: Mapping[str, str]) -> list[Key]:
    """Return as keys those variables that begin like a setting of ours, but name no section and no setting."""
    names = [name.lower().removeprefix("kiosk_") for name in environ if name.lower().startswith("kiosk_")]
    keys = [tuple(name.split("__")) for name in names if name.upper() not in OWN_VARIABLES]
    return [key for key in keys if key[0] not in settings.model_fields]


def read_environ(settings: type[BaseSettings], environ: Mapping[str, str]) -> Source:
    """Read the environment variables that name settings; raises SettingsError."""
    try:
        return Source(dict(_Environ(settings, environ)()))
    except UnreadableValueError as error:
        raise SettingsError("environment_unreadable", text=str(error)) from error


def read_toml(path: Path) -> Source:
    """Read a TOML file; raises SettingsError."""
    try:
        # Windows editors write a byte order mark.
        return Source(tomllib.loads(path.read_text("utf-8-sig")), str(path))
    except OSError as error:
        raise SettingsError("settings_unreadable", path=str(path), text=error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, a number of 5,000 digits, endless brackets
        raise SettingsError("settings_not_toml", path=str(path), text=str(error)) from error


def read_secrets(settings: type[BaseSettings], folder: str) -> Source:
    """Read a folder of files, each named like a setting (`lockers__client_secret`); raises SettingsError."""
    if not Path(folder).is_dir():
        raise SettingsError("secrets_missing", folder=folder)
    base = EnvSettingsSource(settings)
    try:  # already the constructor reads the files
        read = NestedSecretsSettingsSource(base, secrets_dir=folder, secrets_nested_delimiter="__", env_prefix="")
        return Source(_without_marks(read()), folder)
    except OSError as error:
        raise SettingsError("secrets_unreadable", folder=folder, text=error.strerror or str(error)) from error
    except (UnreadableValueError, UnicodeDecodeError):
        wrong = SettingsError("secrets_not_texts", folder=folder)
    # Raised out here, without the cause: it quotes the file.
    raise wrong


def _without_marks(values: dict[str, Any]) -> dict[str, Any]:
    """Take away the byte order marks that Windows editors write at the beginning of a file."""
    return {
        name: _without_marks(value) if isinstance(value, dict) else value.removeprefix("\ufeff")
        for name, value in values.items()
    }


def merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Lay one source over another, section by section."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        merged[key] = merge(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return merged
