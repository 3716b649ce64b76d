"""Reads the arguments of the `kiosk` command, starts what they ask for, and turns what ends it into an exit code.

Each command is a module of its own, loaded when it is used: `kiosk --help` and the first frame wait for none.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module

from kiosk.cli.arguments import create_parser
from kiosk.cli.exits import FAILED, UNFINISHED, WRONG_USAGE
from kiosk.cli.output import Output
from kiosk.errors import InDoubtError, KioskError, SettingsError
from kiosk.first_look import look
from kiosk.words import signs
from kiosk.words.language import speak

SECONDS_A_DAY = 86_400


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; wrong arguments and --help end in argparse's SystemExit."""
    _leave_impossible_zone()
    seen = look(arguments, os.environ)
    speak(seen.language)
    signs.choose(seen.signs, sys.stdout.encoding if sys.stdout else None)
    options = create_parser().parse_args(arguments, argparse.Namespace(theme=seen.theme))
    output = Output(as_json=options.json)
    try:
        return _run(options, output)
    except BrokenPipeError:
        return FAILED


def _leave_impossible_zone() -> None:
    """Go by UTC where TZ is a day or more away from it: Python can make no local time there."""
    if max(abs(time.timezone), abs(time.altzone)) >= SECONDS_A_DAY:
        os.environ["TZ"] = "UTC"
        time.tzset()


def _run(options: argparse.Namespace, output: Output) -> int:
    try:
        return _load(options.runs)(options, output)
    except KioskError as error:
        output.fail(error)
        return exit_code(error)


def _load(runs: str) -> Callable[[argparse.Namespace, Output], int]:
    """Import the module of `module:function` and return the function."""
    # Plugins of other packages would be looked for in every one that is installed; none of them is ours.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    module, _, name = runs.partition(":")
    # Loading makes no garbage worth looking for: without the collector a command starts 6 % sooner.
    gc.disable()
    try:
        command: Callable[[argparse.Namespace, Output], int] = getattr(import_module(module), name)
    finally:
        gc.enable()
    return command


def exit_code(error: KioskError) -> int:
    """Return the exit code for an error that ended a command."""
    match error:
        case SettingsError():
            return WRONG_USAGE
        case InDoubtError():
            return UNFINISHED
        case _:
            return FAILED
