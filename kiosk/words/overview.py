"""What is said of the things an operator has to look at: in a word, in a sentence, and what to do about them."""

from __future__ import annotations

from typing import assert_never

from kiosk.desk.health import Health, HealthSubject
from kiosk.desk.overview import Entry, EntryKind
from kiosk.parcels.fleet import FleetState
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.records import ReportedUnit
from kiosk.parcels.states import Operation, ShelfReason, UnitProblem
from kiosk.words.contradictions import contradiction_sentence, how_to_mend
from kiosk.words.errors import explain_cause
from kiosk.words.findings import Advice, advice_on, item_word
from kiosk.words.language import _, ngettext
from kiosk.words.numbers import number
from kiosk.words.requests import outcome_unknown
from kiosk.words.states import problem_word, shelf_reason_word
from kiosk.words.times import local_time


def entry_word(entry: Entry) -> str:
    """Return in two or three words why something is on the list."""
    match entry.kind:
        case EntryKind.FINDING:
            return item_word(entry.item, entry.parcel) if entry.item and entry.parcel else ""
        case EntryKind.CONTRADICTION:
            return _("data mismatch")
        case EntryKind.REPORTED:
            return _("door: {problem}").format(problem=problem_word(entry.report.problem)) if entry.report else ""
        case EntryKind.UNCONFIRMED:
            return _unconfirmed_word(entry)
        case EntryKind.UNDELIVERABLE:
            return _("not notified")
        case EntryKind.EXPIRED:
            return _("expired")
        case EntryKind.ON_SHELF:
            return _("on the shelf")
        case _ as never:
            assert_never(never)


def entry_advice(entry: Entry) -> Advice:
    """Return what is wrong, and what to do about it."""
    parcel = entry.parcel
    match entry.kind:
        case EntryKind.FINDING:
            return advice_on(entry.item, parcel) if entry.item and parcel else Advice("", "")
        case EntryKind.CONTRADICTION:
            if entry.contradiction is None:
                return Advice("", "")
            sentence = _("Locker {unit}: {contradiction}").format(
                unit=entry.locker_unit_id, contradiction=contradiction_sentence(entry.contradiction)
            )
            return Advice(sentence, how_to_mend(entry.contradiction))
        case EntryKind.REPORTED:
            return Advice(
                report_sentence(entry.report) if entry.report else "",
                _("Look into the locker and try its door. It is not chosen for 24 hours after the last report."),
            )
        case EntryKind.UNCONFIRMED:
            operation = parcel.open_write.operation if parcel and parcel.open_write else Operation.RESERVE
            return Advice(
                outcome_unknown(operation),
                _("Nothing to do: the kiosk keeps checking. If this does not change, check the network."),
            )
        case EntryKind.UNDELIVERABLE:
            return _undeliverable(parcel)
        case EntryKind.EXPIRED if parcel is not None and parcel.is_in_locker:
            return Advice(
                _("It was not collected in time."),
                _("Take the parcel out and free the locker, or issue a new pickup code to allow more time."),
            )
        case EntryKind.EXPIRED:
            return Advice(
                _("The reservation has ended, and the parcel was not recorded as in its locker."),
                _("Extend the reservation or free the locker."),
            )
        case EntryKind.ON_SHELF:
            reason = parcel.shelf_reason if parcel and parcel.shelf_reason else ShelfReason.PUT_ASIDE
            place = parcel.shelf if parcel else ""
            sentence = _("It is at {place}: {reason}.").format(place=place, reason=shelf_reason_word(reason))
            return Advice(sentence, _off_the_shelf(reason))
        case _ as never:
            assert_never(never)


def _undeliverable(parcel: Parcel | None) -> Advice:
    why = explain_cause(parcel.unreached_cause) if parcel and parcel.unreached_cause else ""
    return Advice(
        _("No notice has reached the recipient. {why}").format(why=why).rstrip(),
        _("Mend the cause, or let the clerk ask for the e-mail address. Then send the notice again."),
    )


def report_sentence(report: ReportedUnit) -> str:
    """Return what a clerk found at a door, and how often that was said lately."""
    if report.problem is UnitProblem.OCCUPIED:
        text = ngettext(
            "{person} found something in locker {unit}, which was said to be free.",
            "{person} found something in locker {unit}, which was said to be free: {times} reports in 30 days.",
            report.times,
        )
    else:
        text = ngettext(
            "Locker {unit} did not open for {person}.",
            "Locker {unit} did not open for {person}: {times} reports in 30 days.",
            report.times,
        )
    return text.format(person=report.person or _("A clerk"), unit=report.locker_unit_id, times=report.times)


def health_words(health: Health) -> tuple[str, str]:
    """Return what was looked at, and how it is."""
    match health.subject:
        case HealthSubject.SERVICE:
            known = {True: _("Connected."), False: _("Can't be reached.")}
            told = known[health.ok] if health.ok is not None else _("Not contacted yet.")
            return _("Locker service"), told
        case HealthSubject.BANK:
            told = _("{bank} is up to date.") if health.ok else _("{bank} has not been loaded yet.")
            return _("Locker bank of this desk"), told.format(bank=health.bank)
        case HealthSubject.CALLS:
            return _("Calls of today"), _calls(health)
        case HealthSubject.REQUESTS:
            return _("Requests"), _requests(health.number)
        case HealthSubject.JOURNAL:
            told = _("Its end is intact.") if health.ok else _("Its end is damaged. Verify it on the journal's page.")
            return _("Journal"), told
        case HealthSubject.DISK:
            told = _("Enough space.") if health.ok else _("Almost full. Once it is full, no parcels can be taken in.")
            return _("Disk"), told
        case HealthSubject.CLOCK:
            told = (
                _("No jump noticed.") if health.ok else _("It jumped: nothing is deleted by it until it is confirmed.")
            )
            return _("Clock"), told
        case HealthSubject.FLEET:
            return _("Other desks"), _fleet(health.fleet) if health.fleet else ""
        case HealthSubject.LOG:
            return _("Log"), _warnings(health.number)
        case _ as never:
            assert_never(never)


def _calls(health: Health) -> str:
    if not health.most:
        return _("{used} so far.").format(used=number(health.number))
    told = (
        _("{used} of the {most} that the plan allows.")
        if health.ok
        else _("Almost used up: {used} of the plan's {most}.")
    )
    return told.format(used=number(health.number), most=number(health.most))


def _requests(number: int) -> str:
    if not number:
        return _("All requests are confirmed.")
    text = ngettext(
        "{number} request is not confirmed; the kiosk keeps checking.",
        "{number} requests are not confirmed; the kiosk keeps checking.",
        number,
    )
    return text.format(number=number)


def health_cause(health: Health) -> str:
    """Return why it is like that, where that takes a sentence of its own; empty otherwise."""
    return explain_cause(health.fleet.cause) if health.fleet is not None and health.fleet.cause is not None else ""


def _fleet(state: FleetState) -> str:
    if state.away_since is not None:
        text = ngettext(
            "{count} event waits since {since}.",
            "{count} events wait since {since}.",
            state.waiting,
        )
        return text.format(count=number(state.waiting), since=local_time(state.away_since))
    if state.cause is not None:
        return explain_cause(state.cause)
    if state.told_at is None:
        return _("The centre has not been told anything yet.")
    if not state.waiting:
        return _("The centre has everything.")
    text = ngettext(
        "{count} event is on its way to the centre.",
        "{count} events are on their way to the centre.",
        state.waiting,
    )
    return text.format(count=number(state.waiting))


def _warnings(number: int) -> str:
    if not number:
        return _("No warnings.")
    text = ngettext(
        "{number} warning or error in its last lines.", "{number} warnings or errors in its last lines.", number
    )
    return text.format(number=number)


def _unconfirmed_word(entry: Entry) -> str:
    operation = entry.parcel.open_write.operation if entry.parcel and entry.parcel.open_write else Operation.RESERVE
    match operation:
        case Operation.RESERVE:
            return _("reservation pending")
        case Operation.DEPOSIT:
            return _("deposit pending")
        case Operation.FREE:
            return _("freeing pending")
        case Operation.EXTEND:
            return _("extension pending")
        case Operation.ADD:
            return _("added parcel pending")
        case _ as never:
            assert_never(never)


def _off_the_shelf(reason: ShelfReason) -> str:
    match reason:
        case ShelfReason.NO_NETWORK:
            return _("When the connection is back, take it off the shelf. The clerk then finishes the intake.")
        case ShelfReason.NO_UNIT:
            return _("When a locker is free, take it off the shelf. The clerk then finishes the intake.")
        case ShelfReason.UNKNOWN_RECIPIENT:
            return _("Find out who it is for, then take it off the shelf. The clerk then finishes the intake.")
        case ShelfReason.PUT_ASIDE:
            return _("To go on with it, take it off the shelf. The clerk then finishes the intake.")
        case ShelfReason.NOT_COLLECTED:
            return _("Nobody collected it in time. The clerk gives it out at the desk, or sends it back.")
        case _ as never:
            assert_never(never)
