"""One server for each process of tests; databases in it are made by whoever needs one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fleet.postgres import Postgres, postgres


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    with postgres() as running:
        yield running
