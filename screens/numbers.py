"""How numbers, their carriers and what is unclear about them read on a screen. Words only; no widget, no rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import NumberQuestion
from kiosk.tracking.cleaning import canonical, clean
from kiosk.tracking.damage import Fault
from kiosk.tracking.other_codes import NEVER_STORED
from kiosk.tracking.readings import Check
from kiosk.words.tracking import CARRIERS, KINDS, what_happened
from screens.widgets.choice_list import Choice
from screens.widgets.notice import Greeting, NoticeKind
from screens.wording import time_of_day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiosk.tracking.readings import Candidate
    from kiosk.tracking.scan import Scan

_CHECKS = {Check.OK: "check digit right", Check.NONE: "no check digit", Check.BAD: "check digit wrong"}


def read_as(reading: Candidate) -> str:
    """Return which rule read the number: `UPS 1Z, check digit right`."""
    return f"{CARRIERS[reading.carrier.value]} {reading.format}, {_CHECKS[reading.check]}"


def choice(reading: Candidate) -> Choice:
    """Return one way to read the barcode as a row to choose."""
    return Choice(
        CARRIERS[reading.carrier.value], f"{reading.format}, {_CHECKS[reading.check]}", reading.tracking_number
    )


def in_house_choice(parcel: Parcel, scan: Scan | None) -> Choice | None:
    """Return the row that takes the barcode as an in-house number; None where it must not be stored as one."""
    kind = scan.kind if scan else None
    if kind in NEVER_STORED:
        return None
    detail = f"It may be {KINDS[kind]}" if kind else "A number of no carrier"
    return Choice("In-house", detail, parcel.tracking_number)


def layout_choices(parcel: Parcel) -> list[Choice]:
    """Return the rows for a number that came through another keyboard layout: what was sent, and what arrived."""
    arrived = canonical(clean(parcel.scanned))
    return [
        Choice("As the scanner sent it", "With the keyboard layout undone", parcel.tracking_number),
        Choice("As it arrived", "It is an in-house number with such signs", arrived),
    ]


def needs_another_scan(parcel: Parcel, scan: Scan | None) -> bool:
    """Tell whether the number is surely not whole, so that it takes a key of its own to go on with it."""
    if parcel.question is not NumberQuestion.DAMAGED:
        return parcel.question is NumberQuestion.CHECK_DIGIT
    return scan is None or scan.fault is not Fault.LAYOUT


def taken(parcel: Parcel, scan: Scan | None, left: Parcel | None = None) -> Greeting:
    """Return what is said of a parcel that was just scanned: how its number was read, or what is unclear about it.

    `left` is the parcel that waits for its recipient meanwhile.
    """
    if parcel.question is not None:
        return question(parcel, scan)
    waits = f"Parcel {left.tracking_number} stays under Unfinished." if left is not None else ""
    return Greeting(f"{_read(scan)}.", waits, NoticeKind.TAKEN)


def several(count: int, last: Parcel) -> Greeting:
    """Return what is said after several parcels were scanned in one burst."""
    title = f"{count} parcels were taken in; this is the last one, {last.tracking_number}."
    return Greeting(title, "The others stay under Unfinished.", NoticeKind.TAKEN)


def joined(parcel: Parcel) -> Greeting:
    """Return what is said after two codes became one box."""
    return Greeting(f"{parcel.tracking_number} is on the same box: it finds this parcel too.", kind=NoticeKind.TAKEN)


def question(parcel: Parcel, scan: Scan | None) -> Greeting:
    """Return what is unclear about a parcel's number, and what to do."""
    readings = scan.equally_good if scan else ()
    match parcel.question:
        case NumberQuestion.TWO_CARRIERS:
            carriers = " and ".join(CARRIERS[each.carrier.value] for each in readings[:2])
            return Greeting(f"{carriers} both fit this number.", "Look at the label: whose parcel is it?")
        case NumberQuestion.CHECK_DIGIT:
            whose = CARRIERS[readings[0].carrier.value] if readings else "SSCC"
            title = f"The check digit of this {whose} number is wrong: it was misread or mistyped."
            return Greeting(title, "Scan it again. Nothing is asked of the lockers yet.", NoticeKind.STOP)
        case NumberQuestion.TO_WRITE:
            return Greeting("This parcel bears no barcode.", "Write the number on the box, or print it.")
        case NumberQuestion.GUESS:
            return Greeting("This may be a tracking number, but many other codes look the same.", _LOOK_AT_LABEL)
        case NumberQuestion.LOOK_ALIKE | NumberQuestion.DAMAGED | NumberQuestion.NO_CARRIER | None:
            return _by_kind(parcel.question, scan, readings)


_LOOK_AT_LABEL = "Look at the label, and scan the barcode over the tracking number."
_OR_IN_HOUSE = "Scan another barcode of the box, or take this as an in-house number."


def _by_kind(asked: NumberQuestion | None, scan: Scan | None, readings: Sequence[Candidate]) -> Greeting:
    """Return what the code is or may be instead, or what happened to it."""
    happened = what_happened(scan) if scan else ""
    if asked is NumberQuestion.DAMAGED and scan is not None and scan.fault is Fault.LAYOUT:
        return Greeting(happened, "Compare the number with the label. Tell the administrator about the scanner.")
    if asked is NumberQuestion.DAMAGED and happened:
        return Greeting(happened, "Scan the label again. Nothing is asked of the lockers yet.", NoticeKind.STOP)
    if scan is None or scan.kind is None:
        title = "No carrier's number looks like this one."
        return Greeting(title, f"Is it the right barcode? {_OR_IN_HOUSE}")
    if readings:
        carrier = CARRIERS[readings[0].carrier.value]
        return Greeting(f"It fits {carrier}, but it may be {KINDS[scan.kind]}.", _LOOK_AT_LABEL)
    return Greeting(f"This looks like {KINDS[scan.kind]}.", _OR_IN_HOUSE)


def added(before: Parcel, parcel: Parcel, scan: Scan | None) -> Greeting:
    """Return what is said after another barcode of the same box was scanned."""
    if parcel.question is not None and parcel.question is not before.question:
        return question(parcel, scan)
    if parcel.tracking_number != before.tracking_number:
        title = f"{_read(scan)}: this is the parcel's number now."
        return Greeting(title, f"{before.tracking_number} finds it too.")
    return Greeting(f"{parcel.other_codes[-1]} was added: it finds this parcel too.")


def _read(scan: Scan | None) -> str:
    if scan and scan.candidates:
        return read_as(scan.candidates[0])
    return "SSCC, check digit right" if scan and scan.asks is None else "In-house number"


def seen_before(parcel: Parcel, bank_label: Callable[[str], str]) -> Greeting:
    """Return where a parcel is that somebody scans again; `bank_label` names a bank by its id."""
    return Greeting(f"Not new: {_where(parcel, bank_label)}.")


def _where(parcel: Parcel, bank_label: Callable[[str], str]) -> str:
    place = parcel.place
    locker = f"locker {place.locker_unit_id}, {bank_label(place.locker_bank_id)}" if place else ""
    if parcel.is_in_locker and parcel.deposited_at is not None:
        return f"in {locker} since {time_of_day(parcel.deposited_at)}"
    since = time_of_day(parcel.taken_in_at)
    if parcel.is_on_shelf:
        return f"on the shelf at {parcel.shelf}, taken in at {since}"
    return f"taken in at {since}, {locker} is held for it" if locker else f"taken in at {since} and not finished"
