"""`kiosk --plain`: the clerk's work in lines, in any terminal, on a serial line, or with no terminal at all."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, ExitStack
from typing import TYPE_CHECKING

from kiosk.cli.logs import quiet_terminal
from kiosk.cli.screen import open_desk
from kiosk.cli.terminal import hold_interrupt
from kiosk.watchdog import Watchdog

if TYPE_CHECKING:
    import argparse

    from kiosk.cli.output import Output
    from kiosk.wiring import Services


def run(options: argparse.Namespace, output: Output) -> int:
    """Talk with the clerk until somebody leaves, the input ends, or the process is to end."""
    hold_interrupt()
    from kiosk.plain.clerk.desk import converse  # noqa: PLC0415 - signals wait before anything is loaded
    from kiosk.plain.session import Session, terminal_of_process  # noqa: PLC0415 - the same

    watchdog = Watchdog(is_locked=None)
    with quiet_terminal(), ExitStack() as logs:

        def opens() -> AbstractAsyncContextManager[Services]:
            return open_desk(options.config, logs, watchdog)

        ended = Session(terminal_of_process(), watchdog, opens, converse).run()
    if ended.failure is not None:
        output.fail(ended.failure)
    return ended.exit_code
