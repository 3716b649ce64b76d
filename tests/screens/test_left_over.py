"""After a restart each parcel that was interrupted says where its own intake stood, and says it once."""

from __future__ import annotations

import pytest

from kiosk.parcels.contacts import Contact
from kiosk.parcels.parcel import AttentionItem, OpenWrite, Parcel, UnitPlace
from kiosk.parcels.states import Finding, NumberQuestion, Operation, ParcelState, ShelfReason
from screens.left_over import LeftOver
from screens.widgets.notice import Greeting
from tests.screens.kiosk_in_test import START

PLACE = UnitPlace(locker_bank_id="A", locker_unit_id="7")
SOMEBODY = Contact(contact_id="c", name="Maria Smith")
WRITE = OpenWrite(intent_id="i", owner="o", operation=Operation.DEPOSIT, place=PLACE)
BARE = Parcel(parcel_id="p1", tracking_number="T1", scanned="", taken_in_at=START)

INTERRUPTED = {
    "number to write": BARE.model_copy(update={"question": NumberQuestion.TO_WRITE}),
    "nobody chosen": BARE,
    "no locker": BARE.model_copy(update={"contact": SOMEBODY}),
    "on its way in": BARE.model_copy(update={"contact": SOMEBODY, "state": ParcelState.RESERVED, "place": PLACE}),
    "code unseen": BARE.model_copy(
        update={"contact": SOMEBODY, "state": ParcelState.IN_LOCKER, "place": PLACE, "code_waiting": True}
    ),
    "to the right person": BARE.model_copy(update={"contact": SOMEBODY, "wrong_recipient": True}),
}
SPEAK_FOR_THEMSELVES = {
    "number open": BARE.model_copy(update={"question": NumberQuestion.GUESS}),
    "in doubt": BARE.model_copy(update={"open_write": WRITE}),
    "to be looked into": BARE.model_copy(
        update={"state": ParcelState.IN_LOCKER, "attention": (AttentionItem(finding=Finding.REFUSED_LATE),)}
    ),
    "on the shelf": BARE.model_copy(
        update={"state": ParcelState.ON_SHELF, "shelf": "S1", "shelf_reason": ShelfReason.NO_UNIT}
    ),
}


def said(parcel: Parcel) -> Greeting:
    left = LeftOver()
    left.begin([parcel])
    return left.greeting(parcel, lambda _: "Lobby")


def test_each_says_something_else_and_what_to_do() -> None:
    greetings = {name: said(parcel) for name, parcel in INTERRUPTED.items()}
    assert len({each.title for each in greetings.values()}) == len(INTERRUPTED)
    assert len({each.sentence for each in greetings.values()}) == len(INTERRUPTED)
    assert all(each.title and each.sentence for each in greetings.values())
    assert all("Lobby 7" in each.title + each.sentence for name, each in greetings.items() if name in PLACED)


PLACED = {"on its way in", "code unseen"}


@pytest.mark.parametrize("parcel", SPEAK_FOR_THEMSELVES.values(), ids=SPEAK_FOR_THEMSELVES)
def test_a_parcel_whose_screen_says_it_all_says_nothing_of_the_restart(parcel: Parcel) -> None:
    assert said(parcel) == Greeting()


def test_it_is_said_once_and_only_of_what_was_left_over() -> None:
    left = LeftOver()
    other = BARE.model_copy(update={"parcel_id": "p2"})
    left.begin([BARE])
    assert left.greeting(other, str) == Greeting()
    assert left.greeting(BARE, str) != Greeting()
    assert left.greeting(BARE, str) == Greeting()
