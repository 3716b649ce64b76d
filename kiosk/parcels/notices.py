"""Notices: what a recipient is told of a parcel, and what is printed of it; when each is wanted is a rule of the trade.

Pure. What a notice says is in `kiosk/notify`, what is printed in `kiosk/printing`; the rows that are owed lie in
`kiosk/journal/notices.py`.
"""

from __future__ import annotations

from enum import StrEnum


class NoticeKind(StrEnum):
    """What is said of a parcel."""

    ARRIVED = "arrived"
    """It was put into a locker, or laid on the shelf."""
    CODE_CHANGED = "code_changed"
    """It lies where it lay, and its deposit was recorded again: an earlier code is void."""
    MOVED = "moved"
    """It lies elsewhere now."""
    REMINDER = "reminder"
    """It has lain here for days."""
    EXPIRES = "expires"
    """Its time in the locker is nearly over."""
    ENDED = "ended"
    """It was not collected in time, and was taken out of its locker."""
    GIVEN_ON = "given_on"
    """It is somebody else's: said to whom an earlier notice went by mistake."""
    SLIP = "slip"
    """Printed for the recipient: where the parcel is, and its code."""
    LABEL = "label"
    """Printed for the shelf: where the parcel lies, and whose it is."""


class Channel(StrEnum):
    """How a notice goes out."""

    MAIL = "mail"
    WEBHOOK = "webhook"
    PAPER = "paper"
