"""Drop-off points and post offices, and the question that finds them, in the words of carrier-facility.

What can be asked for, and where that is documented, stands in `variants.py`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from kiosk.errors import WrongQuestionError
from kiosk.facilities.addresses import Address
from kiosk.facilities.holidays import HolidayDate, federal_holiday
from kiosk.facilities.hours import OpenState, WeekHours, is_open_in, state_at
from kiosk.facilities.states import state_code
from kiosk.facilities.variants import LIMITS, FacilityCarrier, FacilityService, FacilityVariant
from kiosk.facilities.zones import PlaceZone, zone_of
from kiosk.parcels.base import Value

# The territories have country codes of their own, and the same federal holidays.
_FEDERAL: Final = frozenset({"US", "PR", "VI", "GU", "MP", "AS"})


class Question(Value, defer_build=True):
    """What is looked for, and where."""

    address: Address
    carrier: FacilityCarrier = FacilityCarrier.USPS
    service: FacilityService | None = None
    """None: any."""
    radius_miles: int | None = None
    count: int | None = None
    packageless: bool | None = None
    """Only points that take returns without a package, or only others; None: any."""
    qr_code: bool | None = None
    """Only points that scan the QR code of Label Broker, or only others; None: any."""

    def check(self, variant: FacilityVariant) -> None:
        """Raise WrongQuestionError for what this variant would refuse; nothing was sent then."""
        self.address.check()
        limits = LIMITS[variant]
        if self.carrier not in limits.carriers:
            raise WrongQuestionError("carrier_not_offered", carrier=self.carrier.value, variant=variant.value)
        if self.service is not None and self.service not in limits.services:
            raise WrongQuestionError("service_not_offered", service=self.service.value, variant=variant.value)
        if (self.packageless, self.qr_code) != (None, None) and not limits.has_return_options:
            raise WrongQuestionError("return_options_not_offered", variant=variant.value)
        _check_radius(self.radius_miles, limits.most_miles)
        if self.count is not None and not 1 <= self.count <= limits.most_facilities:
            raise WrongQuestionError("count_out_of_range", most=limits.most_facilities)


def _check_radius(miles: int | None, most: int | None) -> None:
    if miles is None or 1 <= miles <= (most or miles):
        return
    if most is None:
        raise WrongQuestionError("radius_too_small")
    raise WrongQuestionError("radius_out_of_range", most=most)


class Parking(StrEnum):
    """Where one can park."""

    LOT = "LOT"
    STREET = "STREET"
    NONE = "NONE"
    UNKNOWN = "UNKNOWN"
    """Not said, or in a word that no page documents."""


class Facility(Value, defer_build=True):
    """One place, as far as the answer tells; all texts are one line without control characters."""

    name: str = ""
    facility_id: str = ""
    location_id: str = ""
    address: Address
    phone: str = ""
    latitude: float | None = None
    longitude: float | None = None
    """Degrees; both or none."""
    distance_miles: float | None = None
    """From the address asked about; the unit is inferred."""
    parking: Parking = Parking.UNKNOWN
    packageless: bool | None = None
    qr_code: bool | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    """Every attribute as it came, also those read into the fields above."""
    week: WeekHours | None = None
    """None: no hours are listed."""

    @property
    def label(self) -> str:
        """Its name, or the first of street, address and id that is there; empty where nothing is."""
        return self.name or self.address.street or self.address.one_line or self.facility_id

    @property
    def services(self) -> tuple[FacilityService, ...]:
        """The services that its attributes name; the answer to a search for one service may name none."""
        said = {word for name, value in self.attributes for word in _services_in(name, value)}
        return tuple(service for service in FacilityService if service.value in said)

    @property
    def zone(self) -> PlaceZone:
        """The zone of its local time, and whether that is sure."""
        state = state_code(self.address.state, self.address.country_code)
        return zone_of(state, self.latitude, self.longitude)

    def state_at(self, now: datetime) -> OpenState:
        """Judge whether it is open at an aware moment; its `at` is the facility's local time."""
        return state_at(self.week, self.zone.zone, now)

    def is_open_in(self, minutes: int, now: datetime) -> bool:
        """Tell whether it is surely open so many minutes from now, as when somebody walks there."""
        return is_open_in(minutes, self.week, self.zone.zone, now)

    def holiday_at(self, now: datetime) -> HolidayDate | None:
        """Return the federal holiday that it is there at a moment: the hours may differ. None on other days."""
        if self.address.country_code not in _FEDERAL or self.zone.zone is None:
            return None
        return federal_holiday(now.astimezone(self.zone.zone).date())


def _services_in(name: str, value: str) -> tuple[str, ...]:
    """Return what one attribute may name: itself, unless it says no, or its value. The page shows no sample of it."""
    return (value,) if value.lower() == "false" else (name, value)
