"""`kiosk stocktake`: what was found in the lockers of a bank, read line by line, and what that shows."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterable, Mapping
from typing import Final

from kiosk.cli.exits import DONE, FAILED, UNFINISHED
from kiosk.cli.fields import contradiction_fields
from kiosk.cli.output import Fields, Output, error_fields
from kiosk.cli.session import Session, open_session
from kiosk.desk.mending import mend, mending_step
from kiosk.desk.overview import UnitContent
from kiosk.desk.stocktake_results import Result
from kiosk.errors import KioskError, UnreadableScanError, WrongStateError
from kiosk.parcels.steps import Step
from kiosk.parcels.stocktake import Row
from kiosk.tracking.scan import Scan, read_scan
from kiosk.words.contradictions import contradiction_sentence
from kiosk.words.errors import explain
from kiosk.words.language import _, ngettext
from kiosk.words.states import state_word
from kiosk.words.stocktakes import others_not_known, outcome_word, record_words

EMPTY: Final = "-"
"""Stands for the number of an empty locker."""

SAFE: Final = frozenset({Step.CHECK, Step.CLEAR, Step.TAKE_OFF_SHELF, Step.TAKE_BACK})
"""What is done without a look at the box: the service is asked for what is missing, and what was found elsewhere is
taken off the record of where it is not. Nothing is said to be put in, collected, or taken in."""


def run(options: argparse.Namespace, output: Output) -> int:
    """Record what was found and print what that shows; 1 where something does not fit, 3 while units are uncounted."""
    if hasattr(sys.stdin, "reconfigure"):
        # One sign that is not in the terminal's encoding is a line that can't be read, and no traceback.
        sys.stdin.reconfigure(errors="surrogateescape")
    return asyncio.run(_run(options, output, read_lines(sys.stdin)))


def read_lines(lines: Iterable[str]) -> Mapping[str, list[Scan]]:
    """Return what was found in each unit; raises WrongStateError for a line that is none."""
    found: dict[str, list[Scan]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        unit_id, _separator, code = line.strip().partition(" ")
        try:
            scans = [] if code.strip() == EMPTY else [read_scan(code.strip())]
        except UnreadableScanError as error:
            raise WrongStateError("stocktake_line", line=number) from error
        found.setdefault(unit_id, []).extend(scans)
    return found


async def _run(options: argparse.Namespace, output: Output, found: Mapping[str, list[Scan]]) -> int:
    async with open_session(options.config) as session:
        services, person = session
        await session.begins(options)
        recording, results = services.desk.stocktakes, services.queries.stocktakes
        stocktake = await recording.begin(options.bank, person)
        for unit_id, scans in found.items():
            stocktake = await recording.count(options.bank, unit_id, scans, person)
        if stocktake.next_unit is None:
            stocktake = await recording.end(options.bank, person)
        result = await results.of(stocktake)
        rows = result.open_rows
        done = [await _mended(session, row, options.reason) if options.repair else {} for row in rows]
        if any(done):
            result = await results.of(stocktake)
        odd = () if stocktake.is_open else await services.queries.console.contradictions(options.bank)
        _print(result, [*zip(rows, done, strict=True)], odd, session, output)
        if result.open_rows:
            return FAILED
        return DONE if stocktake.next_unit is None else UNFINISHED


async def _mended(session: Session, row: Row, reason: str) -> Fields:
    """Take the step that mends a row, if it is safe; return it with how the parcel stands then, or the error."""
    step = mending_step(row, session.person)
    if step not in SAFE:
        return {}
    try:
        parcel = await mend(session.services.desk, row, session.person, reason=reason)
    except KioskError as error:
        return {"step": step, "error": error_fields(error), "sentence": explain(error).line}
    return {"step": step, "state": parcel.state}


def _print(
    result: Result,
    rows: Iterable[tuple[Row, Fields]],
    odd: Iterable[UnitContent],
    session: Session,
    output: Output,
) -> None:
    """Print how far the count is, and what did not fit, each with what was done about it."""
    stocktake = result.stocktake
    if output.as_json:
        fields: Fields = {
            "lockerBankId": stocktake.locker_bank_id,
            "beganTime": stocktake.began_at,
            "endedTime": stocktake.ended_at,
            "readTime": result.read_at,
            "lockers": len(stocktake.locker_unit_ids),
            "counted": len(stocktake.counted),
            "right": len(result.rows) - len(result.open_rows),
            "differences": [_row_fields(row, session) | _without_words(done) for row, done in rows],
        }
        if not stocktake.is_open:
            fields["contradictions"] = [contradiction_fields(each) for each in odd]
        output.json({name: value for name, value in fields.items() if value is not None})
        return
    label = session.services.queries.console.label
    output.rows(
        [
            {
                _("Locker"): row.locker_unit_id,
                _("Tracking number"): row.number,
                _("Result"): outcome_word(row.outcome),
                _("On record"): record_words(row, label),
                _("Repair"): done.get("sentence") or (state_word(done["state"]) if done else None),
            }
            for row, done in rows
        ]
    )
    count = len(stocktake.locker_unit_ids)
    text = ngettext("{counted} of {count} locker counted.", "{counted} of {count} lockers counted.", count)
    output.progress(text.format(counted=len(stocktake.counted), count=count))
    if result.read_at is None:
        output.progress(_("The bank could not be read."))
        output.progress(others_not_known())
    for each in odd:
        if each.contradiction is not None:
            said = contradiction_sentence(each.contradiction)
            output.progress(_("Locker {unit}: {said}").format(unit=each.unit.locker_unit_id, said=said))


def _row_fields(row: Row, session: Session) -> Fields:
    place = row.parcel.place if row.parcel else None
    step = mending_step(row, session.person)
    fields: Fields = {
        "outcome": row.outcome,
        "trackingNumber": row.number,
        "lockerUnitId": row.locker_unit_id,
        "recordedState": row.parcel.state if row.parcel else None,
        "recordedLockerBankId": place.locker_bank_id if place else None,
        "recordedLockerUnitId": place.locker_unit_id if place else row.listed_in or None,
        "shelf": row.parcel.shelf if row.parcel else None,
        "mendedBy": step,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _without_words(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if name != "sentence"}
