"""The channels as the follower of the journal uses them: what is told becomes a letter, or fields, and goes out."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator

from kiosk.clock import Clock
from kiosk.errors import DeliveryError
from kiosk.notify.envelope import Envelope
from kiosk.notify.letter import write_letter
from kiosk.notify.message import Message, Sender
from kiosk.notify.post import Post, open_post
from kiosk.notify.webhook import WebhookPost, notice_fields
from kiosk.notify.wording import wording_for
from kiosk.parcels.states import Channel
from kiosk.settings import Settings

Told = tuple[Message, DeliveryError | None]
"""A message, and why it did not go out."""


def senders_of(settings: Settings, clock: Clock) -> dict[Channel, Sender]:
    """Return the channels that the settings name."""
    made: dict[Channel, Sender] = {
        Channel.MAIL: MailSender(settings, clock),
        Channel.WEBHOOK: WebhookSender(settings, clock),
    }
    return {channel: made[channel] for channel in settings.notices.channels}


class MailSender:
    """E-mail: all that a recipient is told is one letter."""

    gathers = True

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    async def send(self, messages: AsyncIterable[Message]) -> AsyncIterator[Told]:
        """Send letters over one connection."""
        try:
            way = open_post(self._settings, self._clock)
        except DeliveryError as error:  # no way to send anything
            async for message in messages:
                yield message, error
            return
        async with way as post:
            async for message in messages:
                yield message, await self._send(post, message)
                # Else one address that is never answered would hold up all behind it, each time anew.
                if post.is_stuck:
                    return

    async def _send(self, post: Post, message: Message) -> DeliveryError | None:
        letter = write_letter(
            message.told,
            wording_for(message.contact, self._settings),
            name=message.contact.name,
            place=self._settings.desk.name,
            zone=self._settings.notices.zone,
        )
        message_id = f"<{message.message_id}@{self._settings.mail.sender.rpartition('@')[2]}>"
        try:
            await post.send(Envelope(message.contact.email, message_id, letter))
        except DeliveryError as error:
            return error
        return None


class WebhookSender:
    """One signed request a notice."""

    gathers = False

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    async def send(self, messages: AsyncIterable[Message]) -> AsyncIterator[Told]:
        """Send requests over one connection."""
        settings = self._settings
        async with WebhookPost(settings.webhook, settings.network, self._clock) as post:
            async for message in messages:
                yield message, await self._send(post, message)

    async def _send(self, post: WebhookPost, message: Message) -> DeliveryError | None:
        language, place = message.contact.language or self._settings.notice_language, self._settings.desk.name
        try:
            for told in message.told:
                await post.send(
                    notice_fields(told, message.contact, language=language, place=place), message.message_id
                )
        except DeliveryError as error:
            return error
        return None
