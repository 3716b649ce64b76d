"""The log: in its file, private, never on the terminal, never with a secret."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from kiosk.cli.logs import log_to, quiet_terminal
from kiosk.desk.health import LOG_FILE
from tests.cli.harness import Kiosk


def test_warnings_go_to_a_private_file_and_nothing_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with log_to(tmp_path):
        logging.getLogger("kiosk.test").warning("look")
        logging.getLogger("kiosk.test").info("chatter")
        logging.getLogger("httpx").info("GET https://example.com/?secret=1")
    path = tmp_path / LOG_FILE
    assert "WARNING kiosk.test look" in path.read_text("utf-8")
    assert "chatter" not in path.read_text("utf-8")
    assert "secret" not in path.read_text("utf-8")
    assert path.stat().st_mode & 0o777 == 0o600
    assert capsys.readouterr() == ("", "")


def test_the_file_rolls_over_and_stays_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.cli.logs.LARGEST", 200)
    with log_to(tmp_path):
        for _ in range(20):
            logging.getLogger("kiosk.test").warning("x" * 100)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == [LOG_FILE, f"{LOG_FILE}.1", f"{LOG_FILE}.2", f"{LOG_FILE}.3"]
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_a_log_that_can_not_be_written_is_gone_without(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    with log_to(tmp_path / "file"):
        logging.getLogger("kiosk.test").warning("look")
    with quiet_terminal():
        logging.getLogger("kiosk.test").warning("look")
    assert capsys.readouterr() == ("", "")


def test_a_quiet_command_leaves_no_log_and_no_handler(kiosk: Kiosk) -> None:
    before = list(logging.getLogger().handlers)
    kiosk.deposited("T1")
    assert not (kiosk.data_dir / LOG_FILE).exists()
    assert logging.getLogger().handlers == before
