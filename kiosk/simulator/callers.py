"""Who may call at all: programs that call this machine by its own name, and no web page that a browser has open.

A page can make a browser send requests here, and a name of its own lead here; it can hide neither its origin nor that
name.
"""

from __future__ import annotations

from kiosk.simulator.errors import message
from kiosk.simulator.messages import Request, Response
from kiosk.simulator.routes import ROUTES, Access

_NAMES = ("127.0.0.1", "localhost")
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"


def turned_away(request: Request, port: int) -> Response | None:
    """Return the answer to a request for another host, from a page, or with a body that is no JSON; None for the rest.

    `port` is the one that this simulator answers on.
    """
    hosts = {f"{name}:{port}" for name in _NAMES} | (set(_NAMES) if port == 80 else set())
    if request.headers.get("host", "").lower() not in hosts:
        return message(421, "Misdirected Request")
    origin = request.headers.get("origin")
    if origin is not None and origin.lower() not in {f"http://{host}" for host in hosts}:
        return message(403, "Forbidden")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.body and kind not in ({_JSON, _FORM} if _asks_for_token(request) else {_JSON}):
        return message(415, "Unsupported Media Type")
    return None


def _asks_for_token(request: Request) -> bool:
    return any(route.access is Access.TOKEN and route.match(request.segments) is not None for route in ROUTES)
