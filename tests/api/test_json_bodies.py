"""Bodies as JSON: what stands beside a pickup code never costs the code."""

from __future__ import annotations

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.api import reading
from kiosk.api.json_bodies import parse_json
from kiosk.errors import AnswerLostError
from kiosk.parcels.lockers import FreeReservationAnswer, UpdateDepositAnswer

BESIDE = [
    b"NaN",
    b"-Infinity",
    b"1e999",
    b"9" * 5_000,
    b"[" * 400 + b"]" * 400,
    b'"\xff\xfe"',
    b'"\\ud800"',
    b'"a\x01b"',
    b'"' + b"x" * 100_000 + b'"',
    b'"0001-01-01T00:00:00Z"',
    b'"9999-12-31T23:59:59Z"',
]


@pytest.mark.parametrize("name", ["depositTime", "lockerUnitId", "parcelsDeposited", "somethingElse"])
@pytest.mark.parametrize("beside", BESIDE, ids=range(len(BESIDE)))
def test_nothing_beside_a_pickup_code_costs_the_code(name: str, beside: bytes) -> None:
    body = b'{"pickupCode": "ABC234", "%s": %s}' % (name.encode(), beside)
    read = reading.read_written(UpdateDepositAnswer, parse_json(body))
    assert read.pickup_code is not None
    assert (read.pickup_code.get_secret_value(), read.deposit_time) == ("ABC234", None)


def test_an_answer_of_which_nothing_is_readable_tells_nothing() -> None:
    with pytest.raises(AnswerLostError):
        reading.read_written(FreeReservationAnswer, parse_json(b'{"lockerUnitId": NaN}'))


@pytest.mark.parametrize("code", ['"AB\\ud800"', '"' + "7" * 100 + '"'])
def test_a_code_that_can_not_be_one_is_no_code_and_no_deposit_without_one(code: str) -> None:
    with pytest.raises(AnswerLostError):
        reading.read_written(UpdateDepositAnswer, parse_json(f'{{"pickupCode": {code}}}'.encode()))


def test_an_absurd_value_is_logged_once_without_being_quoted(caplog: pytest.LogCaptureFixture) -> None:
    reading._log_once.cache_clear()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            reading.read_unit({"lockerUnitId": "7", "depositTime": "0001-01-01T00:00:00Z"}, "A")
    assert caplog.messages == ["value_not_credible: depositTime"]


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", errors="surrogatepass")))
def test_any_body_is_read_or_refused_as_no_json(body: bytes) -> None:
    try:
        read = parse_json(body)
    except ValueError:
        return
    json.dumps(read, ensure_ascii=False, allow_nan=False).encode("utf-8")


def test_what_is_no_json_is_refused() -> None:
    for body in (b"", b"<html>", b"{", b"[" * 200_000, b'{"a": 1} {'):
        with pytest.raises(ValueError):
            parse_json(body)
