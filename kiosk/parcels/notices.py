"""Notices: when a recipient is to be told something of a parcel, and when something is to be printed. Pure.

What a notice says is in `kiosk/notify`, what is printed in `kiosk/printing`; what is owed lies in
`kiosk/journal/notices.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from kiosk.parcels import events as happened
from kiosk.parcels.contacts import Contact
from kiosk.parcels.leaving import ParcelMadeOutgoing
from kiosk.parcels.parcel import Cause, Parcel
from kiosk.parcels.states import Channel, ContactType, NoticeKind, OutgoingReason, ShelfReason

PRINTED = frozenset({NoticeKind.SLIP, NoticeKind.LABEL})
"""What goes to the printer and to nowhere else."""

WITH_CODE = frozenset({NoticeKind.ARRIVED, NoticeKind.CODE_CHANGED, NoticeKind.MOVED, NoticeKind.SLIP})
"""What a pickup code goes with, where there is one."""

STAYS_OWED = frozenset({NoticeKind.GIVEN_ON, NoticeKind.ENDED})
"""What is still to be said of a parcel that neither lies in a locker nor on the shelf."""


class NoticeRules(NamedTuple):
    """Which notices this desk sends and prints; without any, none."""

    channels: frozenset[Channel] = frozenset()
    code_by_mail: bool = False
    gather: timedelta = timedelta(0)
    """How long a notice waits for others to the same recipient."""
    slips: bool = False
    labels: bool = False


NO_NOTICES = NoticeRules()


class Wanted(NamedTuple):
    """A notice that an event causes."""

    kind: NoticeKind
    channel: Channel
    contact_id: str
    """Whom it tells; empty for a label of a parcel whose recipient is not known."""


def wanted(before: Parcel, event: happened.Event, after: Parcel, rules: NoticeRules) -> Iterator[Wanted]:
    """Yield what an event is to be followed by, given the parcel before and after it."""
    for kind, contact in _told_of(before, event, after):
        for channel in sorted(rules.channels):
            if can_be_told(contact, channel):
                yield Wanted(kind, channel, contact.contact_id)
    if rules.slips and isinstance(event, happened.ParcelDeposited) and event.code_received and after.contact:
        yield Wanted(NoticeKind.SLIP, Channel.PAPER, after.contact.contact_id)
    if rules.labels and isinstance(event, happened.ParcelPutOnShelf):
        yield Wanted(NoticeKind.LABEL, Channel.PAPER, after.contact.contact_id if after.contact else "")


def takes_code(kind: NoticeKind, channel: Channel, rules: NoticeRules) -> bool:
    """Tell whether a pickup code goes with a notice."""
    return kind in WITH_CODE and (channel is Channel.PAPER or (channel is Channel.MAIL and rules.code_by_mail))


def bears_code(kind: NoticeKind, parcel: Parcel) -> bool:
    """Tell whether what is printed is of no use without a pickup code."""
    contact = parcel.contact
    is_department = contact is not None and contact.contact_type is ContactType.DEPARTMENT
    return kind is NoticeKind.SLIP and parcel.is_in_locker and not is_department


def merged(owed: NoticeKind, wanted: NoticeKind) -> NoticeKind:
    """Return what is to be said where two notices to one recipient about one parcel wait: it is said as things are."""
    is_first_news = owed is NoticeKind.ARRIVED and wanted is not NoticeKind.ENDED
    return owed if is_first_news or owed is NoticeKind.ENDED else wanted


def reminder(parcel: Parcel, now: datetime, after: timedelta, before_end: timedelta) -> NoticeKind | None:
    """Return the reminder that is due for a parcel which is here; a length of zero asks for none.

    Who was told of the parcel within that time needs none, and nobody is reminded who was never reached.
    """
    told_at = parcel.reached_at
    if told_at is None or parcel.unreached_at is not None or not (parcel.is_in_locker or parcel.is_on_shelf):
        return None
    if before_end and NoticeKind.EXPIRES not in parcel.told and _ends_soon(parcel, told_at, now, before_end):
        return NoticeKind.EXPIRES
    is_due = after and NoticeKind.REMINDER not in parcel.told and told_at + after <= now
    return NoticeKind.REMINDER if is_due else None


def _ends_soon(parcel: Parcel, told_at: datetime, now: datetime, before_end: timedelta) -> bool:
    end = parcel.deposit_expiry
    return parcel.is_in_locker and end is not None and told_at < end - before_end <= now < end


def _told_of(before: Parcel, event: happened.Event, after: Parcel) -> Iterator[tuple[NoticeKind, Contact]]:
    if isinstance(event, happened.RecipientChosen | happened.ParcelMovedOn):
        yield from _of_another_recipient(before, event, after)
    elif after.contact is not None:
        kind = _kind_of(before, event, is_known=before.told_to == after.contact.contact_id)
        if kind is not None:
            yield kind, after.contact


def _of_another_recipient(
    before: Parcel, event: happened.RecipientChosen | happened.ParcelMovedOn, after: Parcel
) -> Iterator[tuple[NoticeKind, Contact]]:
    was, now = before.contact, after.contact if isinstance(event, happened.RecipientChosen) else None
    if was == now:
        return
    if was is not None and before.told_to == was.contact_id:
        yield NoticeKind.GIVEN_ON, was
    if now is not None and after.is_on_shelf:
        yield NoticeKind.ARRIVED, now


def _kind_of(before: Parcel, event: happened.Event, *, is_known: bool) -> NoticeKind | None:
    """Return what a recipient is to be told, who may know of the parcel already."""
    is_here = NoticeKind.MOVED if is_known else NoticeKind.ARRIVED
    match event:
        case happened.ParcelDeposited() if before.is_in_locker and before.place == event.place:
            return NoticeKind.CODE_CHANGED if event.code_received else None
        case happened.PickupCodeHandedOver():
            return NoticeKind.CODE_CHANGED
        case happened.ParcelDeposited():
            return is_here
        case happened.ParcelPutOnShelf():
            return NoticeKind.ENDED if event.reason is ShelfReason.NOT_COLLECTED else is_here
        case ParcelMadeOutgoing(reason=OutgoingReason.TO_SENDER) if is_known:
            return NoticeKind.ENDED
        case _:
            return None


class Unreached(NamedTuple):
    """That no notice reaches a contact."""

    since: datetime
    cause: Cause | None
    """Why the last one did not."""


def unreached(latest: Iterable[Parcel]) -> Unreached | None:
    """Return since when no notice reaches the contact of these parcels, of which some may be gone.

    None where one did since, where the address was put right since, and where none was ever given up.
    """
    latest = tuple(latest)
    fine = [at for each in latest for at in (each.reached_at, each.address_corrected_at) if at is not None]
    failed = [(each.unreached_at, each.unreached_cause) for each in latest if each.unreached_at is not None]
    lately = sorted((each for each in failed if not fine or each[0] > max(fine)), key=itemgetter(0))
    return Unreached(lately[0][0], lately[-1][1]) if lately else None


def can_be_told(contact: Contact, channel: Channel) -> bool:
    """Leave out a department without an address: its parcels are collected without a notice."""
    return not (channel is Channel.MAIL and contact.contact_type is ContactType.DEPARTMENT and not contact.email)
