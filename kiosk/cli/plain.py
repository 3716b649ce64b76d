"""`kiosk --plain`: the clerk's work in lines, in any terminal, on a serial line, or with no terminal at all."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, ExitStack
from typing import TYPE_CHECKING

from kiosk.cli.logs import quiet_terminal
from kiosk.cli.screen import open_desk
from kiosk.cli.terminal import hold_interrupt

if TYPE_CHECKING:
    import argparse

    from kiosk.cli.output import Output
    from kiosk.plain.lines import Talk
    from kiosk.wiring import Services


def run(options: argparse.Namespace, output: Output) -> int:
    """Talk with the clerk until somebody leaves, the input ends, or the process is to end."""
    hold_interrupt()
    from kiosk.plain.session import Session, terminal_of_process  # noqa: PLC0415 - signals wait before anything is loaded
    from kiosk.watchdog import Watchdog  # noqa: PLC0415 - the same

    watchdog = Watchdog(is_locked=None)
    with quiet_terminal(), ExitStack() as logs:

        def opens() -> AbstractAsyncContextManager[Services]:
            from kiosk.plain.clerk import desk  # noqa: F401, PLC0415 - loaded behind the first line, like all the rest

            return open_desk(options.config, logs, watchdog)

        ended = Session(terminal_of_process(), watchdog, opens, _converse).run()
    if ended.failure is not None:
        output.fail(ended.failure)
    return ended.exit_code


async def _converse(talk: Talk, services: Services) -> None:
    from kiosk.plain.clerk.desk import converse  # noqa: PLC0415 - it is loaded by now

    await converse(talk, services)
