"""THE table of steps, row by row: from which states, for whom, and what hinders first."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.parcels.parcel import AttentionItem, OpenWrite, Parcel
from kiosk.parcels.states import ContactType, Finding, NumberQuestion, Operation, ParcelState, Role
from kiosk.parcels.steps import STEPS, Hindrance, Step, asks_why, hindrance, offers
from tests.journal.book import ATTENTION, PERSON, PLACE, START

HAND, RESERVED, SHELF = ParcelState.TAKEN_IN, ParcelState.RESERVED, ParcelState.ON_SHELF
LOCKER, COLLECTED, CANCELLED = ParcelState.IN_LOCKER, ParcelState.COLLECTED, ParcelState.CANCELLED
UNRECORDED, OUTGOING = ParcelState.UNRECORDED, ParcelState.OUTGOING
GONE = {COLLECTED, CANCELLED, ParcelState.HANDED_OVER, ParcelState.SENT}
EVERYWHERE = set(ParcelState)
DESK = {Role.CLERK, Role.OWNER}
CONSOLE = {Role.OPERATOR, Role.ADMIN, Role.OWNER}
ADMIN = {Role.ADMIN, Role.OWNER}

DEPARTMENT = PERSON.model_copy(update={"contact_type": ContactType.DEPARTMENT})
OPEN = OpenWrite(intent_id="i1", owner="o1", operation=Operation.DEPOSIT, place=PLACE)

ROWS: dict[Step, tuple[set[ParcelState], set[Role], dict[str, Any]]] = {
    Step.SETTLE_NUMBER: ({HAND}, DESK, {"question": NumberQuestion.CHECK_DIGIT}),
    Step.ADD_CODE: ({HAND}, DESK, {}),
    Step.TAKE_CODE_OFF: ({HAND}, DESK, {}),
    Step.JOIN: ({HAND}, DESK, {}),
    Step.CHOOSE_RECIPIENT: ({HAND}, DESK, {}),
    Step.NOTE_NAME: ({HAND, SHELF}, DESK, {}),
    Step.RESERVE: ({HAND}, DESK, {"contact": PERSON}),
    Step.ADD_TO_LOCKER: ({HAND}, DESK, {"contact": PERSON}),
    Step.PUT_ON_SHELF: ({HAND, SHELF, RESERVED}, DESK, {}),
    Step.TAKE_OFF_SHELF: ({SHELF}, DESK | CONSOLE, {}),
    Step.DEPOSIT: ({RESERVED}, DESK, {"contact": PERSON}),
    Step.TAKE_BACK: ({UNRECORDED, OUTGOING}, DESK | CONSOLE, {}),
    Step.NOTE_COLLECTED: ({UNRECORDED}, DESK | CONSOLE, {}),
    Step.REPORT_UNIT: ({RESERVED}, DESK, {}),
    Step.RELEASE: ({RESERVED}, DESK, {}),
    Step.CONFIRM_CODE: ({LOCKER}, DESK, {"code_waiting": True}),
    Step.SHOW_CODE_AGAIN: ({LOCKER}, DESK, {"contact": PERSON}),
    Step.TAKE_IN_AGAIN: (GONE, DESK, {}),
    Step.CANCEL: ({HAND, RESERVED, SHELF, OUTGOING}, DESK, {}),
    Step.UNDO_CANCEL: ({CANCELLED}, DESK, {}),
    Step.HAND_OVER: ({HAND, RESERVED, SHELF, LOCKER, UNRECORDED, OUTGOING}, DESK | CONSOLE, {}),
    Step.CLEAR: ({LOCKER}, DESK | CONSOLE, {}),
    Step.MAKE_OUTGOING: ({HAND, SHELF, OUTGOING}, DESK | CONSOLE, {}),
    Step.NOTE_SENT: ({OUTGOING}, DESK | CONSOLE, {}),
    Step.MOVE_TO_RIGHT_PERSON: ({HAND, LOCKER}, DESK, {"wrong_recipient": True}),
    Step.CHECK: ({HAND, RESERVED, LOCKER}, DESK, {"place": PLACE}),
    Step.CLOSE_FINDING: (EVERYWHERE, DESK | CONSOLE, {"attention": (ATTENTION,)}),
    Step.TAKE_OUT: ({HAND, RESERVED, SHELF, LOCKER, UNRECORDED, OUTGOING}, CONSOLE, {}),
    Step.FREE_SECOND_UNIT: (EVERYWHERE, CONSOLE, {"attention": (ATTENTION,)}),
    Step.EXTEND: ({RESERVED, LOCKER}, DESK | CONSOLE, {}),
    Step.RENEW_CODE: ({LOCKER}, DESK | CONSOLE, {"contact": PERSON}),
    Step.CHANGE_USER: ({LOCKER}, CONSOLE, {}),
    Step.SEND_AGAIN: ({LOCKER, SHELF}, DESK | CONSOLE, {"contact": PERSON}),
    Step.CORRECT_ADDRESS: ({HAND, RESERVED, LOCKER, SHELF}, DESK, {"contact": PERSON}),
    Step.PRINT_SLIP: ({LOCKER, SHELF}, DESK, {"contact": PERSON}),
    Step.PRINT_LABEL: ({SHELF}, DESK, {}),
    Step.VIEW_CODE: (EVERYWHERE, ADMIN, {"code_waiting": True}),
}
"""States, roles, and what must be true of the parcel, written down a second time: a change of the table is meant."""

HINDERED: dict[Hindrance, tuple[Step, ParcelState, dict[str, Any]]] = {
    Hindrance.IN_DOUBT: (Step.DEPOSIT, RESERVED, {"open_write": OPEN}),
    Hindrance.NUMBER_NOT_SETTLED: (Step.CHOOSE_RECIPIENT, HAND, {"question": NumberQuestion.GUESS}),
    Hindrance.NUMBER_SETTLED: (Step.SETTLE_NUMBER, HAND, {}),
    Hindrance.NO_RECIPIENT: (Step.RESERVE, HAND, {}),
    Hindrance.RECIPIENT_KNOWN: (Step.NOTE_NAME, HAND, {"contact": PERSON}),
    Hindrance.WRONG_RECIPIENT: (Step.RESERVE, HAND, {"contact": PERSON, "wrong_recipient": True}),
    Hindrance.NOT_MARKED: (Step.MOVE_TO_RIGHT_PERSON, HAND, {}),
    Hindrance.NO_CODE: (Step.CONFIRM_CODE, LOCKER, {}),
    Hindrance.NO_FINDING: (Step.CLOSE_FINDING, LOCKER, {}),
    Hindrance.NO_SECOND_UNIT: (
        Step.FREE_SECOND_UNIT,
        LOCKER,
        {"attention": (AttentionItem(finding=Finding.REFUSED_LATE),)},
    ),
    Hindrance.NO_UNIT: (Step.CHECK, HAND, {}),
    Hindrance.DEPARTMENT: (Step.RENEW_CODE, LOCKER, {"contact": DEPARTMENT}),
    Hindrance.MOVED: (Step.UNDO_CANCEL, CANCELLED, {"moved_to": "p2"}),
}

each_step = pytest.mark.parametrize("step", Step)


def parcel(state: ParcelState, **fields: Any) -> Parcel:
    return Parcel(parcel_id="p1", tracking_number="T1", scanned="T1", taken_in_at=START, state=state, **fields)


@each_step
def test_a_step_is_offered_from_its_states_to_its_roles_and_to_nobody_else(step: Step) -> None:
    states, roles, needs = ROWS[step]
    for state in ParcelState:
        for role in Role:
            offered = step in offers(parcel(state, **needs), role)
            assert offered is (state in states and role in roles), (state, role)


@each_step
def test_a_role_that_may_not_is_told_before_anything_else_and_then_the_state(step: Step) -> None:
    states, roles, needs = ROWS[step]
    for role in set(Role) - roles:
        assert hindrance(step, parcel(next(iter(states)), **needs), role) is Hindrance.ROLE
    for state in EVERYWHERE - states:
        assert hindrance(step, parcel(state, **needs), next(iter(roles))) is Hindrance.STATE


@each_step
def test_what_is_in_doubt_hinders_every_step_but_those_that_only_look(step: Step) -> None:
    _, _, needs = ROWS[step]
    looks_only = {
        Step.CHECK,
        Step.CONFIRM_CODE,
        Step.SHOW_CODE_AGAIN,
        Step.TAKE_IN_AGAIN,
        Step.CLOSE_FINDING,
        Step.SEND_AGAIN,
        Step.CORRECT_ADDRESS,
        Step.PRINT_SLIP,
        Step.PRINT_LABEL,
        Step.VIEW_CODE,
    }
    for state in ParcelState:
        why = hindrance(step, parcel(state, open_write=OPEN, **needs), Role.OWNER)
        assert (why is Hindrance.IN_DOUBT) is (step not in looks_only)


@pytest.mark.parametrize("why", [each for each in Hindrance if each not in {Hindrance.ROLE, Hindrance.STATE}])
def test_each_hindrance_is_met_and_named(why: Hindrance) -> None:
    step, state, fields = HINDERED[why]
    assert hindrance(step, parcel(state, **fields), Role.OWNER) is why
    assert why in STEPS[step].needs


@pytest.mark.parametrize("state", sorted(set(ParcelState) - GONE))
@pytest.mark.parametrize("contact", [None, PERSON, DEPARTMENT], ids=["nobody", "person", "department"])
def test_no_state_is_a_dead_end_for_the_desk_nor_for_the_console(state: ParcelState, contact: Any) -> None:
    for fields in ({}, {"wrong_recipient": True}, {"attention": (ATTENTION,)}, {"code_waiting": True}):
        stands = parcel(state, contact=contact, **fields)
        assert offers(stands, Role.CLERK)
        assert offers(stands, Role.OPERATOR)
    assert Step.CHECK in offers(parcel(state, contact=contact, open_write=OPEN), Role.CLERK) or state in {
        SHELF,
        UNRECORDED,
        OUTGOING,
    }


@pytest.mark.parametrize("state", sorted(GONE))
def test_what_has_ended_may_only_come_again_unless_there_is_something_to_look_into(state: ParcelState) -> None:
    undone = (Step.UNDO_CANCEL,) if state is CANCELLED else ()
    assert offers(parcel(state, contact=PERSON), Role.OWNER) == (Step.TAKE_IN_AGAIN, *undone)
    assert offers(parcel(state, contact=PERSON), Role.ADMIN) == ()
    assert offers(parcel(state, attention=(ATTENTION,)), Role.OPERATOR) == (Step.CLOSE_FINDING, Step.FREE_SECOND_UNIT)


@pytest.mark.parametrize("state", ParcelState)
def test_a_viewer_is_offered_nothing(state: ParcelState) -> None:
    for fields in ({}, {"attention": (ATTENTION,)}, {"code_waiting": True, "contact": PERSON}):
        assert offers(parcel(state, **fields), Role.VIEWER) == ()


@each_step
def test_a_reason_is_asked_of_whoever_mends_from_afar_and_never_at_the_desk(step: Step) -> None:
    asked = {role for role in Role if asks_why(step, role)}
    from_afar = CONSOLE if ROWS[step][1] & {Role.OPERATOR, Role.ADMIN} else set()
    # A new code voids the one that somebody has, and the clerk does not have the parcel in hand.
    assert asked == from_afar | (DESK if step is Step.RENEW_CODE else set())


def test_every_step_has_a_row_and_offers_come_in_its_order() -> None:
    assert list(STEPS) == list(ROWS) == list(Step)
    everything = offers(parcel(HAND, contact=PERSON, attention=(ATTENTION,)), Role.OWNER)
    assert list(everything) == [step for step in Step if step in everything]
