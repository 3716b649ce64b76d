"""How numbers, their carriers and what is unclear about them read in several front ends. Words only; no rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import Enum, auto
from typing import NamedTuple

from kiosk.parcels.carriers import CARRIER_NAMES
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import NumberQuestion
from kiosk.tracking.cleaning import canonical, clean
from kiosk.tracking.damage import Fault
from kiosk.tracking.other_codes import NEVER_STORED
from kiosk.tracking.readings import Candidate
from kiosk.tracking.scan import Scan
from kiosk.words.language import N_, _, ngettext
from kiosk.words.times import since
from kiosk.words.tracking import CHECKS, KINDS, what_happened

_LOOK_AT_LABEL = N_("Look at the label, and scan the barcode that has the tracking number with it.")


class Tone(Enum):
    """What sort of thing is said."""

    TAKEN = auto()
    LOOK = auto()
    STOP = auto()


class NumberSaid(NamedTuple):
    """What is said of a number: what happened, and what to do."""

    title: str
    hint: str = ""
    tone: Tone = Tone.LOOK


class Reading(NamedTuple):
    """One way to read a barcode: whose number it is, how that is known, and the number."""

    main: str
    detail: str
    number: str


def choice(reading: Candidate) -> Reading:
    """Return one way to read the barcode as an answer to choose."""
    return Reading(_carrier(reading), _format_and_check(reading), reading.tracking_number)


def in_house_choice(parcel: Parcel, scan: Scan | None) -> Reading | None:
    """Return the answer that takes the barcode as an in-house number; None where it must not be stored as one."""
    kind = scan.kind if scan else None
    if kind in NEVER_STORED:
        return None
    detail = _("It may be {kind}.").format(kind=_(KINDS[kind])) if kind else _("Not a carrier's number.")
    return Reading(_("In-house"), detail, parcel.tracking_number)


def layout_choices(parcel: Parcel) -> list[Reading]:
    """Return the answers for a number that came through another keyboard layout: what was sent, and what arrived."""
    arrived = canonical(clean(parcel.scanned))
    return [
        Reading(_("As the scanner sent it"), _("With the keyboard layout undone"), parcel.tracking_number),
        Reading(_("As it arrived"), _("An in-house number that is written like this"), arrived),
    ]


def needs_another_scan(parcel: Parcel, scan: Scan | None) -> bool:
    """Tell whether the number is surely not whole, so that it takes a key of its own to go on with it."""
    if parcel.question is not NumberQuestion.DAMAGED:
        return parcel.question is NumberQuestion.CHECK_DIGIT
    return scan is None or scan.fault is not Fault.LAYOUT


def taken(parcel: Parcel, scan: Scan | None, left: Parcel | None = None) -> NumberSaid:
    """Return what is said of a parcel that was just scanned: how its number was read, or what is unclear about it.

    `left` is the parcel that waits for its recipient meanwhile.
    """
    if parcel.question is not None:
        return question(parcel, scan)
    waits = _("Parcel {number} stays under Unfinished.").format(number=left.tracking_number) if left is not None else ""
    return NumberSaid(_read(scan), waits, Tone.TAKEN)


def several(count: int, last: Parcel) -> NumberSaid:
    """Return what is said after several parcels were scanned in one burst."""
    text = ngettext(
        "{count} parcel was taken in: {number}.",
        "{count} parcels were taken in; this is the last one, {number}.",
        count,
    )
    title = text.format(count=count, number=last.tracking_number)
    return NumberSaid(title, _("The others stay under Unfinished."), Tone.TAKEN)


def joined(parcel: Parcel) -> NumberSaid:
    """Return what is said after two codes became one box."""
    text = _("{number} is on the same box; scanning it finds this parcel too.")
    return NumberSaid(text.format(number=parcel.tracking_number), tone=Tone.TAKEN)


def question(parcel: Parcel, scan: Scan | None) -> NumberSaid:
    """Return what is unclear about a parcel's number, and what to do."""
    readings = scan.equally_good if scan else ()
    match parcel.question:
        case NumberQuestion.TWO_CARRIERS:
            first, second = map(_carrier, readings[:2])
            title = _("This number could be from {first} or {second}.").format(first=first, second=second)
            return NumberSaid(title, _("Look at the label: which carrier brought it?"))
        case NumberQuestion.CHECK_DIGIT:
            carrier = _carrier(readings[0]) if readings else "SSCC"
            text = _("The check digit of this {carrier} number is wrong: it was misread or mistyped.")
            hint = _("Scan it again. No locker has been reserved yet.")
            return NumberSaid(text.format(carrier=carrier), hint, Tone.STOP)
        case NumberQuestion.TO_WRITE:
            return NumberSaid(_("This parcel has no barcode."), _("Write the number on the box, or print it."))
        case NumberQuestion.GUESS:
            title = _("This may be a tracking number, but many other codes look the same.")
            return NumberSaid(title, _(_LOOK_AT_LABEL))
        case NumberQuestion.LOOK_ALIKE | NumberQuestion.DAMAGED | NumberQuestion.NO_CARRIER | None:
            return _by_kind(parcel.question, scan, readings)


def _by_kind(asked: NumberQuestion | None, scan: Scan | None, readings: Sequence[Candidate]) -> NumberSaid:
    """Return what the code is or may be instead, or what happened to it."""
    happened = what_happened(scan) if scan else ""
    if asked is NumberQuestion.DAMAGED and scan is not None and scan.fault is Fault.LAYOUT:
        hint = _("Compare the number with the label. Tell the administrator about the scanner.")
        return NumberSaid(happened, hint)
    if asked is NumberQuestion.DAMAGED and happened:
        return NumberSaid(happened, _("Scan the label again. No locker has been reserved yet."), Tone.STOP)
    if scan is None or scan.kind is None:
        title = _("This does not look like any carrier's number.")
        hint = _("Is it the right barcode? Scan another one on the box, or use this as an in-house number.")
        return NumberSaid(title, hint)
    kind = _(KINDS[scan.kind])
    if readings:
        text = _("It could be a {carrier} number, but it may be {kind}.")
        return NumberSaid(text.format(carrier=_carrier(readings[0]), kind=kind), _(_LOOK_AT_LABEL))
    hint = _("Scan another barcode on the box, or use this as an in-house number.")
    return NumberSaid(_("This looks like {kind}.").format(kind=kind), hint)


def added(before: Parcel, parcel: Parcel, scan: Scan | None) -> NumberSaid:
    """Return what is said after another barcode of the same box was scanned."""
    if parcel.question is not None and parcel.question is not before.question:
        return question(parcel, scan)
    if parcel.tracking_number != before.tracking_number:
        text = _("The parcel's number is {number} now. Scanning {before} finds it too.")
        sentence = text.format(number=parcel.tracking_number, before=before.tracking_number)
        return NumberSaid(_read(scan), sentence)
    text = _("{code} was added; scanning it finds this parcel too.")
    return NumberSaid(text.format(code=parcel.other_codes[-1]))


def seen_before(parcel: Parcel, now: datetime, bank_label: Callable[[str], str]) -> NumberSaid:
    """Return where a parcel is that somebody scans again; `bank_label` names a bank by its id."""
    taken_in = since(parcel.taken_in_at, now)
    unit, bank = (parcel.place.locker_unit_id, bank_label(parcel.place.locker_bank_id)) if parcel.place else ("", "")
    if parcel.is_in_locker and parcel.deposited_at is not None:
        text = _("Already here: in locker {unit}, {bank}, since {time}.")
        return NumberSaid(text.format(unit=unit, bank=bank, time=since(parcel.deposited_at, now)))
    if parcel.is_on_shelf:
        text = _("Already here since {time}: on the shelf at {place}.")
        return NumberSaid(text.format(place=parcel.shelf, time=taken_in))
    if unit:
        text = _("Already here since {time}, with locker {unit}, {bank}, reserved for it.")
        return NumberSaid(text.format(time=taken_in, unit=unit, bank=bank))
    return NumberSaid(_("Already here since {time}, not finished.").format(time=taken_in))


def _read(scan: Scan | None) -> str:
    """Return which rule read the number, as a sentence."""
    if scan and scan.candidates:
        reading = scan.candidates[0]
        text = _("{carrier} {format}, {check}.")
        return text.format(carrier=_carrier(reading), format=reading.format, check=_(CHECKS[reading.check]))
    return _("SSCC, check digit correct.") if scan and scan.asks is None else _("In-house number.")


def _carrier(reading: Candidate) -> str:
    return CARRIER_NAMES[reading.carrier]


def _format_and_check(reading: Candidate) -> str:
    return f"{reading.format}, {_(CHECKS[reading.check])}"
