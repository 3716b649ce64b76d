"""How parcels and events of other desks read in a row: state, place, time. Words only; no widget, no rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kiosk.fleet.finding import FleetParcel
from kiosk.fleet.records import FleetRecord
from kiosk.words.language import _
from kiosk.words.places import shelf_words
from kiosk.words.states import finding_word, state_word
from screens.console.wording import NOTHING, STATES, event_time


def state_of(parcel: FleetParcel) -> tuple[str, str]:
    """Return sign and word of a parcel's state, and a theme token."""
    state = parcel.state
    if state is None:
        return f"? {_('not known')}", "attention"
    if parcel.in_doubt:
        return f"? {_('not confirmed')}", "attention"
    sign, tone = STATES[state]
    return (f"! {state_word(state)}", "broken") if parcel.findings else (f"{sign} {state_word(state)}", tone)


def where(parcel: FleetParcel, label: Callable[[str], str]) -> str:
    """Return the parcel's locker or shelf place."""
    if parcel.shelf:
        return shelf_words(parcel.shelf)
    return f"{label(parcel.bank)} {parcel.unit}" if parcel.bank else NOTHING


def at_desk(desk_name: str, site: str) -> str:
    """Return a desk with its site."""
    return f"{desk_name} · {site}"


def when(told: FleetRecord, now: datetime) -> str:
    """Return when an event happened by the centre's clock; marked where that of its desk was minutes off."""
    time = event_time(told.happened_at, now)
    return f"~{time}" if told.clock_offset else time


def what_is_wrong(parcel: FleetParcel) -> str:
    """Return in a few words what does not fit."""
    return ", ".join(map(finding_word, parcel.findings)) or _("not confirmed")
