"""`kiosk check`: every step of it, each tested as far as can be, one after the other.

Needs no terminal, and asks nothing without `--scanner` or `--walk`. What the steps look at is in the modules named
`check_...`, what they ask a person in `walk.py`; the terminal is here.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator, Sequence

from kiosk.cli.check_fleet import check_fleet
from kiosk.cli.check_language import check_language
from kiosk.cli.check_lockdown import check_lockdown
from kiosk.cli.check_network import check_certificates, check_finder, check_network, check_proxy
from kiosk.cli.check_notices import check_mail, check_templates, check_webhook
from kiosk.cli.check_people import check_people
from kiosk.cli.check_printer import check_printer
from kiosk.cli.check_scanner import check_devices, check_scanner
from kiosk.cli.check_speech import check_speech
from kiosk.cli.check_storage import check_directory, check_secrets, check_storage
from kiosk.cli.exits import DONE, FAILED
from kiosk.cli.labels import label
from kiosk.cli.output import Fields, Output
from kiosk.cli.steps import Step, failed, found
from kiosk.cli.terminal import LEAST_COLUMNS, LEAST_LINES, read_terminal
from kiosk.cli.walk import WALKED, walk
from kiosk.desk.health import flat
from kiosk.errors import SettingsError
from kiosk.settings import Desk, Devices, load_settings
from kiosk.words.language import N_, _

SETTINGS = "settings"
"""The step whose values are the settings, under their keys."""
NEED_SETTINGS = (
    "language",
    "secrets",
    "storage",
    "directory",
    "people",
    "lockdown",
    "proxy",
    "certificates",
    "network",
    "credentials",
    "clock",
    "finder",
    "templates",
    "mail",
    "webhook",
    "fleet",
    "printer",
    "devices",
    "speech",
)
"""The steps that can't be taken without the settings, in their order."""

_SIGNS = {True: N_("ok"), False: N_("failed"), None: N_("skipped")}


def run(options: argparse.Namespace, output: Output) -> int:
    """Print each step as it ends; exit code 1 if one failed."""
    steps: list[Step] = []
    for step in _all_steps(options, steps):
        steps.append(step)
        if not output.as_json:
            _print(step, output)
    failed = any(step.ok is False for step in steps)
    if output.as_json:
        output.json({"ok": not failed, "steps": [_fields(step) for step in steps]})
    return FAILED if failed else DONE


def _fields(step: Step) -> Fields:
    fields: Fields = {"name": step.name, "ok": step.ok, "code": step.code, "values": step.values}
    return fields | ({"error": step.error} if step.error else {})


def _print(step: Step, output: Output) -> None:
    indent = " " * 21
    output.rows([{"": _(_SIGNS[step.ok]).ljust(7), " ": step.name.ljust(12), "  ": step.message}])
    if step.hint:
        output.rows([{"": indent, " ": step.hint}])
    if step.lines:
        output.rows([{"": indent, " ": line} for line in step.lines])
    else:
        names = {name: name if step.name == SETTINGS else label(name) for name in step.values}  # settings have keys
        output.rows([{"": indent, " ": names[name], "  ": value} for name, value in step.values.items()])


def _all_steps(options: argparse.Namespace, before: Sequence[Step]) -> Iterator[Step]:
    yield from _steps(options)
    if options.walk:
        yield from walk({step.code for step in before})
    else:
        yield from (found(name, "not_walked", ok=None) for name in WALKED)


def _steps(options: argparse.Namespace) -> Iterator[Step]:
    desk, devices = Desk(), Devices()
    try:
        settings = load_settings(options.config)
    except SettingsError as error:
        yield failed(SETTINGS, error)
        for name in NEED_SETTINGS:
            yield found(name, "settings_needed", ok=None)
    else:
        desk, devices = settings.desk, settings.devices
        yield found(SETTINGS, "settings_complete", values=dict(flat(settings.model_dump(mode="json"))))
        yield check_language(desk)
        yield check_secrets(options.config)
        yield asyncio.run(check_storage(settings))
        yield asyncio.run(check_directory(settings))
        yield asyncio.run(check_people(settings))
        yield asyncio.run(check_lockdown(settings))
        yield check_proxy(settings)
        yield check_certificates(settings)
        yield from asyncio.run(check_network(settings))
        yield asyncio.run(check_finder(settings))
        yield check_templates(settings)
        yield asyncio.run(check_mail(settings, options.mail_to))
        yield asyncio.run(check_webhook(settings))
        yield asyncio.run(check_fleet(settings))
        prints = options.print or (options.walk and settings.printer.way is not None)
        yield asyncio.run(check_printer(settings, prints=prints))
        yield check_devices(devices)
        yield check_speech(settings)
    yield _check_terminal()
    if options.scanner or options.walk:
        yield check_scanner(desk, devices)
    else:
        yield found("scanner", "scanner_not_asked_for", ok=None)


def _check_terminal() -> Step:
    terminal = read_terminal()
    values: Fields = {"TERM": terminal.name, "colours": terminal.colours, "encoding": terminal.encoding}
    if not terminal.is_terminal:
        return found("terminal", "terminal_not_needed", values=values)
    values["columns"], values["lines"] = terminal.columns, terminal.lines
    problem = terminal.problem or terminal.shortcoming
    if problem:
        hint = _("Use a UTF-8 terminal such as xterm-256color, in a window of at least {columns}x{lines} cells.")
        hint = hint.format(columns=LEAST_COLUMNS, lines=LEAST_LINES)
        return Step("terminal", False, problem.value, terminal.sentence(problem), values, hint)
    return found("terminal", "terminal_good", values=values)
