"""An sshd in front of a kiosk's data folder, fresh for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.ssh_house import House

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    with made.ssh.serving():
        yield made
