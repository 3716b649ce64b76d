"""What is said of the things an operator has to look at: in a word, in a sentence, and what would mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiosk.desk.health import HealthSubject
from kiosk.desk.overview import Contradiction, EntryKind
from kiosk.parcels.states import Operation, ShelfReason
from kiosk.words.findings import Advice, advice_on
from kiosk.words.language import _, ngettext
from kiosk.words.states import finding_word, operation_word, shelf_reason_word

if TYPE_CHECKING:
    from kiosk.desk.health import Health
    from kiosk.desk.overview import Entry


def entry_word(entry: Entry) -> str:
    """Return in two or three words why something is on the list."""
    match entry.kind:
        case EntryKind.FINDING:
            return finding_word(entry.item.finding) if entry.item else ""
        case EntryKind.CONTRADICTION:
            return _("contradiction")
        case EntryKind.UNCONFIRMED:
            return _unconfirmed_word(entry)
        case EntryKind.EXPIRED:
            return _("expired")
        case EntryKind.ON_SHELF:
            return _("on the shelf")
        case _ as never:
            assert_never(never)


def entry_advice(entry: Entry) -> Advice:
    """Return what is the matter, and what would mend it."""
    parcel = entry.parcel
    match entry.kind:
        case EntryKind.FINDING:
            return advice_on(entry.item, parcel) if entry.item and parcel else Advice("", "")
        case EntryKind.CONTRADICTION:
            unit = _("Locker {unit}: {contradiction}").format(
                unit=entry.locker_unit_id, contradiction=contradiction_sentence(entry.contradiction)
            )
            return Advice(unit, _("Look into the locker, then free what is not there."))
        case EntryKind.UNCONFIRMED:
            operation = parcel.open_write.operation if parcel and parcel.open_write else Operation.RESERVE
            return Advice(
                _("{operation} was requested, and the outcome is not known.").format(
                    operation=operation_word(operation)
                ),
                _("Nothing to do: the kiosk keeps asking. If it stays like this, check the network."),
            )
        case EntryKind.EXPIRED if parcel is not None and parcel.is_in_locker:
            return Advice(
                _("Nobody collected it in time."),
                _("Take it out of the locker and free it, or issue a new code, which gives it more time."),
            )
        case EntryKind.EXPIRED:
            return Advice(
                _("The reservation has run out, and nobody has confirmed that the parcel is in."),
                _("Extend the reservation, or free the locker."),
            )
        case EntryKind.ON_SHELF:
            reason = parcel.shelf_reason if parcel and parcel.shelf_reason else ShelfReason.PUT_ASIDE
            place = parcel.shelf if parcel else ""
            sentence = _("It is at {place}: {reason}.").format(place=place, reason=shelf_reason_word(reason))
            return Advice(sentence, _off_the_shelf(reason))
        case _ as never:
            assert_never(never)


def contradiction_sentence(contradiction: Contradiction | None) -> str:
    """Return what does not fit in what the service says of a unit; empty where all fits."""
    match contradiction:
        case None:
            return ""
        case Contradiction.EMPTY_BUT_LISTED:
            return _("The service lists parcels in it, but says it is empty.")
        case Contradiction.OCCUPIED_BY_NOTHING_KNOWN:
            return _("The service says something is in it, but nobody knows of a parcel there.")
        case Contradiction.FREE_BUT_RESERVED:
            return _("The service lists a reservation for it, but says it is not reserved.")
        case _ as never:
            assert_never(never)


def health_words(health: Health) -> tuple[str, str]:
    """Return what was looked at, and how it is."""
    match health.subject:
        case HealthSubject.SERVICE:
            known = {True: _("It answers."), False: _("It can't be reached.")}
            told = known[health.ok] if health.ok is not None else _("It has not been asked yet.")
            return _("Locker service"), told
        case HealthSubject.BANK:
            told = _("{bank} has been read.") if health.ok else _("{bank} has not been read yet.")
            return _("The desk's bank"), told.format(bank=health.bank)
        case HealthSubject.REQUESTS:
            return _("Requests"), _requests(health.number)
        case HealthSubject.DISK:
            told = _("There is enough space.") if health.ok else _("Almost full; without space nothing is taken in.")
            return _("Disk"), told
        case HealthSubject.LOG:
            return _("Log"), _warnings(health.number)
        case _ as never:
            assert_never(never)


def _requests(number: int) -> str:
    if not number:
        return _("The outcome of every request is recorded.")
    text = ngettext(
        "The outcome of {number} request is unknown; the kiosk keeps asking.",
        "The outcome of {number} requests is unknown; the kiosk keeps asking.",
        number,
    )
    return text.format(number=number)


def _warnings(number: int) -> str:
    if not number:
        return _("No warnings.")
    text = ngettext(
        "{number} warning or error among its last lines.", "{number} warnings or errors among its last lines.", number
    )
    return text.format(number=number)


def _unconfirmed_word(entry: Entry) -> str:
    operation = entry.parcel.open_write.operation if entry.parcel and entry.parcel.open_write else Operation.RESERVE
    match operation:
        case Operation.RESERVE:
            return _("reserve not confirmed")
        case Operation.DEPOSIT:
            return _("deposit not confirmed")
        case Operation.FREE:
            return _("free not confirmed")
        case Operation.EXTEND:
            return _("extend not confirmed")
        case Operation.ADD:
            return _("add not confirmed")
        case _ as never:
            assert_never(never)


def _off_the_shelf(reason: ShelfReason) -> str:
    match reason:
        case ShelfReason.NO_NETWORK:
            return _("Take it off the shelf when the connection is back; the clerk carries on with it.")
        case ShelfReason.NO_UNIT:
            return _("Take it off the shelf when a locker is free; the clerk carries on with it.")
        case ShelfReason.UNKNOWN_RECIPIENT:
            return _("Find out who it is for, then give it back to the clerk.")
        case ShelfReason.PUT_ASIDE:
            return _("Take it off the shelf when it is to go on.")
        case _ as never:
            assert_never(never)
