"""What is said of searches for facilities that can't be made; the codes are given in `kiosk/facilities/`."""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_CHANGE_IT = N_("Choose another value, then search again.")

TEXTS: dict[str, Text] = {
    "address_missing": Text(
        N_("There is no address to search around."), N_("Give an address, or set desk.address in the settings.")
    ),
    "address_without_country": Text(N_("The address has no country.")),
    "address_incomplete": Text(
        N_("The address needs a postal code, or a city and a state."),
        N_("Write it like 06880, or Westport, CT, or 110 Myrtle Avenue, Westport, CT 06880."),
    ),
    "carrier_not_offered": Text(
        N_("Facilities of {carrier} can't be searched for with facilities.variant = {variant}."), _CHANGE_IT
    ),
    "service_not_offered": Text(
        N_("The service {service} can't be searched for with facilities.variant = {variant}."), _CHANGE_IT
    ),
    "return_options_not_offered": Text(
        N_("Packageless returns and QR codes can't be searched for with facilities.variant = {variant}."), _CHANGE_IT
    ),
    "radius_too_small": Text(N_("The radius must be at least 1 mile."), _CHANGE_IT),
    "radius_out_of_range": Text(N_("The radius must be from 1 to {most} miles."), _CHANGE_IT),
    "count_out_of_range": Text(N_("The number of facilities must be from 1 to {most}."), _CHANGE_IT),
    "finder_address_missing": Text(
        N_("No address of the facility service is published for the environment {environment}."),
        N_("The administrator must set facilities.url, facilities.api_key and facilities.api_secret."),
    ),
    "finder_account_missing": Text(
        N_("These settings are missing: {settings}."),
        N_("The administrator must set facilities.api_key and facilities.api_secret. Everything else works."),
    ),
    "finder_throttled": Text(
        N_("The facility service takes no more at the moment."),
        N_("Wait a minute, then search again."),
        N_("Too many searches"),
    ),
    "facilities_unreadable": Text(N_("The service answered, but its list of facilities can't be read.")),
}
