"""How the console says how this desk and the centre get on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.desk.health import Health, HealthSubject
from kiosk.parcels.fleet import FleetState
from kiosk.parcels.parcel import Cause
from kiosk.words.errors import explain_cause
from kiosk.words.overview import health_cause, health_words
from kiosk.words.times import local_time

THEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
AWAY = Cause(code="fleet_away")


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (FleetState(0, None, None, None), "The centre has not been told anything yet."),
        (FleetState(0, THEN, None, None), "The centre has everything."),
        (FleetState(1, THEN, None, None), "1 event is on its way to the centre."),
        (FleetState(1_200, THEN, THEN, AWAY), f"1,200 events wait since {local_time(THEN)}."),
        (FleetState(1, None, THEN, AWAY), f"1 event waits since {local_time(THEN)}."),
    ],
)
def test_what_waits_for_the_centre_is_said_with_since_when_and_why(state: FleetState, sentence: str) -> None:
    health = Health(HealthSubject.FLEET, ok=None, fleet=state)
    assert health_words(health) == ("Other desks", sentence)
    assert health_cause(health) == (explain_cause(AWAY) if state.cause else "")
