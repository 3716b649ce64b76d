"""`kiosk check`: every step of it, each tested as far as can be, one after the other.

Needs no terminal, and asks nothing without `--scanner`. What the steps look at is in `check_storage.py`,
`check_lockdown.py`, `check_network.py`, `check_notices.py` and `check_printer.py`; terminal and scanner are here.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator

from kiosk.cli.check_lockdown import check_lockdown
from kiosk.cli.check_network import check_certificates, check_finder, check_network, check_proxy
from kiosk.cli.check_notices import check_mail, check_templates, check_webhook
from kiosk.cli.check_printer import check_printer
from kiosk.cli.check_storage import check_directory, check_secrets, check_storage
from kiosk.cli.exits import DONE, FAILED
from kiosk.cli.labels import label
from kiosk.cli.output import Fields, Output
from kiosk.cli.scanner import ask_for_scan, can_ask
from kiosk.cli.steps import Step, failed, found
from kiosk.cli.terminal import LEAST_COLUMNS, LEAST_LINES, read_terminal
from kiosk.desk.health import flat
from kiosk.errors import SettingsError
from kiosk.scanner.doctor import Diagnosis
from kiosk.scanner.remarks import Remark, remarks
from kiosk.settings import Desk, ScannerEnd, load_settings
from kiosk.words.language import N_, _
from kiosk.words.scanner import line, title

SETTINGS = "settings"
"""The step whose values are the settings, under their keys."""
NEED_SETTINGS = (
    "secrets",
    "storage",
    "directory",
    "lockdown",
    "proxy",
    "certificates",
    "network",
    "clock",
    "finder",
    "templates",
    "mail",
    "webhook",
    "printer",
)
"""The steps that can't be taken without the settings, in their order."""

_SIGNS = {True: N_("ok"), False: N_("failed"), None: N_("skipped")}
_GOOD, _BAD = N_("ok"), N_("no")


def run(options: argparse.Namespace, output: Output) -> int:
    """Print each step as it ends; exit code 1 if one failed."""
    steps: list[Step] = []
    for step in _steps(options):
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


def _steps(options: argparse.Namespace) -> Iterator[Step]:
    desk = Desk()
    try:
        settings = load_settings(options.config)
    except SettingsError as error:
        yield failed(SETTINGS, error)
        for name in NEED_SETTINGS:
            yield found(name, "settings_needed", ok=None)
    else:
        desk = settings.desk
        yield found(SETTINGS, "settings_complete", values=dict(flat(settings.model_dump(mode="json"))))
        yield check_secrets(options.config)
        yield asyncio.run(check_storage(settings))
        yield asyncio.run(check_directory(settings))
        yield asyncio.run(check_lockdown(settings))
        yield check_proxy(settings)
        yield check_certificates(settings)
        yield from asyncio.run(check_network(settings))
        yield asyncio.run(check_finder(settings))
        yield check_templates(settings)
        yield asyncio.run(check_mail(settings, options.mail_to))
        yield asyncio.run(check_webhook(settings))
        yield asyncio.run(check_printer(settings, prints=options.print))
    yield _check_terminal()
    yield _check_scanner(desk) if options.scanner else found("scanner", "scanner_not_asked_for", ok=None)


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


def _check_scanner(desk: Desk) -> Step:
    """Ask for one scan of the test code and say what it tells."""
    if not can_ask():
        return found("scanner", "scanner_without_terminal", ok=None)
    diagnosis = ask_for_scan()
    if diagnosis is None:
        return found("scanner", "scanner_silent", ok=None)
    by_silence = desk.scanner_end is ScannerEnd.SILENCE
    told = remarks(diagnosis, prefix=desk.scanner_prefix, ends_by_silence=by_silence)
    problems = tuple(remark.code.value for remark in told if not remark.is_good)
    lines = tuple(text for remark in told for text in _in_words(remark))
    values = {"problems": problems, **_measured(diagnosis)}
    code = "scanner_has_problems" if problems else "scanner_set_up"
    return Step("scanner", not problems, code, title(told), values, lines=lines)


def _in_words(remark: Remark) -> Iterator[str]:
    said = line(remark)
    yield f"{_(_GOOD if said.is_good else _BAD)}  {said.words}"
    if said.advice:
        yield f"    {said.advice}"


def _measured(diagnosis: Diagnosis) -> Fields:
    found = diagnosis.found
    return {
        "medianMs": diagnosis.median_ms,
        "slowestMs": diagnosis.slowest_ms,
        "pauses": diagnosis.pauses,
        "end": diagnosis.end.name.lower(),
        "prefix": diagnosis.prefix,
        "aim": diagnosis.aim,
        "suffix": diagnosis.suffix,
        "controls": diagnosis.controls,
        "layout": found.layout.name if found else None,
        "capsLock": found.caps_lock if found else None,
    }
