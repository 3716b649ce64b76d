"""What is known about a parcel or an event, a line each. Words only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kiosk.notify.hours import rules_of
from kiosk.parcels.listing import expires_at
from kiosk.parcels.parcel import Cause, Parcel
from kiosk.plain.signs import heard
from kiosk.words.errors import explain_cause
from kiosk.words.events import event_line, event_words
from kiosk.words.findings import advice_on, item_word, why_not_confirmed
from kiosk.words.language import _
from kiosk.words.notices import standing_words
from kiosk.words.people import recipient, where_to_find
from kiosk.words.states import code_word, outgoing_word, parcel_state, shelf_reason_word, size_word

if TYPE_CHECKING:
    from kiosk.parcels.records import ChainState, EventRecord
    from kiosk.plain.console.operator import Operator


def row(operator: Operator, parcel: Parcel) -> str:
    """Return a parcel as one line of a list, its number last."""
    text = _("{state}, {where}, for {name}, {number}") if operator.where(parcel) else _("{state}, for {name}, {number}")
    return text.format(
        state=parcel_state(parcel),
        where=operator.where(parcel),
        name=recipient(parcel) or _("recipient unknown"),
        number=parcel.tracking_number,
    )


def event_row(operator: Operator, event: EventRecord) -> str:
    """Return an event as one line."""
    text = _("{number}: {time}, {person}: {what}, parcel {parcel}")
    if not event.tracking_number:
        text = _("{number}: {time}, {person}: {what}")
    return text.format(
        number=event.sequence,
        time=operator.when(event.at),
        person=event.person,
        what=heard(event_line(event.event, operator.queries.label)),
        parcel=event.tracking_number,
    )


async def facts(operator: Operator, parcel: Parcel) -> list[str]:
    """Return what is known of a parcel, what is to be looked into first; raises StorageError."""
    services = operator.services
    events = await operator.queries.history(parcel.parcel_id)
    others = await operator.desk.open_lockers.numbers_beside(parcel)
    owed = await operator.desk.notices.owed_of(parcel)
    notice = standing_words(parcel, events, owed, rules_of(services.settings.notices), services.clock.now())
    head = _("Parcel {number}: {state}").format(number=parcel.tracking_number, state=parcel_state(parcel))
    return [head, *_advice(operator, parcel), *_of(operator, parcel, others, notice)]


async def history(operator: Operator, parcel: Parcel) -> list[str]:
    """Return what happened to a parcel, the latest first; raises StorageError."""
    events = await operator.queries.history(parcel.parcel_id)
    return [event_row(operator, each) for each in reversed(events)]


def event_facts(event: EventRecord, personal: dict[str, Any] | None, chain: ChainState, when: str) -> list[str]:
    """Return an event in full, with its place in the chain."""
    lines = [
        _("Event {number}: {words}").format(number=event.sequence, words=heard(event_words(event.event))),
        _("When: {time}").format(time=when),
        _("By: {name}").format(name=event.person),
        _("Kiosk: {name}").format(name=event.kiosk),
    ]
    if event.tracking_number:
        lines.append(_("Parcel: {number}").format(number=event.tracking_number))
    if isinstance(cause := getattr(event.event, "cause", None), Cause):
        lines.append(_("Why: {why}").format(why=explain_cause(cause)))
    public = event.event.model_dump(mode="json", by_alias=True, exclude=set(event.event.personal))
    lines += _named(public)
    if personal is not None:
        lines += [_("Personal fields, which can be erased:"), *_named(personal)]
    lines.append(_("The chain is intact here.") if chain.sound else _("The chain is broken here."))
    return [*lines, _("Hash: {hash}").format(hash=chain.hash)]


def _named(fields: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _named(value, f"{prefix}{name}.")
        elif value not in {None, ""} if isinstance(value, str | None) else True:
            yield f"{prefix}{name}: {code_word(name, str(value))}"


def _advice(operator: Operator, parcel: Parcel) -> Iterator[str]:
    holder = operator.desk.lockers.holder(parcel.place) if parcel.place is not None else ""
    for item in parcel.attention:
        advice = advice_on(item, parcel, holder)
        yield _("Look: {what}").format(what=item_word(item, parcel))
        yield advice.sentence
        yield advice.proposal
    if parcel.open_write is not None:
        yield why_not_confirmed(parcel.open_write)


def _of(operator: Operator, parcel: Parcel, others: Sequence[str], notice: str) -> Iterator[str]:
    found = heard(where_to_find(parcel.contact))
    text = _("Recipient: {name}, {where}") if found else _("Recipient: {name}")
    yield text.format(name=recipient(parcel) or _("unknown"), where=found)
    if where := operator.where(parcel):
        size = parcel.place.size if parcel.place else None
        text = _("Place: {place}, {size}") if size else _("Place: {place}")
        yield text.format(place=where, size=size_word(size))
    if parcel.shelf_reason is not None:
        yield _("On the shelf: {reason}").format(reason=shelf_reason_word(parcel.shelf_reason))
    if others:
        yield _("In it too: {others}").format(others=", ".join(others))
    if parcel.handed_to:
        yield _("Handed to: {name}").format(name=parcel.handed_to)
    if parcel.destination:
        reason = outgoing_word(parcel.outgoing_reason) if parcel.outgoing_reason else ""
        text = _("Goes to: {place}, {reason}") if reason else _("Goes to: {place}")
        yield text.format(place=parcel.destination, reason=reason)
    yield from _times(operator, parcel)
    if notice:
        yield _("Notice: {notice}").format(notice=notice)
    if parcel.code_waiting:
        yield _("The pickup code waits for the clerk.")
    if parcel.scanned != parcel.tracking_number:
        yield _("Scanned: {text}").format(text=parcel.scanned)


def _times(operator: Operator, parcel: Parcel) -> Iterator[str]:
    yield _("Taken in: {time}").format(time=operator.exactly(parcel.taken_in_at))
    if parcel.deposited_at:
        yield _("In its locker since: {time}").format(time=operator.exactly(parcel.deposited_at))
    if (end := expires_at(parcel)) is not None:
        text = _("Ended: {time}") if end < operator.services.clock.now() else _("Ends: {time}")
        yield text.format(time=operator.exactly(end))
