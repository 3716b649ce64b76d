"""What is known about one parcel, and what its state means, as the clerk's page has it. Words only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.cells import cell_len

from kiosk.parcels.listing import expires_at
from kiosk.parcels.parcel import Parcel
from kiosk.words.findings import advice_on, why_not_confirmed
from kiosk.words.language import _, pgettext
from kiosk.words.people import person, where_to_find
from kiosk.words.plain import broken, shorten
from kiosk.words.requests import not_confirmed
from kiosk.words.states import outgoing_word, shelf_reason_word, size_word
from kiosk.words.times import day_and_time, end_and_time_left
from screens.parcel_actions import ADDRESS, CHECK, GO_ON, MORE
from screens.widgets.notice import Greeting, NoticeKind

_MOST_LINES = 2

Fact = tuple[str, str]
"""A name, or nothing where the line before goes on, and what is known."""


def facts_of(
    parcel: Parcel, place: str, others: Sequence[str], notice: str, now: datetime, width: int
) -> Iterator[Fact]:
    """Yield what is known about a parcel.

    `place` says where its locker is, `others` what lies in it too, `notice` how it stands with its notices.
    """
    if parcel.open_write is not None:
        yield from _lines(_("Why"), why_not_confirmed(parcel.open_write, to_clerk=True), width)
    if parcel.contact is not None:
        name = pgettext("of a parcel", "Recipient")
        yield from _joined(name, person(parcel.contact), where_to_find(parcel.contact), width)
    elif parcel.recipient_read:
        yield _("Label says"), parcel.recipient_read
    if parcel.moved_to is not None:
        yield _("Moved on"), _("taken out for the right person, under the same number")
    if parcel.moved_from is not None:
        yield _("Moved here"), _("it was in the wrong person's locker before")
    yield from _where(parcel, place, others, now, width)
    if notice:
        yield from _lines(_("Notice"), notice, width)
    since = [_("taken in {time}").format(time=day_and_time(parcel.taken_in_at, now))]
    if parcel.deposited_at is not None:
        since.append(_("put in {time}").format(time=day_and_time(parcel.deposited_at, now)))
    yield _("Since"), " · ".join(since)
    if parcel.other_codes:
        yield from _lines(_("Other codes"), ", ".join(parcel.other_codes), width)


def _where(parcel: Parcel, place: str, others: Sequence[str], now: datetime, width: int) -> Iterator[Fact]:
    if parcel.shelf is not None and parcel.shelf_reason is not None:
        yield _("Shelf"), f"{parcel.shelf}, {shelf_reason_word(parcel.shelf_reason)}"
    if parcel.place is not None:
        yield from _joined(_("Place"), place[:1].upper() + place[1:], size_word(parcel.place.size), width)
    if others:
        yield from _lines(_("In it too"), ", ".join(others), width)
    if (end := expires_at(parcel)) is not None:
        yield _("Until"), end_and_time_left(end, now)
    if parcel.handed_to:
        yield _("Handed to"), parcel.handed_to
    if parcel.destination:
        reason = outgoing_word(parcel.outgoing_reason) if parcel.outgoing_reason else ""
        yield from _joined(_("Goes to"), parcel.destination, reason, width)


def situation(parcel: Parcel, place: str, holder: str, *, is_moving: bool) -> Greeting | None:
    """Return what a parcel's state means, and what to do; `holder` has its locker by now, as far as that is known."""
    if parcel.open_write is not None:
        hint = _("Leave the parcel where it is. Nothing is lost: the kiosk keeps checking.")
        return Greeting(not_confirmed(parcel.open_write.operation), hint, NoticeKind.LOOK)
    if parcel.attention:
        advice = advice_on(parcel.attention[0], parcel, holder, to_clerk=True)
        return Greeting(advice.sentence, advice.proposal, NoticeKind.STOP)
    if is_moving:
        title = _("This parcel was taken out of the wrong person's locker.")
        return Greeting(
            title, _("Press {key} to choose the right person.").format(key=GO_ON.key_label), NoticeKind.LOOK
        )
    if parcel.is_unrecorded:
        title = _("This parcel was put into {place}, and is not recorded there.").format(place=place)
        return Greeting(title, _("Say that you have it, or that it was collected."), NoticeKind.LOOK)
    if parcel.is_undeliverable:
        return _unreached(parcel)
    if parcel.is_on_shelf:
        return Greeting(_("This parcel is on the shelf at {place}.").format(place=parcel.shelf))
    if parcel.is_in_locker:
        title = _("This parcel is in {place}.").format(place=place)
        hint = _("If it was collected and this is another parcel with the same number, press {key}.")
        return Greeting(title, hint.format(key=CHECK.key_label), NoticeKind.INFO)
    return None


def _unreached(parcel: Parcel) -> Greeting:
    title = _("No notice about this parcel has reached {name}.").format(name=person(parcel.contact))
    if parcel.is_in_locker:
        return Greeting(title, _("{key} asks for the e-mail address.").format(key=GO_ON.key_label))
    hint = _("{more}, then {key} asks for the e-mail address.")
    return Greeting(title, hint.format(more=MORE.key_label, key=ADDRESS.key_label))


def _joined(name: str, first: str, more: str, width: int) -> Iterator[Fact]:
    """Yield both in one line where they fit; else each has lines of its own."""
    if not more or cell_len(f"{first}{more}") + 3 <= width:
        yield name, f"{first} · {more}" if more else first
    else:
        yield from _lines(name, first, width)
        yield from _lines("", more, width)


def _lines(name: str, text: str, width: int) -> Iterator[Fact]:
    lines = broken(text, width)
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES - 1 :] = [shorten(" ".join(lines[_MOST_LINES - 1 :]), width)]
    yield from zip((name, *[""] * len(lines)), lines, strict=False)
