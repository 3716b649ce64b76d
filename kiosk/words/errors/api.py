"""What is said of calls to Pitney Bowes that failed; the codes are given in `kiosk/api/`.

Parcels and searches for facilities share most of these: a hint says that a request was not sent, never what it was for.
"""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_CHECK_ACCOUNT = N_("Ask the administrator to check {id_setting}, its secret and {url_setting}.")

_LOG_IN = N_(
    "Log in to the network with a browser on this machine, then try again. Nothing is lost."
    " If no login is needed, the address in the settings may be wrong."
)
_CHECK_PROXY = N_(
    "Check the setting network.proxy, or HTTPS_PROXY and NO_PROXY of this machine, then try again."
    " The request was not sent."
)

TEXTS: dict[str, Text] = {
    "service_said": Text(N_("{text}")),
    "answer_timed_out": Text(N_("{host} did not answer in time.")),
    "answer_not_finished": Text(N_("The answer from {host} was not complete in time.")),
    "answer_not_unpacked": Text(N_("The answer from {host} could not be decompressed.")),
    "answer_too_large": Text(N_("The answer from {host} is too large and was not read.")),
    "connection_broke": Text(N_("The connection to {host} was lost before the answer arrived.")),
    "answer_about_another": Text(N_("The locker service answered about something else than was asked.")),
    "answered_with_page": Text(
        N_("{host} answered {status} with a web page instead of data."),
        N_("Such a page comes from a gateway or a proxy on the way, not from the service. Try again in a minute."),
    ),
    "not_found_page": Text(N_("{host} answered 404 with a web page. The address in the settings may be wrong.")),
    "answered_by_network": Text(
        N_("A web page came in place of the answer from {host}. This network may want somebody to log in."),
        _LOG_IN,
    ),
    "sent_to_other_host": Text(
        N_("The request to {host} was redirected to {to} ({status}). This network may want somebody to log in."),
        _LOG_IN,
    ),
    "sent_elsewhere": Text(N_("{host} redirected the request ({status}). The address in the settings may be wrong.")),
    "answered_without_data": Text(N_("{host} answered {status} without usable data.")),
    "unexplained": Text(N_("{host} answered {status} ({phrase}) with no explanation.")),
    "unknown_status": Text(N_("{host} answered with the unknown status {status} and no explanation.")),
    "throttled": Text(N_("{host} is getting too many requests from this account.")),
    "address_not_usable": Text(
        N_("The address of the service in the settings is not valid."),
        N_("It must begin with https:// (or http://). The request was not sent."),
    ),
    "proxy_failed": Text(
        N_("The proxy could not connect to {host}."),
        _CHECK_PROXY,
    ),
    "proxy_not_reached": Text(N_("The proxy on the way to {host} could not be reached."), _CHECK_PROXY),
    "proxy_gave_no_answer": Text(N_("The proxy on the way to {host} gave no answer."), _CHECK_PROXY),
    "proxy_wants_password": Text(
        N_("The proxy on the way to {host} asks for a password (407)."),
        N_("Put its name and password into HTTPS_PROXY, as http://NAME:PASSWORD@HOST:PORT. The request was not sent."),
    ),
    "name_not_found": Text(
        N_("The host {host} was not found."),
        N_("Check the host name in the settings, the network and DNS. The request was not sent."),
    ),
    "not_trusted": Text(
        N_("No secure connection to {host}: its TLS certificate or protocol was not accepted."),
        N_(
            "Check this machine's clock, its CA certificates (network.ca_file or SSL_CERT_FILE), and the host name in"
            " the settings. If this network wants a login, log in with a browser."
        ),
    ),
    "connection_refused": Text(
        N_("{host} refused the connection."),
        N_("Check the host name and port in the settings. The request was not sent."),
    ),
    "connect_timed_out": Text(
        N_("The connection to {host} timed out."), N_("Check the network and the firewall. The request was not sent.")
    ),
    "not_reached": Text(
        N_("{host} could not be reached."), N_("Check the network, then try again. The request was not sent.")
    ),
    "connection_closed": Text(N_("The connection is closed."), N_("Start the kiosk again. The request was not sent.")),
    "id_not_sendable": Text(N_("An ID in this request is empty or has characters that can't be sent.")),
    "no_token": Text(N_("{host} did not return a usable access token.")),
    "token_refused": Text(
        N_("The credentials were rejected, so there is no access token."),
        _CHECK_ACCOUNT,
    ),
    "token_refused_with_text": Text(
        N_("The credentials were rejected, so there is no access token: {text}"),
        _CHECK_ACCOUNT,
    ),
    "token_not_sendable": Text(
        N_("The access token in the settings has spaces or characters that are not allowed in a token.")
    ),
    "address_unusable": Text(N_("{setting} is not a valid address. It must look like https://host/path.")),
    "banks_unreadable": Text(N_("The locker service answered, but its list of locker banks can't be read.")),
    "bank_unreadable": Text(N_("The locker service answered, but the locker bank in its answer can't be read.")),
    "sizes_unreadable": Text(N_("The locker service answered, but its list of locker sizes can't be read.")),
    "reservation_unreadable": Text(N_("The locker service answered, but the reservation in its answer can't be read.")),
    "reservations_unreadable": Text(N_("The locker service answered, but its list of reservations can't be read.")),
    "written_unreadable": Text(N_("The locker service answered, but its answer can't be read.")),
}
