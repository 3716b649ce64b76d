"""Error bodies of every shape that the documentation, the SDKs and gateways show."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.api.error_bodies import TEXT_LIMIT, ErrorBody, clean, read_error_body

SHAPES = {
    "wrapped list": (
        b'{"errors":[{"errorCode":"validation_error","errorDescription":"Bad size","additionalCode":"1101055"}]}',
        ErrorBody("Bad size", "validation_error"),
    ),
    "bare list": (
        b'[{"errorCode":"not_found","errorDescription":"No such unit"}]',
        ErrorBody("No such unit", "not_found"),
    ),
    "top level": (b'{"errorCode":"1021126","errorDescription":"No"}', ErrorBody("No", "1021126")),
    "additional info": (
        b'{"errors":[{"errorDescription":"Invalid","additionalInfo":"size: tiny"}]}',
        ErrorBody("Invalid (size: tiny)"),
    ),
    "additional info alone": (b'[{"errorCode":"1","additionalInfo":"why"}]', ErrorBody("why", "1")),
    "null info": (b'{"errors":[{"errorDescription":"Invalid","additionalInfo":null}]}', ErrorBody("Invalid")),
    "message": (b'{"message":"Unauthorized"}', ErrorBody("Unauthorized")),
    "first old list": (
        b'[{"errorCode":"1019003","message":"Postal code","parameters":[],"moreInfo":"x"}]',
        ErrorBody("Postal code", "1019003"),
    ),
    "status error": (
        b'{"status":"ERROR","errors":[{"errorCode":"1000045","userMessage":"A value is missing"}]}',
        ErrorBody("A value is missing", "1000045"),
    ),
    "key and message": (
        b'[{"key":"address.not.verified","message":"Where?"}]',
        ErrorBody("Where?", "address.not.verified"),
    ),
    "oauth": (
        b'{"error":"invalid_client","error_description":"Unknown client"}',
        ErrorBody("Unknown client", "invalid_client"),
    ),
    "gateway fault": (
        b'{"fault":{"faultstring":"Spike arrest","detail":{"errorcode":"x"}}}',
        ErrorBody("Spike arrest"),
    ),
    "several": (b'{"errors":[{"message":"a"},{"message":"b"},{"message":"a"}]}', ErrorBody("a; b")),
    "number as code": (b'[{"errorCode":1000001,"message":"Carrier"}]', ErrorBody("Carrier", "1000001")),
    "list of strings": (b'{"errors":["one","two"]}', ErrorBody("one; two")),
    "a string": (b'"Try later"', ErrorBody("Try later")),
    "plain text": (b"upstream connect error\r\n", ErrorBody("upstream connect error")),
    "html": (b"\n<!DOCTYPE html><html><body>Bad</body></html>", ErrorBody(is_page=True)),
    "html behind a comment": (b"\xef\xbb\xbf<!-- login --><meta http-equiv='refresh'>", ErrorBody(is_page=True)),
    "a script": (b"<script>location='/login'</script>", ErrorBody(is_page=True)),
    "html without doctype": (b"<html><h1>502</h1></html>", ErrorBody(is_page=True)),
    "nothing": (b"", ErrorBody()),
    "blank": (b" \n ", ErrorBody()),
    "half a json": (b'{"errors":[{"errorCode":"valid', ErrorBody()),
    "null": (b"null", ErrorBody()),
    "empty object": (b"{}", ErrorBody()),
    "empty list": (b"[]", ErrorBody()),
    "wrong types": (b'{"errors":{"errorCode":{},"message":[1]},"message":7}', ErrorBody()),
    "byte order mark": (b'\xef\xbb\xbf{"message":"Hi"}', ErrorBody("Hi")),
    "endless nesting": (b'{"errors":' * 5000, ErrorBody()),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_gives_its_sentence_and_code(shape: str) -> None:
    body, expected = SHAPES[shape]
    assert read_error_body(body) == expected


def test_text_of_a_server_can_not_move_the_cursor_or_turn_the_line() -> None:
    assert clean("a\x1b[2Jb\r\n\tc\u202ed\x00\u2028e") == "a [2Jb c d e"


def test_long_text_is_cut() -> None:
    assert len(clean("word " * 1000)) <= TEXT_LIMIT
    assert clean("word " * 1000).endswith("…")


@given(st.binary(max_size=400))
def test_no_body_makes_the_reading_fail(body: bytes) -> None:
    said = read_error_body(body)
    assert len(said.text) <= TEXT_LIMIT
    assert not any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for sign in said.text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["errors", "error", "errorCode", "message", "detail", "key"]), inner)
    ),
)


@given(json_values)
def test_no_json_makes_the_reading_fail(value: object) -> None:
    assert isinstance(read_error_body(json.dumps(value).encode()), ErrorBody)
