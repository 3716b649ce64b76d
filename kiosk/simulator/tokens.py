"""Who may call: the two token operations, and the check of a call's Authorization header.

The two API families' tokens are not interchangeable.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import sqlite3
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

from kiosk.simulator.calls import Call, Credentials
from kiosk.simulator.errors import shippingservices_error, unauthorized
from kiosk.simulator.messages import Request
from kiosk.simulator.times import write_time

SHIPPING360 = "shipping360"
SHIPPINGSERVICES = "shippingservices"
SHIPPING360_SECONDS = 14400
SHIPPINGSERVICES_SECONDS = 35999


def get_access_token(call: Call) -> dict[str, Any]:
    """Issue a token of the Shipping 360 family; the lifetime is a number."""
    if not basic_fits(call.request, call.credentials):
        raise unauthorized()
    return {
        "access_token": _issue(call.db, SHIPPING360, call.now, SHIPPING360_SECONDS),
        "expires_in": SHIPPING360_SECONDS,
        "scope": "psapi",
        "token_type": "Bearer",
    }


def generate_oauth_token(call: Call) -> dict[str, Any]:
    """Issue a token of the shippingservices family; all its numbers are texts."""
    if not basic_fits(call.request, call.credentials):
        raise shippingservices_error(401, "1000032", "Authentication failed")
    # Latin-1 reads any bytes, so that a broken body is refused and raises nothing.
    form = parse_qs(call.request.body.decode("latin-1"))
    if form.get("grant_type") != ["client_credentials"]:
        raise shippingservices_error(400, "1000045", "grant_type must be client_credentials")
    return {
        "access_token": _issue(call.db, SHIPPINGSERVICES, call.now, SHIPPINGSERVICES_SECONDS),
        "tokenType": "BearerToken",
        "issuedAt": str(int(call.now.timestamp() * 1000)),
        "expiresIn": str(SHIPPINGSERVICES_SECONDS),
        "clientID": call.credentials.client_id,
        "org": "pitneybowes",
    }


def _issue(db: sqlite3.Connection, family: str, now: datetime, seconds: int) -> str:
    db.execute("DELETE FROM tokens WHERE expires <= ?", (write_time(now),))
    token = secrets.token_urlsafe(24)
    db.execute("INSERT INTO tokens VALUES (?, ?, ?)", (token, family, write_time(now + timedelta(seconds=seconds))))
    return token


def is_authorized(request: Request, db: sqlite3.Connection, credentials: Credentials, now: datetime) -> bool:
    """Tell whether a Shipping 360 operation may be called."""
    token = _credential(request, "bearer")
    if token is None:
        return basic_fits(request, credentials)
    # As bytes: compare_digest() raises for texts with signs outside of ASCII.
    if hmac.compare_digest(token.encode(), credentials.token.encode()):
        return True
    return _is_issued(db, token, SHIPPING360, now)


def has_oauth_token(request: Request, db: sqlite3.Connection, now: datetime) -> bool:
    """Tell whether a shippingservices operation may be called: only with a token of generateOAuthToken."""
    token = _credential(request, "bearer")
    return token is not None and _is_issued(db, token, SHIPPINGSERVICES, now)


def _is_issued(db: sqlite3.Connection, token: str, family: str, now: datetime) -> bool:
    # Written times all have the same shape, so their texts compare as the times do.
    sql = "SELECT 1 FROM tokens WHERE token = ? AND family = ? AND expires > ?"
    return db.execute(sql, (token, family, write_time(now))).fetchone() is not None


def basic_fits(request: Request, credentials: Credentials) -> bool:
    """Tell whether the call brings the right client id and secret as HTTP Basic."""
    try:
        sent = base64.b64decode(_credential(request, "basic") or "", validate=True)
    except ValueError:
        return False
    return hmac.compare_digest(sent, f"{credentials.client_id}:{credentials.client_secret}".encode())


def _credential(request: Request, scheme: str) -> str | None:
    sent_scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if sent_scheme.lower() == scheme and value else None
