"""`kiosk simulator`: the address on stdout, then answers until a signal."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.cli.harness import Kiosk, start
from tests.simulator.line import ask

BANKS = "/parcelpoint/api/v1/lockerBanks"


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_address_and_ends_quietly(kiosk: Kiosk, ending: signal.Signals) -> None:
    with start("simulator", "--port", "0", "--faults", "429=0") as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert ask(url, "GET", BANKS).status == 200
        process.send_signal(ending)
        out, err = process.communicate(timeout=20)
    assert (out, process.returncode) == ("", 0)
    assert "Ctrl-C" in err
    assert (kiosk.data_dir / "simulator" / "simulator.sqlite").exists()


def test_a_named_folder_needs_no_settings(kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_DESK__THEME", "pink")
    with start("simulator", "--port", "0", "--data", str(tmp_path / "world"), "--seed", "7") as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert ask(url, "GET", BANKS).status == 200
        process.terminate()
        process.communicate(timeout=20)
    assert (tmp_path / "world" / "simulator.sqlite").exists()
    assert not kiosk.data_dir.exists()


@pytest.mark.parametrize(
    "arguments",
    [("--port", "70000"), ("--port", "1.5"), ("--pickups-per-hour", "-1"), ("--seed", "x"), ("--faults", "lots=1")],
)
def test_wrong_options_are_wrong_usage(kiosk: Kiosk, arguments: tuple[str, str]) -> None:
    result = kiosk("simulator", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err


def test_a_port_in_use_is_said(kiosk: Kiosk, tmp_path: Path) -> None:
    with start("simulator", "--port", "0", "--data", str(tmp_path / "world")) as process:
        assert process.stdout
        port = process.stdout.readline().strip().rpartition(":")[2]
        result = kiosk("simulator", "--port", port)
        process.terminate()
        process.communicate(timeout=20)
    assert result.code == 2
    assert f"Port {port} is in use" in result.err
