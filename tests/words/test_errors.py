"""What is said of an error: each value that chooses a sentence has one, and a busy directory says what to do."""

from __future__ import annotations

from string import Formatter

import pytest

from kiosk import errors
from kiosk.errors import InDoubtError, StorageBusyError, StorageDamagedError, WrongStateError
from kiosk.parcels.states import Operation, ParcelState
from kiosk.recipients.file import directory_errors
from kiosk.words.errors import explain
from kiosk.words.errors.desk import TEXTS, VARIANTS


@pytest.mark.parametrize("code", ["write_open", "outcome_unknown"])
def test_each_operation_has_a_sentence_of_its_own(code: str) -> None:
    said = [explain(InDoubtError(code, operation=each.value)).sentence for each in Operation]

    assert len({*said, TEXTS[code].sentence}) == len(said) + 1


def test_each_state_that_hinders_has_a_sentence_of_its_own() -> None:
    said = [explain(WrongStateError("state_hinders", step="extend", state=each.value)).sentence for each in ParcelState]

    assert len({*said, TEXTS["state_hinders"].sentence}) == len(said) + 1


def test_an_operation_of_a_newer_program_is_told_in_general() -> None:
    assert explain(InDoubtError("write_open", operation="polish")).sentence == TEXTS["write_open"].sentence


def test_variants_speak_only_of_what_their_errors_have() -> None:
    def fields(sentence: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name}

    for code, (parameter, variants) in VARIANTS.items():
        for text in variants.values():
            assert fields(text.sentence) <= fields(TEXTS[code].sentence) | {parameter}


def test_a_directory_that_is_busy_can_be_asked_again() -> None:
    with pytest.raises(errors.DirectoryBusyError) as busy, directory_errors():
        raise StorageBusyError("file_locked", path="/data/recipients.sqlite")

    assert busy.value.code == "file_locked"
    assert busy.value.retryable
    assert "Try again" in explain(busy.value).hint


def test_a_directory_that_is_damaged_can_not() -> None:
    with pytest.raises(errors.DirectoryError) as damaged, directory_errors():
        raise StorageDamagedError("file_damaged", path="/data/recipients.sqlite", text="malformed")

    assert not damaged.value.retryable
