"""How parcels, events and times read on the console. Words only; no widget, no rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kiosk.words.plain import plain
from kiosk.words.signs import CROSS, DIAMOND, FULL, HOLLOW, TICK
from screens.wording import person

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kiosk.desk.console_queries import ConsoleQueries
    from kiosk.parcels.parcel import Parcel, UnitPlace
    from kiosk.parcels.records import EventRecord

NOTHING = "-"
"""Stands where there is nothing to say, so that nobody looks for it."""

_STATES = {
    "taken in": (HOLLOW, "attention"),
    "reserved": (DIAMOND, "reserved"),
    "held": (DIAMOND, "reserved"),
    "in locker": (FULL, "occupied"),
    "collected": (TICK, "free"),
    "cancelled": (CROSS, "quiet"),
}


def state_of(parcel: Parcel) -> tuple[str, str]:
    """Return sign and word of a parcel's state, and a theme token."""
    if parcel.open_write is not None:
        return "? not confirmed", "attention"
    sign, tone = _STATES.get(parcel.state.value, ("-", "quiet"))
    if parcel.attention:
        return f"! {parcel.state.value}", "broken"
    return f"{sign} {parcel.state.value}", tone


def short_time(moment: datetime | None, now: datetime) -> str:
    """Return the local time: of day where it is today, else the day; six characters. Changes once a day at most."""
    if moment is None:
        return NOTHING
    local, today = moment.astimezone(), now.astimezone()
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b}" if abs((local - today).days) < 300 else f"{local:%b %y}"


def full_time(moment: datetime | None) -> str:
    """Return day and local time to the second."""
    if moment is None:
        return NOTHING
    local = moment.astimezone()
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M:%S}"


def event_time(moment: datetime, now: datetime) -> str:
    """Return the local time to the second, with the day where it is not today."""
    local = moment.astimezone()
    if local.date() == now.astimezone().date():
        return f"{local:%H:%M:%S}"
    return f"{local.day:2} {local:%b %H:%M}"


def where(parcel: Parcel, label: Callable[[str], str]) -> str:
    """Return the parcel's locker or shelf place."""
    if parcel.shelf:
        return f"shelf {parcel.shelf}"
    return place(parcel.place, label) if parcel.place else NOTHING


def place(found: UnitPlace, label: Callable[[str], str]) -> str:
    """Return bank and locker."""
    return f"{label(found.locker_bank_id)} {found.locker_unit_id}"


def whom(parcel: Parcel) -> str:
    """Return for whom the parcel is."""
    return person(parcel.contact) or NOTHING


def event_words(event_type: str) -> str:
    """Return an event's type as words: `ParcelTakenIn` is `Parcel taken in`."""
    words = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in event_type).strip()
    return words[:1].upper() + words[1:]


def event_line(event: EventRecord, survey: ConsoleQueries) -> str:
    """Return what happened in one line; the other fields are shown with the event in full."""
    fields = event.fields
    said = [_locker(fields["place"], survey)] if isinstance(fields.get("place"), dict) else []
    if isinstance(attention := fields.get("attention"), dict):
        said.append(str(attention.get("cause", "")))
    if fields.get("shelf"):
        said.append(f"shelf {fields['shelf']}")
    said += [str(fields[name]) for name in _SHOWN_FIELDS if fields.get(name)]
    return plain(" · ".join((event_words(event.type), *said)))


_SHOWN_FIELDS = ("operation", "repair", "problem", "cause", "reason", "role", "origin", "size")
"""The fields that tell most of an event, in the order in which they are named."""


def _locker(found: dict[str, Any], survey: ConsoleQueries) -> str:
    return f"{survey.label(str(found.get('lockerBankId', '')))} {found.get('lockerUnitId', '')}"


def bytes_of(count: int) -> str:
    """Return a size in the unit that suits it."""
    size = float(count)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
