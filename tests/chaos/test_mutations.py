"""Write paths with a broken promise are found out by a short chaos run; the one as it is stands the same."""

from __future__ import annotations

import pytest

from tests.chaos.judge import Kind
from tests.chaos.program import run_program

HEAVY = (
    "--parcels=40",
    "--desks=2",
    "--kills=10",
    "--server-kills=0",
    "--restores=0",
    "--faults=lost=0.2,500-done=0.1,held=0.05",
)


@pytest.mark.parametrize("mutation", ["journal-after-sending", "reserve-by-size", "lost-is-failed"])
def test_a_write_path_with_a_broken_promise_is_found_out(mutation: str) -> None:
    printed = run_program(*HEAVY, "--mutation", mutation)
    assert printed.code == 1, printed.text
    assert any(f"\n  {kind}: " in printed.text for kind in (Kind.ASTRAY, Kind.TWO_UNITS)), printed.text
    assert str(Kind.CRASH) not in printed.text


def test_a_service_that_lets_a_number_hold_several_units_breaks_no_promise() -> None:
    printed = run_program(*HEAVY, "--mutation", "lenient")
    assert printed.figures["violations"] == 0, printed.text
