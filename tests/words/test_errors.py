"""What is said of an error: each value that chooses a sentence has one, and a busy directory says what to do."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from kiosk import errors
from kiosk.errors import InDoubtError, KioskError, StorageBusyError, StorageDamagedError, WrongStateError
from kiosk.parcels.events import CorrectionAsked, WriteDelayed, WriteFailed, WriteFellInDoubt
from kiosk.parcels.parcel import AttentionItem, Cause, Parcel
from kiosk.parcels.states import Finding, Operation, ParcelState, Role
from kiosk.parcels.steps import Step
from kiosk.recipients.file import directory_errors
from kiosk.words.errors import api, desk, explain, printing, tracking
from kiosk.words.errors.desk import TEXTS, VARIANTS
from kiosk.words.events import event_line
from kiosk.words.findings import advice_on
from tests.house.desk import START


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


PARCEL = Parcel(parcel_id="p1", tracking_number="T1", scanned="T1", taken_in_at=START)
TECHNICAL = re.compile(r"HOST|setting|`kiosk|\b[a-z]+\.[a-z]+_[a-z]+|PROXY|docs/|https?:|proxy|TLS|DNS|port\b")
AT_THE_CONSOLE = {"role_unreadable"}
"""Given only to whoever has a role there."""
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


@pytest.mark.parametrize("code", sorted({**api.TEXTS, **desk.TEXTS, **tracking.TEXTS}.keys() - AT_THE_CONSOLE))
def test_nor_in_what_happened_to_a_parcel(code: str) -> None:
    cause = Cause(code=code, parameters={**ABOUT, "text": "no", "status": 502})
    for event in (
        WriteFailed(intent_id="i", operation=Operation.DEPOSIT, cause=cause),
        WriteFellInDoubt(intent_id="i", cause=cause),
        WriteDelayed(intent_id="i", cause=cause),
    ):
        assert not TECHNICAL.search(event_line(event, str, to_clerk=True))
    for finding in Finding:
        for parcel in (PARCEL, PARCEL.model_copy(update={"state": ParcelState.UNRECORDED})):
            item = AttentionItem(finding=finding, cause=cause, since=START)
            assert not TECHNICAL.search(" ".join(advice_on(item, parcel, to_clerk=True)))


FILE_ERRORS = (errors.StorageError, *errors.StorageError.__subclasses__(), errors.DirectoryError)


@pytest.mark.parametrize("failed", [*FILE_ERRORS, errors.DirectoryBusyError])
def test_nor_where_a_file_can_not_be_used(failed: type[KioskError]) -> None:
    assert not TECHNICAL.search(explain(failed("file_locked", path="kiosk.sqlite"), to_clerk=True).hint)


def test_an_operator_is_told_the_host_and_what_to_run() -> None:
    cause = Cause(code="not_reached", parameters={**ABOUT})
    assert "HOST" in event_line(WriteFellInDoubt(intent_id="i", cause=cause), str)
    item = AttentionItem(finding=Finding.ROW_UNREADABLE, since=START)
    assert TECHNICAL.search(advice_on(item, PARCEL).proposal)
    asked = CorrectionAsked(step=Step.EXTEND, reason="late", role=Role.OPERATOR, origin="HOST")
    assert "HOST" in event_line(asked, str)
    assert "HOST" not in event_line(asked, str, to_clerk=True)
