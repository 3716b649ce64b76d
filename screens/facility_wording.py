"""How a facility reads on a screen: rows, marks on the map, its week, its services. Words only; no widget's state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.facilities.hours import Openness, clock_time
from kiosk.facilities.values import Parking
from kiosk.words.signs import FULL, HOLLOW
from screens.widgets.facility_list import FacilityRow
from screens.widgets.globe import Measured, Point, centre_of, where_from
from screens.widgets.map_plan import Pin
from screens.widgets.week_hours import DAY, Bar, DayRow, Now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, time

    from kiosk.facilities.hours import DayHours, Opening, OpenState, WeekHours
    from kiosk.facilities.values import Facility

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
OFF_THE_MAP = "Not on the map: no coordinates"
NO_MAP = "No map: the service gives no coordinates for these"
SOON_MINUTES = 60
"""From so many minutes before the end, a place that is open is marked."""

_PARKING = {
    Parking.LOT: "a parking lot",
    Parking.STREET: "on the street",
    Parking.NONE: "none",
    Parking.UNKNOWN: "",
}


def facility_row(facility: Facility, number: int, state: OpenState, heading: str = "") -> FacilityRow:
    """Return a facility as a row of the list."""
    sign, tone = _sign_and_tone(state)
    return FacilityRow(
        number=number,
        name=_name(facility),
        distance=miles(facility.distance_miles),
        sign=sign,
        state=state_words(facility, state),
        services=" \u00b7 ".join(service_words(facility, brief=True)),
        tone=tone,
        heading=heading,
    )


def state_words(facility: Facility, state: OpenState) -> str:
    """Say whether it is open; what rests on a guessed time zone is said to be unsure."""
    knows_time = state.openness in {Openness.OPEN, Openness.CLOSED} and not state.is_round_the_clock
    return f"{state.words} (unsure)" if knows_time and not facility.zone.is_sure else state.words


def sign_and_state(facility: Facility, now: datetime) -> tuple[str, str]:
    """Return the state with its sign, and its theme token."""
    state = facility.state_at(now)
    sign, tone = _sign_and_tone(state)
    return f"{sign} {state_words(facility, state)}", tone


def miles(distance: float | None) -> str:
    """Return a distance as `0.4 mi`."""
    return "" if distance is None else f"{distance:.1f} mi"


def pin_of(facility: Facility, number: int, state: OpenState) -> Pin | None:
    """Return the facility as a mark on the map; None where it has no coordinates."""
    point = _point(facility)
    if point is None:
        return None
    is_open = state.openness is Openness.OPEN if state.openness in {Openness.OPEN, Openness.CLOSED} else None
    return Pin(number, point, is_open)


def middle_of(facilities: Sequence[Facility]) -> tuple[Point, bool] | None:
    """Return where the address lies that was asked about, and True; the middle of the places where nobody can tell."""
    placed = [(point, each.distance_miles) for each in facilities if (point := _point(each)) is not None]
    if not placed:
        return None
    found = where_from([Measured(point, away) for point, away in placed if away is not None])
    return (found, True) if found is not None else (centre_of([point for point, _ in placed]), False)


def service_words(facility: Facility, *, brief: bool = False) -> list[str]:
    """Return what it does for a parcel, as far as the answer tells."""
    words = []
    if facility.packageless:
        words.append("no box" if brief else "takes returns without a box")
    if facility.qr_code:
        words.append("QR" if brief else "scans QR codes for labels")
    return words


def parking_words(facility: Facility) -> str:
    """Return where one can park; nothing where it isn't said."""
    return _PARKING[facility.parking]


def week_rows(week: WeekHours) -> tuple[DayRow, ...]:
    """Return the week as rows to draw; what lasts past midnight goes on at the beginning of the next day's bar."""
    return tuple(
        DayRow(name, (*_after_midnight(week.days[at - 1]), *_bars(day)), _day_words(day))
        for at, (name, day) in enumerate(zip(DAYS, week.days, strict=True))
    )


def local_now(facility: Facility, now: datetime) -> Now | None:
    """Return the place's own time; None where its zone isn't known."""
    if facility.zone.zone is None:
        return None
    here = now.astimezone(facility.zone.zone)
    words = clock_time(here.time())
    return Now(here.weekday(), _minute(here.time()), words if facility.zone.is_sure else f"{words}?")


def _name(facility: Facility) -> str:
    """Return the name; a street alone is told with its town."""
    if facility.name or not facility.address.street or not facility.address.city:
        return facility.label
    return f"{facility.label}, {facility.address.city}"


def _point(facility: Facility) -> Point | None:
    if facility.latitude is None or facility.longitude is None:
        return None
    return Point(facility.latitude, facility.longitude)


def _sign_and_tone(state: OpenState) -> tuple[str, str]:
    match state.openness:
        case Openness.OPEN:
            ends_soon = state.minutes_left is not None and state.minutes_left < SOON_MINUTES
            return (FULL, "attention") if ends_soon else (FULL, "free")
        case Openness.CLOSED:
            return HOLLOW, "occupied"
        case _:
            return "?", "unknown"


def _bars(day: DayHours) -> list[Bar]:
    return [Bar(_minute(each.opens), DAY if each.ends_next_day else _minute(each.closes)) for each in day.openings]


def _after_midnight(day: DayHours) -> list[Bar]:
    """Return what of a day's openings lies on the day after."""
    return [Bar(0, _minute(each.closes)) for each in day.openings if each.ends_next_day and _minute(each.closes)]


def _day_words(day: DayHours) -> str:
    if any(each.is_all_day for each in day.openings):
        return "24 hours"
    words = [f"{_clock(each.opens)}-{_end(each)}" for each in day.openings]
    return " ".join([*words, *day.as_listed]) or "closed"


def _end(opening: Opening) -> str:
    return "24" if not _minute(opening.closes) else _clock(opening.closes)


def _clock(at: time) -> str:
    """Return a time in few characters: `8`, `13:30`."""
    return f"{at.hour}:{at.minute:02}" if at.minute else str(at.hour)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
