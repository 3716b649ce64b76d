"""`kiosk check`: settings, storage, network, finder, terminal and scanner, each tested as far as can be.

Needs no terminal, and asks nothing without `--scanner`.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from kiosk.cli.exits import DONE, FAILED
from kiosk.cli.labels import label
from kiosk.cli.output import Fields, Output, error_fields
from kiosk.cli.scanner import ask_for_scan, can_ask
from kiosk.cli.terminal import LEAST_COLUMNS, LEAST_LINES, read_terminal
from kiosk.desk.health import flat
from kiosk.errors import FinderNotSetUpError, KioskError, SettingsError, StorageError, UnknownBankError
from kiosk.facilities.addresses import Address
from kiosk.facilities.values import Question
from kiosk.journal import audit
from kiosk.journal.store import FILE_NAME
from kiosk.scanner.doctor import Diagnosis
from kiosk.scanner.remarks import Remark, remarks
from kiosk.settings import Desk, ScannerEnd, Settings, load_settings
from kiosk.wiring import Services, open_journal, open_services
from kiosk.words.errors import explain
from kiosk.words.facilities import facility_name
from kiosk.words.journal import damage
from kiosk.words.language import N_, _
from kiosk.words.scanner import line, title

SETTINGS = "settings"
"""The step whose values are the settings, under their keys."""

_FOUND = {
    "settings_complete": N_("The settings are complete."),
    "settings_needed": N_("Not tested: this needs the settings."),
    "journal_sound": N_("The journal can be opened, and it is sound."),
    "lockers_answered": N_("The locker service accepts the credentials."),
    "finder_answered": N_("The facility finder accepts the credentials."),
    "finder_knows_none": N_("The facility finder accepts the credentials, but knows no facility near this desk."),
    "finder_not_set_up": N_("Not tested: facilities.api_key is not set."),
    "address_not_set": N_("Not tested: desk.address is not set."),
    "terminal_good": N_("The screens can be drawn here."),
    "terminal_not_needed": N_("There is no terminal here; only the screens need one."),
    "scanner_not_asked_for": N_(
        "Not tested: `kiosk check --scanner` shows a code to scan and says how the scanner is set up."
    ),
    "scanner_without_terminal": N_("Not tested: there is no terminal here to scan into."),
    "scanner_silent": N_("Not tested: nothing was scanned."),
}
"""What a step can find where nothing went wrong, by its code."""

_SIGNS = {True: N_("ok"), False: N_("failed"), None: N_("skipped")}
_GOOD, _BAD = N_("ok"), N_("no")


class Step(NamedTuple):
    """What one step found, as a code with values for programs and in words for people."""

    name: str
    ok: bool | None
    """None: it could not be tested."""
    code: str
    message: str
    values: Fields
    hint: str = ""
    error: Fields | None = None
    lines: tuple[str, ...] = ()
    """What stands in words instead of the values, where there is more to say."""


def run(options: argparse.Namespace, output: Output) -> int:
    """Print each step as it ends; exit code 1 if one failed."""
    steps: list[Step] = []
    for step in _steps(options.config, asks_for_scan=options.scanner):
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
    indent = " " * 17
    output.rows([{"": _(_SIGNS[step.ok]).ljust(7), " ": step.name.ljust(8), "  ": step.message}])
    if step.hint:
        output.rows([{"": indent, " ": step.hint}])
    if step.lines:
        output.rows([{"": indent, " ": line} for line in step.lines])
    else:
        names = {name: name if step.name == SETTINGS else label(name) for name in step.values}  # settings have keys
        output.rows([{"": indent, " ": names[name], "  ": value} for name, value in step.values.items()])


def _steps(config: Path | None, *, asks_for_scan: bool) -> Iterator[Step]:
    desk = Desk()
    try:
        settings = load_settings(config)
    except SettingsError as error:
        yield _failed(SETTINGS, error)
        for name in ("storage", "network", "finder"):
            yield _found(name, "settings_needed", ok=None)
    else:
        desk = settings.desk
        yield _found(SETTINGS, "settings_complete", values=dict(flat(settings.model_dump(mode="json"))))
        yield asyncio.run(_check_storage(settings))
        yield asyncio.run(_check_network(settings))
        yield asyncio.run(_check_finder(settings))
    yield _check_terminal()
    yield _check_scanner(desk) if asks_for_scan else _found("scanner", "scanner_not_asked_for", ok=None)


def _found(name: str, code: str, *, ok: bool | None = True, values: Fields | None = None) -> Step:
    return Step(name, ok, code, _(_FOUND[code]), values or {})


def _failed(name: str, error: KioskError, values: Fields | None = None) -> Step:
    said = explain(error)
    return Step(name, False, error.code, said.line, values or {}, said.hint, error=error_fields(error))


async def _check_storage(settings: Settings) -> Step:
    """Open the journal, which makes one where there is none, as the first start would."""
    folder = settings.data_dir
    values: Fields = {"folder": str(folder), "environment": settings.environment.value}
    try:
        async with open_journal(settings) as journal:
            verdict = await audit.verify(journal.connection)
            values["unfinishedParcels"] = len(await journal.unfinished())
            values["sqliteVersion"] = await journal.connection.read(
                lambda database: str(database.execute("SELECT sqlite_version()").fetchone()[0])
            )
        values |= {"folderMode": _mode(folder), "fileMode": _mode(folder / FILE_NAME), "events": verdict.events}
        if not verdict.sound:
            return _failed("storage", damage(verdict), values)
        # Both have to let others in: a closed folder protects an open file.
        if int(values["folderMode"], 8) & int(values["fileMode"], 8) & 0o077:
            open_to_others = StorageError("journal_open_to_others", path=str(folder / FILE_NAME), folder=str(folder))
            return _failed("storage", open_to_others, values)
    except KioskError as error:
        return _failed("storage", error, values)
    return _found("storage", "journal_sound", values=values)


def _mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:04o}"


async def _check_network(settings: Settings) -> Step:
    """Ask for a token and the banks."""
    values: Fields = {}
    if not settings.embeds_simulator:
        values = {"lockersUrl": settings.lockers_url(), "tokenUrl": settings.token_url()}
    started = time.perf_counter()
    try:
        async with _services_elsewhere(settings) as services:
            banks = await services.queries.lockers.banks()
    except KioskError as error:
        return _failed("network", error, values | {"seconds": _since(started)})
    values |= {"lockerBanks": " ".join(bank.locker_bank_id for bank in banks), "seconds": _since(started)}
    wanted = settings.desk.default_bank
    if not banks:
        return _failed("network", UnknownBankError("no_bank_here"), values)
    if wanted and wanted not in {bank.locker_bank_id for bank in banks}:
        return _failed("network", UnknownBankError("default_bank_unknown", locker_bank_id=wanted), values)
    return _found("network", "lockers_answered", values=values)


async def _check_finder(settings: Settings) -> Step:
    """Look for one facility near the desk; a kiosk without an account for that is sound too."""
    values: Fields = {}
    if not settings.embeds_simulator:
        values = {"facilitiesUrl": settings.facilities_url() or ""}
    started = time.perf_counter()
    try:
        async with _services_elsewhere(settings) as services:
            answer = await services.facilities.open().near(
                Question(address=Address.of_desk(settings.desk.address), count=1)
            )
    except FinderNotSetUpError as error:
        if not settings.facilities.api_key:
            return _found("finder", "finder_not_set_up", ok=None, values=values)
        return _failed("finder", error, values)
    except KioskError as error:
        if not settings.desk.address.is_set:
            return _found("finder", "address_not_set", ok=None, values=values)
        return _failed("finder", error, values | {"seconds": _since(started)})
    values |= {"seconds": _since(started)}
    if not answer.facilities:
        return _found("finder", "finder_knows_none", values=values)
    return _found("finder", "finder_answered", values=values | {"nearest": facility_name(answer.facilities[0])})


@asynccontextmanager
async def _services_elsewhere(settings: Settings) -> AsyncIterator[Services]:
    """Open the services on an empty folder, so that a bad storage does not hide a good network."""
    with tempfile.TemporaryDirectory(prefix="kiosk-check-") as folder:
        storage = settings.storage.model_copy(update={"data_dir": Path(folder)})
        async with open_services(settings.model_copy(update={"storage": storage})) as services:
            yield services


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 3)


def _check_terminal() -> Step:
    terminal = read_terminal()
    values: Fields = {"TERM": terminal.name, "colours": terminal.colours, "encoding": terminal.encoding}
    if not terminal.is_terminal:
        return _found("terminal", "terminal_not_needed", values=values)
    values["columns"], values["lines"] = terminal.columns, terminal.lines
    problem = terminal.problem or terminal.shortcoming
    if problem:
        hint = _("Use a UTF-8 terminal such as xterm-256color, in a window of at least {columns}x{lines} cells.")
        hint = hint.format(columns=LEAST_COLUMNS, lines=LEAST_LINES)
        return Step("terminal", False, problem.value, terminal.sentence(problem), values, hint)
    return _found("terminal", "terminal_good", values=values)


def _check_scanner(desk: Desk) -> Step:
    """Ask for one scan of the test code and say what it tells."""
    if not can_ask():
        return _found("scanner", "scanner_without_terminal", ok=None)
    diagnosis = ask_for_scan()
    if diagnosis is None:
        return _found("scanner", "scanner_silent", ok=None)
    by_silence = desk.scanner_end is ScannerEnd.SILENCE
    found = remarks(diagnosis, prefix=desk.scanner_prefix, ends_by_silence=by_silence)
    problems = tuple(remark.code.value for remark in found if not remark.is_good)
    lines = tuple(text for remark in found for text in _in_words(remark))
    values = {"problems": problems, **_measured(diagnosis)}
    code = "scanner_has_problems" if problems else "scanner_set_up"
    return Step("scanner", not problems, code, title(found), values, lines=lines)


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
