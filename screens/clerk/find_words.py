"""How the find screen says what was found, and what the locker service says beside it. Words only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.words.language import N_, _, ngettext
from kiosk.words.mismatches import mismatch_words
from kiosk.words.numbers import number
from kiosk.words.people import person
from kiosk.words.places import place_words
from kiosk.words.plain import plain, shorten
from kiosk.words.times import short_day, short_month, time_of_day
from screens.clerk_actions import ASK_SERVICE, TAKE_FOUND_IN
from screens.widgets.notice import Greeting, NoticeKind
from screens.wording import other_row, parcel_row

if TYPE_CHECKING:
    from kiosk.desk.comparing import Compared
    from kiosk.desk.searching import Fits
    from kiosk.parcels.contacts import Contact
    from kiosk.words.places import Label
    from screens.widgets.parcel_list import ParcelRow

SHOWN_SIGNS = 40
"""How much of a text that nothing fits is repeated."""

WHAT_TO_TYPE = N_("part of a number, a name, a locker, a shelf place, a day")
NOTHING_TYPED = N_("Scan a parcel, or type what you know of it.")
DAYS = N_("A day: yesterday, 24.11., 11/24, 2026-11-24")
OFFLINE = N_("The locker service can't be asked now. This is what the desk knows.")


def found_rows(fits: Fits, label: Label, now: datetime) -> list[ParcelRow]:
    """Return parcels of any day as rows; those of other desks are marked with the desk's name."""
    today = now.astimezone().date()
    rows = [parcel_row(parcel, label, on=today) for parcel in fits.parcels]
    rows += [other_row(parcel, label, on=today) for parcel in fits.others]
    return [replace(row, time=_when(parcel.taken_in_at, now)) for row, parcel in zip(rows, fits.found, strict=True)]


def _when(moment: datetime, now: datetime) -> str:
    """Return a time of today, a day of this year, or the month of an older one, in six cells at most."""
    day, today = moment.astimezone().date(), now.astimezone().date()
    if day == today:
        return time_of_day(moment)
    return short_day(day) if day.year == today.year else short_month(day)


def count_words(fits: Fits) -> str:
    """Return how many were found; that there are none stands in the list."""
    count = len(fits.found)
    if not count:
        return ""
    if fits.is_full:
        return _("{count} or more found: type more to find fewer").format(count=number(count))
    if fits.others:
        text = ngettext(
            "{count} parcel found, {others} of them at other desks",
            "{count} parcels found, {others} of them at other desks",
            count,
        )
        return text.format(count=number(count), others=number(len(fits.others)))
    return ngettext("{count} parcel found", "{count} parcels found", count).format(count=number(count))


def nothing_fits(fits: Fits) -> str:
    """Return what the empty list says of a text."""
    return _("Nothing matches “{text}”. Try fewer letters, or another part.").format(
        text=shorten(fits.text, SHOWN_SIGNS)
    )


def not_here(fits: Fits) -> Greeting:
    """Return what is said of a scanned number that is not here."""
    text = _("{number} is not here, but at desk {desk}.") if fits.others else _("{number} is not here.")
    desk = plain(fits.others[0].desk_name) if fits.others else ""
    title = text.format(number=shorten(fits.text, SHOWN_SIGNS, "start"), desk=desk)
    hint = _("Press {key} to take it in, or {ask} to ask the locker service.")
    said = hint.format(key=TAKE_FOUND_IN.key_label, ask=ASK_SERVICE.key_label) if fits.may_be_new else ""
    return Greeting(title, said)


def number_at_service(compared: Compared, label: Label) -> Greeting:
    """Return what the service has of a number, and where that differs."""
    if compared.held is None and compared.parcel is None:
        title = _("{number} is not here, and in no locker.").format(number=compared.tracking_number)
        return Greeting(title, _("Press {key} to take it in.").format(key=TAKE_FOUND_IN.key_label))
    if compared.held is None:
        title = _("The locker service has {number} in no locker.").format(number=compared.tracking_number)
    else:
        place = place_words(compared.held.place, label)
        text = _("The locker service has {number} in {place}.")
        title = text.format(number=compared.tracking_number, place=place)
    return _with_differences(title, [compared], label)


def contact_at_service(contact: Contact, compared: Sequence[Compared], label: Label) -> Greeting:
    """Return how much the service has for a recipient, and the first difference."""
    count = sum(each.held is not None for each in compared)
    words = _("The locker service has no parcel for {name}.")
    if count:
        words = ngettext(
            "The locker service has {count} parcel for {name}.",
            "The locker service has {count} parcels for {name}.",
            count,
        )
    return _with_differences(words.format(count=count, name=person(contact)), compared, label)


def _with_differences(title: str, compared: Sequence[Compared], label: Label) -> Greeting:
    differences = [said for each in compared if (said := mismatch_words(each, label))]
    more = len(differences) - 1
    if more > 0:
        differences[1:] = [ngettext("{count} more differs.", "{count} more differ.", more).format(count=more)]
    return Greeting(title, " ".join(differences), NoticeKind.LOOK if differences else NoticeKind.DONE)
