"""The last good answer to each question, kept in small files for the time when the network is down.

Only what the finder showed is in them: names and addresses of post offices and shops. A file that can't be read or
written is as good as none: the finder works without it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import AwareDatetime, ValidationError

from kiosk.facilities.addresses import Address
from kiosk.facilities.values import Facility, Question
from kiosk.facilities.variants import FacilityCarrier
from kiosk.parcels.base import Value

_log = logging.getLogger(__name__)

MOST_KEPT: Final = 50
"""How many questions' answers are kept; the one asked longest ago gives way."""

_ENDING: Final = ".json"


class KeptAnswer(Value, defer_build=True):
    """What was answered to a question, and when."""

    question: Question
    facilities: tuple[Facility, ...]
    asked_at: AwareDatetime


class KeptAnswers:
    """The files in one folder, one for each question. All methods block: call them from a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, question: Question) -> KeptAnswer | None:
        """Return the last answer to this very question, or None."""
        kept = self._read(self._path(question))
        # The name is only part of a hash, and what was read is shown as the answer to this question.
        return kept if kept is not None and kept.question == question else None

    def latest(self, address: Address, carrier: FacilityCarrier) -> KeptAnswer | None:
        """Return the latest answer about a carrier around an address, whatever else was asked for."""
        try:
            paths = sorted(self._folder.glob(f"*{_ENDING}"), key=_age, reverse=True)
        except OSError as error:
            _log.warning("kept_answer_unreadable: %s", type(error).__name__)
            return None
        answers = (self._read(path) for path in paths)
        return next(
            (each for each in answers if each and (each.question.address, each.question.carrier) == (address, carrier)),
            None,
        )

    def keep(self, question: Question, facilities: tuple[Facility, ...], asked_at: datetime) -> None:
        """Keep this answer in place of the one before."""
        kept = KeptAnswer(question=question, facilities=facilities, asked_at=asked_at)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(self._path(question), kept.model_dump_json(exclude_defaults=True).encode())
            self._forget_the_oldest()
        except OSError as error:
            _log.warning("answer_not_kept: %s", error.strerror)

    def _path(self, question: Question) -> Path:
        return self._folder / (hashlib.sha256(question.model_dump_json().encode()).hexdigest()[:32] + _ENDING)

    @staticmethod
    def _read(path: Path) -> KeptAnswer | None:
        try:
            return KeptAnswer.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            _log.warning("kept_answer_unreadable: %s", type(error).__name__)
            return None

    def _write(self, path: Path, content: bytes) -> None:
        """Write beside it and rename, so that another process never reads half of it."""
        draft = path.with_name(f"{path.stem}.{secrets.token_hex(4)}")
        try:
            with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(content)
            draft.replace(path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise

    def _forget_the_oldest(self) -> None:
        # With the drafts that a killed process left; one that is being written is the newest.
        for path in sorted(self._folder.iterdir(), key=_age)[:-MOST_KEPT]:
            path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    with suppress(OSError):  # another process may have taken it away
        return path.stat().st_mtime
    return 0
