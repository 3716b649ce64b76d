"""The section `[notices]`: what is sent to recipients, by which channels, and when; and what the channels need."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import time, tzinfo
from enum import StrEnum
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import NoDecode

from kiosk.errors import SettingsError
from kiosk.parcels.states import Channel
from kiosk.settings.mail import Mail, MailDelivery, Security
from kiosk.settings.paths import AbsolutePath
from kiosk.settings.section import Section, WrongValueError
from kiosk.settings.web import is_this_machine
from kiosk.settings.webhook import Webhook


class Weekday(StrEnum):
    """A day of the week; they stand in the order of `date.weekday()`."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


_CHANNELS: Final = (Channel.MAIL.value, Channel.WEBHOOK.value)
"""Paper goes to nobody."""
_DAYS: Final = tuple(day.value for day in Weekday)


def _some_of(raw: object, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Read a list of words, or a text with commas between them, as an environment variable has it."""
    words = [part.strip() for part in raw.split(",") if part.strip()] if isinstance(raw, str) else raw
    if not isinstance(words, list | tuple) or any(word not in allowed for word in words):
        raise WrongValueError("setting_not_some_of", allowed=allowed)
    return tuple(dict.fromkeys(words))


def _channels(raw: object) -> object:
    return _some_of(raw, _CHANNELS)


def _weekdays(raw: object) -> object:
    days = _some_of(raw, _DAYS)
    if not days:
        raise WrongValueError("setting_not_some_of", allowed=_DAYS)
    return days


def _clock_time(raw: object) -> time:
    """Read HH:MM."""
    if isinstance(raw, time):
        return raw
    hours, colon, minutes = raw.partition(":") if isinstance(raw, str) else ("", "", "")
    digits = hours + minutes
    is_written = bool(colon) and len(hours) in {1, 2} and len(minutes) == 2 and digits.isascii() and digits.isdigit()
    if not is_written or int(hours) > 23 or int(minutes) > 59:
        raise WrongValueError("no_clock_time")
    return time(int(hours), int(minutes))


def _language(code: str) -> str:
    if not re.fullmatch("([a-z]{2,3})?", code):
        raise WrongValueError("no_language")
    return code


def _zone_name(name: str) -> str:
    try:
        if name:
            ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such zone, no name of one, a folder of zones
        raise WrongValueError("no_time_zone") from None
    return name


ClockTime = Annotated[time, BeforeValidator(_clock_time)]


class Notices(Section):
    """What recipients are told."""

    channels: Annotated[tuple[Channel, ...], NoDecode, BeforeValidator(_channels)] = ()
    code: Literal["never", "mail"] = "never"
    """Whether the pickup code goes out."""
    language: Annotated[str, AfterValidator(_language)] = ""
    """Of whoever has none of their own; empty: the desk's."""
    time_zone: Annotated[str, AfterValidator(_zone_name)] = ""
    """An IANA name; empty: the machine's."""
    quiet_from: ClockTime = time(22)
    quiet_until: ClockTime = time(7)
    """From one to the other nothing goes out; two equal times mean that there is no such time."""
    weekdays: Annotated[tuple[Weekday, ...], NoDecode, BeforeValidator(_weekdays)] = tuple(Weekday)
    reminder_days: float = Field(3, ge=0, le=365)
    """So long after a parcel came its recipient is reminded; 0: never."""
    before_expiry_hours: float = Field(24, ge=0, le=24 * 30)
    """So long before its time in the locker ends they are told; 0: never."""
    gather_minutes: float = Field(5, ge=0, le=60 * 24)
    """How long a notice waits for further parcels of the same person."""
    give_up_hours: float = Field(48, gt=0, le=24 * 30)
    """After so long nobody tries to deliver a notice any more."""
    templates: AbsolutePath = None
    """A folder whose files stand in for ours of the same name."""

    @property
    def zone(self) -> tzinfo | None:
        """The zone that recipients live in; None: the machine's."""
        return ZoneInfo(self.time_zone) if self.time_zone else None


def what_channels_lack(raw: Mapping[str, Any]) -> Iterator[SettingsError]:
    """Yield an error about each channel that is chosen and not set up; what is wrong itself is told by others."""
    try:
        notices = Notices.model_validate(raw.get("notices", {}))
        mail = Mail.model_validate(raw.get("mail", {}))
        webhook = Webhook.model_validate(raw.get("webhook", {}))
    except ValidationError:
        return
    lacks = {Channel.MAIL: _lacks_of_mail(mail), Channel.WEBHOOK: _lacks_of_webhook(webhook)}
    for channel in notices.channels:
        if missing := tuple(lacks[channel]):
            yield SettingsError("channel_incomplete", channel=channel.value, missing=missing)
    # Whoever listens on the way would have the password.
    if mail.security is Security.NONE and mail.password.get_secret_value() and not is_this_machine(mail.host):
        yield SettingsError("mail_password_in_clear")


def _lacks_of_mail(mail: Mail) -> Iterator[str]:
    if mail.delivery is MailDelivery.SMTP and not mail.host:
        yield "mail.host"
    if not mail.sender:
        yield "mail.sender"
    if mail.user and not mail.password.get_secret_value():
        yield "mail.password"


def _lacks_of_webhook(webhook: Webhook) -> Iterator[str]:
    if webhook.url is None:
        yield "webhook.url"
    if not webhook.secret.get_secret_value():
        yield "webhook.secret"
