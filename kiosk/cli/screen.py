"""Opens the clerk's kiosk in this terminal."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from kiosk.cli.logs import log_to, quiet_terminal
from kiosk.cli.terminal import NoTerminalError, end_at_interrupt, read_terminal

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from kiosk.cli.output import Output
    from kiosk.wiring import Services


def run(options: argparse.Namespace, output: Output) -> int:
    """Run the kiosk until it is closed; raises NoTerminalError where it can't be drawn."""
    end_at_interrupt()
    terminal = read_terminal()
    if terminal.problem:
        raise NoTerminalError(terminal, terminal.problem)

    from screens.app import KioskApp  # noqa: PLC0415 - cli opens a screen inside a function: the one edge upwards

    with ExitStack() as logs:
        logs.enter_context(quiet_terminal())
        app = KioskApp(lambda: open_desk(options.config, logs))
        exit_code = app.lifetime.run()
    if app.lifetime.failure is not None:
        output.fail(app.lifetime.failure)
    return exit_code


def open_desk(config: Path | None, logs: ExitStack) -> AbstractAsyncContextManager[Services]:
    """Read the settings and prepare the services; called behind the first frame, so the heavy imports are here."""
    from kiosk.settings import load_settings  # noqa: PLC0415 - the first frame does not wait for it
    from kiosk.wiring import Background, open_services  # noqa: PLC0415 - the first frame does not wait for it

    settings = load_settings(config)
    logs.enter_context(log_to(settings.data_dir))
    return settled(open_services(settings, background=Background.DESK, with_past=True))


@asynccontextmanager
async def settled(opening: AbstractAsyncContextManager[Services]) -> AsyncIterator[Services]:
    """Open the services, then tell the collector of garbage that what is there by now stays.

    It looks through the rest only, which halves the time for which a full collection holds the screen up. Nothing
    else of Python's settings is changed: with fewer collections dead screens pile up (`make soak`).
    """
    async with opening as services:
        gc.collect()
        gc.freeze()
        yield services
