"""Reading the sources of the settings as they are: a TOML file, a folder of secret files, environment variables.

What the values mean, and which source wins, is decided in `settings.py`.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_settings import BaseSettings, EnvSettingsSource, NestedSecretsSettingsSource
from pydantic_settings import SettingsError as UnreadableValueError

from kiosk.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Environ(EnvSettingsSource):
    """Environment variables from a given mapping, so that a test need not change the process's own."""

    def __init__(self, settings: type[BaseSettings], environ: Mapping[str, str]) -> None:
        self._environ = {name.lower(): value for name, value in environ.items()}
        super().__init__(settings)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return self._environ


def read_environ(settings: type[BaseSettings], environ: Mapping[str, str]) -> dict[str, Any]:
    """Read the environment variables that name settings; raises SettingsError."""
    try:
        return dict(_Environ(settings, environ)())
    except UnreadableValueError as error:
        raise SettingsError(f"In the environment variables: {error}; sections are set key by key.") from error


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; raises SettingsError."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"The settings file {path} can't be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings file {path} is not valid TOML: {error}.") from error


def read_secrets(settings: type[BaseSettings], folder: str) -> dict[str, Any]:
    """Read a folder of files, each named like a setting (`lockers__client_secret`); raises SettingsError."""
    if not Path(folder).is_dir():
        raise SettingsError(f"The folder of secrets {folder} does not exist.")
    base = EnvSettingsSource(settings)
    try:
        return NestedSecretsSettingsSource(base, secrets_dir=folder, secrets_nested_delimiter="__", env_prefix="")()
    except OSError as error:
        raise SettingsError(f"A file in the folder of secrets {folder} can't be read: {error.strerror}.") from error
    except (UnreadableValueError, UnicodeDecodeError):
        # Without the cause: it quotes the file.
        wrong = SettingsError(f"The folder of secrets {folder} holds something else than a few short texts in UTF-8.")
    raise wrong


def merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Lay one source over another, section by section."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        merged[key] = merge(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return merged
