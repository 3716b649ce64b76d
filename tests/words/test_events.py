"""How events read."""

from __future__ import annotations

import pytest

from kiosk.languages import languages
from kiosk.parcels.desk_events import CommandRun, OperatorRefused
from kiosk.parcels.events import Event
from kiosk.parcels.registry import EVENTS
from kiosk.parcels.states import Command
from kiosk.parcels.steps import Step
from kiosk.words.events import event_details, event_words
from kiosk.words.kinds_of_events import kinds_named
from kiosk.words.language import _, speaking
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


@pytest.mark.parametrize(
    ("code", "text"),
    [("en", "deposited"), ("en", "Parcel depos"), ("es", "depositado"), ("fr", "depose"), ("de", "HINTERLEGT")],
)
def test_a_word_of_what_the_journal_says_names_its_kind(code: str, text: str) -> None:
    with speaking(code):
        assert "parcel_deposited" in kinds_named(text)
        assert "unit_freed" not in kinds_named(text)


@pytest.mark.parametrize("text", ["", "  ", "ana", "osited", "nothing says this"])
def test_what_no_event_says_names_no_kind(text: str) -> None:
    with speaking("es"):
        assert not kinds_named(text)


def test_every_kind_is_named_by_its_words() -> None:
    said = {code: event_words(kind.model_construct()) for code, kind in EVENTS.items()}
    assert all(code in kinds_named(words) for code, words in said.items())


@pytest.mark.parametrize("code", languages())
def test_the_word_in_the_hint_names_a_kind(code: str) -> None:
    with speaking(code):
        hint = _("Only one kind of event; a word such as deposited.").split()[-1].strip(".")
        assert "parcel_deposited" in kinds_named(hint)
