"""How long a parcel has been in its locker for too long, or how soon it will have been."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.words.language import _, ngettext

if TYPE_CHECKING:
    from kiosk.parcels.listing import Uncollected

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def time_over(each: Uncollected, now: datetime) -> str:
    """Return how long ago its time was over, or in how long it will be."""
    if each.is_expired:
        return _expired_for(now - each.until)
    hours = (each.until - now) // _HOUR
    if not hours:
        return _("ends within an hour")
    return ngettext("ends in {count} hour", "ends in {count} hours", hours).format(count=hours)


def _expired_for(time: timedelta) -> str:
    if time < _HOUR:
        return _("just expired")
    if time < _DAY:
        hours = time // _HOUR
        return ngettext("expired {count} hour ago", "expired {count} hours ago", hours).format(count=hours)
    days = time // _DAY
    return ngettext("expired {count} day ago", "expired {count} days ago", days).format(count=days)
