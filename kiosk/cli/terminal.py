"""What the terminal is: read from the environment and the streams, without drawing anything."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from kiosk.words.errors import Said, SpokenError
from kiosk.words.language import _

if TYPE_CHECKING:
    from typing import TextIO

LEAST_COLUMNS, LEAST_LINES = 80, 24


class NoTerminalError(SpokenError):
    """The screens were asked for where there is no terminal to draw them on; `problem` says what is missing."""

    code = "no_terminal"

    def __init__(self, problem: str, hint: str = "") -> None:
        otherwise = _("Start it in a terminal, or over SSH with `ssh -t`; `kiosk --help` lists the other commands.")
        super().__init__(Said(_("No terminal here"), problem, hint or otherwise))


class Terminal(NamedTuple):
    """What the kiosk would draw on."""

    is_terminal: bool
    name: str
    """TERM."""
    columns: int
    lines: int
    colours: str
    encoding: str

    @property
    def problem(self) -> str | None:
        """Why the screens can't be drawn here at all, or None."""
        if not self.is_terminal:
            return "The kiosk's screens need a terminal for both input and output."
        if self.name in {"", "dumb"}:
            return f"The terminal can't draw screens (TERM is {self.name or 'empty'})."
        return None

    @property
    def shortcoming(self) -> str | None:
        """What would make the screens look wrong here, or None."""
        if self.columns < LEAST_COLUMNS or self.lines < LEAST_LINES:
            wanted = f"{LEAST_COLUMNS}x{LEAST_LINES}"
            return f"The terminal has {self.columns}x{self.lines} cells; the screens need {wanted}."
        if self.encoding != "utf8":
            return f"The terminal's encoding is {self.encoding}; names and signs need UTF-8."
        return None


def read_terminal() -> Terminal:
    """Look at this process's terminal."""
    is_terminal = _is_terminal(sys.stdin) and _is_terminal(sys.stdout)
    size = os.get_terminal_size(sys.stdout.fileno()) if is_terminal else os.terminal_size((0, 0))
    encoding = (sys.stdout.encoding or "" if sys.stdout else "").lower().replace("-", "")
    return Terminal(is_terminal, os.environ.get("TERM", ""), size.columns, size.lines, _colours(), encoding)


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def _colours() -> str:
    name = os.environ.get("TERM", "")
    if os.environ.get("NO_COLOR"):
        return "none (NO_COLOR)"
    if os.environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return "16 million"
    return "256" if "256color" in name else "16"
