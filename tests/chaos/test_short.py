"""The chaos run, short: seeded, with faults and some kills, and nothing is lost. `make chaos` is the long one."""

from __future__ import annotations

from tests.chaos.program import run_program


def test_nothing_is_lost_with_faults_on_the_line_and_processes_that_are_killed() -> None:
    printed = run_program("--parcels=40", "--seed=1", "--kills=10", "--server-kills=1", "--restores=1")
    figures = printed.figures
    assert figures["violations"] == 0, printed.text
    assert figures["parcels"] >= 40, printed.text
    # How many faults and kills meet the work is a matter of timing: far fewer would be a broken test.
    assert figures["faults"] >= 60, printed.text
    assert figures["kills of kiosks"] >= 5, printed.text
    assert figures["codes shown"] >= 10, printed.text
    assert figures["read off a screen"] >= 1, printed.text


def test_eight_kiosks_fill_a_bank_of_forty_units_before_anyone_is_told_that_it_is_full() -> None:
    printed = run_program("--scenario", "one-bank")
    assert printed.code == 0, printed.text
    assert printed.figures["used by as many parcels"] == printed.figures["units"] == 40, printed.text
