"""`kiosk console`: the operator's console in this terminal, or over SSH; who came, from where and when is recorded.

A person without a role is refused, and that is recorded too. What an SSH client asks for instead of the console is
not carried out: the one word it may say is `report`.
"""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import ExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING, ClassVar

from kiosk.cli.exits import DONE
from kiosk.cli.logs import log_to, quiet_terminal
from kiosk.cli.terminal import NoTerminalError, read_terminal

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator
    from pathlib import Path

    from kiosk.cli.output import Output
    from kiosk.models.operators import Operator
    from kiosk.services import Services
    from kiosk.settings import Settings

REPORT = "report"
"""What may be asked for over SSH instead of the console."""


class NoConsoleError(NoTerminalError):
    """The console was asked for where there is no terminal, over SSH as a rule."""

    default_hint: ClassVar[str] = (
        "Log in with `ssh -t` and no command; without a terminal there is only `ssh HOST report`, as JSON."
    )


def run(options: argparse.Namespace, output: Output) -> int:
    """Run the console until it is closed; raises NoConsoleError, SettingsError, NotAllowedError or StorageError."""
    wants_report = os.environ.get("SSH_ORIGINAL_COMMAND", "").strip() == REPORT
    problem = None if wants_report else read_terminal().problem
    if problem:
        raise NoConsoleError(problem)
    with ExitStack() as logs:
        logs.enter_context(quiet_terminal())
        settings, operator = _let_in(options.config, options.name, logs)
        if wants_report:
            from kiosk.cli.report import write_report  # noqa: PLC0415 - the console does without

            return asyncio.run(write_report(settings, operator, output))
        return _show(settings, operator, output)


def _let_in(config: Path | None, named: str | None, logs: ExitStack) -> tuple[Settings, Operator]:
    """Read the settings and who this is; somebody without a role is recorded and refused."""
    from kiosk.cli.identity import identify  # noqa: PLC0415 - behind the look at the terminal, which is quick
    from kiosk.errors import NotAllowedError  # noqa: PLC0415
    from kiosk.settings import load_settings  # noqa: PLC0415

    settings = load_settings(config)
    logs.enter_context(log_to(settings.data_dir))
    login = identify(settings, named, os.environ)
    operator = login.operator
    if operator is None:
        asyncio.run(_record_refusal(settings, login.name, login.origin))
        raise NotAllowedError(f"{login.name} has no role at this kiosk's console.")
    return settings, operator


def _show(settings: Settings, operator: Operator, output: Output) -> int:
    from screens.console.app import ConsoleApp  # noqa: PLC0415 - cli opens a screen inside a function

    app = ConsoleApp(lambda: _session(settings, operator), operator)
    app.run()
    if app.failure is not None:
        output.fail(app.failure)
    return app.return_code or DONE


async def _record_refusal(settings: Settings, name: str, origin: str) -> None:
    from kiosk.clock import SystemClock  # noqa: PLC0415
    from kiosk.errors import StorageError  # noqa: PLC0415
    from kiosk.journal.events import OperatorRefused  # noqa: PLC0415
    from kiosk.journal.store import Actor, Journal  # noqa: PLC0415

    journal = Journal(settings.data_dir, environment=settings.environment.value, clock=SystemClock())
    with suppress(StorageError):  # the refusal stands, also where this account can't write it down
        async with journal:
            await journal.record(OperatorRefused(origin=origin), Actor(name=name, kiosk=settings.desk.name))


@asynccontextmanager
async def _session(settings: Settings, operator: Operator) -> AsyncIterator[Services]:
    """Open the services between the login and the logout; nobody works here unrecorded."""
    from kiosk.errors import StorageError  # noqa: PLC0415
    from kiosk.journal.events import OperatorLoggedIn, OperatorLoggedOut  # noqa: PLC0415
    from kiosk.services import open_services  # noqa: PLC0415

    async with open_services(settings, actor=operator.name) as services:
        try:
            await services.journal.record(OperatorLoggedIn(role=operator.role, origin=operator.origin), services.actor)
            yield services
        finally:
            try:
                await services.journal.record(OperatorLoggedOut(origin=operator.origin), services.actor)
            except StorageError as error:
                logging.getLogger("kiosk").warning("The logout of %s was not recorded: %s", operator.name, error)
