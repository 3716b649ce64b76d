"""`kiosk console --plain`, and `plain` said over SSH: the operator's console in lines, in any terminal or in none."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from kiosk.cli.logs import log_to, quiet_terminal
from kiosk.cli.terminal import hold_interrupt
from kiosk.watchdog import Watchdog

if TYPE_CHECKING:
    import argparse

    from kiosk.cli.output import Output


def talk(options: argparse.Namespace, output: Output) -> int:
    """Talk with the operator until they leave; raises SettingsError, NotAllowedError or StorageError."""
    hold_interrupt()
    from kiosk.cli.visit import begin_session, let_in, role_reader, visit, why_ended  # noqa: PLC0415 - signals wait before anything is loaded
    from kiosk.plain.console.console import converse  # noqa: PLC0415 - the same
    from kiosk.plain.session import Session, terminal_of_process  # noqa: PLC0415 - the same
    from kiosk.settings import load_settings  # noqa: PLC0415 - the same
    from kiosk.words.language import speak  # noqa: PLC0415 - the same

    with ExitStack() as logs:
        logs.enter_context(quiet_terminal())
        settings = load_settings(options.config)
        logs.enter_context(log_to(settings.data_dir))
        operator = let_in(settings, options.name)
        role_now = role_reader(options.config, options.name)
        session = begin_session(operator)
        speak(settings.desk.language)
        opens = partial(visit, settings, operator, role_now, session)
        ended = Session(terminal_of_process(), Watchdog(is_locked=False), opens, partial(converse, operator)).run()
    failure = ended.failure or why_ended(settings, session)
    if failure is not None:
        output.fail(failure)
    return ended.exit_code
