"""What the terminal is: read from the environment and the streams, without drawing anything."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from enum import StrEnum
from typing import NamedTuple, TextIO, assert_never

from kiosk.words.errors import Said, SpokenError
from kiosk.words.language import _

LEAST_COLUMNS, LEAST_LINES = 80, 24


class Shortcoming(StrEnum):
    """What is wrong with a terminal; the first two leave nothing to draw on."""

    NONE_HERE = "no_terminal"
    CAN_NOT_DRAW = "terminal_can_not_draw"
    TOO_SMALL = "terminal_too_small"
    NOT_UTF_8 = "terminal_not_utf_8"


class NoTerminalError(SpokenError):
    """The screens were asked for where there is no terminal to draw them on."""

    def __init__(self, terminal: Terminal, problem: Shortcoming, hint: str = "") -> None:
        otherwise = _(
            "`kiosk --plain` asks and answers in lines here. For the screens start it in a terminal, or over SSH with"
            " `ssh -t`."
        )
        super().__init__(Said(_("No terminal here"), terminal.sentence(problem), hint or otherwise))
        self.code = problem.value


class Terminal(NamedTuple):
    """What the kiosk would draw on."""

    is_terminal: bool
    name: str
    """TERM."""
    columns: int
    lines: int
    colours: int
    """How many it is said to have; 0 where somebody wants none (NO_COLOR)."""
    encoding: str

    @property
    def problem(self) -> Shortcoming | None:
        """Why the screens can't be drawn here at all, or None."""
        if not self.is_terminal:
            return Shortcoming.NONE_HERE
        return Shortcoming.CAN_NOT_DRAW if self.name in {"", "dumb"} else None

    @property
    def shortcoming(self) -> Shortcoming | None:
        """What would make the screens look wrong here, or None."""
        if self.columns < LEAST_COLUMNS or self.lines < LEAST_LINES:
            return Shortcoming.TOO_SMALL
        return None if self.encoding == "utf8" else Shortcoming.NOT_UTF_8

    def sentence(self, shortcoming: Shortcoming) -> str:
        """Return what is wrong, in words."""
        match shortcoming:
            case Shortcoming.NONE_HERE:
                return _("The kiosk's screens need a terminal for both input and output.")
            case Shortcoming.CAN_NOT_DRAW if not self.name:
                return _("The terminal can't draw screens (TERM is not set).")
            case Shortcoming.CAN_NOT_DRAW:
                return _("The terminal can't draw screens (TERM is {name}).").format(name=self.name)
            case Shortcoming.TOO_SMALL:
                return _(
                    "The window has {columns}x{lines} cells; the screens need {least_columns}x{least_lines}."
                ).format(columns=self.columns, lines=self.lines, least_columns=LEAST_COLUMNS, least_lines=LEAST_LINES)
            case Shortcoming.NOT_UTF_8:
                return _("The terminal's encoding is {encoding}; names and signs need UTF-8.").format(
                    encoding=self.encoding
                )
            case _ as never:
                assert_never(never)


def end_at_interrupt() -> None:
    """Let Ctrl+C end this process as any other signal does, until an app takes the signals itself.

    Python's exception could come anywhere in what is loaded meanwhile, and be lost there.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def hold_interrupt() -> None:
    """Let what a key can send to this process wait for the kiosk, which knows whether anybody may leave it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGQUIT})
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)


def read_terminal() -> Terminal:
    """Look at this process's terminal."""
    is_terminal = _is_terminal(sys.stdin) and _is_terminal(sys.stdout)
    # One that says 0 is taken for the least, as the screens take it (`screens/driver.py`).
    size = shutil.get_terminal_size((LEAST_COLUMNS, LEAST_LINES)) if is_terminal else os.terminal_size((0, 0))
    encoding = (sys.stdout.encoding or "" if sys.stdout else "").lower().replace("-", "")
    return Terminal(is_terminal, os.environ.get("TERM", ""), size.columns, size.lines, _colours(), encoding)


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def _colours() -> int:
    if os.environ.get("NO_COLOR"):
        return 0
    if os.environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return 2**24
    return 256 if "256color" in os.environ.get("TERM", "") else 16
