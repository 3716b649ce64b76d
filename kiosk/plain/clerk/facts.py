"""What is known about a parcel, a line each, and what its state means. Words only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.notify.hours import rules_of
from kiosk.parcels.listing import expires_at
from kiosk.parcels.states import ContactType
from kiosk.plain.signs import heard
from kiosk.words.events import event_line
from kiosk.words.findings import advice_on, why_not_confirmed
from kiosk.words.language import _
from kiosk.words.notices import standing_words
from kiosk.words.people import person, recipient, where_to_find
from kiosk.words.requests import not_confirmed
from kiosk.words.states import outgoing_word, parcel_state, shelf_reason_word, size_word
from kiosk.words.times import day_and_time, end_and_time_left

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.parcels.parcel import Parcel
    from kiosk.parcels.records import EventRecord
    from kiosk.plain.clerk.clerk import Clerk


def row(clerk: Clerk, parcel: Parcel) -> str:
    """Return a parcel as one line of a list: where it is and for whom, its number last."""
    name = recipient(parcel) or _("recipient unknown")
    if parcel.is_gone:
        return _("{state}, for {name}, {number}").format(state=_state(parcel), name=name, number=parcel.tracking_number)
    return _("{where}, for {name}, {state}, {number}").format(
        where=clerk.where(parcel), name=name, state=_state(parcel), number=parcel.tracking_number
    )


def void_words(parcel: Parcel, others: Sequence[str]) -> str:
    """Return what becomes of the code that somebody has, once another deposit is recorded for the parcel's locker."""
    if parcel.contact is not None and parcel.contact.contact_type is ContactType.DEPARTMENT:
        return _("A department needs no code. No door opens by this.")
    if not others:
        return _("The code that the recipient has is void then. No door opens by this.")
    text = _(
        "The code that the recipient has is void then, also for {others} in the same locker. No door opens by this."
    )
    return text.format(others=", ".join(others))


async def facts(clerk: Clerk, parcel: Parcel) -> list[str]:
    """Return what is known of a parcel, the most important first; raises StorageError."""
    events = await clerk.queries.console.history(parcel.parcel_id)
    others = await clerk.desk.open_lockers.numbers_beside(parcel)
    owed = await clerk.desk.notices.owed_of(parcel)
    notice = standing_words(parcel, events, owed, rules_of(clerk.services.settings.notices), clerk.now)
    return [
        _("Parcel {number}: {state}").format(number=parcel.tracking_number, state=_state(parcel)),
        *_situation(clerk, parcel),
        *_of(clerk, parcel, others, notice),
    ]


async def history(clerk: Clerk, parcel: Parcel) -> list[str]:
    """Return what happened to a parcel, the latest first; raises StorageError."""
    events: Sequence[EventRecord] = await clerk.queries.console.history(parcel.parcel_id)
    label = clerk.queries.lockers.label
    text = _("{time}, {person}: {what}")
    return [
        text.format(
            time=day_and_time(each.at, clerk.now),
            person=each.person,
            what=event_line(each.event, label, to_clerk=True),
        )
        for each in reversed(events)
    ]


def _state(parcel: Parcel) -> str:
    if parcel.code_waiting and not parcel.is_in_doubt:
        return _("code to show")
    return parcel_state(parcel)


def _of(clerk: Clerk, parcel: Parcel, others: Sequence[str], notice: str) -> Iterator[str]:
    if parcel.open_write is not None:
        yield why_not_confirmed(parcel.open_write, to_clerk=True)
    if parcel.contact is not None:
        where = heard(where_to_find(parcel.contact))
        text = _("Recipient: {name}, {where}") if where else _("Recipient: {name}")
        yield text.format(name=person(parcel.contact), where=where)
    elif parcel.recipient_read:
        yield _("The label says {name}.").format(name=parcel.recipient_read)
    if parcel.place is not None:
        yield _("Place: {place}, {size}").format(place=clerk.place(parcel), size=size_word(parcel.place.size) or "?")
    if parcel.shelf is not None and parcel.shelf_reason is not None:
        yield _("Shelf: {place}, {reason}").format(place=parcel.shelf, reason=shelf_reason_word(parcel.shelf_reason))
    if others:
        yield _("In it too: {others}").format(others=", ".join(others))
    if (end := expires_at(parcel)) is not None:
        yield _("Until: {time}").format(time=end_and_time_left(end, clerk.now))
    yield from _gone(parcel)
    if notice:
        yield _("Notice: {notice}").format(notice=notice)
    yield _("Taken in {time}").format(time=day_and_time(parcel.taken_in_at, clerk.now))
    if parcel.other_codes:
        yield _("Other codes: {codes}").format(codes=", ".join(parcel.other_codes))


def _gone(parcel: Parcel) -> Iterator[str]:
    if parcel.handed_to:
        yield _("Handed to: {name}").format(name=parcel.handed_to)
    if parcel.destination:
        reason = outgoing_word(parcel.outgoing_reason) if parcel.outgoing_reason else ""
        text = _("Goes to: {place}, {reason}") if reason else _("Goes to: {place}")
        yield text.format(place=parcel.destination, reason=reason)


def _situation(clerk: Clerk, parcel: Parcel) -> list[str]:
    """Return what the state means, and what to do."""
    if parcel.open_write is not None:
        hint = _("Leave the parcel where it is. Nothing is lost: the kiosk keeps checking.")
        return [not_confirmed(parcel.open_write.operation), hint]
    if parcel.attention:
        holder = clerk.desk.lockers.holder(parcel.place) if parcel.place is not None else ""
        advice = advice_on(parcel.attention[0], parcel, holder, to_clerk=True)
        return [advice.sentence, advice.proposal]
    if parcel.is_unrecorded:
        title = _("This parcel was put into {place}, and is not recorded there.").format(place=clerk.place(parcel))
        return [title, _("Say that you have it, or that it was collected.")]
    if parcel.is_undeliverable:
        return [_("No notice about this parcel has reached {name}.").format(name=person(parcel.contact))]
    return []
