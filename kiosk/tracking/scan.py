"""Reads a raw scan: what wraps the number, which carriers fit, what it is instead, which number to use. No I/O.

The way: clean (`cleaning`), unwrap (`wrappers`), read (`readings`), look again (`recovery`). What fits nobody is an
in-house number. Reading is idempotent: the number of a scan, read again, is the same number of the same carrier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.errors import UnreadableScanError
from kiosk.parcels.carriers import Carrier
from kiosk.tracking.cleaning import LONGEST_NUMBER, as_it_stands, canonical, clean, squeezed
from kiosk.tracking.damage import Fault, half_of, is_float, is_rounded
from kiosk.tracking.formats import Strength
from kiosk.tracking.other_codes import Kind, is_gs1, kind_of_digits, kind_of_shape
from kiosk.tracking.readings import Candidate, Check, certain, equally_good, readings
from kiosk.tracking.recovery import Inner, once, recovered, typed_on_another_layout
from kiosk.tracking.refusals import refusal, rounded, test_code
from kiosk.tracking.testcode import found_in
from kiosk.tracking.wrappers import unwrap

__all__ = [
    "LONGEST_NUMBER",
    "Ask",
    "Candidate",
    "Check",
    "Scan",
    "is_unmistakable",
    "read_scan",
    "spellings",
    "tracking_number",
]

_ROUNDS = 4
"""How often an in-house text is read again until it stays: capitals may make something else of a sign."""

_LONG = 16
"""Digits from which on the beginning of a longer number is likelier than a whole one of this length."""

_HOLDS_MORE = frozenset({"envelope", "address", "words"})
"""Around these numbers stand names, addresses and sentences, which nobody needs to keep."""


class Ask(StrEnum):
    """What a person has to be asked about a scan; the values are the codes that machines see."""

    IN_HOUSE = "in_house"
    """No carrier's number looks like it (`kind` may say what does)."""
    TWO = "two"
    """Several carriers fit equally well."""
    BAD = "bad"
    """The check digit is wrong."""
    GUESS = "guess"
    """Its shape fits a carrier, and many other codes."""
    LOOK_ALIKE = "look_alike"
    """It fits a carrier, and it may be something else (`kind`)."""
    FAULT = "fault"
    """Something happened to it on the way (`fault`)."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A raw scan and everything it may be, best first."""

    raw: str
    tracking_number: str
    """The number to use: the best candidate's, or the text itself."""
    candidates: tuple[Candidate, ...]
    taken_off: tuple[str, ...] = ()
    """What was taken off, outermost first: aim, stars, envelope, address, gs1, codabar..."""
    kind: Kind | None = None
    """What it is, or may be, instead of a carrier's number."""
    fault: Fault | None = None
    layouts: tuple[str, ...] = ()
    """The names of the keyboard layouts that explain the fault."""
    half_of: Carrier | None = None
    """Whose number it is the beginning of."""
    told: Carrier | Kind | None = None
    """Whose or what the wrapper says it is."""

    @property
    def asks(self) -> Ask | None:
        """What to ask; None where the scan leaves nothing open."""
        if self.fault is not None:
            return Ask.FAULT
        return self._asks_of_carriers() if self.candidates else self._asks_of_no_carrier()

    def _asks_of_carriers(self) -> Ask | None:
        best = equally_good(self.candidates)
        if best[0].check is Check.BAD:
            return Ask.BAD
        # A wrapper that names the carrier settles it, whatever else the digits look like.
        if self.told is best[0].carrier:
            return None
        if self.kind is not None:
            return Ask.LOOK_ALIKE
        if best[0].is_guess:
            return Ask.GUESS
        return Ask.TWO if len(best) > 1 else None

    def _asks_of_no_carrier(self) -> Ask | None:
        if self.kind is not Kind.SSCC:
            return Ask.IN_HOUSE
        return None if is_gs1(self.tracking_number[-18:]) else Ask.BAD

    @property
    def equally_good(self) -> tuple[Candidate, ...]:
        """The ways to read it that a person may choose from, the likeliest first."""
        return equally_good(self.candidates)

    @property
    def is_misread(self) -> bool:
        """Tell whether its check digit is wrong by every reading."""
        return (
            self.kind is None
            and self.fault is None
            and self.candidates[:1] != ()
            and self.candidates[0].check is Check.BAD
        )

    @property
    def is_certain(self) -> bool:
        """Tell whether a right check digit, or a shape that nothing else has, proves it a parcel's number."""
        return any(each.is_proven for each in self.candidates) or (self.kind is Kind.SSCC and self.asks is None)

    @property
    def carrier(self) -> Carrier | None:
        """Whose number it is, where nothing has to be asked."""
        return self.candidates[0].carrier if self.candidates and self.asks is None else None

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every number by which this scan's parcel may be known, the number to use first."""
        number = self.tracking_number
        others = [each.tracking_number for each in self.candidates if each.check is not Check.BAD]
        if self.kind is Kind.SSCC and not self.candidates:
            others.append(number[2:] if len(number) == 20 else f"00{number}")
        return tuple(dict.fromkeys((number, *others)))

    @property
    def known_as(self) -> tuple[str, ...]:
        """Every number under which it may be known here or at the service, the one to use first.

        The last is the text as it came, for whoever wrote it down without the kiosk.
        """
        return tuple(dict.fromkeys((*self.spellings, as_it_stands(clean(self.raw))[:LONGEST_NUMBER])))

    @property
    def storable(self) -> str:
        """The raw scan as it may be written down: the number alone where names and addresses stood around it."""
        if len(self.raw) > LONGEST_NUMBER or not _HOLDS_MORE.isdisjoint(self.taken_off):
            return self.tracking_number
        return self.raw.encode(errors="replace").decode()  # half a character can't be written down


def read_scan(raw: str) -> Scan:
    """Return what a raw scan may be; raises UnreadableScanError for an empty one or one too long for any number.

    Raises NoParcelNumberError for what is certainly something else, such as a Wi-Fi code or a routing code.
    """
    test = found_in(raw)
    if test is not None:
        raise test_code(test)
    # A bare number needs no unwrapping, but with a wrong check digit it may have something around it after all.
    plain = _plain(raw, raw.upper()) if raw.isalnum() and raw.isascii() else None
    scan = _interpreted(raw) if plain is None or plain.is_misread else plain
    for _ in range(_ROUNDS):
        if scan.tracking_number == raw or _stays(scan):
            return scan
        whole = _whole(scan, raw)
        if whole is not None:
            return whole
        scan = replace(_interpreted(scan.tracking_number), raw=raw)
    raise UnreadableScanError("no_one_number")


def tracking_number(raw: str) -> str:
    """Return the number to use of a raw scan; raises UnreadableScanError."""
    return read_scan(raw).tracking_number


def spellings(raw: str) -> tuple[str, ...]:
    """Return every number under which a text may be known (`Scan.known_as`); raises UnreadableScanError."""
    return read_scan(raw).known_as


def is_unmistakable(text: str) -> bool:
    """Tell whether a text is a carrier's number by a shape that no other text has, whatever stands in front of it."""
    return text.isascii() and text.isalnum() and certain(text.upper())


def _stays(scan: Scan) -> bool:
    """Tell whether the number alone is read as the same number of the same carrier."""
    number = scan.tracking_number
    again = _plain(number, number) if number.isalnum() and number.isascii() else None
    if again is None or again.is_misread:
        again = _interpreted(number)
    return again.tracking_number == number and _first(again) is _first(scan)


def _first(scan: Scan) -> Carrier | None:
    return scan.candidates[0].carrier if scan.candidates else None


def _interpreted(raw: str) -> Scan:
    text = clean(raw)
    wrapped = unwrap(text)
    if wrapped.told is Kind.GTIN or wrapped.told is Kind.SSCC:
        return Scan(raw, wrapped.text, (), wrapped.taken_off, wrapped.told, told=wrapped.told)
    scan = _of(raw, wrapped.text)
    told = wrapped.told if isinstance(wrapped.told, Carrier) and _first(scan) is wrapped.told else None
    kind = None if told else scan.kind
    return replace(scan, taken_off=(*wrapped.taken_off, *scan.taken_off), told=told, kind=kind)


def _of(raw: str, text: str, *, translates: bool = True) -> Scan:
    """Read a text without its wrappers, and look again where no carrier fits it."""
    if is_float(text):
        raise rounded()
    code = squeezed(text)
    plain = _plain(raw, code)
    if plain is not None and not plain.is_misread:
        return plain
    inner = once(code) if plain else recovered(text, code)
    if inner is not None:
        return _inside(raw, inner)
    if translates and (inner := typed_on_another_layout(text)) is not None:
        sent = unwrap(clean(inner.text))
        scan = _of(raw, sent.text, translates=False)
        return replace(
            scan, kind=None, fault=Fault.LAYOUT, layouts=inner.layouts, taken_off=(*inner.taken_off, *sent.taken_off)
        )
    if plain is not None:
        return plain
    return _in_house(raw, text, code)


def _plain(raw: str, code: str) -> Scan | None:
    """Read a bare code by its shape and its check digit; None where it fits nothing."""
    candidates = readings(code)
    kind = kind_of_digits(code) if code.isascii() and code.isdigit() else None
    if kind is not None:
        # What fits another kind is that kind, and no carrier's number that was misread.
        candidates = tuple(each for each in candidates if each.check is not Check.BAD)
    elif candidates and candidates[0].is_guess:
        kind = kind_of_shape(code)
    if kind is Kind.ROUTING and not candidates:
        raise refusal(kind)
    if not candidates and kind is None:
        return None
    number = candidates[0].tracking_number if candidates else code
    if is_rounded(code):
        return Scan(raw, number, candidates, kind=kind, fault=Fault.FLOAT)
    whose = half_of(code) if candidates and _may_be_half(candidates[0], code) else None
    return Scan(raw, number, candidates, kind=kind, fault=Fault.HALF if whose else None, half_of=whose)


def _may_be_half(candidate: Candidate, code: str) -> bool:
    """Tell whether a longer number's beginning may fit this carrier by chance."""
    return candidate.is_guess or (candidate.strength is Strength.LIKELY and len(code) >= _LONG)


def _inside(raw: str, inner: Inner) -> Scan:
    """Read the code that was found in a text."""
    code = squeezed(inner.text)
    scan = _plain(raw, code) or _in_house(raw, inner.text, code)
    if inner.is_guess:
        guesses = tuple(replace(each, strength=Strength.GUESS) for each in scan.candidates)
        scan = replace(scan, candidates=guesses)
    return replace(scan, taken_off=inner.taken_off)


def _in_house(raw: str, text: str, code: str) -> Scan:
    number = canonical(text)
    if is_rounded(code):
        return Scan(raw, number, (), fault=Fault.FLOAT)
    whose = half_of(code)
    if whose is not None:
        return Scan(raw, number, (), fault=Fault.HALF, half_of=whose)
    return Scan(raw, number, (), kind=kind_of_shape(number))


def _whole(scan: Scan, raw: str) -> Scan | None:
    """Return the scan under its whole code, where the part that a carrier reads in it means something else alone."""
    code = squeezed(unwrap(clean(raw)).text)
    if not scan.candidates or scan.fault or readings(code) != scan.candidates:
        return None
    first, *others = scan.candidates
    return replace(scan, tracking_number=code, candidates=(replace(first, tracking_number=code), *others))
