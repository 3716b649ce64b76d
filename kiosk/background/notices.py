"""Sends what is owed to recipients: when it may go out, gathered by recipient, again after a while where it did not.

What a notice says and how it goes is in `kiosk/notify`; what is owed, in the journal. A notice is begun on the disk
before it leaves, and its outcome is on the disk before the next one: killed in between, it goes out once more, as the
same message.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import uuid4

from kiosk.clock import Clock
from kiosk.desk.trusted_time import TrustedTime
from kiosk.errors import DeliveryError
from kiosk.journal.notice_store import NoticeStore
from kiosk.journal.notices import Owed
from kiosk.notify.hours import Rules
from kiosk.notify.message import Message, Sender
from kiosk.notify.told import Told, number_end
from kiosk.parcels.carriers import CARRIER_NAMES
from kiosk.parcels.contacts import Contact
from kiosk.parcels.parcel import Cause
from kiosk.parcels.people import Person
from kiosk.parcels.states import Channel, ContactType
from kiosk.recipients.directory import Directory

AGAIN_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=4))
"""How long after each attempt the next one is made; the last of them for all that follow."""


class Outcome(NamedTuple):
    """What one round did, in notices."""

    sent: int = 0
    delayed: int = 0
    given_up: int = 0

    def __bool__(self) -> bool:
        """Tell whether it did anything."""
        return any(self)


class When(NamedTuple):
    """When something goes out."""

    hours: Rules
    remind_after: timedelta
    """How long after a parcel was told of its recipient is reminded; zero: never."""
    remind_before_end: timedelta
    """How long before its time in the locker is over; zero: never."""
    give_up_after: timedelta


class SendNotices:
    """One round after the other. The channels are asked for when something is due, and not before."""

    def __init__(
        self,
        store: NoticeStore,
        directory: Directory,
        bank_label: Callable[[str], str],
        channels: Collection[Channel],
        senders: Callable[[], Mapping[Channel, Sender]],
        when: When,
        clock: Clock,
        time: TrustedTime,
        person: Person,
    ) -> None:
        self._store = store
        self._directory = directory
        self._bank_label = bank_label
        self._channels = channels
        self._senders = senders
        self._when = when
        self._clock = clock
        self._time = time
        self._person = person

    async def run(self) -> Outcome:
        """Send what may go out now; raises StorageError only."""
        # Whether it is night, and what is due, the clock says by which that was written: a kiosk that was off for hours
        # has no second witness before the service answers. What can't be taken back waits for one.
        now = self._clock.now()
        when = self._when
        await self._store.remind(self._time.now(), when.remind_after, when.remind_before_end, self._channels)
        outcome = Outcome()
        if not when.hours.allow(now):
            return outcome
        for channel in self._channels:
            due = await self._store.due(now, {channel})
            if not due:
                continue
            sender = self._senders()[channel]
            groups = _gathered(due, await self._store.owed(channel)) if sender.gathers else [[each] for each in due]
            outcome = summed(outcome, await self._send(sender, groups))
        return outcome

    async def _send(self, sender: Sender, groups: Iterable[Sequence[Owed]]) -> Outcome:
        begun: dict[str, tuple[Owed, ...]] = {}
        outcome = Outcome()
        async for message, error in sender.send(self._begin(groups, begun)):
            outcome = summed(outcome, await self._record(begun.pop(message.message_id), error))
        return outcome

    async def _begin(
        self, groups: Iterable[Sequence[Owed]], begun: dict[str, tuple[Owed, ...]]
    ) -> AsyncIterator[Message]:
        """Begin one message after the other, when the channel is ready for it, and none once nothing may go out.

        What is `begun` is noted by the message's id.
        """
        for group in groups:
            now = self._clock.now()
            if not self._when.hours.allow(now):
                return
            message_id = group[0].message_id or uuid4().hex
            owed = await self._store.begin(group, message_id, now + _again_after(group))
            if owed:
                begun[message_id] = owed
                yield Message(message_id, await self._contact(owed), tuple(map(self._told, owed)))

    async def _record(self, owed: tuple[Owed, ...], error: DeliveryError | None) -> Outcome:
        if error is None:
            await self._store.sent(owed, self._person)
            return Outcome(sent=len(owed))
        cause = Cause(code=error.code, parameters=dict(error.parameters))
        age = self._time.now() - min(each.made_at for each in owed)
        if error.retryable and age < self._when.give_up_after:
            await self._store.delayed(owed, cause, self._clock.now() + _again_after(owed, attempts=-1))
            return Outcome(delayed=len(owed))
        await self._store.given_up(owed, cause, self._person)
        return Outcome(given_up=len(owed))

    async def _contact(self, owed: Sequence[Owed]) -> Contact:
        """Return whom a message tells, with the address as the directory has it now."""
        known = await self._directory.by_id(owed[0].contact_id)
        ours = (each.parcel.contact for each in owed if each.parcel.contact is not None)
        then = next((each for each in ours if each.contact_id == owed[0].contact_id), None)
        return known or then or Contact(contact_id=owed[0].contact_id, name="")

    def _told(self, owed: Owed) -> Told:
        parcel = owed.parcel
        place = parcel.place if parcel.is_in_locker else None
        return Told(
            kind=owed.kind,
            number_end=number_end(parcel.tracking_number),
            carrier=CARRIER_NAMES[parcel.carrier] if parcel.carrier else "",
            bank=self._bank_label(place.locker_bank_id) if place else "",
            locker=place.locker_unit_id if place else "",
            shelf=parcel.shelf or "",
            goes_back=parcel.is_outgoing,
            until=parcel.deposit_expiry if place else None,
            opens_by_code=parcel.contact is None or parcel.contact.contact_type is not ContactType.DEPARTMENT,
            code=owed.code,
        )


def _gathered(due: Iterable[Owed], owed: Iterable[Owed]) -> list[list[Owed]]:
    """Return what goes out together: a message that was begun as it is, and all else that a recipient is owed.

    What is not due yet goes with what is: one message, and not two within minutes.
    """
    groups: defaultdict[tuple[str, str], list[Owed]] = defaultdict(list)
    for each in due:
        groups[each.contact_id, each.message_id].append(each)
    for each in owed:
        group = groups.get((each.contact_id, "")) if not each.message_id else None
        if group is not None and all(each.notice_id != other.notice_id for other in group):
            group.append(each)
    return list(groups.values())


def _again_after(owed: Sequence[Owed], attempts: int = 0) -> timedelta:
    made = max(each.attempts for each in owed) + attempts
    return AGAIN_AFTER[min(made, len(AGAIN_AFTER) - 1)]


def summed(one: Outcome, other: Outcome) -> Outcome:
    """Return what two rounds did."""
    return Outcome(*(a + b for a, b in zip(one, other, strict=True)))
