"""Hears the other desks: what changed since the last time, page by page, into `other_desks.py`. Loops are others'."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, Protocol

from kiosk.clock import Clock
from kiosk.errors import FleetError, FleetRefusedError
from kiosk.fleet.heard import told_by
from kiosk.fleet.other_desks import Asked, HeardOfOthers, Told
from kiosk.parcels.base import credible
from kiosk.parcels.other_desks import OtherParcel

PAGE: Final = 500
MOST_PAGES: Final = 2_000
"""Of one pull; a centre that has more of one site is not to be believed."""
ANEW_AFTER: Final = timedelta(days=1)
"""After so long everything is heard anew: what is here now is less than all that changed meanwhile."""
NOTE_EVERY: Final = timedelta(minutes=1)
"""How often it is written down that there was nothing new: each time costs the disk a write."""


class Heard(NamedTuple):
    """What a pull brought."""

    parcels: tuple[OtherParcel, ...]
    """Those that are new, or stand otherwise than before."""
    is_all: bool
    """Everything was heard anew, more than is told here."""
    is_news: bool


class Calls(Protocol):
    """What calls a function of the centre."""

    async def call(self, function: str, *arguments: Any) -> Any:
        """Return its answer; raises FleetError."""


class News:
    """Asks for what is new. `banks` returns the ids of the banks of this desk, as far as they are known by now."""

    def __init__(
        self, centre: Calls, others: HeardOfOthers, desk: str, banks: Callable[[], tuple[str, ...]], clock: Clock
    ) -> None:
        self._centre = centre
        self._others = others
        self._desk = desk
        self._banks = banks
        self._clock = clock
        self._before = Told()
        """What the pull before brought: the centre tells the last half minute again."""

    async def pull(self) -> Heard:
        """Hear what is new; raises FleetError and StorageError."""
        asked = await self._others.asked()
        now, banks = self._clock.now(), tuple(sorted(self._banks())) or asked.banks
        is_young = asked.heard_at is not None and timedelta(0) <= now - asked.heard_at < ANEW_AFTER
        since = asked.since if is_young and (asked.desk, asked.banks) == (self._desk, banks) else ""
        number = await self._others.passes() + (not since)
        told, until, is_one_page = await self._pages(since, banks, number)
        heard = Asked(since=until, heard_at=now, desk=self._desk, banks=banks)
        is_news, self._before = told != self._before, told
        if not since or is_news or asked.heard_at is None or now - asked.heard_at >= NOTE_EVERY:
            await self._others.end(heard, number=number)
        else:
            self._others.note(heard)
        return Heard(told.parcels, not since or not is_one_page, is_news or not is_one_page)

    async def _pages(self, since: str, banks: tuple[str, ...], number: int) -> tuple[Told, str, bool]:
        """Take in all pages; return the first one, from when on to ask the next time, and whether that was all."""
        first, until, after, page = Told(), "", None, 0
        for page in range(MOST_PAGES):
            answer = await self._page(since, after, banks)
            told = told_by(answer)
            if page == 0:
                first, until = told, _moment(answer)
            if told != self._before or page > 0 or not since:
                await self._others.apply(told, number=number)
            before, after = after, _behind(answer)
            if after in {None, before}:
                break
        return first, until, page == 0

    async def _page(self, since: str, after: str | None, banks: tuple[str, ...]) -> Mapping[str, Any]:
        answer = await self._centre.call("news", self._desk, since or None, after, list(banks), PAGE)
        told: Mapping[str, Any] = answer if isinstance(answer, dict) else {}
        match told.get("outcome"):
            case "news":
                return told
            case "unknown_desk":
                raise FleetRefusedError("fleet_unknown_desk")
            case _:
                raise FleetError("fleet_failed")


def _moment(answer: Mapping[str, Any]) -> str:
    """Return from when on to ask the next time, in the centre's words; what is no time lets all be heard anew."""
    match answer.get("now"):
        case str(text):
            with suppress(ValueError):
                return text if credible(datetime.fromisoformat(text)) else ""
    return ""


def _behind(answer: Mapping[str, Any]) -> str | None:
    """Return behind which parcel the next page begins; None where this was the last one."""
    match answer:
        case {"more": True, "parcels": [*_, {"stored_at": str(at), "desk": str(desk), "parcel_id": str(parcel_id)}]}:
            return json.dumps({"stored_at": at, "desk": desk, "parcel_id": parcel_id})
        case _:
            return None
