"""Five hundred cuts, repeats, kills and restarts: every event is at the centre once. `make chaos` has ten thousand."""

from __future__ import annotations

from pathlib import Path

from tests.chaos.fleet import Trouble, storm
from tests.fleet.centres import NewCentre
from tests.fleet.postgres import Postgres, needs_postgres

pytestmark = needs_postgres


async def test_every_event_is_at_the_centre_once_whatever_goes_wrong_on_the_way(
    tmp_path: Path, server: Postgres, centre: NewCentre
) -> None:
    outcome = await storm(server, centre, tmp_path, 1, troubles=500, restarts=2, processes=3)
    assert not outcome.wrong, outcome
    assert outcome.troubles.total() >= 500
    assert min(outcome.troubles[trouble] for trouble in Trouble) >= 2, outcome
