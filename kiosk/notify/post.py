"""Where mails are posted: at the mail server, or into a folder as the settings say."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from importlib.util import find_spec
from typing import Protocol

from kiosk.clock import Clock
from kiosk.errors import DeliveryDelayedError
from kiosk.notify.envelope import Envelope
from kiosk.notify.folder import FolderPost
from kiosk.settings import Settings
from kiosk.settings.mail import MailDelivery


class Post(Protocol):
    """What takes mails, while it is open."""

    @property
    def is_stuck(self) -> bool:
        """Whether a mail got no answer any more, which may be that mail's fault: others are tried another time."""
        ...

    async def send(self, envelope: Envelope) -> str:
        """Send one mail and return what was answered; raises DeliveryError. One that fails costs no other."""
        ...


def open_post(settings: Settings, clock: Clock) -> AbstractAsyncContextManager[Post]:
    """Return the way for mails, which several of them share; raises DeliveryDelayedError where there is none."""
    if settings.mail.delivery is MailDelivery.FOLDER:
        return FolderPost(settings.data_dir, settings.mail, clock, place=settings.desk.name)
    if find_spec("aiosmtplib") is None:
        raise DeliveryDelayedError("mail_not_installed")
    from kiosk.notify.smtp import SmtpPost  # noqa: PLC0415 - the package of an extra

    return SmtpPost(settings.mail, settings.network, clock, place=settings.desk.name)
