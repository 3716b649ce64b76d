"""Tells the centre what happened at this desk: one batch of its journal after the other, until there is no more.

What the centre says that it has counts more than what is remembered here: after a cut, a kill, or when the centre was
restored, the desk begins where it is told to. When any of that is done stands in `kiosk/background/fleet.py`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Collection
from typing import Any, Final, NamedTuple

from kiosk import __version__
from kiosk.clock import Clock
from kiosk.errors import FleetAwayError, FleetDataError
from kiosk.fleet.centre import Centre
from kiosk.fleet.joining import PROTOCOL
from kiosk.fleet.packing import KeyName, keys_needed, packed
from kiosk.fleet.refusals import refusal
from kiosk.fleet.sealing import new_key
from kiosk.journal import shipped
from kiosk.journal.shipped import ToForget
from kiosk.journal.shipping import MOST_EVENTS, Batch, batch_after, last_events
from kiosk.journal.store import Journal
from kiosk.parcels.fleet import BankCount, Shipped
from kiosk.parcels.parcel import Cause

KEYS_KNOWN_SECONDS: Final = 60.0
HINT_WITHIN_SECONDS: Final = 0.1
"""How long storing a batch may take where a hint follows. Hints wait for each other at the server, and whoever looks
there looks every few seconds anyway."""


class _Known(NamedTuple):
    """A key, and since when it is known here."""

    key: str
    since: float


class Shipping:
    """One desk's way to the centre. Whatever it raises, the next `run` goes on from what the centre has by then."""

    def __init__(
        self, journal: Journal, centre: Centre, clock: Clock, banks: Callable[[], tuple[BankCount, ...]]
    ) -> None:
        self._journal = journal
        self._centre = centre
        self._clock = clock
        self._banks = banks
        self._met_on = 0
        """On which of the connections to the centre the desk introduced itself last; 0 before the first one."""
        self._is_new = True
        """Whether nothing was sent yet since then."""
        self._told: tuple[BankCount, ...] = ()
        self._known: dict[KeyName, _Known] = {}
        self._most = MOST_EVENTS
        """How many events go into one batch."""
        self._took = 0.0
        """How many seconds storing the last batch took."""
        self.reached = Shipped()
        """How far the centre has the events of this desk, as it said last."""

    async def meet(self) -> None:
        """Introduce the desk, and hear how far the centre has its events.

        Raises FleetRefusedError where program or journal do not go on from what is there, and FleetError.
        """
        self._told = self._banks()
        answer = await self._introduce(again=False)
        if answer["outcome"] == "behind":
            # Another process of this desk may have shipped a newer event between the look at the end and the call.
            answer = await self._introduce(again=True)
        if answer["outcome"] != "fits":
            raise refusal(answer["outcome"], answer.get("sequence"))
        if await shipped.shipped(self._journal.connection) is None:
            # Before anything is sent: from here on, whoever is forgotten here is to be forgotten there.
            await shipped.note(self._journal.connection, Shipped())
        self.reached = _reached(answer)
        # A centre that was brought back from an older copy has others.
        self._known = {}
        self._is_new = True
        self._met_on = self._centre.connections

    async def run(self) -> Shipped:
        """Tell the centre everything that it does not know, and return how far it came. Asks nothing if it knows all.

        Raises FleetError and StorageError.
        """
        connection = self._journal.connection
        people, head = await shipped.to_forget(connection), await shipped.end_of_chain(connection)
        if self._met_on and not people and head.sequence <= self.reached.sequence:
            return self.reached
        if self._met_on != self._centre.connections or not self._centre.is_open:
            await self.meet()
        for person in people:
            await self._centre.call("forget", person.contact, list(person.parcels))
            self._known = {}
            await self._has_forgotten(person)
        # From the last event on that the centre has: so it compares that one, too, and finds out a journal that went
        # another way from an older copy on.
        after = max(self.reached.sequence - 1, 0) if self._is_new else self.reached.sequence
        while (batch := await batch_after(connection, after, most=self._most)).events:
            await self._store_in_time(batch)
            self._is_new, after = False, self.reached.sequence
        await self.hint(head.desk)
        return self.reached

    async def hint(self, desk: str) -> None:
        """Let whoever looks at the centre know at once that something changed, while it has the time for that."""
        if self._took < HINT_WITHIN_SECONDS:
            await self._centre.call("hint", desk)

    async def tell_again(self, parcel_ids: Collection[str], until: int) -> None:
        """Tell the centre how parcels stand whose last event it has already, up to the event `until`.

        Raises FleetError and StorageError.
        """
        connection = self._journal.connection
        for sequence in await last_events(connection, parcel_ids, until):
            await self._send(await batch_after(connection, sequence - 1, most=1))

    async def _has_forgotten(self, person: ToForget) -> None:
        await self._journal.change(lambda database: shipped.note_forgotten(database, person))

    async def tell_of_banks(self) -> None:
        """Let the centre know what this desk has read of its banks since; asks nothing if nothing changed."""
        if self._met_on and self._banks() != self._told:
            await self.meet()

    async def _introduce(self, *, again: bool) -> Any:
        head = await shipped.end_of_chain(self._journal.connection)
        end = {"sequence": head.sequence, "hash": head.hash, "again": again}
        banks = [
            {"lockerBankId": bank.locker_bank_id, "label": bank.label, "units": bank.units, "free": bank.free}
            for bank in self._told
        ]
        # Nothing read yet is no reason to forget what was told before.
        told = json.dumps(banks) if banks else None
        now = self._clock.now()
        return await self._centre.call("meet", head.desk, PROTOCOL, __version__, json.dumps(end), now, told)

    async def _store_in_time(self, batch: Batch) -> None:
        """Let the centre store a batch, with fewer events the next time where nothing came of so many."""
        try:
            await self._store(batch)
        except FleetAwayError:
            # On a slow line, or at a busy centre, five hundred might never be stored before the time is up.
            self._most = max(self._most // 2, 1)
            raise
        self._most = min(self._most * 2, MOST_EVENTS)

    async def _store(self, batch: Batch) -> None:
        """Let the centre store a batch; the one event that it can't read is parked there, and the rest goes on."""
        try:
            await self._send(batch)
        except FleetDataError as error:
            if len(batch.events) == 1:
                # Without its parcel: that may be what can't be stored.
                await self._send(Batch(batch.events, ()), parked=str(error.parameters["sqlstate"]))
                return
            for half in batch.halves():
                await self._store(half)
                if self.reached.sequence < half.events[-1].row.sequence:
                    return  # the centre wants to hear from elsewhere on

    async def _send(self, batch: Batch, parked: str | None = None) -> None:
        keys = await self._keys(batch)
        # Sealing five hundred events takes longer than a clerk's key may wait.
        events, parcels = await asyncio.to_thread(packed, batch, keys, parked)
        begin = self._clock.lived()
        answer = await self._centre.call("ship", batch.events[0].row.desk, events, parcels)
        self._took = self._clock.lived() - begin
        match answer["outcome"]:
            case "stored":
                self.reached = _reached(answer)
            case "begin_at":
                self.reached = Shipped(sequence=answer["sequence"] - 1)
            case _:
                self._met_on = 0
                raise refusal(answer["outcome"], answer.get("sequence"))

    async def _keys(self, batch: Batch) -> dict[KeyName, str]:
        """Return the keys for what is personal in a batch.

        They are known for a minute: a parcel has its events close together. With a key that is gone by then nobody
        reads what was sealed, which is what its end was for.
        """
        now = self._clock.lived()
        self._known = {name: known for name, known in self._known.items() if now - known.since < KEYS_KNOWN_SECONDS}
        names = keys_needed(batch)
        proposed = [(*name, new_key()) for name in names if name not in self._known]
        if proposed:
            answer = await self._centre.call("contact_keys", json.dumps(proposed))
            self._known |= {(contact, month): _Known(key, now) for contact, month, key in answer}
        return {name: self._known[name].key for name in names if name in self._known}


def _reached(answer: Any) -> Shipped:
    # An alarm that is open while this desk is heard is about somebody else who sends in its name.
    cause = Cause(code="fleet_sent_by_others") if answer.get("alarm") else None
    return Shipped(sequence=answer["sequence"], hash=answer["hash"], signature=answer["signature"], cause=cause)
