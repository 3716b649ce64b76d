"""How lockers that can be chosen read on the locker screen: words only."""

from __future__ import annotations

from kiosk.desk.open_lockers import OpenLocker
from kiosk.parcels.choosing import BankView, fitting_units
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize, SizeAvailability
from kiosk.words.language import N_, _, ngettext
from screens.clerk_actions import HOLD, OUT_OF_REACH

NO_BANKS = N_("The locker service lists no locker bank for this desk.")
NO_LOCKERS = N_("The locker service lists no lockers in this bank.")


def room_words(view: BankView, availability: SizeAvailability, contact: Contact | None) -> str:
    """Return how many lockers of a size there are for this contact, or what else the bank tells."""
    if view.details.locker_units and availability.free is not None:
        if contact is not None and contact.accessible:
            within_reach = len(fitting_units(view, availability.size, contact))
            return _("{count} in reach").format(count=within_reach) if within_reach else _("none in reach")
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
    return _("{count} free").format(count=count) if count else _("full")


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
    return text.format(bank=bank, size=too_small), hint.format(shelf=shelf)
