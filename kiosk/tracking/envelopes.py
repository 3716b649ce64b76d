"""ISO 15434 envelopes: what a label's 2D code says in fields, of which one or several together are the number.

The separators may be there, spelled out, sent as another sign, or lost on the way: UPS and FedEx are read without them.
"""

from __future__ import annotations

import re

from kiosk.parcels.carriers import Carrier
from kiosk.tracking.cleaning import GS
from kiosk.tracking.readings import Check, certain, proven, readings

_BEGIN = re.compile(r"\[\)>")
_SEPARATOR = re.compile(
    r"[\x04\x1c-\x1f|~^]|\{(?:GS|RS|EOT|FS|US)\}|<(?:GS|RS|EOT|FS|US)>|\[(?:GS|RS|EOT|FS|US)\]|\\[XU](?:00)?(?:1[C-F]|04)"
    r"|_(?:1[C-F]|04)|[\u2404\u241c-\u241f]",
    re.IGNORECASE,
)
_CARETS = re.compile(r"\^[\]^D\\_]")
_UPS = re.compile(r"1Z([A-Z0-9]{7}\d)UPSN([A-Z0-9]{6})")
_FEDEX = re.compile(r"(\d{12,34})FDE[A-Z]?")
_IDENTIFIER = re.compile(r"\d{0,2}[A-Z]")
"""ANSI MH10 data identifiers, such as the J of a licence plate."""


def is_envelope(text: str) -> bool:
    """Tell whether a cleaned text is an envelope: its sign stands in front, or behind a MaxiCode's first part."""
    found = _BEGIN.search(text)
    return found is not None and found.start() <= 25


def number_in(text: str) -> tuple[str, Carrier | None]:
    """Return the code in an envelope and who is named in it; an empty one where it holds no carrier's number."""
    fields = _fields(text)
    bare = "".join(fields)
    return _ups(bare, fields) or _fedex(bare) or _any(fields)


def _fields(text: str) -> list[str]:
    # Pairs with a caret first: a lone caret is a separator too, and would leave the other half as data.
    text = _SEPARATOR.sub(GS, _CARETS.sub(GS, text.upper())).replace("[)>", GS)
    return [field.replace(" ", "") for field in text.split(GS) if field.strip()]


def _ups(bare: str, fields: list[str]) -> tuple[str, Carrier] | None:
    """Put a MaxiCode's parts together: 1Z, the shipper, the class of service, package and check digit."""
    found = _UPS.search(bare)
    if found is None:
        return None
    # The class of service has three digits, of which the last two are in the number.
    classes = [bare[: found.start()][-2:], *(field[-2:] for field in fields if len(field) == 3)]
    numbers = [f"1Z{found[2]}{each}{found[1]}" for each in classes if len(each) == 2]
    return next((number for number in numbers if proven(number)), numbers[0] if numbers else ""), Carrier.UPS


def _fedex(bare: str) -> tuple[str, Carrier] | None:
    """Return the digits in front of FedEx's name, of which the last four are the form's."""
    found = _FEDEX.search(bare)
    if found is None:
        return None
    digits = found[1]
    # FedEx's numbers have 12, 15, 22 or 34 digits; behind the shorter ones the form's four may stand.
    codes = (digits[-16:-4], digits[-12:], digits[-19:-4], digits[-15:], digits[-22:], digits[-34:])
    whose = (code for code in codes if _is_fedex(code))
    return next(whose, digits[-16:-4] or digits), Carrier.FEDEX


def _any(fields: list[str]) -> tuple[str, Carrier | None]:
    """Return the one field that is a carrier's number without doubt, also behind its data identifier."""
    found: dict[str, None] = {}
    for field in fields:
        identifier = _IDENTIFIER.match(field)
        for code in (field, field[identifier.end() :] if identifier else ""):
            if certain(code):
                found.setdefault(code)
                break
    return (next(iter(found)), None) if len(found) == 1 else ("", None)


def _is_fedex(code: str) -> bool:
    return any(each.carrier is Carrier.FEDEX and each.check is Check.OK for each in readings(code))
