"""Which screen a parcel needs, from how it stands. Pure: destinations, no screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.destinations import (
    ShowCode,
    ShowLabel,
    ShowLocker,
    ShowNumber,
    ShowParcel,
    ShowPutIn,
    ShowRecipient,
)

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from screens.destinations import ParcelDestination


def next_step(parcel: Parcel) -> ParcelDestination:
    """Return the screen that an intake needs next."""
    if parcel.open_write is not None:
        return ShowParcel(parcel)
    if parcel.question is not None:
        is_made = parcel.question.value == "number to write on the box"
        return ShowLabel(parcel) if is_made else ShowNumber(parcel)
    match parcel.state.value:
        case "taken in" if not parcel.wrong_recipient:
            return ShowLocker(parcel) if parcel.contact else ShowRecipient(parcel)
        case "reserved":
            return ShowPutIn(parcel)
        case "in locker":
            return ShowCode(parcel)
        case _:
            return ShowParcel(parcel)


def where_it_stands(parcel: Parcel) -> ParcelDestination:
    """Return the screen for a parcel that somebody opens; one that is done, or to be looked into, shows its page."""
    step = next_step(parcel)
    if isinstance(step, ShowCode):
        return step if parcel.code_waiting else ShowParcel(parcel)
    return ShowParcel(parcel) if parcel.attention else step


def asks_a_person(parcel: Parcel) -> bool:
    """Tell whether only a person knows how this parcel goes on after a restart."""
    is_moving = parcel.state.value == "taken in" and parcel.wrong_recipient
    return parcel.open_write is None and (parcel.code_waiting or parcel.state.value == "reserved" or is_moving)
