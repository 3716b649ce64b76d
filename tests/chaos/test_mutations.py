"""Write paths with a broken promise are found out by a short chaos run."""

from __future__ import annotations

from tests.chaos.judge import Kind
from tests.chaos.program import run_program

HEAVY = (
    "--parcels=24",
    "--desks=2",
    "--kills=6",
    "--server-kills=0",
    "--restores=0",
    "--faults=lost=0.2,500-done=0.1,held=0.05",
)


def test_a_write_path_with_a_broken_promise_is_found_out() -> None:
    printed = run_program(*HEAVY, "--mutation", "journal-after-sending")
    assert printed.code == 1, printed.text
    assert any(f"\n  {kind}: " in printed.text for kind in (Kind.ASTRAY, Kind.TWO_UNITS, Kind.LEFT_BEHIND)), (
        printed.text
    )
    assert str(Kind.CRASH) not in printed.text
