"""A desk that sends notices, and what became of them: as delivery records it, without a mail server."""

from __future__ import annotations

from datetime import timedelta

from kiosk.journal.notice_store import NoticeStore
from kiosk.parcels.notices import NoticeRules
from kiosk.parcels.parcel import Cause
from kiosk.parcels.states import Channel
from kiosk.wiring import Services
from tests.house.desk import CLERK

BY_MAIL = NoticeRules(frozenset({Channel.MAIL}))
MAIL = frozenset({Channel.MAIL})
NO_ADDRESS = Cause(code="no_address")


def send_notices(services: Services) -> None:
    """Let the desk owe notices by mail from now on."""
    services.queries.journal.rules = BY_MAIL


async def given_up(services: Services, cause: Cause = NO_ADDRESS) -> None:
    """Let everything that is owed be given up."""
    store, now = NoticeStore(services.queries.journal), services.clock.now()
    await store.given_up(await store.begin(await store.due(now, MAIL), "<m@example.com>", now), cause, CLERK)


async def delayed(services: Services, cause: Cause = NO_ADDRESS) -> None:
    """Let everything that is owed be tried again an hour later."""
    store, again = NoticeStore(services.queries.journal), services.clock.now() + timedelta(hours=1)
    begun = await store.begin(await store.due(services.clock.now(), MAIL), "<m@example.com>", again)
    await store.delayed(begun, cause, again)


async def sent(services: Services) -> None:
    """Let everything that is owed go out."""
    store, now = NoticeStore(services.queries.journal), services.clock.now()
    await store.sent(await store.begin(await store.due(now, MAIL), "<m@example.com>", now), CLERK)
