"""What a notice tells of one parcel. How it is said is in `letter.py`, how a webhook gets it in `webhook.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import SecretStr

from kiosk.parcels.states import NoticeKind

_SHOWN: Final = 4


def number_end(tracking_number: str) -> str:
    """Return as much of a tracking number as a notice tells: enough to know a parcel again, too little to follow it."""
    return tracking_number[-_SHOWN:]


@dataclass(frozen=True)
class Told:
    """One parcel as a notice tells it. It names no sender, and holds no whole tracking number."""

    kind: NoticeKind
    """None of those for paper."""
    number_end: str
    carrier: str = ""
    """Its name."""
    bank: str = ""
    """What people call the bank in which it lies."""
    locker: str = ""
    shelf: str = ""
    """The shelf place, where it lies in no locker."""
    goes_back: bool = False
    """It leaves for its sender, whom a notice does not name."""
    until: datetime | None = None
    """Aware: when its time in the locker is over."""
    opens_by_code: bool = True
    """Whether the recipient needs a pickup code for the locker; a department does not."""
    code: SecretStr | None = None
    """The pickup code, where the notice is to hold it."""
