"""How each event changes a parcel, and that none was forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.journal.chain import join, split
from kiosk.parcels import events as happened
from kiosk.parcels import leaving
from kiosk.parcels.desk_events import DeskEvent
from kiosk.parcels.events import Event
from kiosk.parcels.fold import First, Later, apply, begin
from kiosk.parcels.parcel import AttentionItem, OpenWrite, Parcel, UnitPlace
from kiosk.parcels.records import UnreadableEvent
from kiosk.parcels.registry import CODES, EVENTS
from kiosk.parcels.states import Finding, IdentityCheck, Operation, OutgoingReason, ParcelState, ShelfReason
from tests.journal.book import (
    ASKED,
    ATTENTION,
    CHOSEN,
    DEPOSITED,
    LATER,
    NO_LINE,
    PERSON,
    PLACE,
    RESERVED,
    SAMPLES,
    START,
    TAKEN_IN,
)

CHANGES_NOTHING = {
    "correction_asked": "what it leads to are events of their own",
    "pickup_code_shown_again": "only the journal tells it",
}
"""Events that leave a parcel as it is, and why."""

BY_CODE = {CODES[type(sample)]: sample for sample in SAMPLES}
LATER_ONES: dict[str, Later] = {code: sample for code, sample in BY_CODE.items() if isinstance(sample, Later)}
PERSONAL = [code for code, each in EVENTS.items() if each.personal]


def parcel(**fields: Any) -> Parcel:
    return Parcel(parcel_id="p1", tracking_number="T1", scanned="]C1T1", taken_in_at=START, **fields)


OPEN = OpenWrite(intent_id="i1", owner="o1", operation=Operation.RESERVE, place=PLACE, expiry=LATER)
OTHER = UnitPlace(locker_bank_id="BTwo", locker_unit_id="1")
BUSY = parcel(
    other_codes=("REF 1", "REF 2"),
    state=ParcelState.IN_LOCKER,
    contact=None,
    place=OTHER,
    reservation_expiry=START,
    deposited_at=START - timedelta(hours=1),
    deposit_expiry=START,
    open_write=OPEN.model_copy(update={"intent_id": "i0"}),
    code_waiting=True,
    shelf="S9",
    shelf_reason=ShelfReason.PUT_ASIDE,
    attention=(ATTENTION.model_copy(update={"finding": Finding.REFUSED_LATE}),),
)
"""A parcel about which everything is known, so that no event can leave it as it is by chance."""


def all_subclasses(base: type[Event]) -> Iterator[type[Event]]:
    for each in base.__subclasses__():
        yield each
        yield from all_subclasses(each)


def after(before: Parcel, event: Later) -> Parcel:
    return apply(before, event, at=START)


def test_every_event_class_has_a_code_and_every_code_is_one_that_can_be_read() -> None:
    recorded = set(all_subclasses(Event)) - {DeskEvent, UnreadableEvent, happened.AboutCode}
    missing = {each.__name__ for each in recorded if each not in CODES}
    assert not missing, f"add to kiosk/parcels/registry.py: {missing}"
    assert len(CODES) == len(EVENTS), "one class, one code"
    assert all(code == code.lower() and code.isidentifier() for code in EVENTS)


def test_every_event_has_a_sample_for_these_tests() -> None:
    missing = set(EVENTS) - set(BY_CODE)
    assert not missing, f"add to tests.journal.book.SAMPLES: {missing}"


def test_every_event_begins_a_parcel_changes_one_or_is_about_none() -> None:
    nowhere = {code for code, event in BY_CODE.items() if not isinstance(event, First | Later | DeskEvent)}
    assert not nowhere, f"add to a union of kiosk/parcels/fold.py: {nowhere}"


def test_every_later_event_changes_a_parcel() -> None:
    silent = {code for code, event in LATER_ONES.items() if after(BUSY, event) == BUSY}
    assert silent == set(CHANGES_NOTHING)


@pytest.mark.parametrize("code", EVENTS)
def test_an_event_reads_back_as_it_was_written(code: str) -> None:
    body, personal = split(BY_CODE[code])
    assert join(EVENTS[code], body, personal) == BY_CODE[code]


@pytest.mark.parametrize("code", PERSONAL)
def test_personal_fields_are_not_in_the_public_body_and_can_be_forgotten(code: str) -> None:
    body, personal = split(BY_CODE[code])
    assert personal is not None
    for secret in (PERSON.contact_id, PERSON.name, PERSON.email, PERSON.room):
        assert f'"{secret}"' not in body
        assert f'"{secret}"' in personal.body or code in {"recipient_read", "parcel_handed_over", "notice_sent"}
    assert f'"{PERSON.contact_id if code == "notice_sent" else PERSON.name}"' in personal.body
    read = join(EVENTS[code], body, None)
    assert {getattr(read, field) for field in EVENTS[code].personal} == {None}


def test_two_events_about_one_person_do_not_show_it() -> None:
    (first, _), (second, _) = split(CHOSEN), split(CHOSEN)
    assert first != second


def test_a_parcel_begins_taken_in() -> None:
    assert begin(TAKEN_IN, parcel_id="p1", at=START) == parcel()


@pytest.mark.parametrize("deposited", [True, False])
def test_a_parcel_found_at_the_server_begins_where_it_lies(*, deposited: bool) -> None:
    found = happened.ParcelFound(
        tracking_number="T1", contact=PERSON, place=PLACE, reservation_expiry=LATER, deposited=deposited
    )
    begun = begin(found, parcel_id="p1", at=START)
    assert begun == parcel(
        state=ParcelState.IN_LOCKER if deposited else ParcelState.RESERVED,
        contact=PERSON,
        place=PLACE,
        reservation_expiry=LATER,
    ).model_copy(update={"scanned": "T1"})


def test_a_recipient_that_was_forgotten_is_none() -> None:
    assert after(parcel(), CHOSEN).contact == PERSON
    assert after(parcel(contact=PERSON), happened.RecipientChosen(contact=None)).contact is None


def test_a_write_is_open_from_asking_to_its_outcome() -> None:
    asked = after(parcel(), ASKED)
    assert asked.open_write == OPEN
    doubtful = after(asked, happened.WriteFellInDoubt(intent_id="i1", cause=NO_LINE))
    assert doubtful.open_write == OPEN.model_copy(update={"cause": NO_LINE})
    repeated = after(doubtful, happened.WriteRepeated(intent_id="i1", owner="o2"))
    assert repeated.open_write == OPEN.model_copy(update={"cause": NO_LINE, "owner": "o2"})
    failed = happened.WriteFailed(intent_id="i1", operation=Operation.RESERVE, cause=NO_LINE)
    assert after(repeated, failed) == parcel()
    for state in (parcel(), asked):
        assert state.unfinished


def test_a_doubt_about_a_write_that_is_not_open_changes_nothing() -> None:
    for event in (LATER_ONES["write_repeated"], LATER_ONES["write_fell_in_doubt"]):
        assert after(parcel(), event) == parcel()


def test_a_reserved_unit_ends_the_write() -> None:
    assert after(parcel(open_write=OPEN), RESERVED) == parcel(
        state=ParcelState.RESERVED, place=PLACE, reservation_expiry=LATER
    )


def test_extending_moves_the_expiry_of_what_is_reserved_and_of_what_is_deposited() -> None:
    extended = LATER_ONES["reservation_extended"]
    for state in (ParcelState.RESERVED, ParcelState.IN_LOCKER):
        moved = after(parcel(state=state, place=PLACE, reservation_expiry=START, open_write=OPEN), extended)
        assert (moved.state, moved.reservation_expiry, moved.open_write) == (state, LATER + timedelta(hours=1), None)


@pytest.mark.parametrize("code_received", [True, False])
def test_a_deposit_without_a_time_happened_when_it_was_recorded(*, code_received: bool) -> None:
    event = DEPOSITED.model_copy(update={"deposited_at": None, "code_received": code_received})
    deposited = after(parcel(state=ParcelState.RESERVED, place=PLACE, open_write=OPEN), event)
    assert (deposited.state, deposited.deposited_at, deposited.deposit_expiry) == (ParcelState.IN_LOCKER, START, LATER)
    assert (deposited.code_waiting, deposited.unfinished, deposited.open_write) == (code_received, code_received, None)


@pytest.mark.parametrize("code", ["unit_freed", "reservation_lapsed"])
def test_a_parcel_without_its_unit_is_in_the_clerks_hands(code: str) -> None:
    before = parcel(state=ParcelState.IN_LOCKER, place=PLACE, deposited_at=START, code_waiting=True, open_write=OPEN)
    assert after(before, LATER_ONES[code]) == parcel()


def test_a_parcel_that_is_gone_was_collected_from_where_it_lay() -> None:
    gone = after(BUSY, happened.ParcelFoundGone())
    assert (gone.state, gone.place, gone.code_waiting) == (ParcelState.COLLECTED, BUSY.place, False)


def test_a_cancelled_parcel_is_nowhere_and_done() -> None:
    cancelled = after(
        parcel(state=ParcelState.RESERVED, place=PLACE, reservation_expiry=LATER), LATER_ONES["parcel_cancelled"]
    )
    assert cancelled == parcel(state=ParcelState.CANCELLED)
    assert not cancelled.unfinished


def test_a_parcel_that_moved_on_is_done_and_says_where_it_went_on() -> None:
    moved = after(parcel(wrong_recipient=True, attention=(ATTENTION,)), LATER_ONES["parcel_moved_on"])
    assert moved == parcel(state=ParcelState.CANCELLED, wrong_recipient=True, moved_to="p2")
    assert not moved.present


def test_a_parcel_that_was_added_to_a_unit_shares_it_until_it_leaves_it() -> None:
    adding = parcel(open_write=OPEN.model_copy(update={"operation": Operation.ADD}))
    added = after(adding, LATER_ONES["unit_reserved"])
    assert added.shared
    assert not after(parcel(open_write=OPEN), LATER_ONES["unit_reserved"]).shared
    assert after(after(added, LATER_ONES["parcel_deposited"]), LATER_ONES["reservation_extended"]).shared
    assert not after(added, LATER_ONES["unit_freed"]).shared


def test_the_name_on_the_label_counts_until_somebody_is_chosen() -> None:
    read = after(parcel(), LATER_ONES["recipient_read"])
    assert read.recipient_read == PERSON.name
    assert after(read, CHOSEN) == parcel(contact=PERSON)


def test_whoever_is_chosen_then_is_no_longer_the_wrong_recipient() -> None:
    wrong = after(parcel(contact=PERSON), happened.WrongRecipientNoticed())
    assert [wrong.wrong_recipient, after(wrong, CHOSEN).wrong_recipient] == [True, False]


def test_a_parcel_on_the_shelf_lies_at_its_place_until_it_is_taken_off_or_cancelled() -> None:
    laid = after(parcel(), LATER_ONES["parcel_put_on_shelf"])
    assert (laid.state, laid.shelf, laid.shelf_reason, laid.wanted_size) == (
        ParcelState.ON_SHELF,
        "S1",
        ShelfReason.NO_UNIT,
        "small",
    )
    assert laid.unfinished
    assert after(laid, happened.ParcelTakenOffShelf()) == parcel()
    assert after(laid, happened.ParcelCancelled()) == parcel(state=ParcelState.CANCELLED)


def test_one_item_of_attention_is_kept_for_each_finding_until_it_is_closed() -> None:
    done = parcel(state=ParcelState.COLLECTED)
    raised = after(done, LATER_ONES["attention_raised"])
    newer = ATTENTION.model_copy(update={"cause": NO_LINE})
    other = ATTENTION.model_copy(update={"finding": Finding.REFUSED_LATE})
    for attention in (newer, other):
        raised = after(raised, happened.AttentionRaised(item=attention))
    assert raised.attention == (newer, other)
    assert raised.unfinished
    closed = after(raised, happened.AttentionClosed(finding=Finding.TWO_UNITS, reason="freed"))
    assert closed.attention == (other,)


def test_a_write_that_was_taken_over_has_another_owner_and_a_delayed_one_is_in_doubt() -> None:
    taken_over = after(parcel(open_write=OPEN), LATER_ONES["write_taken_over"])
    assert taken_over.open_write == OPEN.model_copy(update={"owner": "o3"})
    delayed = after(parcel(open_write=OPEN), LATER_ONES["write_delayed"])
    assert delayed.open_write == OPEN.model_copy(update={"cause": NO_LINE, "may_be_done": False})


def test_a_write_that_was_seen_done_stays_so_however_often_it_is_repeated() -> None:
    current = after(parcel(open_write=OPEN), happened.WriteRepeated(intent_id="i1", owner="o2", was_done=True))
    current = after(current, happened.WriteRepeated(intent_id="i1", owner="o2"))
    assert current.open_write is not None
    assert (current.open_write.was_done, current.open_write.may_be_done) == (True, True)


def test_what_is_said_of_a_parcel_put_in_unrecorded_settles_what_was_to_be_looked_into_there() -> None:
    unclear = AttentionItem(finding=Finding.DEPOSIT_UNCLEAR, place=PLACE)
    left = after(BUSY.model_copy(update={"attention": (unclear, ATTENTION)}), LATER_ONES["parcel_left_unrecorded"])
    assert (left.state, left.place, left.code_waiting) == (ParcelState.UNRECORDED, PLACE, False)
    back, collected = after(left, LATER_ONES["parcel_taken_back"]), after(left, LATER_ONES["collection_noted"])
    assert (back.state, back.place, back.attention) == (ParcelState.TAKEN_IN, None, (ATTENTION,))
    assert (collected.state, collected.attention) == (ParcelState.COLLECTED, (ATTENTION,))


def test_a_code_that_was_seen_leaves_the_parcel_in_its_locker() -> None:
    seen = after(BUSY, happened.PickupCodeSeen())
    assert seen == BUSY.model_copy(update={"code_waiting": False})


@given(events=st.lists(st.sampled_from(list(LATER_ONES.values())), max_size=12))
def test_no_order_of_events_breaks_a_parcel(events: list[Later]) -> None:
    current = parcel()
    for event in events:
        current = after(current, event)
        assert Parcel.model_validate_json(current.model_dump_json()) == current
        assert current.parcel_id == "p1"
        assert "T1" in {current.tracking_number, *current.other_codes}


def test_what_was_to_be_looked_into_at_a_unit_ends_when_the_parcel_leaves_it() -> None:
    there = AttentionItem(finding=Finding.REFUSED_LATE, place=PLACE)
    elsewhere = there.model_copy(update={"finding": Finding.UNIT_OF_SOMEBODY_ELSE, "place": OTHER})
    reserved = parcel(state=ParcelState.RESERVED, place=PLACE, attention=(there, elsewhere, ATTENTION))
    assert after(reserved, happened.UnitFreed(intent_id="i3", place=PLACE)).attention == (elsewhere, ATTENTION)


def test_who_was_given_a_parcel_has_it_and_nothing_about_its_locker_is_open_any_more() -> None:
    given = leaving.ParcelHandedOver(to="J. Doe", checked=IdentityCheck.BADGE)
    now = after(BUSY.model_copy(update={"open_write": None}), given)
    assert (now.state, now.handed_to, now.place) == (ParcelState.HANDED_OVER, "J. Doe", BUSY.place)
    assert (now.code_waiting, now.shelf, now.attention) == (False, None, ())
    assert not now.present


def test_what_is_to_be_sent_is_here_until_it_left() -> None:
    lying = after(
        Parcel(parcel_id="p1", tracking_number="T1", scanned="T1", taken_in_at=START),
        leaving.ParcelMadeOutgoing(destination="Main Street", reason=OutgoingReason.RETURN),
    )
    assert (lying.state, lying.destination, lying.unfinished) == (ParcelState.OUTGOING, "Main Street", True)
    back = after(lying, happened.ParcelTakenBack())
    assert (back.state, back.destination, back.outgoing_reason) == (ParcelState.TAKEN_IN, "", None)
    sent = after(lying, leaving.ParcelSent())
    assert (sent.state, sent.destination, sent.present) == (ParcelState.SENT, "Main Street", False)


def test_an_intake_that_was_given_up_by_mistake_goes_on_with_its_recipient() -> None:
    taken = Parcel(parcel_id="p1", tracking_number="T1", scanned="T1", taken_in_at=START, contact=PERSON)
    again = after(after(taken, happened.ParcelCancelled()), leaving.CancelUndone())
    assert again == taken
