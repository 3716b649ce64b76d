"""One request in, one answer out, without a socket: route, fault, transaction, rules."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from kiosk.clock import Clock
from kiosk.simulator.calls import Call, Credentials, FindContact
from kiosk.simulator.deposits import let_recipients_collect, let_reservations_lapse
from kiosk.simulator.errors import Refusal, message, shippingservices_error, unauthorized
from kiosk.simulator.faults import NOTHING, FaultPlan, Faults
from kiosk.simulator.messages import Request, Response, json_response
from kiosk.simulator.routes import OPERATIONS, Access, Route, find_route
from kiosk.simulator.seeds import fill
from kiosk.simulator.state import State, count_up
from kiosk.simulator.tokens import has_oauth_token, is_authorized

_log = logging.getLogger(__name__)

TRANSACTION_ID = "X-PB-TransactionId"


@dataclass(frozen=True)
class Setup:
    """How the simulated service behaves."""

    seed: int = 1
    plan: FaultPlan = field(default_factory=FaultPlan)
    pickups_per_hour: float = 0
    credentials: Credentials = field(default_factory=Credentials)
    find_contact: FindContact = field(default=lambda _: None)
    """Whom the service learns of when it is first asked for them; by itself it knows only its own contacts."""


DEFAULT_SETUP = Setup()


class Core:
    """The simulated service on one data folder."""

    def __init__(self, data_dir: Path, clock: Clock, setup: Setup = DEFAULT_SETUP) -> None:
        self.faults = Faults(setup.plan, setup.seed, OPERATIONS)
        self._clock = clock
        self._setup = setup
        self._state = State(data_dir, lambda db: fill(db, setup.seed, clock.now()))

    def handle(self, request: Request) -> Response:
        """Answer one request. Nothing a client sends makes this raise."""
        try:
            answer = self._answer(request)
        except Refusal as refusal:
            answer = refusal.response
        except Exception:  # noqa: BLE001 - a fault of ours must not end the service; it is logged and answered 500
            _log.exception("%s %s failed", request.method, request.target)
            answer = message(500, "Internal Server Error")
        traced = request.headers.get(TRANSACTION_ID.lower())
        return replace(answer, headers=(*answer.headers, (TRANSACTION_ID, traced))) if traced else answer

    def _answer(self, request: Request) -> Response:
        route, params = find_route(request.method, request.segments)
        is_ours = route.access is Access.OPEN
        # A fault queued for any operation is not meant for tokens: a request for one on the way must not use it up.
        fault = None if is_ours else self.faults.next_for(route.operation, by_name_only=route.access is Access.TOKEN)
        with self._state.transaction() as db:
            if not is_ours:
                count_up(db, "requests")
            if fault and fault.instead:
                return fault.instead
            if fault and fault.held_seconds is not None:
                work = partial(self._work_later, request, route, params)
                return replace(NOTHING, delay=fault.held_seconds, afterwards=work)
            answer = self._work(request, route, params, db)
        # Behind the commit: what was done stays done, however the answer is spoiled.
        return fault.spoil(answer) if fault else answer

    def _work(self, request: Request, route: Route, params: Mapping[str, str], db: sqlite3.Connection) -> Response:
        now = self._clock.now()
        let_reservations_lapse(db, now)
        let_recipients_collect(db, now, self._setup.pickups_per_hour)
        return _carry_out(route, self._call(request, params, db, now))

    def _call(self, request: Request, params: Mapping[str, str], db: sqlite3.Connection, now: datetime) -> Call:
        return Call(request, params, db, now, self._setup.credentials, self.faults, self._setup.find_contact)

    def _work_later(self, request: Request, route: Route, params: Mapping[str, str]) -> None:
        with self._state.transaction() as db:
            self._work(request, route, params, db)

    def now(self) -> datetime:
        """Return the service's own time."""
        return self._clock.now()

    def close(self) -> None:
        """Give the file back."""
        self._state.close()


def _carry_out(route: Route, call: Call) -> Response:
    """Do the work. A refusal comes before the first change, so what time itself has changed can be kept."""
    try:
        _let_in(route.access, call)
        return json_response(200, route.handler(call))
    except Refusal as refusal:
        return refusal.response


def _let_in(access: Access, call: Call) -> None:
    """Refuse a caller whose token is not one of the operation's family."""
    if access is Access.SHIPPING360 and not is_authorized(call.request, call.db, call.credentials, call.now):
        raise unauthorized()
    if access is Access.SHIPPINGSERVICES and not has_oauth_token(call.request, call.db, call.now):
        raise shippingservices_error(401, "1000032", "Authentication failed")
