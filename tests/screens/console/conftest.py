"""Consoles in tests look for changes at once."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screens.console.app.LOOK_EVERY_SECONDS", 0.02)
