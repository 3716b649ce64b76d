"""The section `[backup]`: where backups go, who can read them, and how many are kept."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from kiosk.settings.paths import AbsolutePath
from kiosk.settings.section import Section, WrongValueError

_PUBLIC_KEY: Final = re.compile(r"age1[02-9ac-hj-np-z]{58}")


def _public_key(text: str) -> str:
    # A private key begins otherwise, and must never stand here: the desk could read every backup that it ever made.
    if text and not _PUBLIC_KEY.fullmatch(text):
        raise WrongValueError("no_public_key")
    return text


class Backup(Section):
    """Backups of this desk."""

    folder: AbsolutePath = None
    """Best on another disk or machine; empty: it has to be named each time."""
    public_key: Annotated[str, AfterValidator(_public_key)] = ""
    """Of age (https://age-encryption.org): only who has the other half can read a backup; empty: not encrypted."""
    keep: int = Field(14, ge=1)
    """So many backups of this desk are kept in a folder, the latest ones."""
