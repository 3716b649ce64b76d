"""What is said of calls to Pitney Bowes that failed; the codes are given in `kiosk/api/`."""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_NOTHING_CHANGED = N_("Nothing was changed; try again when the connection is back.")

TEXTS: dict[str, Text] = {
    "service_said": Text(N_("{text}")),
    "answer_timed_out": Text(N_("{host} did not answer in time.")),
    "answer_not_finished": Text(N_("{host} did not finish its answer in time.")),
    "answer_not_unpacked": Text(N_("The answer of {host} could not be decompressed.")),
    "answer_too_large": Text(N_("The answer of {host} is too large to be one.")),
    "connection_broke": Text(N_("The connection to {host} broke before the answer arrived.")),
    "answered_with_page": Text(N_("{host} answered {status} with a web page instead of data.")),
    "not_found_page": Text(N_("{host} answered 404 with a web page; the address in the settings may be wrong.")),
    "sent_elsewhere": Text(N_("{host} redirected the request ({status}); the address in the settings may be wrong.")),
    "answered_without_data": Text(N_("{host} answered {status} without usable data.")),
    "unexplained": Text(N_("{host} answered {status} ({phrase}) without an explanation.")),
    "unknown_status": Text(N_("{host} answered {status}, an unknown status, without an explanation.")),
    "throttled": Text(N_("{host} asks for fewer calls.")),
    "address_not_usable": Text(
        N_("The address in the settings is not usable."),
        N_("It must begin with https:// (or http://). Nothing was changed."),
    ),
    "proxy_failed": Text(
        N_("The proxy did not connect to {host}."),
        N_("Check the proxy settings of this machine. Nothing was changed; try again when the connection is back."),
    ),
    "name_not_found": Text(
        N_("The name {host} was not found."),
        N_("Check the host name in the settings, then the network and DNS. Nothing was changed."),
    ),
    "not_trusted": Text(
        N_("{host} is not trusted: its TLS certificate or protocol was not accepted."),
        N_("Check this machine's clock, its certificates (SSL_CERT_FILE) and the host name in the settings."),
    ),
    "connection_refused": Text(
        N_("{host} refused the connection."), N_("Check host name and port in the settings. Nothing was changed.")
    ),
    "connect_timed_out": Text(
        N_("{host} could not be reached in time."), N_("Check the network and its firewall. Nothing was changed.")
    ),
    "not_reached": Text(N_("{host} could not be reached."), N_("Check the network. Nothing was changed.")),
    "connection_closed": Text(N_("The connection to the locker service is closed."), _NOTHING_CHANGED),
    "id_not_sendable": Text(N_("An id in this request is empty or can't be sent.")),
    "no_token": Text(N_("{host} sent no access token that can be used.")),
    "token_refused": Text(
        N_("The credentials were refused when a token was asked for."),
        N_("The administrator must check {id_setting}, its secret and {url_setting}. Nothing was changed."),
    ),
    "token_refused_with_text": Text(
        N_("No access token was granted: {text}"),
        N_("The administrator must check {id_setting}, its secret and {url_setting}. Nothing was changed."),
    ),
    "token_not_sendable": Text(N_("The fixed token holds blanks or letters that no token has.")),
    "address_unusable": Text(N_("{setting} is not a usable address; it must look like https://host/path.")),
    "banks_unreadable": Text(N_("The locker service answered, but its list of banks can't be read.")),
    "bank_unreadable": Text(N_("The locker service answered, but the bank in its answer can't be read.")),
    "sizes_unreadable": Text(N_("The locker service answered, but its list of sizes can't be read.")),
    "reservation_unreadable": Text(N_("The locker service answered, but the reservation can't be read.")),
    "reservations_unreadable": Text(N_("The locker service answered, but its list of reservations can't be read.")),
    "written_unreadable": Text(N_("The locker service answered, but its answer can't be read.")),
}
