"""Settings that name a file or a folder: absolute, so that nothing depends on where this was started."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from kiosk.first_look import absolute
from kiosk.settings.section import WrongValueError


def _empty_is_none(raw: object) -> object:
    return None if raw == "" else raw


def _absolute(path: Path | None) -> Path | None:
    found = None if path is None else absolute(path)
    if path is not None and found is None:
        raise WrongValueError("path_not_absolute")
    return found


AbsolutePath = Annotated[Path | None, BeforeValidator(_empty_is_none), AfterValidator(_absolute)]
"""An absolute path, or one from the user's home (`~`); an empty text names none."""
