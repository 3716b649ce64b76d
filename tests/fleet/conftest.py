"""One server for each process of tests, and a centre of its own for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.conftest import kiosk
from tests.fleet.centres import NewCentre, new_centre
from tests.fleet.postgres import Postgres, postgres

__all__ = ["kiosk"]


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    with postgres() as running:
        yield running


@pytest.fixture
def centre(server: Postgres) -> NewCentre:
    return new_centre(server)
