"""A facility as a row of the list, and its state with sign and colour."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.facilities.hours import Openness, OpenState
from kiosk.facilities.values import Facility
from kiosk.words.facilities import facility_name, state_words
from kiosk.words.language import _
from kiosk.words.numbers import miles_of
from kiosk.words.signs import FULL, HOLLOW
from screens.finder.facility_list import FacilityRow


class Look(NamedTuple):
    """How a state is marked: its sign, and a theme token without its dollar."""

    sign: str
    tone: str


def facility_row(facility: Facility, number: int, state: OpenState, heading: str = "") -> FacilityRow:
    """Return a facility as a row; `heading` stands over it where another part of the list begins."""
    look = look_of(state)
    return FacilityRow(
        number=number,
        name=_name(facility),
        distance=miles(facility.distance_miles),
        sign=look.sign,
        state=state_words(facility, state),
        services=" \u00b7 ".join(_brief_services(facility)),
        tone=look.tone,
        heading=heading,
    )


def look_of(state: OpenState) -> Look:
    """Return how a state is marked; colour is never the only sign."""
    match state.openness:
        case Openness.OPEN:
            return Look(FULL, "attention" if state.closes_soon else "free")
        case Openness.CLOSED:
            return Look(HOLLOW, "occupied")
        case _:
            return Look("?", "unknown")


def miles(distance: float | None) -> str:
    """Return a distance as `0.4 mi`; nothing where none is given."""
    return "" if distance is None else miles_of(distance)


def _brief_services(facility: Facility) -> list[str]:
    words = []
    if facility.packageless:
        words.append(_("no box"))
    if facility.qr_code:
        words.append(_("QR"))
    return words


def _name(facility: Facility) -> str:
    """Return the name; a street alone is told with its town."""
    if facility.name or not facility.address.street or not facility.address.city:
        return facility_name(facility)
    return f"{facility.address.street}, {facility.address.city}"
