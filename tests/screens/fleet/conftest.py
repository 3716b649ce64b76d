"""Consoles over all desks in tests look for changes at once, at a server of their own."""

from __future__ import annotations

import pytest

from tests.fleet import conftest as fleet

server, centre = fleet.server, fleet.centre


@pytest.fixture(autouse=True)
def _looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screens.fleet.app.LOOK_EVERY_SECONDS", 0.05)
    monkeypatch.setattr("screens.fleet.app.REST_SECONDS", 0.0)
