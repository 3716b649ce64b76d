"""Standard input, where a command is told to read `-`; a file is read by whoever needs it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from kiosk.words.errors import Said, SpokenError
from kiosk.words.language import _

STANDARD_INPUT = Path("/dev/stdin")


class InputError(SpokenError):
    """Standard input is closed, or has nothing to read."""

    code = "input_failed"

    def __init__(self, sentence: str) -> None:
        hint = _("Send something into the command, as in `< FILE`, or name what is to be read.")
        super().__init__(Said(_("Nothing was read"), sentence, hint))


def is_standard_input(file: Path) -> bool:
    """Tell whether a file that was named is standard input."""
    return file in {Path("-"), STANDARD_INPUT}


def standard_input() -> TextIO:
    """Return standard input; raises InputError where it was closed before the start."""
    # Python starts with None then. It is not opened by its number, which may be that of another file by now.
    if sys.stdin is None:
        raise InputError(_("Standard input is closed."))
    return sys.stdin


def lines_of_input() -> Iterator[str]:
    """Yield standard input line by line; raises InputError where it can't be read, or is empty."""
    is_empty = True
    try:
        for line in standard_input():
            is_empty = False
            yield line
    except OSError as error:
        cause = error.strerror or str(error)
        raise InputError(_("Standard input can't be read: {cause}.").format(cause=cause)) from error
    if is_empty:
        raise InputError(_("Standard input is empty."))
