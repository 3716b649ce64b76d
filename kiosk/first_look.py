"""Where the settings file is looked for, and the three settings in it that are needed before the settings are read.

A first frame, and a --help, speak the desk's language in its colours and signs, and can't wait for pydantic. So this is
a look without a check: what is wrong or unreadable counts as not set here, and is said by `kiosk/settings`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from platformdirs import site_config_path, user_config_path

from kiosk.errors import SettingsError
from kiosk.languages import ENGLISH, has_language

APPLICATION = "parcel-kiosk"


class FirstLook(NamedTuple):
    """What is seen of the settings at a first look."""

    language: str = ENGLISH
    """One that can be spoken."""
    theme: str = ""
    """As it is written there; empty where it is not set."""
    signs: str = ""
    """As it is written there; empty where it is not set."""


def look(arguments: Sequence[str], environ: Mapping[str, str]) -> FirstLook:
    """Return what the settings say that these arguments and this environment lead to."""
    found: dict[str, str] = {}
    for source in (_in_environment(environ), _in_secrets(environ), _in_file(_named_in(arguments), environ)):
        found = source | found
    language = found.get("language", ENGLISH)
    return FirstLook(language if has_language(language) else ENGLISH, found.get("theme", ""), found.get("signs", ""))


def config_path(config: Path | None, environ: Mapping[str, str]) -> Path | None:
    """Return the settings file: `config`, or the one KIOSK_CONFIG names, or the platform's; raises SettingsError."""
    named = config or path_in("KIOSK_CONFIG", environ)
    if named:
        return named
    folders = (own_folder(user_config_path), own_folder(site_config_path))
    for place in (folder / "kiosk.toml" for folder in folders if folder):
        try:
            if place.is_file():
                return place
        except OSError as error:  # somebody else's home, mostly: what is set there must not be passed over in silence
            raise SettingsError("settings_unreadable", path=str(place), text=error.strerror or str(error)) from error
    return None


def secrets_path(environ: Mapping[str, str]) -> Path | None:
    """Return the folder of secret files; None where none is named; raises SettingsError."""
    return path_in("KIOSK_SECRETS_DIR", environ) or path_in("CREDENTIALS_DIRECTORY", environ)


def own_folder(find: Callable[[str], Path]) -> Path | None:
    """Return one of the platform's folders for this program; None where it would lie wherever that was started."""
    try:
        folder = find(APPLICATION)
    except RuntimeError:  # no HOME, and an account that this machine does not know
        return None
    return folder if folder.is_absolute() else None


def path_in(variable: str, environ: Mapping[str, str]) -> Path | None:
    """Return the path that an environment variable holds, None without one; raises SettingsError for a relative one."""
    raw = environ.get(variable)
    path = absolute(Path(raw)) if raw else None
    if raw and path is None:
        raise SettingsError("variable_not_absolute", variable=variable)
    return path


def absolute(path: Path) -> Path | None:
    """Return the path with a home in the place of `~`; None for one that depends on where the program was started."""
    try:
        path = path.expanduser()
    except RuntimeError:  # this machine knows no such home
        return None
    return path if path.is_absolute() and "\0" not in str(path) else None


def _in_environment(environ: Mapping[str, str]) -> dict[str, str]:
    variables = {name.lower(): value for name, value in environ.items()}
    found = {name: variables.get(f"kiosk_desk__{name}") for name in FirstLook._fields}
    return {name: value for name, value in found.items() if value is not None}


def _in_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    try:
        folder = secrets_path(environ)
        places = {name: folder / f"desk__{name}" for name in FirstLook._fields} if folder else {}
        return {name: place.read_text("utf-8-sig").strip() for name, place in places.items() if place.is_file()}
    except (SettingsError, OSError, ValueError):
        return {}


def _in_file(config: Path | None, environ: Mapping[str, str]) -> dict[str, str]:
    try:
        path = config_path(config, environ)
        if path is None:
            return {}
        import tomllib  # noqa: PLC0415 - a start without a settings file does without it

        read: Any = tomllib.loads(path.read_text("utf-8-sig")).get("desk")
    except (SettingsError, OSError, ValueError, RecursionError):
        return {}
    desk = read if isinstance(read, dict) else {}
    return {name: value for name in FirstLook._fields if isinstance(value := desk.get(name), str)}


def _named_in(arguments: Sequence[str]) -> Path | None:
    """Return the file that `--config` names, wherever it stands."""
    for at, argument in enumerate(arguments):
        name, sign, value = argument.partition("=")
        if name == "--config":
            return Path(value if sign else "".join(arguments[at + 1 : at + 2]))
    return None
