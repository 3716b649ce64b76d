"""How values read on a screen: times, places, people, states. Words only; no widget, no rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.parcels.states import ParcelState, UnitState
from kiosk.words.language import N_, _
from kiosk.words.signs import ARROW, DIAMOND, FULL, HOLLOW, TICK
from screens.widgets.parcel_list import ParcelRow
from screens.widgets.status_bar import Connection, Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kiosk.parcels.choosing import BankView
    from kiosk.parcels.contacts import Contact
    from kiosk.parcels.parcel import Parcel
    from kiosk.wiring import Services
    from screens.widgets.door_plan import Door


def counted(number: int, word: str) -> str:
    """Return how many of something there are: `1 parcel`, `2 parcels`."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


LEFT_OVER = (
    "The kiosk was restarted while this parcel was on its way.",
    "Look where the parcel is, then choose.",
)
"""Said of a parcel that an earlier run left half done."""


def time_of_day(moment: datetime) -> str:
    """Return the local time as 20:41."""
    return moment.astimezone().strftime("%H:%M")


def day_and_time(moment: datetime, now: datetime) -> str:
    """Return the local time, with the day where it is not today: `Mon 24 Nov 20:41`."""
    local = moment.astimezone()
    if local.date() == now.astimezone().date():
        return f"today {local:%H:%M}"
    return f"{local:%a} {local.day} {local:%b %H:%M}"


def person(contact: Contact | None) -> str:
    """Return the contact's name, or its id where no name is known."""
    if contact is None:
        return ""
    return contact.name or contact.contact_id


def where_to_find(contact: Contact | None) -> str:
    """Return department and room."""
    if contact is None:
        return ""
    return " · ".join(part for part in (contact.department, contact.room) if part)


def initials(name: str) -> str:
    """Return a name as passers-by may read it: `Maria Smith` as `M. S.`."""
    return " ".join(f"{part[0]}." for part in name.split())


def recipient(parcel: Parcel) -> str:
    """Return for whom a parcel is: the recipient, or the name on its label where nobody was found for it."""
    return person(parcel.contact) or parcel.recipient_read


def is_department(contact: Contact | None) -> bool:
    """Tell whether several people collect for it, without a code."""
    return contact is not None and contact.contact_type.value == "department"


def pickup_needs(contact: Contact | None) -> str:
    """Return what is special about the pickup: no code for a department, a locker within reach."""
    if contact is None:
        return ""
    kind = "department: personal id, no code" if is_department(contact) else ""
    return " · ".join(part for part in (kind, "needs a reachable locker" if contact.accessible else "") if part)


def parcel_row(parcel: Parcel, bank_label: Callable[[str], str], *, has_room: bool, is_named: bool = True) -> ParcelRow:
    """Return a parcel as a row of the home screen's list; `bank_label` names a bank by its id.

    A person's name stands there in full only while `is_named`.
    """
    shown = recipient(parcel)
    if not is_named and not is_department(parcel.contact) and (parcel.contact is None or parcel.contact.name):
        shown = initials(shown)
    sign, word, tone = (HOLLOW, "locker free", "free") if has_room else _state(parcel)
    return ParcelRow(
        time=time_of_day(parcel.deposited_at or parcel.taken_in_at),
        number=parcel.tracking_number,
        recipient=shown,
        place=_place(parcel, bank_label),
        sign=sign,
        state=word,
        tone=tone,
    )


def new_parcel_row(number: str) -> ParcelRow:
    """Return the row that offers to take in a number that was typed."""
    return ParcelRow("", number, "Take it in", "", "+", "new parcel", "free")


def _place(parcel: Parcel, bank_label: Callable[[str], str]) -> str:
    if parcel.shelf:
        return f"shelf {parcel.shelf}"
    return f"{bank_label(parcel.place.locker_bank_id)} {parcel.place.locker_unit_id}" if parcel.place else ""


def status_of(services: Services) -> Status:
    """Return what the last row of every screen says now."""
    line = services.queries.activity.connection
    return Status(
        environment=services.settings.environment.value.upper(),
        connection=_CONNECTIONS[line.state.value],
        offline_since=time_of_day(line.since) if line.since else "",
        waiting=services.queries.activity.open_writes,
        directory=_age_of_names(services),
        time_text=time_of_day(services.clock.now()),
    )


def _age_of_names(services: Services) -> str:
    imported = services.queries.directory.imported_at
    days = (services.clock.now() - imported).days if imported else 0
    return f"names {days} days old" if days >= services.settings.desk.directory_days else ""


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
    sign, word, tone = _STATES[parcel.state]
    return sign, _(word), tone


_STATES = {
    ParcelState.TAKEN_IN: (HOLLOW, N_("no locker yet"), "attention"),
    ParcelState.RESERVED: (DIAMOND, N_("put it in?"), "attention"),
    ParcelState.ON_SHELF: (DIAMOND, N_("on the shelf"), "reserved"),
    ParcelState.IN_LOCKER: (FULL, N_("in locker"), "occupied"),
    ParcelState.COLLECTED: (TICK, N_("collected"), "free"),
    ParcelState.CANCELLED: ("-", N_("cancelled"), "quiet"),
}
