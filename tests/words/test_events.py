"""How events read."""

from __future__ import annotations

import pytest

from kiosk.parcels.desk_events import CommandRun, OperatorRefused
from kiosk.parcels.events import Event
from kiosk.parcels.states import Command
from kiosk.parcels.steps import Step
from kiosk.words.events import event_details
from kiosk.words.steps import step_word


@pytest.mark.parametrize(
    ("event", "details"),
    [
        (OperatorRefused(origin="203.0.113.7"), ("203.0.113.7",)),
        (OperatorRefused(origin="local", step=Step.VIEW_CODE), (step_word(Step.VIEW_CODE), "local")),
        (
            CommandRun(command=Command.RECIPIENTS_IMPORT, origin="local", reason="monthly list"),
            ("kiosk recipients import", "monthly list", "local"),
        ),
    ],
)
def test_what_somebody_wanted_is_told_with_where_it_came_from(event: Event, details: tuple[str, ...]) -> None:
    assert event_details(event, str) == details
