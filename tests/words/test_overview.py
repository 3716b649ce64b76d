"""What an operator is told of lockers that clerks reported."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.desk.overview import Entry, EntryKind
from kiosk.parcels.records import ReportedUnit
from kiosk.parcels.states import UnitProblem
from kiosk.words.overview import entry_advice, entry_word

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.mark.parametrize("problem", [UnitProblem.OCCUPIED, UnitProblem.DID_NOT_OPEN])
@pytest.mark.parametrize("times", [1, 3])
def test_a_report_names_the_locker_who_said_it_and_how_often(problem: UnitProblem, times: int) -> None:
    report = ReportedUnit("AOne", "NORTH-B-17", problem, AT, "Ana", times)
    entry = Entry(EntryKind.REPORTED, since=AT, report=report, locker_bank_id="AOne", locker_unit_id="NORTH-B-17")
    said = entry_advice(entry)
    assert "NORTH-B-17" in said.sentence
    assert "Ana" in said.sentence
    assert ("3 reports in 30 days" in said.sentence) is (times == 3)
    assert said.proposal
    assert problem.value.replace("_", " ") in entry_word(entry)
