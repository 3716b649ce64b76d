"""Settings that name a file or a folder: absolute, so that nothing depends on where the program was started."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from kiosk.settings.section import WrongValueError


def from_home(path: Path) -> Path:
    """Put the user's home, or somebody's, in the place of `~`; as it is where this machine knows none."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def _empty_is_none(raw: object) -> object:
    return None if raw == "" else raw


def _absolute(path: Path | None) -> Path | None:
    if path is None:
        return None
    expanded = from_home(path)
    if "\0" in str(expanded) or not expanded.is_absolute():
        raise WrongValueError("path_not_absolute")
    return expanded


AbsolutePath = Annotated[Path | None, BeforeValidator(_empty_is_none), AfterValidator(_absolute)]
"""An absolute path, or one from the user's home (`~`); an empty text names none."""
