"""What is said of an error: each value that chooses a sentence has one, and a busy directory says what to do."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from kiosk import errors
from kiosk.errors import InDoubtError, KioskError, StorageBusyError, StorageDamagedError, WrongStateError
from kiosk.parcels.states import Operation, ParcelState
from kiosk.recipients.file import directory_errors
from kiosk.words.errors import api, explain, printing
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


TECHNICAL = re.compile(r"HOST|setting|`kiosk|\b[a-z]+\.[a-z]+_[a-z]+|PROXY|docs/|https?:|proxy|TLS|DNS|port\b")
ABOUT = dict.fromkeys(("host", "to", "setting", "id_setting", "url_setting", "environment", "settings"), "HOST")


@pytest.mark.parametrize("code", [*api.TEXTS, "finder_address_missing", "finder_account_missing"])
def test_a_clerk_is_told_of_no_hosts_settings_and_commands(code: str) -> None:
    of_services: tuple[KioskError, ...] = (
        errors.NotSentError(code),
        errors.AnswerLostError(code),
        errors.NoTokenError(code),
        errors.RefusedError(code, status=400),
        errors.NotAuthorizedError(code, status=403),
        errors.ThrottledError(code),
        errors.FinderNotSetUpError(code),
        errors.FinderUnreachableError(code),
        errors.WrongQuestionError(code),
    )
    for error in of_services:
        error.parameters |= {**ABOUT, "status": 502, "phrase": "Bad", "text": "no"}
        said = explain(error, to_clerk=True)
        assert said.sentence
        assert not TECHNICAL.search(" ".join(said)), said


@pytest.mark.parametrize("code", printing.TEXTS)
@pytest.mark.parametrize("kind", [errors.PrinterError, errors.PrinterAwayError, errors.MaybePrintedError])
def test_a_clerk_is_told_of_a_printer_what_to_do_with_it(code: str, kind: type[errors.PrinterError]) -> None:
    error = kind(code, printer="tcp://HOST:9100", path="HOST", missing="HOST", text="HOST", seconds=20.0)
    said = explain(error, to_clerk=True)
    assert not TECHNICAL.search(" ".join(said)), said
    assert ("Nothing was printed" in said.hint) is not issubclass(kind, errors.MaybePrintedError)
    assert "{" not in " ".join(explain(error))
