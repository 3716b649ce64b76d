"""A kiosk on a fresh demo, and one whose simulated service a test can disturb."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.simulator.server import Simulator
from tests.cli.harness import Kiosk
from tests.simulator.line import ask


class Service:
    """A simulated service in this process that outlives the commands."""

    def __init__(self, simulator: Simulator) -> None:
        self.url = simulator.url

    def queue(self, fault: str, operation: str, times: int = 1) -> None:
        body = {"fault": fault, "operation": operation, "times": times}
        assert ask(self.url, "POST", "/_simulator/faults", body).status == 200

    def clear(self) -> None:
        assert ask(self.url, "DELETE", "/_simulator/faults").status == 200

    def collect(self, bank: str, unit: str) -> None:
        body = {"lockerBankId": bank, "lockerUnitId": unit}
        assert ask(self.url, "POST", "/_simulator/pickup", body).status == 200

    def units_of(self, number: str) -> list[str]:
        """Return every unit that holds a number, according to the service itself."""
        return [
            f"{unit['lockerBankId']}/{unit['lockerUnitId']}"
            for unit in self._units()
            if number in {parcel["trackingNumber"] for parcel in unit["parcelsReserved"] + unit["parcelsDeposited"]}
        ]

    def parcels(self, number: str) -> list[dict[str, str]]:
        """Return the parcels that were deposited under a number, as the service has them."""
        deposited = [parcel for unit in self._units() for parcel in unit["parcelsDeposited"]]
        return [parcel for parcel in deposited if parcel["trackingNumber"] == number]

    def _units(self) -> list[dict[str, Any]]:
        state = ask(self.url, "GET", "/_simulator/state").value
        return [unit for bank in state["lockerBanks"] for unit in bank["lockerUnits"]]


@pytest.fixture
def kiosk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kiosk:
    for name in [name for name in os.environ if name.startswith("KIOSK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("KIOSK_STORAGE__DATA_DIR", str(tmp_path / "data"))
    return Kiosk(tmp_path / "data", capsys)


@pytest.fixture
def service(kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:  # noqa: ARG001 - its environment comes first
    # A lost answer is looked into once instead of for seconds.
    monkeypatch.setattr("kiosk.desk.requests.SETTLE_AFTER_SECONDS", (0.0,))
    with Simulator(tmp_path / "service") as simulator:
        monkeypatch.setenv("KIOSK_LOCKERS__URL", f"{simulator.url}/parcelpoint")
        yield Service(simulator)
