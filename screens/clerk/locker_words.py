"""How lockers that can be chosen read on the locker screen: words only."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.desk.open_lockers import OpenLocker
from kiosk.parcels.choosing import BankView, fitting_units
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize, SizeAvailability
from kiosk.words.language import N_, _, ngettext
from kiosk.words.people import person
from kiosk.words.plain import shorten
from kiosk.words.states import size_word
from screens.clerk_actions import HOLD, OTHER_WAY, OUT_OF_REACH, RESERVE
from screens.widgets.action_row import ActionItem
from screens.widgets.notice import Greeting, NoticeKind

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from screens.clerk.locker_choice import LockerChoice

LONGEST_FULL_BANK = 24
"""Cells of a full bank's name before the one that is proposed, which needs the room."""

NO_BANKS = N_("The locker service lists no locker bank for this desk.")
NO_LOCKERS = N_("The locker service lists no lockers in this bank.")


def size_items(choice: LockerChoice, view: BankView, contact: Contact | None) -> list[ActionItem]:
    """Return the sizes as targets, each with how many lockers of it there are."""
    return [
        ActionItem(
            f"={each.size}",
            room_words(view, each, contact),
            size_word(each.size),
            main=each.size == choice.size and not choice.adds,
        )
        for each in choice.sizes
    ]


def room_words(view: BankView, availability: SizeAvailability, contact: Contact | None) -> str:
    """Return how many lockers of a size there are for this contact, or what else the bank tells."""
    if view.details.locker_units and availability.free is not None:
        if contact is not None and contact.accessible:
            within_reach = len(fitting_units(view, availability.size, contact))
            text = ngettext("{count} in reach", "{count} in reach", within_reach)
            return text.format(count=within_reach) if within_reach else _("none in reach")
        return _free_words(len(view.free_units(availability.size)))
    if availability.free is not None:
        return _free_words(availability.free)
    match availability.some_free:
        case None:
            return _("unknown")
        case True:
            return _("some free")
        case False:
            return _("full")


def add_words(locker: OpenLocker) -> str:
    """Return the words on the key that adds to the recipient's locker, with how full it is as far as that is known."""
    unit = locker.place.locker_unit_id
    if locker.inside:
        return _("Add to locker {unit} ({count} inside)").format(unit=unit, count=len(locker.inside))
    return _("Add to locker {unit} ({count} not in yet)").format(unit=unit, count=len(locker.on_their_way))


def has_words(locker: OpenLocker, name: str, bank_label: str) -> str:
    """Return that the recipient has a locker; `bank_label` where it is in another bank than the one shown."""
    unit = locker.place.locker_unit_id
    if locker.inside:
        count = len(locker.inside)
        text = (
            ngettext(
                "{name} already has locker {unit} in {bank}, with {count} parcel in it.",
                "{name} already has locker {unit} in {bank}, with {count} parcels in it.",
                count,
            )
            if bank_label
            else ngettext(
                "{name} already has locker {unit}, with {count} parcel in it.",
                "{name} already has locker {unit}, with {count} parcels in it.",
                count,
            )
        )
        return text.format(name=name, unit=unit, bank=bank_label, count=count)
    text = (
        _("Locker {unit} in {bank} is already reserved for {name}.")
        if bank_label
        else _("Locker {unit} is already reserved for {name}.")
    )
    return text.format(name=name, unit=unit, bank=bank_label)


def _free_words(count: int) -> str:
    return ngettext("{count} free", "{count} free", count).format(count=count) if count else _("full")


def no_room_words(view: BankView, far_unit: str | None, too_small: LockerSize | None) -> tuple[str, str]:
    """Say that the bank has no locker for this parcel, and what to do; `far_unit` is a free one out of reach."""
    bank, shelf = view.details.label, HOLD.key_label
    if far_unit:
        hint = _(
            "{far} reserves locker {unit}, which is out of reach. Or choose another bank, or press {shelf} and "
            "put the parcel on the shelf."
        )
        title = _("{bank} has no free locker within reach.").format(bank=bank)
        return title, hint.format(unit=far_unit, far=OUT_OF_REACH.key_label, shelf=shelf)
    text = _("{bank} has no free locker larger than {size}.") if too_small else _("{bank} is full.")
    hint = _("Choose another bank, or press {shelf} and put the parcel on the shelf.")
    return text.format(bank=bank, size=size_word(too_small)), hint.format(shelf=shelf)


def bank_words(
    view: BankView, full: BankView | None, contact: Contact | None, too_small: LockerSize | None, *, as_last: bool
) -> str:
    """Name the bank that is shown; where it stands in for a full one, say so."""
    bank = view.details.label
    if full is None:
        return _("{bank}, as last time").format(bank=bank) if as_last else bank
    if too_small:
        text = _("{full} has none larger than {size}: {bank}")
    elif contact is not None and contact.accessible and any(full.free_units(each.size) for each in full.sizes):
        text = _("{full} has none within reach: {bank}")
    else:
        text = _("{full} is full: {bank}")
    return text.format(
        full=shorten(full.details.label, LONGEST_FULL_BANK, "middle"), bank=bank, size=size_word(too_small)
    )


def shelf_key_words(place: str) -> str:
    """Return the words on the key that leads to the shelf, with the place once one is known."""
    return _("Put it on the shelf: {place}").format(place=place) if place else _("Put it on the shelf")


def no_line_words(place: str) -> tuple[str, str]:
    """Say that no locker can be reserved now, and what to do."""
    hint = (
        _("Put the parcel on the shelf at {place}. It can go into a locker when the connection is back.")
        if place
        else _("Put the parcel on the shelf. It can go into a locker when the connection is back.")
    )
    return _("No connection to the locker service."), hint.format(place=place)


def special_words(choice: LockerChoice, view: BankView, parcel: Parcel, label: Callable[[str], str]) -> Greeting | None:
    """Say what is special about the proposal, or why there is none; None for an ordinary one."""
    if choice.adds and choice.own is not None:
        bank = choice.own.place.locker_bank_id
        elsewhere = "" if bank == choice.bank_id else label(bank)
        hint = _("{add} adds this parcel to it, {new} reserves a new locker.")
        return Greeting(
            has_words(choice.own, person(parcel.contact), elsewhere),
            hint.format(add=RESERVE.key_label, new=OTHER_WAY.key_label),
            NoticeKind.INFO,
        )
    if not view.sizes:
        return Greeting(_(NO_LOCKERS), _("Choose another bank, or ask the operator."))
    return None if choice.size is not None else Greeting(*no_room_words(view, choice.far_unit, choice.too_small))
