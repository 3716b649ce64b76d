"""What is said of an error: a title, a sentence and what to do, made from its code and parameters; a file a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.words.errors.spoken import Said, SpokenError

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Cause

__all__ = ["Said", "SpokenError", "explain", "explain_cause"]


def explain(error: KioskError, *, to_clerk: bool = False) -> Said:
    """Return what happened, under which heading, and what to do about it.

    A clerk is told of no hosts, settings and commands.
    """
    if isinstance(error, SpokenError):
        return error.said
    from kiosk.words.errors.explaining import said_of  # noqa: PLC0415 - the first frame waits for no table of texts

    return said_of(error, to_clerk=to_clerk)


def explain_cause(cause: Cause, *, to_clerk: bool = False) -> str:
    """Return in a sentence what an event or an attention item says went wrong."""
    return explain(KioskError(cause.code, **cause.parameters), to_clerk=to_clerk).sentence
