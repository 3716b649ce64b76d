"""`kiosk check`: settings, storage, network, finder, terminal and scanner, each tested as far as can be.

Needs no terminal, and asks nothing without `--scanner`.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kiosk.cli.exits import DONE, FAILED
from kiosk.cli.journal import damage
from kiosk.cli.output import error_fields
from kiosk.cli.scanner import ask_for_scan, can_ask
from kiosk.cli.terminal import read_terminal
from kiosk.desk.health import flat
from kiosk.errors import FinderNotSetUpError, KioskError, SettingsError
from kiosk.facilities.addresses import Address
from kiosk.facilities.values import Question
from kiosk.journal import audit
from kiosk.journal.store import FILE_NAME
from kiosk.scanner.findings import findings
from kiosk.settings import Desk, ScannerEnd, load_settings
from kiosk.wiring import open_journal, open_services
from kiosk.words.errors import explain
from kiosk.words.facilities import facility_name
from kiosk.words.language import N_, _, ngettext
from kiosk.words.scanner import line, title

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator, Iterator

    from kiosk.cli.output import Fields, Output
    from kiosk.scanner.doctor import Diagnosis
    from kiosk.scanner.findings import Finding
    from kiosk.settings import Settings
    from kiosk.wiring import Services

HOW_TO_ASK = N_("Not tested: `kiosk check --scanner` shows a code to scan and says how the scanner is set up.")

_SIGNS = {True: "ok", False: "failed", None: "skipped"}


class Step(NamedTuple):
    """What one step found."""

    name: str
    ok: bool | None
    """None: it could not be tested."""
    message: str
    hint: str | None = None
    error: Fields | None = None
    """What went wrong, as codes."""
    values: Fields | None = None
    lines: tuple[str, ...] | None = None
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
    return {name: value for name, value in step._asdict().items() if value is not None or name == "ok"}


def _print(step: Step, output: Output) -> None:
    output.rows([{"": _SIGNS[step.ok].ljust(7), " ": step.name.ljust(8), "  ": step.message}])
    if step.hint:
        output.rows([{"": " " * 17, " ": step.hint}])
    if step.lines:
        output.rows([{"": " " * 17, " ": line} for line in step.lines])
    else:
        output.rows([{"": " " * 17, " ": name, "  ": value} for name, value in (step.values or {}).items()])


def _steps(config: Path | None, *, asks_for_scan: bool) -> Iterator[Step]:
    desk = Desk()
    try:
        settings = load_settings(config)
    except SettingsError as error:
        yield _failed("settings", error)
        for name in ("storage", "network", "finder"):
            yield Step(name, ok=None, message=_("Not tested: it needs the settings."))
    else:
        desk = settings.desk
        values = dict(flat(settings.model_dump(mode="json")))
        yield Step("settings", ok=True, message=_("The settings are complete."), values=values)
        yield asyncio.run(_check_storage(settings))
        yield asyncio.run(_check_network(settings))
        yield asyncio.run(_check_finder(settings))
    yield _check_terminal()
    yield _check_scanner(desk) if asks_for_scan else Step("scanner", ok=None, message=_(HOW_TO_ASK))


def _failed(name: str, error: KioskError, values: Fields | None = None) -> Step:
    said = explain(error)
    return Step(name, ok=False, message=said.line, hint=said.hint, error=error_fields(error), values=values)


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
            raise damage(verdict)
        if int(values["folderMode"], 8) & int(values["fileMode"], 8) & 0o077:
            message = _("Other users of this machine can open {path}.").format(path=folder / FILE_NAME)
            return Step("storage", ok=False, message=message, hint=f"chmod -R go= '{folder}'", values=values)
    except KioskError as error:
        return _failed("storage", error, values)
    message = ngettext(
        "The journal can be opened, and its {count} event is sound.",
        "The journal can be opened, and its {count} events are sound.",
        verdict.events,
    ).format(count=verdict.events)
    return Step("storage", ok=True, message=message, values=values)


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
        message = _("The service accepts the credentials, but has no locker bank for this desk.")
        return Step("network", ok=False, message=message, hint=_("Check desk.location_id."), values=values)
    if wanted and wanted not in {bank.locker_bank_id for bank in banks}:
        message = _("The service accepts the credentials, but has no locker bank {bank}.").format(bank=wanted)
        hint = _("Check desk.default_bank and desk.location_id.")
        return Step("network", ok=False, message=message, hint=hint, values=values)
    message = ngettext(
        "The service accepts the credentials and has {count} locker bank for this desk.",
        "The service accepts the credentials and has {count} locker banks for this desk.",
        len(banks),
    ).format(count=len(banks))
    return Step("network", ok=True, message=message, values=values)


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
            return Step(
                "finder",
                ok=None,
                message=_("Not tested: {reason}").format(reason=explain(error).sentence),
                values=values,
            )
        return _failed("finder", error, values)
    except KioskError as error:
        if not settings.desk.address.is_set:
            return Step("finder", ok=None, message=_("Not tested: desk.address is not set."), values=values)
        return _failed("finder", error, values | {"seconds": _since(started)})
    values |= {"seconds": _since(started)}
    if not answer.facilities:
        message = _("The service accepts the credentials, but knows no facility near this desk.")
        return Step("finder", ok=True, message=message, values=values)
    message = _("The service accepts the credentials; the nearest facility is {name}.")
    return Step("finder", ok=True, message=message.format(name=facility_name(answer.facilities[0])), values=values)


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
        message = _("There is no terminal here; only the screens need one.")
        return Step("terminal", ok=True, message=message, values=values)
    values["size"] = f"{terminal.columns}x{terminal.lines}"
    problem = terminal.problem or terminal.shortcoming
    if problem:
        hint = _("Use a terminal such as xterm-256color with UTF-8, and make its window larger if it is small.")
        return Step("terminal", ok=False, message=problem, hint=hint, values=values)
    return Step("terminal", ok=True, message=_("The screens can be drawn here."), values=values)


def _check_scanner(desk: Desk) -> Step:
    """Ask for one scan of the test code and say what it tells."""
    if not can_ask():
        return Step("scanner", ok=None, message=_("Not tested: there is no terminal here to scan into."))
    diagnosis = ask_for_scan()
    if diagnosis is None:
        return Step("scanner", ok=None, message=_("Not tested: nothing was scanned."))
    by_silence = desk.scanner_end is ScannerEnd.SILENCE
    found = findings(diagnosis, prefix=desk.scanner_prefix, ends_by_silence=by_silence)
    problems = tuple(finding.code.value for finding in found if not finding.is_good)
    lines = tuple(text for finding in found for text in _in_words(finding))
    values = {"problems": problems, **_measured(diagnosis)}
    return Step("scanner", ok=not problems, message=title(found), values=values, lines=lines)


def _in_words(finding: Finding) -> Iterator[str]:
    said = line(finding)
    yield f"{'ok' if said.is_good else 'no'}  {said.words}"
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
