"""Which screen a parcel needs, from how it stands. Pure: names of screens, no screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel

_BY_STATE = {"reserved": "put in", "in locker": "code"}


def next_step(parcel: Parcel) -> str:
    """Return the screen that an intake needs next."""
    if parcel.open_write is not None:
        return "parcel"
    if parcel.question is not None:
        return "label" if parcel.question.value == "number to write on the box" else "number"
    if parcel.state.value == "taken in" and parcel.wrong_recipient:
        return "parcel"
    if parcel.state.value == "taken in":
        return "locker" if parcel.contact else "recipient"
    return _BY_STATE.get(parcel.state.value, "parcel")


def where_it_stands(parcel: Parcel) -> str:
    """Return the screen for a parcel that somebody opens; one that is done, or to be looked into, shows its page."""
    step = next_step(parcel)
    if step == "code":
        return "code" if parcel.code_waiting else "parcel"
    return "parcel" if parcel.attention else step


def asks_a_person(parcel: Parcel) -> bool:
    """Tell whether only a person knows how this parcel goes on after a restart."""
    is_moving = parcel.state.value == "taken in" and parcel.wrong_recipient
    return parcel.open_write is None and (parcel.code_waiting or parcel.state.value == "reserved" or is_moving)
