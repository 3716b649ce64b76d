"""The steps of `kiosk check` about notices: templates, mail server and webhook, each tried with a sample."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from pydantic import JsonValue

from kiosk.cli.output import Fields
from kiosk.cli.steps import Step, failed, found
from kiosk.clock import Clock, SystemClock
from kiosk.errors import DeliveryError, SettingsError
from kiosk.notify.envelope import Envelope
from kiosk.notify.letter import Letter, write_letter
from kiosk.notify.post import open_post
from kiosk.notify.told import Told
from kiosk.notify.webhook import WebhookPost
from kiosk.notify.wording import languages, wording_in
from kiosk.parcels.states import Channel, NoticeKind
from kiosk.settings import Settings
from kiosk.settings.mail import MailDelivery

_TEST: Final = "TEST"
"""Stands for everything that a notice names; no locker and no parcel is called so."""


def check_templates(settings: Settings) -> Step:
    """Read the words of every language, and write a letter with them."""
    known = languages(settings.notices.templates)
    values: Fields = {"languages": " ".join(known)}
    if not settings.notices.channels:
        return found("templates", "no_notices", ok=None)
    if settings.notice_language not in known:
        error = SettingsError("language_unknown", language=settings.notice_language, known=known)
        return failed("templates", error, values)
    for language in known:
        wording = wording_in(language, settings.notices.templates)
        if wording.faults:
            return failed("templates", wording.faults[0], values)
        _sample(settings, SystemClock(), language)
    return found("templates", "templates_readable", values=values)


async def check_mail(settings: Settings, address: str | None = None) -> Step:
    """Send a sample to an address, or to the sender of all mails, and tell what the server said."""
    if Channel.MAIL not in settings.notices.channels:
        return found("mail", "mail_not_chosen", ok=None)
    clock = SystemClock()
    to = address or settings.mail.sender
    values: Fields = {"sentTo": to}
    now = clock.now()
    envelope = Envelope(
        to, f"<check-{now:%Y%m%d%H%M%S%f}@{settings.mail.sender.partition('@')[2]}>", _sample(settings, clock)
    )
    try:
        async with open_post(settings, clock) as post:
            values["answer"] = await post.send(envelope)
    except DeliveryError as error:
        return failed("mail", error, values | ({"answer": error.answer} if error.answer else {}))
    is_file = settings.mail.delivery is MailDelivery.FOLDER
    return found("mail", "mail_written" if is_file else "mail_taken", values=values)


async def check_webhook(settings: Settings) -> Step:
    """Send a sample to the webhook, and tell the status of its answer."""
    if Channel.WEBHOOK not in settings.notices.channels:
        return found("webhook", "webhook_not_chosen", ok=None)
    clock = SystemClock()
    values: Fields = {"webhookUrl": settings.webhook.url}
    sample: dict[str, JsonValue] = {"kind": "test", "place": settings.desk.name}
    try:
        async with WebhookPost(settings.webhook, settings.network, clock) as post:
            values["answer"] = str(await post.send(sample, f"check-{clock.now():%Y%m%d%H%M%S%f}"))
    except DeliveryError as error:
        return failed("webhook", error, values)
    return found("webhook", "webhook_taken", values=values)


def _sample(settings: Settings, clock: Clock, language: str = "") -> Letter:
    """Return a notice that is about nothing."""
    until = clock.now() + timedelta(days=3)
    told = Told(NoticeKind.ARRIVED, _TEST, carrier=_TEST, bank=_TEST, locker=_TEST, until=until)
    notices = settings.notices
    wording = wording_in(language or settings.notice_language, notices.templates)
    return write_letter([told], wording, name=_TEST, place=settings.desk.name, zone=notices.zone)
