"""What is said of searches for facilities that can't be made; the codes are given in `kiosk/facilities/`."""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_CHANGE_IT = N_("Choose another value, then search again.")

TEXTS: dict[str, Text] = {
    "address_missing": Text(
        N_("There is no address to search near."), N_("Enter an address, or set desk.address in the settings.")
    ),
    "address_without_country": Text(N_("The country is missing from the address.")),
    "address_incomplete": Text(
        N_("The address needs a postal code, or a city and a state."),
        N_("For example: 06880, or Westport, CT, or 110 Myrtle Avenue, Westport, CT 06880."),
    ),
    "carrier_not_offered": Text(
        N_("The setting facilities.variant = {variant} does not offer a search for {carrier} facilities."), _CHANGE_IT
    ),
    "service_not_offered": Text(
        N_("The setting facilities.variant = {variant} does not offer a search by the service {service}."), _CHANGE_IT
    ),
    "return_options_not_offered": Text(
        N_("The setting facilities.variant = {variant} does not offer a search by box-free returns or QR codes."),
        _CHANGE_IT,
    ),
    "radius_too_small": Text(N_("The radius must be at least 1 mile."), _CHANGE_IT),
    "radius_out_of_range": Text(N_("The radius must be between 1 and {most} miles."), _CHANGE_IT),
    "count_out_of_range": Text(N_("The number of results must be between 1 and {most}."), _CHANGE_IT),
    "finder_address_missing": Text(
        N_("The facility service has no published address for the environment {environment}."),
        N_("Ask the administrator to set facilities.url, facilities.api_key and facilities.api_secret."),
    ),
    "finder_account_missing": Text(
        N_("These settings are missing: {settings}."),
        N_("Ask the administrator to set facilities.api_key and facilities.api_secret. The rest of the kiosk works."),
    ),
    "finder_throttled": Text(
        N_("The facility service accepts no more searches right now."),
        N_("Wait a minute, then search again."),
        N_("Too many searches"),
    ),
    "facilities_unreadable": Text(N_("The facility service answered, but its list of facilities can't be read.")),
}
