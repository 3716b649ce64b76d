"""The log: in its file, private, never on the terminal, never with a secret."""

from __future__ import annotations

import errno
import logging
from pathlib import Path

import pytest

from kiosk.cli.logs import log_to, quiet_terminal
from kiosk.desk.health import LOG_FILE
from kiosk.errors import StorageError
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


def quoting() -> None:
    """Fail in several ways at once, with words that nobody may read."""
    code, name = "483920", "Wanjiru"
    try:
        dict[str, str]()[code]
    except KeyError as error:
        raise ExceptionGroup(code, [OSError(errno.ENOSPC, name), StorageError("full", text=name)]) from error


def test_a_traceback_tells_where_and_what_kind_but_not_in_which_words(tmp_path: Path) -> None:
    with log_to(tmp_path):
        try:
            quoting()
        except ExceptionGroup:
            logging.getLogger("kiosk.test").exception("broken")
    said = (tmp_path / LOG_FILE).read_text("utf-8")
    assert "483920" not in said
    assert "Wanjiru" not in said
    assert "in quoting" in said
    assert [line for line in said.splitlines()[1:] if not line.startswith(" ")] == [
        "builtins.KeyError",
        "caused:",
        "builtins.ExceptionGroup",
        f"builtins.OSError: {errno.ENOSPC}",
        "kiosk.errors.storage.StorageError: full",
    ]
