"""What a QR code says so that a phone's map shows a facility. Pure: no code is drawn here.

Texts from outside are percent-encoded, so that they can't become another address. A link is written in capitals as far
as it may be: a QR code packs those more tightly, and a smaller code fits more terminals.
"""

from __future__ import annotations

from urllib.parse import quote, quote_plus

from kiosk.facilities.values import Facility
from kiosk.words.facilities import facility_name
from kiosk.words.plain import plain, shorten

_SEARCH = "HTTPS://MAPS.GOOGLE.COM/?q="
_LONGEST_LABEL = 24


def map_links(facility: Facility) -> tuple[str, ...]:
    """Return links that open the facility, the most telling first, each shorter than the one before; maybe none.

    With coordinates `geo:` (RFC 5870), once with the name as Android's maps take it; else a search for the address.
    """
    if facility.latitude is not None and facility.longitude is not None:
        at = f"{_degrees(facility.latitude)},{_degrees(facility.longitude)}"
        # Without the sign of the cut: percent-encoded it takes nine characters of the code.
        label = quote(shorten(facility_name(facility), _LONGEST_LABEL).rstrip("~\u2026 "), safe="")
        return f"geo:{at}?q={at}({label})", f"geo:{at}"
    address = facility.address
    whole = (*address.lines, address.city, address.state, address.postal_code)
    brief = (address.street, address.postal_code or f"{address.city} {address.state}")
    if not any(part.strip() for part in whole):
        return ()
    texts = (" ".join(plain(part) for part in parts if part.strip()) for parts in (whole, brief))
    return tuple(f"{_SEARCH}{quote_plus(text.upper())}" for text in texts)


def _degrees(degrees: float) -> str:
    """Write degrees to about a metre."""
    return f"{degrees:.5f}".rstrip("0").rstrip(".")
