"""How numbers, their carriers and what is unclear about them read on a screen. Words only; no widget, no rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.models.parcels import NumberQuestion, Parcel, ParcelState
from kiosk.tracking.scan import Check
from kiosk.tracking.wording import CARRIERS
from screens.widgets.choice_list import Choice
from screens.widgets.notice import Greeting, NoticeKind
from screens.wording import time_of_day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiosk.tracking.scan import Candidate

_CHECKS = {Check.OK: "check digit right", Check.NONE: "no check digit", Check.BAD: "check digit wrong"}


def read_as(reading: Candidate) -> str:
    """Return which rule read the number: `UPS 1Z, check digit right`."""
    return f"{CARRIERS[reading.carrier.value]} {reading.format}, {_CHECKS[reading.check]}"


def choice(reading: Candidate) -> Choice:
    """Return one way to read the barcode as a row to choose."""
    return Choice(
        CARRIERS[reading.carrier.value], f"{reading.format}, {_CHECKS[reading.check]}", reading.tracking_number
    )


def taken(parcel: Parcel, readings: Sequence[Candidate], left: Parcel | None = None) -> Greeting:
    """Return what is said of a parcel that was just scanned: how its number was read, or what is unclear about it.

    `left` is the parcel that waits for its recipient meanwhile.
    """
    if parcel.question is not None:
        return question(parcel, readings)
    words = read_as(readings[0]) if readings else "In-house number"
    waits = f"Parcel {left.tracking_number} stays under Unfinished." if left is not None else ""
    return Greeting(f"{words}.", waits, NoticeKind.TAKEN)


def several(count: int, last: Parcel) -> Greeting:
    """Return what is said after several parcels were scanned in one burst."""
    title = f"{count} parcels were taken in; this is the last one, {last.tracking_number}."
    return Greeting(title, "The others stay under Unfinished.", NoticeKind.TAKEN)


def joined(parcel: Parcel) -> Greeting:
    """Return what is said after two codes became one box."""
    return Greeting(f"{parcel.tracking_number} is on the same box: it finds this parcel too.", kind=NoticeKind.TAKEN)


def question(parcel: Parcel, readings: Sequence[Candidate]) -> Greeting:
    """Return what is unclear about a parcel's number, and what to do."""
    match parcel.question:
        case NumberQuestion.TWO_CARRIERS:
            carriers = " and ".join(CARRIERS[each.carrier.value] for each in readings[:2])
            return Greeting(f"{carriers} both fit this number.", "Look at the label: whose parcel is it?")
        case NumberQuestion.CHECK_DIGIT:
            whose = f"{CARRIERS[readings[0].carrier.value]} number" if readings else "number"
            title = f"The check digit of this {whose} is wrong: it was misread or mistyped."
            return Greeting(title, "Scan it again. Nothing is asked of the lockers yet.", NoticeKind.STOP)
        case NumberQuestion.TO_WRITE:
            return Greeting("This parcel bears no barcode.", "Write the number on the box, or print it.")
        case _:
            hint = "Is it the right barcode? Scan another one of the box, or take this as an in-house number."
            return Greeting("No carrier's number looks like this one.", hint)


def added(before: Parcel, parcel: Parcel, readings: Sequence[Candidate]) -> Greeting:
    """Return what is said after another barcode of the same box was scanned."""
    if parcel.question is not None and parcel.question is not before.question:
        return question(parcel, readings)
    if parcel.tracking_number != before.tracking_number:
        title = f"{read_as(readings[0])}: this is the parcel's number now."
        return Greeting(title, f"{before.tracking_number} finds it too.")
    return Greeting(f"{parcel.other_codes[-1]} was added: it finds this parcel too.")


def seen_before(parcel: Parcel, bank_label: Callable[[str], str]) -> Greeting:
    """Return where a parcel is that somebody scans again; `bank_label` names a bank by its id."""
    return Greeting(f"Not new: {_where(parcel, bank_label)}.")


def _where(parcel: Parcel, bank_label: Callable[[str], str]) -> str:
    place = parcel.place
    locker = f"locker {place.locker_unit_id}, {bank_label(place.locker_bank_id)}" if place else ""
    if parcel.state is ParcelState.DEPOSITED and parcel.deposited_at is not None:
        return f"in {locker} since {time_of_day(parcel.deposited_at)}"
    since = time_of_day(parcel.taken_in_at)
    if parcel.state is ParcelState.HELD:
        return f"on the shelf at {parcel.shelf}, taken in at {since}"
    return f"taken in at {since}, {locker} is held for it" if locker else f"taken in at {since} and not finished"
