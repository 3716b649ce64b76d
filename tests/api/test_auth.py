"""Tokens: fetched once, shared, renewed in time, renewed after a 401, and never a reason to doubt a write."""

from __future__ import annotations

import asyncio
import base64
import logging
import traceback
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue, SecretStr

from kiosk.api.auth import FALLBACK_LIFETIME, BasicLogin, BearerToken, OAuth, create_auth, read_token
from kiosk.errors import (
    AnswerLostError,
    NotAuthorizedError,
    NoTokenError,
    NotSentError,
    SettingsError,
    ThrottledError,
)
from kiosk.words.errors import explain
from tests.api.scripted import BEARER, OAUTH, TOKEN_PATH, Reply, ScriptedServer, answer, page, token

BANKS = "GET /parcelpoint/api/v1/lockerBanks"
FREE = "POST /parcelpoint/api/v1/lockerBanks/A/lockers/7/free"
TOKEN = f"POST {TOKEN_PATH}"


def tokens_used(server: ScriptedServer) -> list[str]:
    return [r.headers["Authorization"] for r in server.requests if r.url.path != TOKEN_PATH]


async def test_the_token_call_is_the_documented_one(server: ScriptedServer) -> None:
    server.on(TOKEN, token())
    server.on(BANKS, answer([]))
    await server.api(OAUTH).get_locker_banks()
    call = server.requests[0]
    assert call.headers["Authorization"] == "Basic " + base64.b64encode(b"desk:open-sesame").decode()
    assert call.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert call.content == b"grant_type=client_credentials&scope=psapi"
    assert call.extensions["timeout"] == {"connect": 5.0, "read": 30.0, "write": 30.0, "pool": 5.0}
    assert tokens_used(server) == ["Bearer t1"]


async def test_the_other_family_sends_no_scope(server: ScriptedServer) -> None:
    server.on(TOKEN, answer({"access_token": "t2", "tokenType": "BearerToken", "expiresIn": "35999"}))
    server.on(BANKS, answer([]))
    await server.api(replace(OAUTH, scope=None)).get_locker_banks()
    assert server.requests[0].content == b"grant_type=client_credentials"
    assert tokens_used(server) == ["Bearer t2"]


async def test_five_requests_at_once_share_one_token_call(server: ScriptedServer) -> None:
    server.on(TOKEN, token())
    server.on(BANKS, *[answer([]) for _ in range(5)])
    api = server.api(OAUTH)
    await asyncio.gather(*[api.get_locker_banks() for _ in range(5)])
    assert server.count(TOKEN_PATH) == 1


async def test_five_requests_at_once_share_one_failed_token_call(server: ScriptedServer) -> None:
    server.on(TOKEN, answer({"message": "Unauthorized"}, 401))
    api = server.api(OAUTH)
    outcomes = await asyncio.gather(*[api.get_locker_banks() for _ in range(5)], return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [NotAuthorizedError] * 5
    server.on(TOKEN, token())
    server.on(BANKS, answer([]))
    assert await api.get_locker_banks() == ()


@pytest.mark.parametrize(
    ("lifetime", "good_for"), [(14400, 14100), ("35999", 35699), (100, 90), (None, FALLBACK_LIFETIME * 0.9)]
)
async def test_a_token_is_renewed_a_bit_before_its_end(
    server: ScriptedServer, lifetime: JsonValue, good_for: float
) -> None:
    server.on(TOKEN, token("t1", lifetime), token("t2", lifetime))
    server.on(BANKS, answer([]), answer([]), answer([]))
    api = server.api(OAUTH)
    await api.get_locker_banks()
    server.clock.advance(timedelta(seconds=good_for - 1))
    await api.get_locker_banks()
    server.clock.advance(timedelta(seconds=1))
    await api.get_locker_banks()
    assert tokens_used(server) == ["Bearer t1", "Bearer t1", "Bearer t2"]


async def test_after_a_401_a_write_is_repeated_once_with_a_new_token(server: ScriptedServer) -> None:
    server.on(TOKEN, token("t1"), token("t2"))
    server.on(FREE, answer({"message": "Unauthorized"}, 401), answer({"lockerUnitId": "7"}))
    await server.api(OAUTH).free_reservation("A", "7", user_id="u", transaction_id="x")
    assert tokens_used(server) == ["Bearer t1", "Bearer t2"]
    assert server.sent.content == b'{"userId": "u"}'


async def test_after_two_401_it_gives_up(server: ScriptedServer) -> None:
    server.on(TOKEN, token("t1"), token("t2"))
    server.on(BANKS, answer({"message": "Unauthorized"}, 401), answer({"message": "Unauthorized"}, 401))
    with pytest.raises(NotAuthorizedError):
        await server.api(OAUTH).get_locker_banks()
    assert server.count(TOKEN_PATH) == 2


async def test_requests_refused_with_the_same_token_renew_it_once(server: ScriptedServer) -> None:
    server.on(TOKEN, token("t1"), token("t2"))
    refused = [answer({"message": "Unauthorized"}, 401) for _ in range(3)]
    server.on(BANKS, *refused, *[answer([]) for _ in range(3)])
    api = server.api(OAUTH)
    await asyncio.gather(*[api.get_locker_banks() for _ in range(3)])
    assert server.count(TOKEN_PATH) == 2


@pytest.mark.parametrize("reply", [page(401), answer({"errorCode": "no"}, 400), answer(status=404), answer(status=403)])
async def test_refused_credentials_name_the_settings_to_check(server: ScriptedServer, reply: Reply) -> None:
    server.on(TOKEN, reply)
    with pytest.raises(NotAuthorizedError) as caught:
        await server.api(OAUTH).free_reservation("A", "7", user_id="u", transaction_id="x")
    assert "lockers.client_id" in explain(caught.value).hint
    assert "lockers.token_url" in explain(caught.value).hint


def no_token_replies() -> list[Reply]:
    return [
        httpx.ConnectError("no"),
        httpx.ReadTimeout("late"),
        httpx.RemoteProtocolError("cut"),
        answer({"message": "x"}, 500),
        page(502),
        page(200),
        answer(status=204),
        answer(status=302, headers={"Location": "https://portal.example/"}),
        answer({"token": "elsewhere"}),
        answer({"access_token": "two\nlines"}),
        answer(["t"]),
        httpx.Response(200, content=b'{"access_token": "t'),
    ]


@pytest.mark.parametrize("index", range(len(no_token_replies())))
async def test_a_write_whose_token_can_not_be_had_never_left(server: ScriptedServer, index: int) -> None:
    attempts = 1 if index == 0 else 3
    server.on(TOKEN, *[no_token_replies()[index] for _ in range(attempts)])
    with pytest.raises(NotSentError) as caught:
        await server.api(OAUTH).free_reservation("A", "7", user_id="u", transaction_id="x")
    assert not isinstance(caught.value, AnswerLostError)
    assert server.count(TOKEN_PATH) == len(server.requests)


async def test_a_token_that_comes_at_the_second_try_lets_the_write_leave_once(server: ScriptedServer) -> None:
    server.on(TOKEN, page(503), token())
    server.on(FREE, answer({"lockerUnitId": "7"}))
    await server.api(OAUTH).free_reservation("A", "7", user_id="u", transaction_id="x")
    assert len(tokens_used(server)) == 1


async def test_a_throttled_token_means_a_throttled_write(server: ScriptedServer) -> None:
    server.on(TOKEN, answer({"message": "slow"}, 429, {"Retry-After": "7"}))
    with pytest.raises(ThrottledError) as caught:
        await server.api(OAUTH).free_reservation("A", "7", user_id="u", transaction_id="x")
    assert caught.value.retry_after == 7


async def test_a_renewal_that_fails_after_a_401_leaves_no_doubt(server: ScriptedServer) -> None:
    server.on(TOKEN, token("t1"), httpx.ConnectError("no"))
    server.on(FREE, answer({"message": "Unauthorized"}, 401))
    with pytest.raises(NotSentError):
        await server.api(OAUTH).free_reservation("A", "7", user_id="u", transaction_id="x")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"error": "invalid_client", "error_description": "Unknown client"}, "Unknown client"),
        ({"error": "unauthorized_client"}, "unauthorized_client"),
        ({"errors": [{"errorCode": "1000032", "errorDescription": "Invalid key"}]}, "Invalid key"),
        ({"message": "This account is closed"}, "This account is closed"),
        ({"fault": {"faultstring": "Invalid ApiKey", "detail": {"errorcode": "oauth.v2.x"}}}, "Invalid ApiKey"),
    ],
)
async def test_a_refusal_with_the_status_of_a_success_is_the_servers_sentence_and_asked_once(
    server: ScriptedServer, body: JsonValue, text: str
) -> None:
    server.on(TOKEN, answer(body))
    with pytest.raises(NotAuthorizedError) as caught:
        await server.api(OAUTH).get_locker_banks()
    assert explain(caught.value).sentence.endswith(f": {text}")
    assert server.count(TOKEN_PATH) == 1


async def test_a_refusal_like_that_never_shows_the_secret(server: ScriptedServer) -> None:
    server.on(TOKEN, answer({"error": "invalid_client", "error_description": "no client open-sesame"}))
    with pytest.raises(NotAuthorizedError, match="token_refused ") as caught:
        await server.api(OAUTH).get_locker_banks()
    assert "open-sesame" not in str(caught.value)


async def test_a_plain_text_in_place_of_a_token_refuses_nobody(server: ScriptedServer) -> None:
    server.on(TOKEN, httpx.Response(200, text="Please stand by"), token())
    server.on(BANKS, answer([]))
    await server.api(OAUTH).get_locker_banks()
    assert tokens_used(server) == ["Bearer t1"]


async def test_a_server_that_is_only_out_of_order_is_asked_for_a_token_again(server: ScriptedServer) -> None:
    server.on(TOKEN, answer({"error": "temporarily_unavailable"}), token())
    server.on(BANKS, answer([]))
    await server.api(OAUTH).get_locker_banks()
    assert tokens_used(server) == ["Bearer t1"]


async def test_a_login_page_in_place_of_a_token_is_told_as_that(server: ScriptedServer) -> None:
    server.on(TOKEN, *[page(200) for _ in range(3)])
    with pytest.raises(NoTokenError, match="answered_by_network") as caught:
        await server.api(OAUTH).get_locker_banks()
    assert "Log in to the network" in explain(caught.value).hint


EXPIRED: JsonValue = {"errors": [{"errorCode": "access_denied", "errorDescription": "The access token expired"}]}


@pytest.mark.parametrize(
    "refusal",
    [
        answer(EXPIRED, 403),
        answer({"message": "JWT has expired"}, 403),
        answer({"error": "invalid_token"}, 403),
        answer(None, 403, {"WWW-Authenticate": 'Bearer realm="x", error="invalid_token"'}),
        answer({"message": "Forbidden"}, 403, {"WWW-Authenticate": 'Bearer error="invalid_token"'}),
    ],
)
async def test_a_403_that_speaks_of_the_token_gets_a_new_one_and_one_repeat(
    server: ScriptedServer, refusal: httpx.Response
) -> None:
    server.on(TOKEN, token("t1"), token("t2"))
    server.on(FREE, refusal, answer({"lockerUnitId": "7"}))
    await server.api(OAUTH).free_reservation("A", "7", user_id="u", transaction_id="x")
    assert tokens_used(server) == ["Bearer t1", "Bearer t2"]


async def test_a_403_that_stays_one_is_repeated_once(server: ScriptedServer) -> None:
    server.on(TOKEN, token("t1"), token("t2"))
    server.on(FREE, answer(EXPIRED, 403), answer(EXPIRED, 403))
    with pytest.raises(NotAuthorizedError, match="expired"):
        await server.api(OAUTH).free_reservation("A", "7", user_id="u", transaction_id="x")


async def test_several_requests_refused_by_403_with_one_token_share_the_new_one(server: ScriptedServer) -> None:
    server.on(TOKEN, token("t1"), token("t2"))
    server.on(BANKS, *[answer(EXPIRED, 403) for _ in range(3)], *[answer([]) for _ in range(3)])
    api = server.api(OAUTH)
    await asyncio.gather(*[api.get_locker_banks() for _ in range(3)])
    assert server.count(TOKEN_PATH) == 2


async def test_a_403_about_anything_else_or_of_a_fixed_token_is_not_repeated(server: ScriptedServer) -> None:
    server.on(TOKEN, token())
    scope = {"WWW-Authenticate": 'Bearer error="insufficient_scope"'}
    server.on(BANKS, answer({"message": "Not enabled for this account"}, 403, scope), answer(EXPIRED, 403))
    for credentials in (OAUTH, BEARER):
        with pytest.raises(NotAuthorizedError):
            await server.api(credentials).get_locker_banks()
    assert len(tokens_used(server)) == 2


async def test_a_cancelled_renewal_does_not_stop_the_next(server: ScriptedServer) -> None:
    arrived, never = asyncio.Event(), asyncio.Event()

    class Hanging(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if arrived.is_set():
                return await server(request)
            arrived.set()
            await never.wait()
            raise AssertionError

    client = httpx.AsyncClient(transport=Hanging())
    auth = create_auth(OAUTH, client, server.clock)
    first = asyncio.create_task(client.get("https://lockers.example/x", auth=auth))
    second = asyncio.create_task(client.get("https://lockers.example/x", auth=auth))
    await arrived.wait()
    server.on(TOKEN, token())
    server.on("GET /x", answer([]))
    first.cancel()
    assert (await second).status_code == 200
    assert first.cancelled()


async def test_a_fixed_token_that_is_refused_is_not_sent_again(server: ScriptedServer) -> None:
    server.on(BANKS, answer({"message": "Unauthorized"}, 401))
    with pytest.raises(NotAuthorizedError):
        await server.api(BEARER).get_locker_banks()
    assert tokens_used(server) == ["Bearer fixed-token"]


async def test_a_fixed_token_may_come_from_a_file_with_a_line_end(server: ScriptedServer) -> None:
    server.on(BANKS, answer([]))
    await server.api(BearerToken(SecretStr("fixed\n"))).get_locker_banks()
    assert tokens_used(server) == ["Bearer fixed"]


@pytest.mark.parametrize("value", ["two words", "ümlaut", "a\nb", ""])
def test_a_fixed_token_that_can_not_be_sent_is_a_wrong_setting(server: ScriptedServer, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        server.api(BearerToken(SecretStr(value)))
    assert not value or value not in str(caught.value)


async def test_name_and_password_are_sent_as_basic(server: ScriptedServer) -> None:
    server.on(BANKS, answer([]))
    await server.api(BasicLogin("désk", SecretStr("pä:ss"))).get_locker_banks()
    assert tokens_used(server) == ["Basic " + base64.b64encode("désk:pä:ss".encode()).decode()]


async def test_no_secret_is_in_any_repr_log_or_error(server: ScriptedServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.on(TOKEN, answer({"message": "unknown secret open-sesame"}, 401), token("t-one"), token("t-two"))
    server.on(BANKS, answer({"message": "no"}, 401), answer({"message": "no"}, 401))
    api = server.api(OAUTH)
    shown = [repr(OAUTH), repr(BEARER), repr(BasicLogin("u", SecretStr("open-sesame"))), repr(token)]
    for _ in range(2):
        with pytest.raises(NotAuthorizedError) as caught:
            await api.get_locker_banks()
        shown += ["".join(traceback.format_exception(caught.value)), explain(caught.value).hint]
    shown += [repr(vars(api)), repr(read_token({"access_token": "t-one"})), caplog.text]
    auth = create_auth(OAUTH, httpx.AsyncClient(), server.clock)
    assert isinstance(auth, OAuth)
    shown += [repr(auth), repr(vars(auth))]
    for secret in ("open-sesame", "fixed-token", "t-one", "t-two", base64.b64encode(b"desk:open-sesame").decode()):
        assert not [text for text in shown if secret in text]


@pytest.mark.parametrize(
    ("fields", "lifetime"),
    [
        ({"expires_in": 14400}, 14400),
        ({"expires_in": "14400"}, 14400),
        ({"expiresIn": "35999"}, 35999),
        ({"expiresIn": 35999.5}, 35999.5),
        ({}, FALLBACK_LIFETIME),
        ({"expires_in": None}, FALLBACK_LIFETIME),
        ({"expires_in": "soon"}, FALLBACK_LIFETIME),
        ({"expires_in": "nan"}, FALLBACK_LIFETIME),
        ({"expires_in": 0}, FALLBACK_LIFETIME),
        ({"expires_in": -1}, FALLBACK_LIFETIME),
        ({"expires_in": [1]}, FALLBACK_LIFETIME),
        ({"expires_in": True}, FALLBACK_LIFETIME),
        ({"expires_in": 10**400}, FALLBACK_LIFETIME),
        ({"expires_in": "inf"}, 86400),
        ({"expires_in": 10**9}, 86400),
    ],
)
def test_both_spellings_of_the_lifetime_are_read(fields: dict[str, JsonValue], lifetime: float) -> None:
    assert read_token({"access_token": "t", **fields}).lifetime == lifetime


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["access_token", "expires_in", "expiresIn"]), inner)
    ),
)


@given(json_values)
def test_any_answer_is_a_token_or_a_value_error(value: JsonValue) -> None:
    try:
        read = read_token(value)
    except ValueError:
        return
    assert 0 < read.lifetime <= 86400
