"""Opens the clerk's kiosk in this terminal."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from kiosk.cli.logs import log_to, quiet_terminal
from kiosk.cli.terminal import NoTerminalError, hold_interrupt, read_terminal
from kiosk.desk.health import LOG_FILE
from kiosk.errors import SettingsError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from kiosk.cli.output import Output
    from kiosk.watchdog import Watchdog
    from kiosk.wiring import Services
    from screens.attended import Surroundings


def run(options: argparse.Namespace, output: Output) -> int:
    """Run the kiosk until it is closed; raises NoTerminalError where it can't be drawn."""
    hold_interrupt()
    terminal = read_terminal()
    if terminal.problem:
        raise NoTerminalError(terminal, terminal.problem)

    from screens.attended import attend  # noqa: PLC0415 - cli opens a screen inside a function: the one edge upwards

    with quiet_terminal(), ExitStack() as logs:
        ended = attend(
            lambda watchdog: open_desk(options.config, logs, watchdog),
            lambda: surroundings(options.config),
            options.theme,
        )
    if ended.failure is not None:
        output.fail(ended.failure)
    return ended.exit_code


def open_desk(config: Path | None, logs: ExitStack, watchdog: Watchdog) -> AbstractAsyncContextManager[Services]:
    """Read the settings and prepare the services; called behind the first frame, so the heavy imports are here."""
    from kiosk.settings import load_settings  # noqa: PLC0415 - the first frame does not wait for it
    from kiosk.wiring import Background, open_services  # noqa: PLC0415 - the first frame does not wait for it

    settings = load_settings(config)
    watchdog.lock(is_locked=settings.lockdown.on)
    logs.close()  # the log of the app before, which crashed
    logs.enter_context(log_to(settings.data_dir))
    return settled(open_services(settings, background=Background.DESK, with_past=True))


def surroundings(config: Path | None) -> Surroundings:
    """Read the settings again where no kiosk runs; without them nothing is known to be locked."""
    from kiosk.settings import load_settings  # noqa: PLC0415 - the first frame does not wait for it
    from screens.attended import Surroundings  # noqa: PLC0415 - cli opens a screen inside a function

    try:
        settings = load_settings(config)
    except SettingsError:
        return Surroundings(is_locked=False, log=None)
    return Surroundings(settings.lockdown.on, settings.data_dir / LOG_FILE)


@asynccontextmanager
async def settled(opening: AbstractAsyncContextManager[Services]) -> AsyncIterator[Services]:
    """Open the services, then tell the collector of garbage that what is there by now stays.

    It looks through the rest only, which halves the time for which a full collection holds the screen up. Nothing
    else of Python's settings is changed: with fewer collections dead screens pile up (`make soak`).
    """
    async with opening as services:
        gc.unfreeze()  # what an app before this one had, and which crashed
        gc.collect()
        gc.freeze()
        yield services
