"""A scripted server for each test; replies that were announced and never asked for fail the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.scripted import ScriptedServer


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    scripted = ScriptedServer()
    yield scripted
    scripted.check_finished()
