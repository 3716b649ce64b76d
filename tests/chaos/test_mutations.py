"""A write path with a broken promise is found out by a short chaos run: its judge is able to find something."""

from __future__ import annotations

from tests.chaos.judge import Kind
from tests.chaos.program import run_program

HEAVY = (
    "--parcels=50",
    "--desks=2",
    "--kills=25",
    "--server-kills=0",
    "--restores=0",
    "--faults=lost=0.3,500-done=0.1",
)


def test_a_write_path_that_records_what_it_asked_for_afterwards_is_found_out() -> None:
    printed = run_program(*HEAVY, "--mutation", "journal-after-sending")
    assert printed.code == 1, printed.text
    # A process may end over it as well; that alone would not show that the judge sees what is lost.
    assert printed.figures["violations"] > printed.figures.get(Kind.CRASH.value, 0), printed.text
