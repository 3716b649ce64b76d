"""Tracking addresses: the number in the path or the query of a carrier's web page. Opens no address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote_plus

from kiosk.parcels.carriers import Carrier
from kiosk.tracking.cleaning import squeezed
from kiosk.tracking.other_codes import Kind, is_gs1, kind_of_digits
from kiosk.tracking.readings import Check, readings

_ADDRESS = re.compile(r"(?:URL:|URLTO:)?(?:https?:/{0,2})?((?:[\w-]+\.)+[a-z]{2,})(?::\d+)?([/?#].*)?", re.IGNORECASE)
_PARTS = re.compile(r"[/?&=#;,:|!]+")

_SHORTEST, _LONGEST = 10, 42

HOSTS: dict[str, tuple[Carrier, ...]] = {
    "ups": (Carrier.UPS,),
    "usps": (Carrier.USPS, Carrier.S10),
    "fedex": (Carrier.FEDEX,),
    "dhl": (Carrier.DHL, Carrier.S10),
    "dhlparcel": (Carrier.DHL, Carrier.POSTNL),
    "dhlecommerce": (Carrier.DHL,),
    "amazon": (Carrier.AMAZON,),
    "canadapost": (Carrier.CANADA_POST, Carrier.S10),
    "canadapost-postescanada": (Carrier.CANADA_POST, Carrier.S10),
    "canpar": (Carrier.CANPAR,),
    "purolator": (Carrier.PUROLATOR,),
    "ontrac": (Carrier.ONTRAC, Carrier.LASERSHIP),
    "lasership": (Carrier.LASERSHIP,),
    "dpd": (Carrier.DPD,),
    "dpdgroup": (Carrier.DPD,),
    "odfl": (Carrier.OLD_DOMINION,),
    "landmarkglobal": (Carrier.LANDMARK,),
    "speedeedelivery": (Carrier.SPEEDEE,),
    "gofoexpress": (Carrier.GOFO,),
    "gofo": (Carrier.GOFO,),
    "yunexpress": (Carrier.YUNEXPRESS,),
    "yuntrack": (Carrier.YUNEXPRESS,),
    "yodel": (Carrier.YODEL,),
    "postnl": (Carrier.POSTNL, Carrier.S10),
    "uniuni": (Carrier.UNIUNI,),
    "yw56": (Carrier.YANWEN,),
}
"""A label of the host's name, and whose numbers its pages speak of."""


class Found(NamedTuple):
    """A number in an address."""

    code: str
    carrier: Carrier


def is_address(text: str) -> bool:
    """Tell whether a cleaned text is a web address with something behind the host's name."""
    found = _ADDRESS.fullmatch(text) if " " not in text else None
    return found is not None and (found[2] is not None or text[:4].lower() == "http")


def number_in(text: str) -> Found | None:
    """Return the number in a web address: one of the host's own, or anybody's that nothing else looks like."""
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return None
    carriers = next((HOSTS[label] for label in found[1].lower().split(".") if label in HOSTS), ())
    # An address that is a parameter of another one is encoded twice.
    rest = unquote_plus(unquote_plus(found[2] or ""))
    fitting = [best for code in _codes(rest) if (best := _best(code, carriers)) is not None]
    # By rank alone: among equals the one that stands first in the address stays first.
    fitting.sort(key=lambda each: each[0])
    return fitting[0][1] if fitting else None


def _codes(rest: str) -> Iterator[str]:
    """Yield what may be a number in the path and the query, whole and up to its first hyphen."""
    for part in _PARTS.split(rest):
        for piece in dict.fromkeys((part, part.split("-", 1)[0])):
            code = squeezed(piece.strip(" *'\"-"))
            if _SHORTEST <= len(code) <= _LONGEST:
                yield code


def _best(code: str, carriers: tuple[Carrier, ...]) -> tuple[int, Found] | None:
    """Return how good a part of an address is, the best 0, and the number in it."""
    for each in readings(code):
        if each.carrier in carriers and each.check is not Check.BAD:
            return (0 if each.is_proven else 1), Found(code, each.carrier)
    for each in readings(code)[:1]:
        if each.is_certain:
            return 2, Found(code, each.carrier)
    if carriers and code.isdigit() and kind_of_digits(code) is Kind.SSCC and is_gs1(code[-18:]):
        return 2, Found(code, carriers[0])
    for each in readings(code):
        if each.carrier in carriers and not each.is_guess:
            return 3, Found(code, each.carrier)
    return None
