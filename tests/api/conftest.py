"""A scripted server for each test; replies that were announced and never asked for fail the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.scripted import ScriptedServer

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    scripted = ScriptedServer()
    yield scripted
    scripted.check_finished()
