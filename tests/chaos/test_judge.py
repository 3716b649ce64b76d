"""The judge itself: it finds each kind of loss where it was put, and write paths with a broken promise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.parcels.states import ParcelState
from tests.chaos.judge import Book, Door, Evidence, Kind, Place, Record, judge
from tests.chaos.program import run_program

HERE, THERE = Place("AOne", "1"), Place("AOne", "2")
DOOR = Door(HERE, ("T1",), ("T1",), "ABC234")
RESERVED = Door(HERE, ("T1",))
DEPOSITED = Record("T1", ParcelState.IN_LOCKER, HERE, deposits=1)
TAKEN_IN = Record("T1", ParcelState.TAKEN_IN)
HELD = Record("T1", ParcelState.ON_SHELF, shelf="S1")
CANCELLED = Record("T1", ParcelState.CANCELLED)
COLLECTED = Record("T1", ParcelState.COLLECTED, HERE, deposits=1)
BOOK = Book("K1", (DEPOSITED,), scanned=("T1",), shown=(("T1", "ABC234"),))
SOUND = Evidence([DOOR], [BOOK])


def told(record: Record, *doors: Door, collected: str | None = None) -> Evidence:
    """Return what there is when the journal has one parcel so, and its code was shown if it was deposited."""
    shown = (("T1", "ABC234"),) if record.deposits else ()
    return Evidence(doors, [Book("K1", (record,), shown=shown)], collected={"T1": collected} if collected else {})


def kinds(evidence: Evidence) -> set[Kind]:
    return {violation.kind for violation in judge(evidence)}


@pytest.mark.parametrize(
    "evidence",
    [
        SOUND,
        replace(SOUND, doors=[], collected={"T1": "ABC234"}),
        told(HELD),
        told(CANCELLED),
        told(COLLECTED, collected="ABC234"),
        Evidence([Door(HERE, ("T1",), ("T1",))], [Book("K1", (replace(DEPOSITED, gets_code=False),))]),
        Evidence([DOOR], [replace(BOOK, shown=(("T1", "ABC234"), ("T1", "ABC234")))]),
        Evidence([replace(DOOR, numbers=("before",), deposited=())], [], before=frozenset({"before"})),
        Evidence([DOOR], [replace(BOOK, records=(CANCELLED, DEPOSITED))]),
    ],
    ids=[
        "in a locker",
        "collected",
        "on a shelf",
        "cancelled",
        "found gone after it was collected",
        "a department's",
        "a code shown again after a kill",
        "there before the run",
        "taken in anew after it was cancelled",
    ],
)
def test_what_is_in_order_is_left_alone(evidence: Evidence) -> None:
    assert not judge(evidence)


@pytest.mark.parametrize(
    ("kind", "evidence"),
    [
        (Kind.LOST, told(TAKEN_IN)),
        (Kind.LOST, told(Record("T1", ParcelState.RESERVED, HERE), RESERVED)),
        (Kind.LOST, told(DEPOSITED)),
        (Kind.LOST, told(COLLECTED)),
        (Kind.FORGOTTEN, Evidence([], [Book("K1", (), scanned=("T1",))])),
        (Kind.TWO_UNITS, told(DEPOSITED, DOOR, Door(THERE, ("T1",)))),
        (Kind.UNKNOWN, Evidence([DOOR], [])),
        (Kind.UNKNOWN, Evidence([Door(HERE, ())], [])),
        (Kind.ASTRAY, told(DEPOSITED, replace(DOOR, place=THERE))),
        (Kind.ASTRAY, told(HELD, RESERVED)),
        (Kind.ASTRAY, told(CANCELLED, RESERVED)),
        (Kind.ASTRAY, told(TAKEN_IN, RESERVED)),
        (Kind.SILENT_DEPOSIT, told(Record("T1", ParcelState.RESERVED, HERE), DOOR)),
        (Kind.UNDELIVERED, told(DEPOSITED, RESERVED)),
        (Kind.WRONG_CODE, Evidence([replace(DOOR, code="XYZ789")], [BOOK])),
        (Kind.WRONG_CODE, Evidence([], [BOOK], collected={"T1": "XYZ789"})),
        (Kind.WRONG_CODE, Evidence([DOOR], [replace(BOOK, shown=(("T1", "XYZ789"), ("T1", "ABC234")))])),
        (Kind.UNSEEN_CODE, Evidence([DOOR], [replace(BOOK, shown=())])),
        (Kind.SAME_SHELF, Evidence([], [Book("K1", (HELD, replace(HELD, number="T2")))])),
        (Kind.SAME_SHELF, told(replace(HELD, shelf=None))),
        (Kind.OPEN, told(replace(DEPOSITED, open_write=True), DOOR)),
        (Kind.CHAIN, Evidence([DOOR], [replace(BOOK, damage="event 3: its content was changed")])),
        (Kind.CRASH, replace(SOUND, crashes=("K1 ended with 70",))),
    ],
)
def test_each_kind_of_loss_is_found(kind: Kind, evidence: Evidence) -> None:
    assert kind in kinds(evidence)


TOGETHER = Door(HERE, ("T1", "T2"), ("T1", "T2"), "NEW222")
BOTH = (DEPOSITED, replace(DEPOSITED, number="T2"))


@pytest.mark.parametrize(
    "shown",
    [(("T1", "ABC234"), ("T2", "NEW222")), (("T2", "NEW222"),)],
    ids=["an earlier code was replaced", "one code for both"],
)
def test_the_parcels_in_one_unit_share_the_code_that_was_shown_last(shown: tuple[tuple[str, str], ...]) -> None:
    assert not judge(Evidence([TOGETHER], [Book("K1", BOTH, shown=shown)]))


def test_a_code_that_was_handed_over_counts_in_place_of_the_earlier_one() -> None:
    shown = (("T1", "ABC234"), ("T1", "NEW222"))
    alone = Door(HERE, ("T1",), ("T1",), "NEW222")
    assert not judge(Evidence([alone], [Book("K1", (DEPOSITED,), shown=shown, handed_over=frozenset({"T1"}))]))


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        (Kind.WRONG_CODE, (("T2", "NEW222"), ("T1", "ABC234"))),
        (Kind.WRONG_CODE, (("T1", "ABC234"),)),
        (Kind.UNSEEN_CODE, ()),
    ],
)
def test_a_unit_whose_valid_code_was_not_shown_last_is_found(kind: Kind, shown: tuple[tuple[str, str], ...]) -> None:
    assert kind in kinds(Evidence([TOGETHER], [Book("K1", BOTH, shown=shown)]))


def test_the_parcels_of_two_kiosks_may_lie_at_shelf_places_of_the_same_name() -> None:
    assert not judge(Evidence([], [Book("K1", (HELD,)), Book("K2", (replace(HELD, number="T2"),))]))


HEAVY = (
    "--parcels",
    "40",
    "--kiosks",
    "2",
    "--kills",
    "10",
    "--server-kills",
    "0",
    "--faults",
    "lost=0.2,500-done=0.1",
)


@pytest.mark.parametrize("mutation", ["journal-after-sending", "reserve-by-size", "lost-is-failed"])
def test_a_write_path_with_a_broken_promise_is_found_out(mutation: str) -> None:
    printed = run_program(*HEAVY, "--mutation", mutation)
    assert printed.code == 1, printed.text
    assert any(f"\n  {kind}: " in printed.text for kind in (Kind.ASTRAY, Kind.TWO_UNITS)), printed.text
    assert str(Kind.CRASH) not in printed.text


@pytest.mark.parametrize("mutation", ["", "late-requests"])
def test_the_write_path_as_it_is_stands_the_same(mutation: str) -> None:
    printed = run_program(*HEAVY, "--mutation", mutation)
    assert printed.figures["violations"] == 0, printed.text
