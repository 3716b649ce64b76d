"""The judge itself: it finds each kind of loss where it was put, and leaves alone what is in order or excused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.parcels.listing import Count
from kiosk.parcels.states import ParcelState
from tests.chaos.case import Book, Box, Collection, Door, Evidence, Found, Life, Misfit, Place, Record, Shown, Where
from tests.chaos.judge import Kind, judge

HERE, THERE = Place("AOne", "1"), Place("AOne", "2")
ANNA, BEN = "anna", "ben"
DOOR = Door(HERE, ("T1",), ("T1",), "ABC234", ANNA)
RESERVED = Door(HERE, ("T1",), contact=ANNA)
DEPOSITED = Record("T1", ParcelState.IN_LOCKER, HERE, ANNA, deposits=1)
TAKEN_IN = Record("T1", ParcelState.TAKEN_IN)
ON_SHELF = Record("T1", ParcelState.ON_SHELF, shelf="S1")
CANCELLED = Record("T1", ParcelState.CANCELLED)
COLLECTED = Record("T1", ParcelState.COLLECTED, HERE, deposits=1)
FOUND_OUT_LATER = ON_SHELF._replace(in_vain=1, in_vain_later=1)
SHOWN = Shown("T1", HERE, "ABC234", at=15)
LIFE = Life("ABC234", HERE, began=10)
PICKED_UP = Collection(HERE, ("T1",), "ABC234", at=20)
BOOK = Book("D1", (DEPOSITED,), scanned=("T1",), shown=(SHOWN,))
SOUND = Evidence([DOOR], [replace(BOOK, counted=Count(1, 1))], [LIFE])


def told(*records: Record, doors: tuple[Door, ...] = (), taken_out: tuple[Collection, ...] = ()) -> Evidence:
    """Return what there is when the journal has one number so, and its code was shown if it was deposited."""
    shown = (SHOWN,) if any(record.deposits for record in records) else ()
    return Evidence(doors, [Book("D1", records, shown=shown)], [LIFE], taken_out)


def kinds(evidence: Evidence) -> set[Kind]:
    return {violation.kind for violation in judge(evidence)}


@pytest.mark.parametrize(
    "evidence",
    [
        SOUND,
        told(DEPOSITED, taken_out=(PICKED_UP,)),
        told(ON_SHELF),
        told(CANCELLED),
        told(COLLECTED, taken_out=(PICKED_UP,)),
        Evidence([DOOR._replace(code=None)], [replace(BOOK, shown=())]),
        Evidence([DOOR], [replace(BOOK, shown=(SHOWN, SHOWN._replace(at=16)))], [LIFE]),
        Evidence([DOOR._replace(numbers=("before",), deposited=())], [], before=frozenset({"before"})),
        told(CANCELLED, DEPOSITED, doors=(DOOR,)),
        told(COLLECTED, DEPOSITED, doors=(DOOR,), taken_out=(PICKED_UP,)),
        Evidence([DOOR], [Book("D1", (DEPOSITED._replace(code="ABC234"),))], [LIFE]),
        Evidence([], [Book("D1", (ON_SHELF._replace(in_vain=1),), told=("T1",))]),
        Evidence([], [Book("D1", (ON_SHELF._replace(in_vain=1),), unanswered=frozenset({"T1"}))]),
        told(FOUND_OUT_LATER._replace(was_pointed_out=True)),
        told(COLLECTED._replace(in_vain=1), taken_out=(PICKED_UP,)),
    ],
    ids=[
        "in a locker",
        "collected unnoticed",
        "on a shelf",
        "cancelled",
        "found gone after it was collected",
        "a department's",
        "a code shown again after a kill",
        "there before the run",
        "taken in again after it was cancelled",
        "taken in again after it was collected",
        "a code that waits to be shown",
        "a deposit that came to nothing before the clerk's eyes",
        "a deposit whose clerk saw a kiosk that was killed",
        "a deposit that came to nothing later, and was pointed out",
        "a deposit that was done, and its parcel collected before anybody knew",
    ],
)
def test_what_is_in_order_is_left_alone(evidence: Evidence) -> None:
    assert not judge(evidence)


@pytest.mark.parametrize(
    ("kind", "evidence"),
    [
        (Kind.LOST, told(TAKEN_IN)),
        (Kind.LOST, told(Record("T1", ParcelState.RESERVED, HERE), doors=(RESERVED,))),
        (Kind.LOST, told(DEPOSITED)),
        (Kind.LOST, told(COLLECTED)),
        (Kind.LOST, told(COLLECTED, DEPOSITED, taken_out=(PICKED_UP,))),
        (Kind.FORGOTTEN, Evidence([], [Book("D1", (), scanned=("T1",))])),
        (Kind.TWO_UNITS, told(DEPOSITED, doors=(DOOR, Door(THERE, ("T1",))))),
        (Kind.UNKNOWN, Evidence([DOOR], [])),
        (Kind.UNKNOWN, Evidence([Door(HERE, ())], [])),
        (Kind.ASTRAY, told(DEPOSITED, doors=(DOOR._replace(place=THERE),))),
        (Kind.ASTRAY, told(ON_SHELF, doors=(RESERVED,))),
        (Kind.ASTRAY, told(CANCELLED, doors=(RESERVED,))),
        (Kind.ASTRAY, told(TAKEN_IN, doors=(RESERVED,))),
        (Kind.ASTRAY, told(COLLECTED, doors=(RESERVED,), taken_out=(PICKED_UP,))),
        (Kind.STRANGER, told(DEPOSITED, doors=(DOOR._replace(contact=BEN),))),
        (Kind.GONE, told(ON_SHELF, taken_out=(PICKED_UP,))),
        (Kind.LEFT_BEHIND, told(ON_SHELF._replace(in_vain=1))),
        (Kind.LEFT_BEHIND, Evidence([], [Book("D1", (ON_SHELF._replace(in_vain=2),), told=("T1",))])),
        (Kind.LEFT_BEHIND, Evidence([], [Book("D1", (FOUND_OUT_LATER,), unanswered=frozenset({"T1"}))])),
        (Kind.SILENT_DEPOSIT, told(Record("T1", ParcelState.RESERVED, HERE), doors=(DOOR,))),
        (Kind.UNDELIVERED, told(DEPOSITED, doors=(RESERVED,))),
        (Kind.SAME_SHELF, told(ON_SHELF, ON_SHELF._replace(number="T2"))),
        (Kind.SAME_SHELF, told(ON_SHELF._replace(shelf=None))),
        (Kind.OPEN, told(DEPOSITED._replace(open_write=True), doors=(DOOR,))),
        (Kind.CHAIN, Evidence([DOOR], [replace(BOOK, damage="event 3: its content was changed")])),
        (Kind.COUNTS, Evidence([DOOR], [replace(BOOK, counted=Count(2, 2))])),
        (Kind.COUNTS, Evidence([DOOR], [replace(BOOK, records=(COLLECTED,), counted=Count(0, 0))])),
        (Kind.COUNTS, Evidence([], [replace(BOOK, counted=Count(1, 1))])),
        (Kind.COUNTS, Evidence([], [Book("D1", (Record("T1", ParcelState.OUTGOING),), counted=Count(0, 0))])),
        (Kind.CRASH, replace(SOUND, crashes=("K1 ended with 70",))),
    ],
)
def test_each_kind_of_loss_is_found(kind: Kind, evidence: Evidence) -> None:
    assert kind in kinds(evidence)


TOGETHER = Door(HERE, ("T1", "T2"), ("T1", "T2"), "NEW222", ANNA)
BOTH = (DEPOSITED, DEPOSITED._replace(number="T2"))
REPLACED = (LIFE._replace(ended=20), Life("NEW222", HERE, began=20))
NEW = Shown("T2", HERE, "NEW222", at=25)


def shared(*shown: Shown, collections: tuple[Collection, ...] = (), records: tuple[Record, ...] = BOTH) -> Evidence:
    """Return what there is when a second parcel came into the unit, and with it another code."""
    return Evidence([TOGETHER], [Book("D1", records, shown=shown)], REPLACED, collections)


@pytest.mark.parametrize("shown", [(SHOWN, NEW), (NEW,)], ids=["an earlier code was replaced", "one code for both"])
def test_the_parcels_in_one_unit_share_the_code_that_was_shown_last(shown: tuple[Shown, ...]) -> None:
    assert not judge(shared(*shown))


@pytest.mark.parametrize(
    ("kind", "evidence"),
    [
        (Kind.UNSEEN_CODE, shared()),
        (Kind.UNSEEN_CODE, shared(SHOWN)),
        (Kind.DEAD_CODE, shared(NEW, SHOWN._replace(at=30))),
        (Kind.WRONG_CODE, shared(NEW, SHOWN._replace(code="XYZ789"))),
        (Kind.WRONG_CODE, shared(NEW, SHOWN._replace(place=THERE))),
    ],
)
def test_a_code_that_opens_nothing_is_found(kind: Kind, evidence: Evidence) -> None:
    assert kinds(evidence) == {kind}


@pytest.mark.parametrize(
    "evidence",
    [
        shared(SHOWN._replace(at=21), NEW),
        shared(NEW, SHOWN._replace(at=30), records=(BOTH[0]._replace(was_pointed_out=True), BOTH[1])),
        shared(NEW, SHOWN._replace(at=30), collections=(Collection(HERE, ("T1",), None, at=28),)),
    ],
    ids=["the valid one was shown after it", "it was pointed out", "the parcel was collected already"],
)
def test_a_dead_code_that_does_no_harm_is_left_alone(evidence: Evidence) -> None:
    assert not kinds(evidence) & {Kind.DEAD_CODE, Kind.UNSEEN_CODE}


def test_a_code_that_nobody_saw_is_excused_by_a_finding_that_names_the_unit() -> None:
    left = Record("T9", ParcelState.CANCELLED, pointed_out=True, places_pointed_out=(HERE,))
    assert not judge(shared(SHOWN, records=(*BOTH, left)))
    assert judge(shared(SHOWN, records=(*BOTH, left._replace(places_pointed_out=(THERE,)))))


ASTRAY = (
    told(DEPOSITED),
    told(COLLECTED),
    told(ON_SHELF, doors=(RESERVED,)),
    told(ON_SHELF, taken_out=(PICKED_UP,)),
    told(DEPOSITED, doors=(DOOR, Door(THERE, ("T1",)))),
    told(DEPOSITED, doors=(DOOR._replace(contact=BEN),)),
    told(DEPOSITED, doors=(RESERVED,)),
    Evidence([DOOR], [Book("D1", (DEPOSITED,))], [LIFE]),
)
"""What does not fit between service and journal."""


@pytest.mark.parametrize("evidence", ASTRAY)
def test_what_does_not_fit_is_excused_by_an_open_finding_about_the_number(evidence: Evidence) -> None:
    assert judge(evidence)
    pointed_out = [
        replace(book, records=tuple(record._replace(pointed_out=True) for record in book.records))
        for book in evidence.books
    ]
    assert not judge(replace(evidence, books=pointed_out))


@pytest.mark.parametrize("evidence", ASTRAY)
def test_what_does_not_fit_is_excused_where_the_service_lost_what_it_had_answered(evidence: Evidence) -> None:
    assert not judge(replace(evidence, rolled_back=frozenset({"T1"})))


def test_a_lost_parcel_in_hand_is_excused_by_nothing() -> None:
    evidence = told(TAKEN_IN._replace(pointed_out=True))
    assert kinds(replace(evidence, rolled_back=frozenset({"T1"}))) == {Kind.LOST}


HANDED_OVER = Record("T1", ParcelState.HANDED_OVER, HERE, deposits=1, endings=1)
SENT = Record("T1", ParcelState.SENT, endings=1)
LIES_HERE = Box(Where.LOCKER, HERE)
AT_THE_DESK = Box(Where.HERE)
TAKEN_OUT = Box(Where.RECIPIENT)
ABOUT_TO_BE_GIVEN = Box(Where.HERE, hands="K1", leaving=Where.GIVEN)
LEAVINGS = {("T1", Where.GIVEN): 1, ("T1", Where.SENT): 1}


def truly(box: Box, *records: Record) -> Evidence:
    """Return what there is when the box of the one number is there, and has been given out and sent once at most."""
    doors = (DOOR,) if any(record.state is ParcelState.IN_LOCKER for record in records) else ()
    evidence = told(*records, doors=doors, taken_out=(PICKED_UP,) if box.where is Where.RECIPIENT else ())
    return replace(evidence, boxes={"T1": box}, leavings=LEAVINGS)


@pytest.mark.parametrize(
    "evidence",
    [
        truly(LIES_HERE, DEPOSITED),
        truly(LIES_HERE, Record("T1", ParcelState.UNRECORDED, HERE)),
        truly(AT_THE_DESK, ON_SHELF),
        truly(AT_THE_DESK, Record("T1", ParcelState.OUTGOING)),
        truly(AT_THE_DESK, CANCELLED),
        truly(TAKEN_OUT, COLLECTED),
        truly(TAKEN_OUT, CANCELLED),
        truly(Box(Where.GIVEN), HANDED_OVER),
        truly(Box(Where.SENT), SENT),
        truly(ABOUT_TO_BE_GIVEN, HANDED_OVER),
        truly(ABOUT_TO_BE_GIVEN, ON_SHELF),
        truly(AT_THE_DESK, HANDED_OVER, ON_SHELF),
        truly(AT_THE_DESK, ON_SHELF._replace(endings=0)),
    ],
)
def test_a_box_that_is_where_its_journal_has_it_is_left_alone(evidence: Evidence) -> None:
    assert not judge(evidence)


@pytest.mark.parametrize(
    ("kind", "evidence"),
    [
        (Kind.MISLAID, truly(Box(Where.GIVEN), ON_SHELF)),
        (Kind.MISLAID, truly(Box(Where.GIVEN), DEPOSITED)),
        (Kind.MISLAID, truly(Box(Where.SENT), HANDED_OVER)),
        (Kind.MISLAID, truly(AT_THE_DESK, HANDED_OVER)),
        (Kind.MISLAID, truly(AT_THE_DESK, SENT)),
        (Kind.MISLAID, truly(AT_THE_DESK, DEPOSITED)),
        (Kind.MISLAID, truly(Box(Where.LOCKER, THERE), DEPOSITED)),
        (Kind.MISLAID, truly(LIES_HERE, HANDED_OVER)),
        (Kind.MISLAID, truly(LIES_HERE, CANCELLED)),
        (Kind.MISLAID, truly(TAKEN_OUT, ON_SHELF)),
        (Kind.MISLAID, truly(Box(Where.GIVEN), CANCELLED)),
        (Kind.TOO_MANY, truly(Box(Where.GIVEN), HANDED_OVER, HANDED_OVER)),
        (Kind.TOO_MANY, replace(truly(Box(Where.SENT), SENT), leavings={})),
        (Kind.ENDINGS, truly(Box(Where.GIVEN), HANDED_OVER._replace(endings=2))),
        (Kind.ENDINGS, truly(AT_THE_DESK, CANCELLED._replace(endings=0))),
        (Kind.ENDINGS, truly(AT_THE_DESK, ON_SHELF._replace(endings=1))),
        (Kind.ASTRAY, told(HANDED_OVER, doors=(RESERVED,))),
        (Kind.SAME_SHELF, told(ON_SHELF, HANDED_OVER, ON_SHELF)),
    ],
)
def test_a_box_that_is_elsewhere_is_found(kind: Kind, evidence: Evidence) -> None:
    assert kind in kinds(evidence)


def test_a_box_that_is_elsewhere_is_excused_by_an_open_finding_about_its_number() -> None:
    assert not judge(truly(AT_THE_DESK, HANDED_OVER._replace(pointed_out=True)))


def test_a_box_that_another_desk_found_is_where_either_journal_has_it() -> None:
    theirs = Book("D2", (DEPOSITED,), shown=(SHOWN,), counted=Count(1, 1))
    ours = Book("D1", (CANCELLED,), counted=Count(0, 0))
    for books in ([ours, theirs], [theirs, ours]):
        assert not judge(Evidence([DOOR], books, [LIFE], boxes={"T1": LIES_HERE}))


COUNTED = Found(HERE, ("T1",))
MISFIT = Misfit("T1", HERE, "missing")


def counting(
    record: Record = ON_SHELF, *, recorded: tuple[Found, ...] = (), misfits: tuple[Misfit, ...] = ()
) -> Evidence:
    """Return what there is when somebody counted a unit once."""
    return Evidence([], [Book("D1", (record,), counts=(COUNTED,), recorded_counts=recorded, misfits=misfits)])


@pytest.mark.parametrize(
    ("kind", "evidence"),
    [
        (None, counting(recorded=(COUNTED,))),
        (None, counting(recorded=(COUNTED, COUNTED))),
        (Kind.UNCOUNTED, counting()),
        (Kind.UNCOUNTED, counting(recorded=(COUNTED._replace(codes=()),))),
        (Kind.MISFIT, counting(recorded=(COUNTED,), misfits=(MISFIT,))),
        (None, counting(ON_SHELF._replace(pointed_out=True), recorded=(COUNTED,), misfits=(MISFIT,))),
        (None, replace(counting(recorded=(COUNTED,), misfits=(MISFIT,)), before=frozenset({"T1"}))),
    ],
)
def test_a_stocktake_holds_and_shows_nothing_that_nobody_was_told_of(kind: Kind | None, evidence: Evidence) -> None:
    assert kinds(evidence) == ({kind} if kind else set())


def test_the_parcels_of_two_desks_may_lie_at_shelf_places_of_the_same_name() -> None:
    assert not judge(Evidence([], [Book("D1", (ON_SHELF,)), Book("D2", (ON_SHELF._replace(number="T2"),))]))
