"""How the screens show what is said of numbers (`kiosk/words/tracking_numbers.py`): greetings, and rows to choose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kiosk.parcels.parcel import Parcel
from kiosk.tracking.readings import Candidate
from kiosk.tracking.scan import Scan
from kiosk.words import tracking_numbers as numbers
from kiosk.words.tracking_numbers import NumberSaid, Reading, Tone, needs_another_scan
from screens.widgets.choice_list import Choice
from screens.widgets.notice import Greeting, NoticeKind

__all__ = ["needs_another_scan"]

_KINDS = {Tone.TAKEN: NoticeKind.TAKEN, Tone.LOOK: NoticeKind.LOOK, Tone.STOP: NoticeKind.STOP}


def choice(reading: Candidate) -> Choice:
    """Return one way to read the barcode as a row to choose."""
    return _row(numbers.choice(reading))


def in_house_choice(parcel: Parcel, scan: Scan | None) -> Choice | None:
    """Return the row that takes the barcode as an in-house number; None where it must not be stored as one."""
    reading = numbers.in_house_choice(parcel, scan)
    return None if reading is None else _row(reading)


def layout_choices(parcel: Parcel) -> list[Choice]:
    """Return the rows for a number that came through another keyboard layout."""
    return [_row(each) for each in numbers.layout_choices(parcel)]


def taken(parcel: Parcel, scan: Scan | None, left: Parcel | None = None) -> Greeting:
    """Return what is said of a parcel that was just scanned; `left` waits for its recipient meanwhile."""
    return _greeting(numbers.taken(parcel, scan, left))


def several(count: int, last: Parcel) -> Greeting:
    """Return what is said after several parcels were scanned in one burst."""
    return _greeting(numbers.several(count, last))


def joined(parcel: Parcel) -> Greeting:
    """Return what is said after two codes became one box."""
    return _greeting(numbers.joined(parcel))


def question(parcel: Parcel, scan: Scan | None) -> Greeting:
    """Return what is unclear about a parcel's number, and what to do."""
    return _greeting(numbers.question(parcel, scan))


def added(before: Parcel, parcel: Parcel, scan: Scan | None) -> Greeting:
    """Return what is said after another barcode of the same box was scanned."""
    return _greeting(numbers.added(before, parcel, scan))


def seen_before(parcel: Parcel, now: datetime, bank_label: Callable[[str], str]) -> Greeting:
    """Return where a parcel is that somebody scans again; `bank_label` names a bank by its id."""
    return _greeting(numbers.seen_before(parcel, now, bank_label))


def _greeting(said: NumberSaid) -> Greeting:
    return Greeting(said.title, said.hint, _KINDS[said.tone])


def _row(reading: Reading) -> Choice:
    return Choice(reading.main, reading.detail, reading.number)
