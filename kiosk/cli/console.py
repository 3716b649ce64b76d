"""`kiosk console`: the operator's console in this terminal, or over SSH; who came, from where and when is recorded.

With --fleet it is that over all desks, with --plain it is in lines.

What an SSH client asks for instead of the console is not carried out: the words it may say are `report` and `plain`.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import ExitStack
from typing import TYPE_CHECKING

from kiosk.cli.logs import log_to, quiet_terminal
from kiosk.cli.output import Output
from kiosk.cli.terminal import NoTerminalError, end_at_interrupt, read_terminal
from kiosk.words.language import _, speak

if TYPE_CHECKING:
    import argparse

    from screens.console.app import ConsoleApp
    from screens.fleet.app import FleetApp


REPORT = "report"
"""What may be asked for over SSH instead of the console."""
PLAIN = "plain"
"""What may be asked for over SSH to have the console in lines."""


def run(options: argparse.Namespace, output: Output) -> int:
    """Run the console until it is closed; raises NoTerminalError, SettingsError, NotAllowedError or StorageError."""
    said = os.environ.get("SSH_ORIGINAL_COMMAND", "").strip()
    wants_report = said == REPORT
    if options.plain or (said == PLAIN and not options.fleet):
        from kiosk.cli.plain_console import talk  # noqa: PLC0415 - signals wait before anything is loaded

        return talk(options, output)
    end_at_interrupt()
    terminal = read_terminal()
    if terminal.problem and not wants_report:
        hint = _(
            "Log in with `ssh -t` and no command. Without a screen there are `ssh HOST plain` and `ssh HOST report`."
        )
        raise NoTerminalError(terminal, terminal.problem, hint)

    from kiosk.cli.visit import begin_session, let_in, role_reader, visit, why_ended  # noqa: PLC0415 - behind the look at the terminal, which is quick
    from kiosk.settings import load_settings  # noqa: PLC0415 - the same

    with ExitStack() as logs:
        logs.enter_context(quiet_terminal())
        settings = load_settings(options.config)
        logs.enter_context(log_to(settings.data_dir))
        operator = let_in(settings, options.name)
        if wants_report and options.fleet:
            from kiosk.cli.fleet_report import tell  # noqa: PLC0415 - only the report needs it

            return tell(settings, None, output)
        if wants_report:
            from kiosk.cli.report import write_report  # noqa: PLC0415 - only the report needs it

            return asyncio.run(write_report(settings, operator, output))

        role_now = role_reader(options.config, options.name)
        session = begin_session(operator)
        speak(settings.desk.language)
        theme = settings.desk.theme.value
        app: ConsoleApp | FleetApp
        if options.fleet:
            from kiosk.cli.fleet_visit import visit_fleet  # noqa: PLC0415 - brings a database driver
            from screens.fleet.app import FleetApp  # noqa: PLC0415 - cli opens a screen inside a function

            app = FleetApp(lambda: visit_fleet(settings, operator, role_now, session), operator, theme)
        else:
            from screens.console.app import ConsoleApp  # noqa: PLC0415 - the same

            app = ConsoleApp(lambda: visit(settings, operator, role_now, session), operator, theme)
        # Without it the mouse stays the terminal's own: it copies a number out of the screen.
        exit_code = app.lifetime.run(mouse=False)
    failure = app.lifetime.failure or why_ended(settings, session)
    if failure is not None:
        output.fail(failure)
    return exit_code
