"""How parcels, doors and the status line read on a screen. Words only; no widget, no rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len

from kiosk.parcels.states import ParcelState, UnitState
from kiosk.words.devices import device_signs
from kiosk.words.language import N_, _, ngettext
from kiosk.words.people import initials, person, recipient
from kiosk.words.places import shelf_words
from kiosk.words.plain import shorten
from kiosk.words.printer import printer_sign
from kiosk.words.signs import ARROW, DIAMOND, FULL, HOLLOW, TICK
from kiosk.words.times import short_day, time_of_day
from screens.widgets.parcel_list import ParcelRow
from screens.widgets.status_bar import Connection, Status

if TYPE_CHECKING:
    from kiosk.parcels.choosing import BankView
    from kiosk.parcels.contacts import Contact
    from kiosk.parcels.other_desks import OtherParcel
    from kiosk.parcels.parcel import Parcel
    from kiosk.wiring import Services
    from screens.widgets.door_plan import Door


LEAST_DESK = 10
"""Cells of a sign and the name of another desk, at least."""
LONGEST_PLACE, LONGEST_END = 16, 9
"""Cells of a place and of a number where a parcel is told in one line."""


def is_department(contact: Contact | None) -> bool:
    """Tell whether several people collect for it, without a code."""
    return contact is not None and contact.contact_type.value == "department"


def pickup_needs(contact: Contact | None) -> str:
    """Return what is special about the pickup: no code for a department, a locker within reach."""
    if contact is None:
        return ""
    needs = [_("department: personal id, no code")] if is_department(contact) else []
    needs += [_("needs a locker within reach")] if contact.accessible else []
    return " · ".join(needs)


def code_void_words(parcel: Parcel, others: Sequence[str]) -> str:
    """Return what becomes of the code that somebody has, once another deposit is recorded for the parcel's locker."""
    if is_department(parcel.contact):
        return _("A department needs no code. No door opens by this.")
    if not others:
        return _("The code that the recipient has is void then. No door opens by this.")
    text = _(
        "The code that the recipient has is void then, also for {others} in the same locker. No door opens by this."
    )
    return text.format(others=", ".join(others))


def parcel_row(
    parcel: Parcel, bank_label: Callable[[str], str], *, on: date, has_room: bool = False, is_named: bool = True
) -> ParcelRow:
    """Return a parcel as a row of the home screen's list; `bank_label` names a bank by its id.

    Its time is that of its scan, the day where that was not `on` this one. A person's name stands there in full only
    while `is_named`.
    """
    shown = recipient(parcel)
    if not is_named and not is_department(parcel.contact) and (parcel.contact is None or parcel.contact.name):
        shown = initials(shown)
    sign, word, tone = (HOLLOW, _("locker free"), "free") if has_room else _state(parcel)
    day = parcel.taken_in_at.astimezone().date()
    return ParcelRow(
        time=time_of_day(parcel.taken_in_at) if day == on else short_day(day),
        number=parcel.tracking_number,
        recipient=shown,
        place=_place(parcel, bank_label),
        unit=parcel.place.locker_unit_id if parcel.place and not parcel.shelf else "",
        sign=sign,
        state=word,
        tone=tone,
    )


def other_row(parcel: OtherParcel, bank_label: Callable[[str], str], *, on: date) -> ParcelRow:
    """Return a parcel of another desk as a row; in the place of its state stands that desk's name."""
    day = parcel.taken_in_at.astimezone().date()
    return ParcelRow(
        time=time_of_day(parcel.taken_in_at) if day == on else short_day(day),
        number=parcel.tracking_number,
        recipient=person(parcel.contact),
        place=_place(parcel, bank_label),
        unit=parcel.place.locker_unit_id if parcel.place else "",
        sign=ARROW,
        state=_("desk {desk}").format(desk=parcel.desk_name),
        tone="reserved",
        least=cell_len(_("desk {desk}").format(desk="")) + LEAST_DESK,
    )


def in_one_line(row: ParcelRow) -> str:
    """Return a parcel in short: where it is, for whom, the end of its number."""
    place = shorten(f"{row.place} {row.unit}".strip(), LONGEST_PLACE, "start")
    return " · ".join(part for part in (place, row.recipient, shorten(row.number, LONGEST_END, "start")) if part)


def _place(parcel: Parcel | OtherParcel, bank_label: Callable[[str], str]) -> str:
    """Return the shelf place or the bank; a locker's number stands behind it."""
    if parcel.shelf:
        return shelf_words(parcel.shelf)
    return bank_label(parcel.place.locker_bank_id) if parcel.place else ""


def new_parcel_row(number: str) -> ParcelRow:
    """Return the row that offers to take in a number that was typed."""
    return ParcelRow("", number, _("Take it in"), "", "+", _("new parcel"), "free")


def status_of(services: Services, signed_in: str) -> Status:
    """Return what the last row of every screen says now, with the name of whoever signed in."""
    line = services.queries.activity.connection
    return Status(
        environment=services.settings.environment.value.upper(),
        connection=_CONNECTIONS[line.state.value],
        signed_in=signed_in,
        offline_since=time_of_day(line.since) if line.since else "",
        waiting=services.queries.activity.open_writes,
        printer=_printer(services),
        devices=device_signs(services.queries.activity.devices),
        directory=_age_of_names(services),
        time_text=time_of_day(services.clock.now()),
    )


def _printer(services: Services) -> str:
    error = services.queries.activity.printer
    return printer_sign(error) if error is not None else ""


def _age_of_names(services: Services) -> str:
    imported = services.queries.directory.imported_at
    days = (services.clock.now() - imported).days if imported else 0
    if days < services.settings.desk.directory_days:
        return ""
    return ngettext("names {days} day old", "names {days} days old", days).format(days=days)


_CONNECTIONS = {
    "unknown": Connection.CONNECTING,
    "online": Connection.ONLINE,
    "offline": Connection.OFFLINE,
}


def state_word(parcel: Parcel) -> str:
    """Return the state with its sign."""
    sign, word, _tone = _state(parcel)
    return f"{sign} {word}"


def doors_of(view: BankView, chosen: str | None = None) -> list[Door]:
    """Return a bank's units as doors to draw; a unit that a clerk reported shows as out of service."""
    from screens.widgets.door_plan import Door  # noqa: PLC0415 - not for the first frame

    return [
        Door(
            number=unit.locker_unit_id,
            size=unit.size or "",
            state=UnitState.OUT_OF_SERVICE if unit.locker_unit_id in view.reported else unit.state,
            accessible=unit.accessible,
            chosen=unit.locker_unit_id == chosen,
        )
        for unit in view.details.locker_units
    ]


def _state(parcel: Parcel) -> tuple[str, str, str]:
    """Return sign, word and theme token of a parcel's state."""
    if parcel.is_in_doubt:
        return "?", _("not confirmed"), "attention"
    if parcel.joined_to is not None or parcel.moved_to is not None:
        return ARROW, _("moved on") if parcel.joined_to is None else _("same box"), "quiet"
    if parcel.attention:
        return "!", _("look into it"), "broken"
    if parcel.question is not None:
        return "?", _("number?"), "attention"
    if parcel.code_waiting:
        return "!", _("code to show"), "attention"
    if parcel.is_undeliverable:
        return "!", _why_not_notified(parcel), "attention"
    sign, word, tone = _STATES[parcel.state]
    return sign, _(word), tone


def _why_not_notified(parcel: Parcel) -> str:
    """Return in two words why no notice reached the recipient; the parcel's page has the whole sentence."""
    code = parcel.unreached_cause.code if parcel.unreached_cause is not None else ""
    return _(_NOT_NOTIFIED.get(code, N_("not notified")))


_NOT_NOTIFIED = {
    "no_address": N_("no address"),
    "address_is_none": N_("wrong address"),
    "address_refused": N_("wrong address"),
}

_STATES = {
    ParcelState.TAKEN_IN: (HOLLOW, N_("no locker yet"), "attention"),
    ParcelState.RESERVED: (DIAMOND, N_("put it in?"), "attention"),
    ParcelState.ON_SHELF: (DIAMOND, N_("on the shelf"), "reserved"),
    ParcelState.IN_LOCKER: (FULL, N_("in locker"), "occupied"),
    ParcelState.UNRECORDED: (DIAMOND, N_("not recorded"), "attention"),
    ParcelState.COLLECTED: (TICK, N_("collected"), "free"),
    ParcelState.CANCELLED: ("-", N_("cancelled"), "quiet"),
    ParcelState.HANDED_OVER: (TICK, N_("handed over"), "free"),
    ParcelState.OUTGOING: (DIAMOND, N_("to be sent"), "reserved"),
    ParcelState.SENT: (TICK, N_("sent"), "quiet"),
}
