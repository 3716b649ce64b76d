"""Hears the other desks every few seconds, and does at this desk what follows: clashes, and who is to be forgotten.

The centre may be away: nothing is said of that here, but that what was heard is as old as it is.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from kiosk.desk.clashes import Clashes
from kiosk.desk.privacy import Privacy
from kiosk.errors import FleetError, StorageError
from kiosk.parcels.people import Person

if TYPE_CHECKING:
    from kiosk.fleet.news import Heard, News
    from kiosk.fleet.other_desks import HeardOfOthers

HEAR_EVERY_SECONDS: Final = 5.0
LONGEST_REST: Final = 60.0
"""Seconds between two tries while the centre is away."""

_log = logging.getLogger(__name__)


class HearNews:
    """A job; `news` is made with the first round, because a start does not wait for the centre's driver."""

    def __init__(
        self,
        news: Callable[[], Awaitable[News]],
        others: HeardOfOthers,
        clashes: Clashes,
        privacy: Privacy,
        person: Person,
    ) -> None:
        self._open = news
        self._news: News | None = None
        self._others = others
        self._clashes = clashes
        self._privacy = privacy
        self._person = person
        self._has_compared = False
        self._rest = HEAR_EVERY_SECONDS
        self._code = ""
        """Why nothing was heard the last time."""

    def rest(self) -> float:
        """Return the seconds until the next round."""
        return self._rest

    async def run(self) -> bool:
        """Hear what is new, and tell whether that changes what is shown; raises StorageError and DirectoryError."""
        heard = await self._heard()
        if heard is None:
            return False
        with_all = heard.is_all or not self._has_compared
        await self._clashes.compare(heard.parcels, self._person, with_all=with_all)
        self._has_compared = True
        if forgotten := await self._others.forgotten():
            done = await self._privacy.forget_as_others_did(forgotten, self._person)
            await self._others.note_forgotten(done)
        return heard.is_news

    async def _heard(self) -> Heard | None:
        """Return what is new; None where that can't be heard or kept, which is tried again later and later."""
        try:
            self._news = self._news or await self._open()
            heard = await self._news.pull()
        except (FleetError, StorageError) as error:  # of its own file, which is none of the clerk's business
            if error.code != self._code:
                _log.warning("news: %s", error)
            self._code, self._rest = error.code, min(self._rest * 2, LONGEST_REST)
            return None
        self._code, self._rest = "", HEAR_EVERY_SECONDS
        return heard
