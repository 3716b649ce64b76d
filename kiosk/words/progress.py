"""What is said while a step is under way: whole sentences without an end, to which a front end adds its dots."""

from __future__ import annotations

from typing import assert_never

from kiosk.desk.progress import Doing, Progress
from kiosk.words.language import _
from kiosk.words.states import size_word


def progress_words(progress: Progress) -> str:
    """Return what is under way."""
    unit = progress.locker_unit_id
    match progress.doing:
        case Doing.RESERVING_UNIT:
            return _("Reserving locker {unit} in {bank}").format(unit=unit, bank=progress.bank)
        case Doing.RESERVING_SIZE:
            return _("Reserving a {size} locker in {bank}").format(size=size_word(progress.size), bank=progress.bank)
        case Doing.TAKEN_MEANWHILE:
            return _("Locker {unit} has just been taken; trying the next one").format(unit=unit)
        case Doing.ADDING:
            return _("Adding the parcel to locker {unit}").format(unit=unit)
        case Doing.NAMING_AGAIN:
            text = _("Locker {unit} no longer lists {numbers}; adding them again")
            return text.format(unit=unit, numbers=", ".join(progress.tracking_numbers))
        case _ as never:
            assert_never(never)
