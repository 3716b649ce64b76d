"""Settings and variables that name a file or a folder: absolute, so that nothing depends on where this was started."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from kiosk.errors import SettingsError
from kiosk.settings.section import WrongValueError


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


def _empty_is_none(raw: object) -> object:
    return None if raw == "" else raw


def _absolute(path: Path | None) -> Path | None:
    found = None if path is None else absolute(path)
    if path is not None and found is None:
        raise WrongValueError("path_not_absolute")
    return found


AbsolutePath = Annotated[Path | None, BeforeValidator(_empty_is_none), AfterValidator(_absolute)]
"""An absolute path, or one from the user's home (`~`); an empty text names none."""
