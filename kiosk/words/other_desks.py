"""How parcels of other desks read: where they are, and how old that word is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from kiosk.words.language import _, ngettext
from kiosk.words.plain import plain, shorten
from kiosk.words.times import since

if TYPE_CHECKING:
    from kiosk.parcels.other_desks import OtherParcel
    from kiosk.words.places import Label

FRESH: Final = timedelta(minutes=1)
"""So long what was heard counts as of now."""
LONGEST_DESK: Final = 40
"""Cells of a desk's name in a sentence: it gives way, so that the sentence does not."""


def already_words(other: OtherParcel, label: Label, now: datetime) -> str:
    """Return in a sentence where a parcel is that another desk has."""
    place = other.place
    unit, bank = (plain(place.locker_unit_id), plain(label(place.locker_bank_id))) if place else ("", "")
    if place is not None and other.is_in_locker:
        text = _("Already in locker {unit}, {bank}, since {time} (desk {desk}).")
    elif place is not None:
        text = _("Locker {unit}, {bank}, is reserved for it since {time} (desk {desk}).")
    elif other.is_on_shelf:
        text = _("Already on the shelf at {place} since {time} (desk {desk}).")
    elif other.is_outgoing:
        text = _("Already here to be sent since {time} (desk {desk}).")
    else:
        text = _("Already taken in, since {time} (desk {desk}).")
    when, desk = since(other.since, now), shorten(other.desk_name, LONGEST_DESK, "middle")
    return text.format(unit=unit, bank=bank, place=other.shelf or "?", time=when, desk=desk)


def waits_words(others: tuple[OtherParcel, ...], label: Label) -> str:
    """Return that parcels of a recipient wait at other desks, and where the newest of them is."""
    first, place = others[0], others[0].place
    where = (
        _("locker {unit}, {bank}").format(unit=plain(place.locker_unit_id), bank=plain(label(place.locker_bank_id)))
        if place is not None
        else _("shelf {place}").format(place=first.shelf)
        if first.shelf
        else _("not put away yet")
    )
    text = ngettext(
        "{count} parcel of theirs is at desk {desk}: {where}.",
        "{count} parcels of theirs are at other desks, the newest at desk {desk}: {where}.",
        len(others),
    )
    return text.format(count=len(others), desk=shorten(first.desk_name, LONGEST_DESK, "middle"), where=where)


def age_words(heard_at: datetime | None, now: datetime) -> str:
    """Return how old what was heard is; empty while it is as good as new."""
    if heard_at is None:
        return ""
    age = now - heard_at
    if timedelta(0) <= age < FRESH:
        return ""
    if age < timedelta(hours=1):
        minutes = max(age // timedelta(minutes=1), 1)
        text = ngettext("heard {count} minute ago", "heard {count} minutes ago", minutes)
        return text.format(count=minutes)
    return _("heard at {time}").format(time=since(heard_at, now))
