"""Second looks at a text that no carrier reads as it stands: each takes something off or undoes a fault, and says what.

Nothing is taken off unless what is left has a right check digit or a shape that nothing else has.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kiosk.tracking import addresses, envelopes
from kiosk.tracking.among_words import numbers_in, sscc_in
from kiosk.tracking.check_digits import mod43
from kiosk.tracking.cleaning import squeezed
from kiosk.tracking.damage import Fault, labels_in, part_of_twice, without_routing
from kiosk.tracking.layouts import LAYOUTS, Layout
from kiosk.tracking.other_codes import Kind, certain_kind
from kiosk.tracking.readings import certain, proven
from kiosk.tracking.refusals import refusal, two_labels

_GROUPS = re.compile(r"[A-Za-z0-9]+(?:[ ./_:-]{1,3}[A-Za-z0-9]+)*")
_EVEN_GROUPS = re.compile(r"[A-Za-z0-9]{3,5}(?:[./_:-][A-Za-z0-9]{2,5}){2,}")
_AROUND = " .,;:!?\"'`()<>[]{}#=_-\u201c\u201d\u2018\u2019\u00ab\u00bb"
_CODE_IDS = frozenset("jIbewsrxzya")
"""What common scanners put in front of a code to say its sort; those of EAN and UPC are not among them."""

_LIKE_A_NUMBER = re.compile(r"[]A-Za-z0-9 \x1d-]+")
_AIM = re.compile(r"^\][A-Za-z]\d")
SHORTEST_NUMBER = 10
"""Characters of the shortest number of a carrier."""

_TYPED_FOR_A_HYPHEN = frozenset("')=+*")
"""The plain signs that come for a hyphen on some keyboard."""

_OWN = re.compile(r"[A-Z]{1,6}-[A-Z0-9]{4,20}")
_OWN_MADE_HERE = re.compile(r"[A-Z]{1,4}-[2-9A-HJKMNP-TV-Z]{6}")


class Inner(NamedTuple):
    """What was found in a text: the code, how it was found, and what was wrong."""

    text: str
    taken_off: tuple[str, ...] = ()
    fault: Fault | None = None
    layouts: tuple[str, ...] = ()
    is_guess: bool = False


def recovered(text: str, code: str) -> Inner | None:
    """Return the code in a text that fits no carrier; NoParcelNumberError where it is several labels.

    `code` is the text in its bare form.
    """
    if len(code) <= SHORTEST_NUMBER:
        return None
    return once(code) or _grouped(text) or _identified(text) or _with_check_sign(code) or _several(text, code)


def once(code: str) -> Inner | None:
    """Return the code of one label that was read several times in one line."""
    part = part_of_twice(code)
    return Inner(part, ("twice",)) if part else None


def _grouped(text: str) -> Inner | None:
    """Take out what stands around a number and between its groups; digits alone only where the groups look printed."""
    # A spreadsheet that takes a number for a quantity may show it with .0 behind.
    middle = text.strip(_AROUND).removesuffix(".0")
    code = re.sub(r"[^A-Za-z0-9]", "", middle).upper()
    if not _GROUPS.fullmatch(middle) or not proven(code):
        return None
    if certain(code) or len(code) == len(middle) or _EVEN_GROUPS.fullmatch(middle):
        return Inner(code, ("groups",))
    return None


def _identified(text: str) -> Inner | None:
    """Take off one letter in front that says what sort of code it is."""
    letter, rest = text[:1], squeezed(text[1:])
    if not (letter.isascii() and letter.isalpha()) or not proven(rest):
        return None
    return Inner(rest, ("code_id",), is_guess=not certain(rest) and letter not in _CODE_IDS)


def _with_check_sign(code: str) -> Inner | None:
    """Take off one sign behind, which Code 39 uses as a check sign of its own."""
    body, sign = code[:-1], code[-1:]
    is_its_check = mod43(body) == sign
    if certain(body) and (is_its_check or not sign.isdigit()):
        return Inner(body, ("check_sign",))
    if proven(body) and is_its_check and not sign.isdigit():
        return Inner(body, ("check_sign",))
    return None


def _several(text: str, code: str) -> Inner | None:
    """Find the one number beside a routing code or among words; refuse several."""
    if number := without_routing(code):
        return Inner(number, ("routing",))
    if numbers := labels_in(code):
        raise two_labels(numbers)
    if " " not in text and code.isalnum():
        return None
    if sscc := sscc_in(text):
        return Inner(sscc, ("words",))
    found = numbers_in(text)
    # Beside a number that is certain, one with only a right check digit is likely to be right by chance.
    found = tuple(number for number in found if certain(number)) or found
    if len(found) > 1:
        raise two_labels(found)
    return Inner(found[0], ("words",)) if found else None


def typed_on_another_layout(text: str) -> Inner | None:
    """Return what a scanner sent, where the computer's keyboard layout made something else of it.

    Raises NoParcelNumberError where that is something that is never stored.
    """
    if len(text) < SHORTEST_NUMBER and text.isascii() and _TYPED_FOR_A_HYPHEN.isdisjoint(text):
        return None
    sent_by: dict[str, list[Layout]] = {}
    for layout in LAYOUTS:
        sent = layout.back(text)
        if sent != text:
            sent_by.setdefault(sent, []).append(layout)
    for sent, layouts in sent_by.items():
        # On any keyboard a Wi-Fi code has to be refused: as a number its password would be stored.
        if ":" in sent and ":" not in text and (kind := certain_kind(sent)) not in {None, Kind.WEB_ADDRESS}:
            raise refusal(kind)
        if _speaks_for_itself(sent) or any(_shows(layout, text, sent) for layout in layouts):
            return Inner(sent, ("layout",), Fault.LAYOUT, tuple(each.name for each in layouts))
    if any(map(_begins_as_address, sent_by)):
        raise refusal(Kind.WEB_ADDRESS)
    return None


def _speaks_for_itself(sent: str) -> bool:
    """Tell whether it is a carrier's number without doubt, or the beginning of an address or an envelope."""
    if _LIKE_A_NUMBER.fullmatch(sent):
        return certain(squeezed(sent)) or certain(squeezed(_AIM.sub("", sent)).replace("-", ""))
    if envelopes.is_envelope(sent):
        return bool(envelopes.number_in(sent)[0])
    return _begins_as_address(sent) and addresses.number_in(sent) is not None


def _begins_as_address(sent: str) -> bool:
    return re.match(r"https?://", sent, re.IGNORECASE) is not None


def _shows(layout: Layout, text: str, sent: str) -> bool:
    """Tell whether signs stand where a number has digits or a hyphen, and this layout has those signs there."""
    typed = text.lower()
    has_hyphen = layout.hyphen != "-" and layout.hyphen in typed
    if not has_hyphen and layout.digit_signs.isdisjoint(typed):
        return False
    code = squeezed(sent)
    if not code.isascii() or not code.replace("-", "").isalnum():
        return False
    for_digits = "".join(sign for sign in typed if sign in layout.digit_signs)
    if for_digits and not for_digits.isascii() and proven(code):
        return True
    if len(for_digits) >= 4 and 2 * len(for_digits) >= len(code):
        return not for_digits.isascii() and not any("0" <= sign <= "9" for sign in typed)
    rest = (sign for sign in typed if sign != layout.hyphen and sign not in layout.digit_signs)
    is_plain = layout.hyphen not in "+=*" and all(sign.isascii() and sign.isalnum() for sign in rest)
    own = _OWN if is_plain else _OWN_MADE_HERE
    return has_hyphen and own.fullmatch(code) is not None and any(map(str.isdigit, code))
