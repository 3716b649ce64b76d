"""Tells the centre of several desks what happens here, and keeps how that goes. Nothing at the desk waits for it.

What was not sent yet stays in the journal, which is the only outbox: whatever ends this, the next round goes on.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Final

from kiosk.clock import Clock
from kiosk.desk.lockers import Lockers
from kiosk.errors import FleetError, StorageError
from kiosk.journal import shipped
from kiosk.journal.store import Journal
from kiosk.parcels.fleet import BankCount, Shipped
from kiosk.parcels.parcel import Cause
from kiosk.plain_text import plain
from kiosk.settings import Settings

if TYPE_CHECKING:
    from kiosk.fleet.centre import Centre
    from kiosk.fleet.shipping import Shipping

LOOK_EVERY_SECONDS: Final = 2.0
"""How often it is looked what happened, in the journal: other processes of this desk write to it, too."""
LONGEST_REST_SECONDS: Final = 60.0
"""Between two attempts while the centre can't be used; the first rest takes a second."""
_BANKS_EVERY_SECONDS: Final = 60.0
_KEEP_EVERY_SECONDS: Final = 10.0
"""How far it has come is written down that often at most; the centre knows it better."""

_log = logging.getLogger(__name__)


def way_to_centre(settings: Settings) -> Callable[[], Centre]:
    """Return what gives the one connection of this process; it raises FleetError while the desk has not joined."""

    @cache
    def centre() -> Centre:
        from kiosk.fleet.centre import Centre, Login  # noqa: PLC0415 - a desk that is on its own loads no driver
        from kiosk.fleet.logins import LoginKind, read_login  # noqa: PLC0415 - the same

        def login() -> Login:
            return read_login(settings.data_dir, LoginKind.DESK)

        login()
        return Centre(settings.fleet, login)

    return centre


def bank_counts(lockers: Lockers) -> tuple[BankCount, ...]:
    """Return the banks that this desk has read, as they were then."""
    return tuple(
        BankCount(
            plain(view.details.locker_bank_id),
            plain(lockers.label(view.details.locker_bank_id)),
            units=len(view.details.locker_units),
            free=sum(unit.locker_unit_id not in view.reported for unit in view.details.free_units()),
        )
        for view in lockers.seen_banks()
    )


class ShipEvents:
    """One round after the other."""

    def __init__(
        self,
        journal: Journal,
        centre: Callable[[], Centre],
        clock: Clock,
        banks: Callable[[], tuple[BankCount, ...]],
    ) -> None:
        self._journal = journal
        self._centre = centre
        self._clock = clock
        self._banks = banks
        self._shipping: Shipping | None = None
        self._failures = 0
        # Else a thousand desks would all come at once to a centre that is back.
        self._pace = 0.75 + secrets.randbelow(256) / 1024
        self._known: Shipped | None = None
        """How things stand; None before the first round."""
        self._kept: Shipped | None = None
        """What of it is written down."""
        self._kept_at = self._banks_at = -_BANKS_EVERY_SECONDS

    def rest(self) -> float:
        """Return the seconds until the next round."""
        if not self._failures:
            return LOOK_EVERY_SECONDS
        return self._pace * min(2.0 ** (self._failures - 1), LONGEST_REST_SECONDS)

    async def run(self) -> bool:
        """Tell the centre what it does not know; return that nothing changed at the desk. Raises StorageError."""
        before = self._known
        if before is None:
            before = self._kept = await shipped.shipped(self._journal.connection) or Shipped()
        try:
            reached = await self._ship()
        except FleetError as error:
            self._failures += 1
            self._known = self._away(before, error)
        else:
            self._failures = 0
            self._known = reached.model_copy(update={"told_at": self._clock.now()})
        await self._keep(before, self._known)
        return False

    async def finish(self) -> None:
        """Let the connection go, and write down how far it came."""
        try:
            if self._shipping is not None:
                await self._centre().close()
            if self._known is not None and self._known != self._kept:
                await shipped.note(self._journal.connection, self._known)
        except StorageError as error:
            _log.warning("fleet: %s", error)

    async def _ship(self) -> Shipped:
        if self._shipping is None:
            # On a thread: loading the driver takes longer than a clerk's key may wait.
            self._shipping = await asyncio.to_thread(self._opened)
        await self._shipping.run()
        if self._clock.lived() - self._banks_at >= _BANKS_EVERY_SECONDS:
            self._banks_at = self._clock.lived()
            await self._shipping.tell_of_banks()
        return self._shipping.reached

    def _opened(self) -> Shipping:
        from kiosk.fleet.shipping import Shipping  # noqa: PLC0415 - as above

        return Shipping(self._journal, self._centre(), self._clock, self._banks)

    def _away(self, before: Shipped, error: FleetError) -> Shipped:
        # What was sent before it failed counts.
        reached = self._shipping.reached if self._shipping is not None else before
        since = before.away_since or self._clock.now()
        cause = Cause(code=error.code, parameters=dict(error.parameters))
        if cause != before.cause:
            _log.warning("fleet: %s", error)
        newest = reached if reached.sequence > before.sequence else before
        return newest.model_copy(update={"told_at": before.told_at, "away_since": since, "cause": cause})

    async def _keep(self, before: Shipped, known: Shipped) -> None:
        """Write down what others should know: at once that the centre is away or back, how far it is now and then."""
        now = self._clock.lived()
        is_first = before.told_at is None and known.told_at is not None
        has_turned = before.cause != known.cause or is_first
        has_moved = self._kept is None or self._kept.sequence != known.sequence
        if has_turned or (has_moved and now - self._kept_at >= _KEEP_EVERY_SECONDS):
            await shipped.note(self._journal.connection, known)
            self._kept, self._kept_at = known, now
