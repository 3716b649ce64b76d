"""What happens by itself, as lines: the network, lockers that become free, codes that wait, what is settled."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.parcels.piles import Pile
from kiosk.words.devices import device_signs
from kiosk.words.language import _
from kiosk.words.printer import printer_sign
from kiosk.words.states import parcel_state

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk


class Events:
    """Looks after each change in the background, and tells what is new; what the clerk does is no news."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk = clerk
        self._was_down = False
        self._ailing = ""
        self._with_room: set[str] = set()
        self._with_code: set[str] = set()
        self._in_doubt: dict[str, Parcel] = {}
        self._looks = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Follow the services from now on."""
        self._clerk.queries.activity.watch(self._changed)
        self._clerk.services.background.watch(self.look_later, self._clerk.talk.fail)
        self._changed()

    def look_later(self) -> None:
        """Look in the background what is new."""
        task = asyncio.get_running_loop().create_task(self._look())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _changed(self) -> None:
        activity, talk = self._clerk.queries.activity, self._clerk.talk
        if activity.is_down is not self._was_down:
            self._was_down = activity.is_down
            down, back = _("No connection to the locker service."), _("The connection to the locker service is back.")
            talk.tell(down if activity.is_down else back, "line")
        sign = printer_sign(activity.printer) if activity.printer is not None else device_signs(activity.devices)
        if sign and sign != self._ailing:
            talk.tell(_("Note: {what}.").format(what=sign))
        self._ailing = sign

    async def _look(self) -> None:
        with suppress(KioskError):  # a journal that can't be read now is read again after the next change
            async with self._looks:
                await self._tell_of_room()
                await self._tell_of_codes()
                await self._tell_what_is_settled()

    async def _tell_of_room(self) -> None:
        home = await self._clerk.queries.home(Pile.LOCKER_FREE)
        found = {each.parcel_id: each for each in home.parcels}
        for parcel_id in found.keys() - self._with_room:
            parcel = found[parcel_id]
            text = _("A locker is free for parcel {number}, on the shelf at {place}.")
            self._clerk.talk.tell(text.format(number=parcel.tracking_number, place=parcel.shelf))
        self._with_room = set(found)

    async def _tell_of_codes(self) -> None:
        home = await self._clerk.queries.home(Pile.CODE_TO_SHOW)
        asked = self._clerk.asked.parcel_id if self._clerk.asked is not None else self._clerk.last
        found = {each.parcel_id: each for each in home.parcels}
        for parcel_id in found.keys() - self._with_code - {asked}:
            text = _("The pickup code of parcel {number} waits: type list.")
            self._clerk.talk.tell(text.format(number=found[parcel_id].tracking_number))
        self._with_code = set(found)

    async def _tell_what_is_settled(self) -> None:
        before, unfinished = self._in_doubt, await self._clerk.queries.unfinished()
        if self._clerk.under_way:  # what is on its way looks like what is in doubt
            return
        self._in_doubt = {each.parcel_id: each for each in unfinished if each.is_in_doubt}
        for parcel_id in before.keys() - self._in_doubt.keys():
            now = await self._clerk.queries.parcel(parcel_id)
            if now is not None:
                text = _("Parcel {number} is confirmed: {state}.")
                self._clerk.talk.tell(text.format(number=now.tracking_number, state=parcel_state(now)))
