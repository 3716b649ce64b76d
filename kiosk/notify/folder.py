"""Mails as files, one each: what a demo sends lies before a newcomer's eyes, and another program may take it on."""

from __future__ import annotations

import asyncio
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from kiosk.clock import Clock
from kiosk.errors import DeliveryDelayedError
from kiosk.notify.envelope import Envelope, mail_of
from kiosk.settings.mail import Mail

FOLDER: Final = "mail"
"""In the data folder."""

_LONGEST_NAME: Final = 150


class FolderPost:
    """The folder for mails. A file is there with its whole content, or not at all."""

    is_stuck = False

    def __init__(self, data_dir: Path, settings: Mail, clock: Clock, *, place: str) -> None:
        self._folder = data_dir / FOLDER
        self._settings = settings
        self._clock = clock
        self._place = place

    async def __aenter__(self) -> Self:
        """Open nothing: each file is a thing of its own."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close nothing."""

    async def send(self, envelope: Envelope) -> str:
        """Write one mail and return the path of its file; raises DeliveryError."""
        now = self._clock.now()
        mail = mail_of(envelope, self._settings, place=self._place, now=now)
        path = self._folder / _file_name(envelope.message_id, now)
        try:
            await asyncio.to_thread(_write, path, mail)
        except OSError as error:
            text = error.strerror or type(error).__name__
            raise DeliveryDelayedError("mail_folder_unusable", folder=str(self._folder), text=text) from error
        return str(path)


def _file_name(message_id: str, now: datetime) -> str:
    name = re.sub(r"[^\w.@-]", "", message_id, flags=re.ASCII)[:_LONGEST_NAME]
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{name}.eml"


def _write(path: Path, mail: bytes) -> None:
    """Write a file that only its owner can read (folder 0700, file 0600)."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    # Exclusive, so that no link is followed to where it leads.
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(mail)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
