"""What a scanner and a label put around a number, and what that says about it: evidence, not shape.

AIM identifiers, stars of Code 39, start and stop letters of Codabar, the % of DPD, GS1 elements, ISO 15434 envelopes
and tracking addresses come off here. What is no parcel's number for certain is refused here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kiosk.parcels.carriers import Carrier
from kiosk.tracking import addresses, envelopes, gs1
from kiosk.tracking.check_digits import mod37_36
from kiosk.tracking.cleaning import EOT, GS, RS, squeezed
from kiosk.tracking.other_codes import Kind, certain_kind, is_gs1
from kiosk.tracking.readings import Check, certain, proven, readings
from kiosk.tracking.refusals import refusal

_AIM = re.compile(r"\]([A-Za-z][0-9A-Za-z])")
# Behind a caret the bracket is no AIM identifier: ^] is a spelling of the group separator.
_NEXT_AIM = re.compile(r"(?<!\^)\][A-Za-z]\d")
_GS1_AIMS = frozenset({"C1", "d2", "Q3", "e0", "e1", "e2", "J1"})
_EAN_AIMS = frozenset({"E0", "E3", "E4"})
_EAN_LETTERS = ("c", "d")
"""What common scanners put in front of UPC and EAN where they send letters instead of AIM identifiers."""

_CODABAR = re.compile(r"([A-Da-d])([0-9$:/.+ -]+)([A-Da-dTtNn*Ee])")
_DPD = re.compile(r"%([A-Za-z0-9]{7}\d{20})([A-Za-z0-9]?)")


class Unwrapped(NamedTuple):
    """The code inside, the names of what was around it, and who or what that named."""

    text: str
    taken_off: tuple[str, ...] = ()
    told: Carrier | Kind | None = None


def unwrap(text: str) -> Unwrapped:
    """Return a cleaned text without what was put around the number; NoParcelNumberError for what never is one."""
    text, aims = _without_aims(text)
    taken_off = ("aim",) * len(aims)
    if len(text) > 2 and text[0] == text[-1] == "*" and "*" not in text[1:-1]:
        text, taken_off = text[1:-1].strip(), (*taken_off, "stars")
    inner = _in_2d(text) or _in_gs1(text, aims) or _in_ean(text, aims) or _in_codabar(text, aims) or _in_dpd(text)
    if inner is None:
        return Unwrapped(text, taken_off)
    return inner._replace(taken_off=(*taken_off, *inner.taken_off))


def _without_aims(text: str) -> tuple[str, tuple[str, ...]]:
    """Take off every AIM identifier; one in the middle is where a second label begins, and becomes a blank."""
    aims = []
    text = text.strip(f"{GS}{RS}{EOT} ")
    while found := _AIM.match(text):
        aims.append(found[1])
        text = text[3:].strip(f"{GS}{RS}{EOT} ")
    return (_NEXT_AIM.sub(" ", text) if aims else text), tuple(aims)


def _in_2d(text: str) -> Unwrapped | None:
    """Read what only a 2D code holds: an envelope, an address, what is not about parcels at all."""
    # A Wi-Fi code may look like a plain number: on some keyboards its colon comes as a letter.
    if text.isalnum() and len(text) < 40 and text[1:4].upper() != "IFI":
        return None
    if envelopes.is_envelope(text):
        code, carrier = envelopes.number_in(text)
        if not code:
            raise refusal(Kind.LABEL_DATA)
        return Unwrapped(code, ("envelope",), carrier)
    kind = certain_kind(text)
    if kind in {None, Kind.WEB_ADDRESS} and addresses.is_address(text):
        found = addresses.number_in(text)
        if found is not None:
            return Unwrapped(found.code, ("address",), found.carrier)
    if kind is not None:
        raise refusal(kind)
    return None


def _in_gs1(text: str, aims: tuple[str, ...]) -> Unwrapped | None:
    """Read an element string: a carrier's own number in it first, then an SSCC, then the goods."""
    told = not _GS1_AIMS.isdisjoint(aims)
    if text.isalnum() and not told:
        return None
    separated = gs1.with_separators(text)
    # USPS's 420 begins an element string too, but its format knows better which part is the number.
    if certain(squeezed(separated)):
        return Unwrapped(separated, ("gs1",) if separated != text else ())
    found = gs1.elements(separated, told=told)
    if found:
        return _of_elements(text, found)
    return Unwrapped(separated, ("gs1",)) if separated != text and proven(squeezed(separated)) else None


def _of_elements(text: str, found: tuple[gs1.Element, ...]) -> Unwrapped | None:
    for identifier, value in found:
        # USPS's numbers begin with what GS1 calls an identifier: there it is a part of the number.
        if identifier[0] == "9" and proven(code := squeezed(identifier + value)):
            return Unwrapped(code, ("gs1",))
    values = dict(found)
    if len(values.get("00", "")) == 18 and values["00"].isdecimal():
        return Unwrapped(f"00{values['00']}", ("gs1",), Kind.SSCC)
    if len(values.get("01", "")) == 14 and is_gs1(values["01"]):
        return Unwrapped(_gtin(values["01"]), ("gs1",), Kind.GTIN)
    if values.keys() <= {"420", "421", "403"} and len(squeezed(text)) <= 20:
        raise refusal(Kind.ROUTING)
    return None


def _gtin(digits: str) -> str:
    """Return a GTIN as it can't be taken for a carrier's number: in 13 digits, else behind its identifier."""
    return digits[1:] if digits[0] == "0" else f"(01){digits}"


def _in_ean(text: str, aims: tuple[str, ...]) -> Unwrapped | None:
    """Read what the scanner names an EAN or UPC: the number of the goods, whoever it fits by chance."""
    if text[:1] in _EAN_LETTERS and text[1:].isdigit():
        text = text[1:]
    elif _EAN_AIMS.isdisjoint(aims):
        return None
    if not is_gs1(text):
        return None
    match len(text):
        case 8 | 13:
            return Unwrapped(text, (), Kind.GTIN)
        # A UPC is an EAN without its leading zero: both must find the same goods.
        case 12:
            return Unwrapped(f"0{text}", (), Kind.GTIN)
    return None


def _in_codabar(text: str, aims: tuple[str, ...]) -> Unwrapped | None:
    """Read Codabar: FedEx puts four digits of the form behind its twelve."""
    found = _CODABAR.fullmatch(text)
    if found is None and not any(aim.startswith("F") for aim in aims):
        return None
    inner = squeezed(found[2] if found else text)
    if inner.isdigit() and len(inner) == 16 and _is_fedex(inner[:12]):
        return Unwrapped(inner[:12], ("codabar",), Carrier.FEDEX)
    return Unwrapped(inner, ("codabar",)) if found and proven(inner) else None


def _is_fedex(code: str) -> bool:
    return any(each.carrier is Carrier.FEDEX and each.check is Check.OK for each in readings(code))


def _in_dpd(text: str) -> Unwrapped | None:
    """Read DPD's bars: a %, 27 signs with the number of 14 in the middle, and a check sign that is only printed."""
    found = _DPD.fullmatch(text)
    if found is None:
        return None
    signs, check = found[1].upper(), found[2].upper()
    if check and mod37_36(signs) != check:
        return None
    return Unwrapped(signs[7:21], ("percent",), Carrier.DPD)
