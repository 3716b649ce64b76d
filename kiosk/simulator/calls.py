"""What a handler is given: the request, the parts of its path, the open transaction, the time, who may call.

Beside it, whom the service may learn of from outside.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from kiosk.simulator.faults import Faults
from kiosk.simulator.fields import read_object
from kiosk.simulator.messages import Request


@dataclass(frozen=True)
class Credentials:
    """What the simulator lets in, besides the tokens it issued."""

    client_id: str = "demo"
    client_secret: str = "demo"  # noqa: S105 - protects invented lockers only
    token: str = "demo-token"  # noqa: S105 - the same


FindContact = Callable[[str], tuple[str, str] | None]
"""Returns type and name of a contact that somebody else knows, by its id."""


@dataclass(frozen=True)
class Call:
    """One request on its way through the rules."""

    request: Request
    params: Mapping[str, str]
    db: sqlite3.Connection
    now: datetime
    credentials: Credentials
    faults: Faults
    find_contact: FindContact

    @cached_property
    def body(self) -> dict[str, Any]:
        """The body as a JSON object; refused when it is none."""
        return read_object(self.request.body)


Handler = Callable[[Call], Any]
"""Returns what the 200 says, or raises a Refusal before its first change."""
