"""Broken rules of the line to the service: sent once, repeated only where that is safe, no secret in a word."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "a write whose answer was lost is sent again at once",
        "kiosk/api/transport.py",
        "if wait is None or not (repeatable or isinstance(error, NoTokenError)):",
        "if wait is None:",
        "api/test_transport.py::test_a_write_without_a_usable_answer_is_in_doubt_and_sent_once",
    ),
    Mutation(
        "a redirected write is followed",
        "kiosk/api/client.py",
        "follow_redirects=False,",
        "follow_redirects=True,",
        "api/test_transport.py::test_a_write_without_a_usable_answer_is_in_doubt_and_sent_once",
    ),
    Mutation(
        "an answer without end fills the memory",
        "kiosk/api/transport.py",
        "if len(body) > _LARGEST_ANSWER:",
        "if False:",
        "api/test_transport.py::test_a_body_without_end_is_given_up",
    ),
    Mutation(
        "a number of dots leads to another address",
        "kiosk/api/transport.py",
        'return encoded.replace(".", "%2E") if segment in {".", ".."} else encoded',
        "return encoded",
        "api/test_transport.py::test_any_tracking_number_arrives_as_it_is",
    ),
    Mutation(
        "a service that asks to wait is asked again at once",
        "kiosk/api/retry.py",
        "return asked + rng.uniform(0, _FIRST_WAIT) if asked <= LONGEST_WAIT else None",
        "return rng.uniform(0, _FIRST_WAIT) if asked <= LONGEST_WAIT else None",
        "api/test_transport.py::test_a_throttled_read_waits_as_long_as_it_is_asked_to",
    ),
    Mutation(
        "a read is asked for ever",
        "kiosk/api/retry.py",
        "if attempt >= ATTEMPTS:",
        "if attempt >= ATTEMPTS + 1:",
        "api/test_transport.py::test_a_read_is_asked_three_times_at_most",
    ),
    Mutation(
        "a write whose token never came is in doubt",
        "kiosk/api/auth.py",
        "raise NoTokenError(cause.code, **cause.parameters) from error",
        "raise cause from error",
        "api/test_auth.py::test_a_write_whose_token_can_not_be_had_never_left",
    ),
    Mutation(
        "an error shows the secret that a server quotes",
        "kiosk/api/auth.py",
        "if text is None or (secret and secret in text):",
        "if text is None:",
        "api/test_auth.py::test_no_secret_is_in_any_repr_log_or_error",
    ),
    Mutation(
        "a token that is refused is not renewed",
        "kiosk/api/auth.py",
        "if response.status_code == 401:",
        "if response.status_code == 407:",
        "api/test_auth.py::test_after_a_401_a_write_is_repeated_once_with_a_new_token",
    ),
    Mutation(
        "each request that a token failed fetches one of its own",
        "kiosk/api/auth.py",
        "self._token is not None and self._token is not refused and",
        "self._token is not None and refused is None and",
        "api/test_auth.py::test_requests_refused_with_the_same_token_renew_it_once",
    ),
    Mutation(
        "a token is used to its last second",
        "kiosk/api/auth.py",
        "timedelta(seconds=token.lifetime - margin)",
        "timedelta(seconds=token.lifetime + margin)",
        "api/test_auth.py::test_a_token_is_renewed_a_bit_before_its_end",
    ),
    Mutation(
        "a deposit whose code can't be read is done",
        "kiosk/api/reading.py",
        'if "pickupCode" in bad:',
        "if not bad:",
        "api/test_reading.py::test_a_deposit_whose_code_can_not_be_read_is_in_doubt",
    ),
    Mutation(
        "an address of this machine is asked through the proxy",
        "kiosk/api/network.py",
        "if network.proxy == NO_PROXY or is_on_this_machine(url):",
        "if network.proxy == NO_PROXY:",
        "api/test_network.py::test_an_address_of_this_machine_is_never_asked_through_a_proxy",
    ),
    Mutation(
        "a write that broke off behind the proxy never left",
        "kiosk/api/network.py",
        "if only_proxy_asked and not isinstance",
        "if not isinstance",
        "api/test_network.py::test_a_line_that_breaks_behind_the_proxy_leaves_a_write_in_doubt",
    ),
    Mutation(
        "an error quotes the address of the proxy",
        "kiosk/api/network.py",
        'raise SettingsError("proxy_unreadable", setting=proxy.setting)',
        'raise SettingsError("proxy_unreadable", setting=proxy.address)',
        "api/test_network.py::test_a_proxy_that_only_httpx_can_not_read_is_named_alike",
    ),
    Mutation(
        "a token that is refused by 403 is not renewed",
        "kiosk/api/errors.py",
        "return error.status == 403 and",
        "return error.status == 402 and",
        "api/test_auth.py::test_a_403_that_speaks_of_the_token_gets_a_new_one_and_one_repeat",
    ),
)
