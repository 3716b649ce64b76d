"""The chaos run about notices, short. `make chaos` is the long one."""

from __future__ import annotations

from tests.chaos.program import run_program


def test_every_recipient_is_told_though_processes_are_killed_and_the_mail_server_is_fickle() -> None:
    printed = run_program("--scenario", "notices", "--parcels=24", "--seed=1")
    figures = printed.figures
    assert figures["violations"] == 0, printed.text
    assert figures["parcels"] == 24, printed.text
    # How many kills and refusals meet the work is a matter of timing: far fewer would be a broken test.
    assert figures["kills of kiosks"] >= 2, printed.text
    assert figures["mails taken"] >= 10, printed.text
    assert figures["with a code"] >= 1, printed.text
    assert figures["of undeliverable notices"] >= 1, printed.text
