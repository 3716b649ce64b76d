"""Faults on demand: what can go wrong, how often, and what is queued for the next request.

Before-faults answer without doing anything; after-faults let the work be done and spoil the answer; a request that is
held up on its way is carried out when nobody waits for it any more.
"""

from __future__ import annotations

import json
import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kiosk.errors import SettingsError
from kiosk.simulator.errors import PAGE, SHAPES, message, shaped_error
from kiosk.simulator.messages import Delivery, Response

NOTHING = Response(0, delivery=Delivery.NEVER)
_SERVER_FAILURE = message(500, "Internal Server Error")

BEFORE: dict[str, Response] = {
    "cut": NOTHING,
    "401": message(401, "Unauthorized"),
    "429": message(429, "Too Many Requests"),
    "429-after": message(429, "Too Many Requests", (("Retry-After", "1"),)),
    "500": _SERVER_FAILURE,
    "503": message(503, "Service Unavailable"),
}
"""Nothing is done; this is the answer."""

AFTER: dict[str, Callable[[Response, FaultPlan], Response]] = {
    "lost": lambda _answer, _plan: NOTHING,
    "late": lambda answer, plan: replace(answer, delay=plan.late_seconds),
    "slow": lambda answer, plan: replace(answer, delay=plan.slow_seconds),
    "half": lambda answer, _plan: replace(answer, delivery=Delivery.HALF),
    "html": lambda _answer, _plan: Response(200, PAGE.encode(), "text/html"),
    "500-done": lambda _answer, _plan: _SERVER_FAILURE,
    "no-code": lambda answer, _plan: _without_code(answer),
}
"""The work is done and stays done; this is made of the answer."""

SHAPED = ("400", "404")
"""Refusals with one of the error bodies: only queued, never by chance, for they claim something about the state."""

HELD = "held"
"""The work is done after a while, and there is no answer."""

NAMES = (*BEFORE, *AFTER, HELD)
DELAYS = ("late-seconds", "slow-seconds", "held-seconds")


@dataclass(frozen=True)
class FaultPlan:
    """How often each fault happens by itself, and how long the delays are."""

    chances: tuple[tuple[str, float], ...] = ()
    late_seconds: float = 35.0
    """Longer than a client waits."""
    slow_seconds: float = 2.0
    held_seconds: float = 35.0
    """By chance a request is held up for any time up to this, one that was queued for exactly this."""

    @classmethod
    def parse(cls, spec: str) -> FaultPlan:
        """Read `lost=0.05,late=0.05,late-seconds=40`; an empty text is no faults at all."""
        chances: dict[str, float] = {}
        delays: dict[str, float] = {}
        for part in filter(None, (part.strip() for part in spec.split(","))):
            name, _, number = (piece.strip() for piece in part.partition("="))
            if name in NAMES:
                chances[name] = _number(part, number, 1.0)
            elif name in DELAYS:
                delays[name.replace("-", "_")] = _number(part, number, 3600.0)
            else:
                raise _wrong(part)
        if sum(chances.values()) > 1:
            raise SettingsError("fault_chances_too_high")
        return cls(tuple(chances.items()), **delays)


def _without_code(answer: Response) -> Response:
    body = json.loads(answer.body or b"null")
    if isinstance(body, dict) and "pickupCode" in body:
        return replace(answer, body=json.dumps(body | {"pickupCode": None}).encode())
    return answer


def _number(part: str, text: str, highest: float) -> float:
    try:
        number = float(text)
    except ValueError:
        raise _wrong(part) from None
    if not 0 <= number <= highest:
        raise _wrong(part)
    return number


def _wrong(part: str) -> SettingsError:
    return SettingsError("fault_unknown", part=part, faults=NAMES, delays=DELAYS)


@dataclass(frozen=True)
class Fault:
    """One fault that is to be injected into one request."""

    name: str
    plan: FaultPlan
    body: str = "wrapped"
    held_seconds: float | None = None
    """How long the request is held up before it is carried out; None if it is not."""

    @property
    def instead(self) -> Response | None:
        """The answer to a request that is not to be carried out; None if it is."""
        return shaped_error(int(self.name), self.body) if self.name in SHAPED else BEFORE.get(self.name)

    def spoil(self, answer: Response) -> Response:
        """Return what becomes of the answer to a request that was carried out."""
        return AFTER[self.name](answer, self.plan)


@dataclass
class Queued:
    """A fault waiting for the next requests that match."""

    fault: str
    operation: str | None
    times: int
    body: str

    def to_json(self) -> dict[str, Any]:
        """Write it as `/_simulator/faults` takes and shows it."""
        shown = {"fault": self.fault, "operation": self.operation, "times": self.times}
        return shown | {"body": self.body} if self.fault in SHAPED else shown


class Faults:
    """This process's faults: one seeded draw for each request, after those that were queued by hand."""

    def __init__(self, plan: FaultPlan, seed: int, operations: Sequence[str]) -> None:
        self.plan = plan
        self._operations = operations
        self._random = random.Random(seed)
        self._queue: list[Queued] = []
        self._injected: Counter[str] = Counter()
        self._lock = threading.Lock()

    def next_for(self, operation: str, *, by_name_only: bool = False) -> Fault | None:
        """Return the fault for a request; with `by_name_only`, one queued without an operation is left in the queue."""
        with self._lock:
            fault = self._take(operation, by_name_only=by_name_only) or self._draw()
            if fault:
                self._injected[fault.name] += 1
            return fault

    def _take(self, operation: str, *, by_name_only: bool) -> Fault | None:
        wanted = (operation,) if by_name_only else (operation, None)
        for queued in self._queue:
            if queued.operation in wanted:
                queued.times -= 1
                if not queued.times:
                    self._queue.remove(queued)
                return Fault(queued.fault, self.plan, queued.body, self._held(queued.fault, 1.0))
        return None

    def _draw(self) -> Fault | None:
        # One draw for every request that no queued fault hits, so that the n-th request has the same fate in every run.
        draw = self._random.random()
        for name, chance in self.plan.chances:
            draw -= chance
            if draw < 0:
                # How far below zero it fell is as random as the draw itself.
                return Fault(name, self.plan, held_seconds=self._held(name, -draw / chance))
        return None

    def _held(self, name: str, share: float) -> float | None:
        return self.plan.held_seconds * share if name == HELD else None

    def queue(self, fault: str, operation: str | None = None, times: int = 1, body: str = "wrapped") -> None:
        """Let a fault happen to the next `times` requests of the operation, or of any locker operation.

        Raises ValueError, saying what is allowed, for an unknown name or a wrong number.
        """
        if operation is not None:
            _check("operation", operation, self._operations)
        _check("fault", fault, (*NAMES, *SHAPED))
        _check("body", body, SHAPES)
        if times < 1:
            raise ValueError("times must be at least 1")
        with self._lock:
            self._queue.append(Queued(fault, operation, times, body))

    def clear(self) -> None:
        """Forget what is queued and what was counted."""
        with self._lock:
            self._queue.clear()
            self._injected.clear()

    def to_json(self) -> dict[str, Any]:
        """Show what is queued and what was injected so far."""
        with self._lock:
            return {"queued": [queued.to_json() for queued in self._queue], "injected": dict(self._injected)}


def _check(what: str, word: str, allowed: Sequence[str]) -> None:
    if word not in allowed:
        raise ValueError(f"{what} must be one of {', '.join(allowed)}")
