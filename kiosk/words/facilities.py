"""What several front ends say about a facility: its name, its hours, its services, and what makes the hours unsure.

How a row or a page arranges that is the front end's own.
"""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from kiosk.facilities.holidays import Holiday, HolidayDate
from kiosk.facilities.hours import Openness, OpenState
from kiosk.facilities.values import Facility
from kiosk.facilities.variants import FacilityService
from kiosk.words.language import N_, _
from kiosk.words.numbers import number
from kiosk.words.times import clock_time, weekday_name

ZONE_UNSURE = N_("Time zone uncertain: opening times may be off by an hour.")
"""Said once where a state is marked as unsure."""

_HOLIDAYS = {
    Holiday.NEW_YEARS_DAY: N_("New Year's Day"),
    Holiday.MARTIN_LUTHER_KING_DAY: N_("Martin Luther King Jr. Day"),
    Holiday.WASHINGTONS_BIRTHDAY: N_("Presidents' Day"),
    Holiday.MEMORIAL_DAY: N_("Memorial Day"),
    Holiday.JUNETEENTH: N_("Juneteenth"),
    Holiday.INDEPENDENCE_DAY: N_("Independence Day"),
    Holiday.LABOR_DAY: N_("Labor Day"),
    Holiday.COLUMBUS_DAY: N_("Columbus Day"),
    Holiday.VETERANS_DAY: N_("Veterans Day"),
    Holiday.THANKSGIVING_DAY: N_("Thanksgiving Day"),
    Holiday.CHRISTMAS_DAY: N_("Christmas Day"),
}
_SERVICES = {
    FacilityService.LABEL_BROKER_RETAIL: N_("prints labels"),
    FacilityService.PUDO_POINT: N_("accepts returns"),
    FacilityService.LABEL_BROKER_SELF_SERVICE_KIOSK: N_("self-service label kiosk"),
}


def facility_name(facility: Facility) -> str:
    """Return what the facility is called, in any case something."""
    return facility.label or _("Unnamed facility")


def service_words(facility: Facility) -> list[str]:
    """Return what it does for a parcel, as far as the answer tells."""
    told = [each for each in facility.services if not (each is FacilityService.PUDO_POINT and facility.packageless)]
    words = [_(_SERVICES[service]) for service in told]
    if facility.packageless:  # says more than that it takes returns
        words.append(_("accepts returns without a box"))
    if facility.qr_code:
        words.append(_("scans QR codes"))
    return words


def state_words(facility: Facility, state: OpenState) -> str:
    """Say in a few words whether it is open; what rests on a guessed time zone is marked as unsure."""
    words = _state_words(state)
    return _("{state} (unsure)").format(state=words) if is_unsure(facility, state) else words


def nearby_words(facility: Facility, now: datetime) -> tuple[str, str]:
    """Return the name of a place to drop off a parcel, and in a second line how far it is and whether it is open."""
    state = state_words(facility, facility.state_at(now))
    if facility.distance_miles is None:
        return _("Drop-off: {name}").format(name=facility_name(facility)), state
    away = _("{miles} mi away, {state}").format(miles=number(facility.distance_miles, 1), state=state)
    return _("Drop-off: {name}").format(name=facility_name(facility)), away


def is_unsure(facility: Facility, state: OpenState) -> bool:
    """Tell whether another time zone would make the state wrong."""
    depends_on_time = state.openness in {Openness.OPEN, Openness.CLOSED} and not state.is_round_the_clock
    return depends_on_time and not facility.zone.is_sure


def holiday_sentence(day: HolidayDate) -> str:
    """Say what today is, and what that means for the hours listed."""
    name = _(_HOLIDAYS[day.holiday])
    if day.is_observed:
        return _("{holiday} is observed today. Hours may differ.").format(holiday=name)
    return _("Today is {holiday}. Hours may differ.").format(holiday=name)


def _state_words(state: OpenState) -> str:
    match state.openness:
        case Openness.NOT_LISTED:
            return _("no hours listed")
        case Openness.NO_ZONE:
            return _("local time unknown")
        case Openness.UNCLEAR:
            return _("hours unclear")
        case Openness.OPEN:
            return _open_words(state)
        case Openness.CLOSED:
            return _opening_words(state.opens_at, state.at) if state.opens_at else _("closed now")
        case _:
            assert_never(state.openness)


def _open_words(state: OpenState) -> str:
    if state.is_round_the_clock:
        return _("open 24 hours")
    if not state.closes_soon:
        return _("open now")
    if not state.minutes_left:
        return _("closes within a minute")
    return _("closes in {minutes} min").format(minutes=state.minutes_left)


def _opening_words(opens_at: datetime, now: datetime) -> str:
    # Both are in the facility's own zone, so its calendar decides what is tomorrow.
    days = (opens_at.date() - now.date()).days
    at, day = clock_time(opens_at.time()), weekday_name(opens_at.weekday())
    if days == 0:
        return _("opens {time}").format(time=at)
    if days == 1:
        return _("opens tomorrow {time}").format(time=at)
    if days < 7:
        return _("opens {day} {time}").format(day=day, time=at)
    return _("opens next {day} {time}").format(day=day, time=at)
