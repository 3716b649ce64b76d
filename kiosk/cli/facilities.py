"""`kiosk facilities`: drop-off points and post offices near an address, with whether they are open."""

from __future__ import annotations

import argparse
import asyncio
from datetime import datetime, time

from kiosk.cli.exits import DONE
from kiosk.cli.output import Fields, Output, error_fields
from kiosk.cli.prose import Prose
from kiosk.cli.session import open_session
from kiosk.errors import WrongQuestionError
from kiosk.facilities.addresses import Address
from kiosk.facilities.finder import Answer, Sort, arranged, open_in
from kiosk.facilities.hours import WeekHours
from kiosk.facilities.values import Facility, Question
from kiosk.facilities.variants import FacilityCarrier, FacilityService
from kiosk.settings import Settings
from kiosk.words.errors import explain
from kiosk.words.facilities import (
    ZONE_UNSURE,
    facility_name,
    holiday_sentence,
    is_unsure,
    service_words,
    state_words,
)
from kiosk.words.language import _
from kiosk.words.numbers import number
from kiosk.words.times import local_time

_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_PARTS = {"line": "lines", "city": "city", "state": "state", "postal_code": "postal_code", "country": "country_code"}
"""Which option is which part of an address."""


def run(options: argparse.Namespace, output: Output) -> int:
    """Print the facilities; raises WrongQuestionError, FinderNotSetUpError or FinderUnreachableError."""
    return asyncio.run(_find(options, output))


async def _find(options: argparse.Namespace, output: Output) -> int:
    async with open_session(options.config) as (services, _):
        question = Question(
            address=_address(options, services.settings),
            carrier=FacilityCarrier(options.carrier),
            service=FacilityService(options.service) if options.service else None,
            radius_miles=options.radius,
            count=options.count,
            packageless=options.packageless,
            qr_code=options.qr_code,
        )
        answer = await services.facilities.open().near(question)
        now = services.clock.now()
    shown = arranged(answer.facilities, Sort(options.sort), now)
    if options.open_in is not None:
        shown = open_in(shown, options.open_in, now)
    _print(answer, shown, now, output)
    return DONE


def _print(answer: Answer, shown: tuple[Facility, ...], now: datetime, output: Output) -> None:
    if answer.problem is not None:
        output.words(explain(answer.problem).line)
        output.words(
            _("These facilities are from an earlier search, made on {time}.").format(time=local_time(answer.asked_at))
        )
    question = answer.question
    if output.as_json:
        head: Fields = {"address": _address_fields(question.address), "carrier": question.carrier.value}
        head |= {"askedTime": answer.asked_at, "isOld": answer.is_old}
        head |= {"error": error_fields(answer.problem)} if answer.problem else {}
        output.json({**head, "carrierFacilitySuggestions": [_fields(facility, now) for facility in shown]})
        return
    output.rows(_without_empty_columns([_row(facility, now) for facility in shown]))
    if not shown:
        output.words(
            _("No {carrier} facility near {address} fits this search.").format(
                carrier=question.carrier.value, address=question.address.one_line
            )
        )
    for sentence in _doubts(shown, now):
        output.words(sentence)


def _doubts(shown: tuple[Facility, ...], now: datetime) -> list[str]:
    """Return what makes the hours of any of them unsure, each sentence once."""
    holidays = (day for facility in shown if (day := facility.holiday_at(now)))
    sentences = [holiday_sentence(day) for day in dict.fromkeys(holidays)]
    if any(is_unsure(facility, facility.state_at(now)) for facility in shown):
        sentences.append(_(ZONE_UNSURE))
    return sentences


def _address(options: argparse.Namespace, settings: Settings) -> Address:
    """Return the address of the arguments, else the desk's; parts given by name win over the words."""
    parts = {part: getattr(options, option) for option, part in _PARTS.items() if getattr(options, option)}
    parts |= {"lines": tuple(options.line)} if options.line else {}
    if options.address:
        return Address.parse(" ".join(options.address)).model_copy(update=parts)
    if parts:
        return Address.model_validate(parts)
    if settings.desk.address.is_set:
        return Address.of_desk(settings.desk.address)
    raise WrongQuestionError("address_missing")


def _row(facility: Facility, now: datetime) -> Fields:
    miles = facility.distance_miles
    return {
        _("Name"): Prose(facility_name(facility)),
        _("Address"): Prose(facility.address.one_line),
        _("Miles"): "" if miles is None else number(miles, 1),
        _("Now"): state_words(facility, facility.state_at(now)),
        _("Phone"): facility.phone,
        _("Services"): ", ".join(service_words(facility)),
    }


def _without_empty_columns(rows: list[Fields]) -> list[Fields]:
    """Leave out what no facility says, such as the post offices' phone."""
    return [{name: row[name] for name in row if any(other[name] for other in rows)} for row in rows]


def _fields(facility: Facility, now: datetime) -> Fields:
    """Return a facility under the API's names, and what was made of it under names of the same kind."""
    state, (zone, is_sure) = facility.state_at(now), facility.zone
    holiday = facility.holiday_at(now)
    fields: Fields = {
        "address": _address_fields(facility.address) | ({"phone": facility.phone} if facility.phone else {}),
        "carrierFacilityAttributes": [{"name": name, "value": value} for name, value in facility.attributes],
        "facilityHours": _hours_fields(facility.week),
        "facilityParking": facility.parking.value,
        "locationName": facility.name or None,
        "facilityId": facility.facility_id or None,
        "locationId": facility.location_id or None,
        "latitude": facility.latitude,
        "longitude": facility.longitude,
        "distance": facility.distance_miles,
        "packageless": facility.packageless,
        "qrCode": facility.qr_code,
        "timeZone": zone.key if zone else None,
        "timeZoneSure": is_sure,
        "openness": state.openness.value,
        "roundTheClock": state.is_round_the_clock or None,
        "closesTime": state.closes_at,
        "opensTime": state.opens_at,
        "holiday": holiday.holiday.value if holiday else None,
        "holidayObserved": holiday.is_observed if holiday else None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _address_fields(address: Address) -> Fields:
    fields = {
        "addressLines": list(address.lines),
        "cityTown": address.city,
        "stateProvince": address.state,
        "postalCode": address.postal_code,
        "countryCode": address.country_code,
    }
    return {name: value for name, value in fields.items() if value}


def _hours_fields(week: WeekHours | None) -> list[Fields] | None:
    """Return the days that are listed, or None where none is; hours that could not be read stand as they came."""
    if week is None:
        return None
    listed: list[Fields] = []
    for name, day in zip(_DAYS, week.days, strict=True):
        timings: list[Fields] = [
            {"opensAt": _clock_time(each.opens), "closesAt": _clock_time(each.closes)} for each in day.openings
        ]
        timings += [{"asListed": text} for text in day.as_listed]
        if timings:
            listed.append({"day": name, "facilityTimings": timings})
    return listed


def _clock_time(moment: time) -> str:
    """Return a time of day for programs: `8:00`, `16:30`."""
    return f"{moment.hour}:{moment.minute:02}"
