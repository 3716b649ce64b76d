"""How notices read: what they say, how they go out, what became of them. What a notice itself says is in `notify`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, assert_never

from kiosk.notify.hours import next_open
from kiosk.parcels import fold, notice_events
from kiosk.parcels.notices import Unreached
from kiosk.parcels.states import Channel, NoticeKind
from kiosk.words.errors import explain_cause
from kiosk.words.language import N_, _
from kiosk.words.times import day_and_time

if TYPE_CHECKING:
    from kiosk.journal.notices import Owed
    from kiosk.notify.hours import Rules
    from kiosk.parcels.parcel import Parcel
    from kiosk.parcels.records import EventRecord

_KINDS: Mapping[NoticeKind, str] = {
    NoticeKind.ARRIVED: N_("parcel has arrived"),
    NoticeKind.CODE_CHANGED: N_("new pickup code"),
    NoticeKind.MOVED: N_("parcel has been moved"),
    NoticeKind.REMINDER: N_("reminder"),
    NoticeKind.EXPIRES: N_("locker time nearly over"),
    NoticeKind.ENDED: N_("parcel not collected in time"),
    NoticeKind.GIVEN_ON: N_("parcel is somebody else's"),
    NoticeKind.SLIP: N_("pickup slip"),
    NoticeKind.LABEL: N_("shelf label"),
}
_CHANNELS: Mapping[Channel, str] = {
    Channel.MAIL: N_("e-mail"),
    Channel.WEBHOOK: N_("webhook"),
    Channel.PAPER: N_("printer"),
}

_SENT: Mapping[Channel, str] = {
    Channel.MAIL: N_("e-mail sent {time}"),
    Channel.WEBHOOK: N_("told by webhook {time}"),
    Channel.PAPER: N_("slip printed {time}"),
}


def notice_word(kind: NoticeKind) -> str:
    """Return what a notice says, in a few words."""
    return _(_KINDS[kind])


def channel_word(channel: Channel) -> str:
    """Return how a notice goes out."""
    return _(_CHANNELS[channel])


def unreached_words(unreached: Unreached, now: datetime) -> str:
    """Return since when no notice reaches somebody, and why; at the desk, where it is seen to."""
    why = explain_cause(unreached.cause, to_clerk=True) if unreached.cause is not None else ""
    text = _("not reached since {time}. {why}") if why else _("not reached since {time}")
    return text.format(time=day_and_time(unreached.since, now), why=why)


def standing_words(
    parcel: Parcel, events: Iterable[EventRecord], owed: Sequence[Owed], hours: Rules, now: datetime
) -> str:
    """Return how it stands with the notices about a parcel; nothing where there are none.

    `events` are what happened to it, the oldest first, `owed` what has not gone out; `hours`, when notices may go out.
    """
    waiting = sorted((each for each in owed if each.channel is not Channel.PAPER), key=attrgetter("due_at"))
    if waiting:
        return _owed_words(waiting[0], next_open(hours, max(waiting[0].due_at, now)), now)
    if parcel.unreached_at is not None:
        return unreached_words(Unreached(parcel.unreached_at, parcel.unreached_cause), now)
    sent = [(each.event, each.at) for each in events if isinstance(each.event, notice_events.NoticeSent)]
    told = [(event, at) for event, at in sent if event.kind not in {NoticeKind.GIVEN_ON, NoticeKind.LABEL}]
    return _(_SENT[told[-1][0].channel]).format(time=day_and_time(told[-1][1], now)) if told else ""


def _owed_words(owed: Owed, goes_out_at: datetime, now: datetime) -> str:
    if owed.cause is not None:
        text = _("not sent yet, next attempt {time}. {why}")
        return text.format(time=day_and_time(goes_out_at, now), why=explain_cause(owed.cause, to_clerk=True))
    return _("goes out {time}").format(time=day_and_time(goes_out_at, now)) if goes_out_at > now else _("on its way")


def notice_event_words(event: fold.Notices) -> str:
    """Return what became of a notice."""
    match event:
        case notice_events.NoticeSent(channel=Channel.PAPER):
            return _("Printed")
        case notice_events.NoticeSent():
            return _("Recipient notified")
        case notice_events.NoticeFailed(channel=Channel.PAPER):
            return _("Not printed")
        case notice_events.NoticeFailed():
            return _("Recipient could not be notified")
        case notice_events.AddressCorrected():
            return _("Recipient's address corrected")
        case _:
            assert_never(event)


def notice_event_details(event: fold.Notices, *, to_clerk: bool) -> tuple[str, ...]:
    """Return which notice it was, how it went, and why it did not; a clerk hears of no hosts and settings."""
    match event:
        case notice_events.NoticeSent():
            with_code = (_("with the pickup code"),) if event.with_code else ()
            return (notice_word(event.kind), channel_word(event.channel), *with_code)
        case notice_events.NoticeFailed():
            return (notice_word(event.kind), channel_word(event.channel), explain_cause(event.cause, to_clerk=to_clerk))
        case notice_events.AddressCorrected():
            return ()
        case _:
            assert_never(event)
