"""How notices read: what they say, how they go out, what became of them. What a notice itself says is in `notify`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from kiosk.parcels import fold, notice_events
from kiosk.parcels.states import Channel, NoticeKind
from kiosk.words.errors import explain_cause
from kiosk.words.language import N_, _

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


def notice_word(kind: NoticeKind) -> str:
    """Return what a notice says, in a few words."""
    return _(_KINDS[kind])


def channel_word(channel: Channel) -> str:
    """Return how a notice goes out."""
    return _(_CHANNELS[channel])


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
