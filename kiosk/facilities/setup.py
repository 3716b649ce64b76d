"""What the finder is built from: known at the start, used at the first search. Loads nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx

from kiosk.api.auth import Credentials
from kiosk.clock import Clock
from kiosk.settings import Settings

KEPT_FOLDER = "facilities"
"""In the data folder: the answers that are kept."""


@dataclass(frozen=True, slots=True)
class FinderSetup:
    """What the finder is built from."""

    settings: Settings
    simulator: str | None
    """The address of the embedded simulator, where there is one."""
    lockers_credentials: Credentials
    """They serve where the finder is of the lockers' family."""
    clock: Clock
    transport: httpx.AsyncBaseTransport | None
    sleep: Callable[[float], Awaitable[None]]
