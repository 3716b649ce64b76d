"""A bank as it was read, with what this desk has done since: parcels where the journal has them, and nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.bank_changes import with_changes
from kiosk.parcels.lockers import LockerBankDetails, LockerUnit
from kiosk.parcels.parcel import AttentionItem, OpenWrite, Parcel, UnitPlace
from kiosk.parcels.states import Finding, Operation, ParcelState, UnitState
from tests.parcels.test_findings import RESERVED, UNLISTED, parcel, unit


def bank(*units: LockerUnit) -> LockerBankDetails:
    return LockerBankDetails(locker_bank_id="AOne", locker_units=units)


def changed(read: LockerUnit, *parcels: Parcel) -> LockerUnit:
    (after,) = with_changes(bank(read), parcels).locker_units
    return after


def test_a_free_unit_that_was_reserved_since_is_the_contacts() -> None:
    after = changed(unit("7"), RESERVED)
    assert (after.state, after.numbers, after.contact_id) == (UnitState.RESERVED, ("T1",), "ours")
    after = changed(unit("7"), parcel())
    assert (after.state, after.has_deposited("T1")) == (UnitState.OCCUPIED, True)


def test_a_unit_that_is_asked_for_may_be_taken() -> None:
    write = OpenWrite(
        intent_id="i",
        owner="o",
        operation=Operation.RESERVE,
        place=UnitPlace(locker_bank_id="AOne", locker_unit_id="7"),
    )
    in_doubt = parcel(state=ParcelState.TAKEN_IN, place=None, open_write=write)
    assert changed(unit("7"), in_doubt).state is UnitState.RESERVED


def test_a_unit_that_was_given_back_or_emptied_is_free_again() -> None:
    for away in (parcel(state=ParcelState.TAKEN_IN, place=None), parcel(state=ParcelState.COLLECTED)):
        after = changed(unit("7", "T1", contact="ours"), away)
        assert (after.state, after.numbers, after.contact_id) == (UnitState.FREE, (), None)


def test_what_else_is_in_a_unit_stays() -> None:
    away = parcel(state=ParcelState.TAKEN_IN, place=None)
    after = changed(unit("7", "T1", "T2", contact="ours"), away)
    assert (after.state, after.numbers, after.contact_id) == (UnitState.OCCUPIED, ("T2",), "ours")


def test_a_unit_that_lists_no_numbers_stays_as_it_was_read() -> None:
    assert changed(UNLISTED, parcel(state=ParcelState.TAKEN_IN, place=None)) == UNLISTED


def test_whose_a_taken_unit_is_follows_from_the_reading_only() -> None:
    assert changed(UNLISTED, parcel()).contact_id is None


def test_a_unit_of_another_bank_is_not_touched() -> None:
    elsewhere = parcel(place=UnitPlace(locker_bank_id="BTwo", locker_unit_id="7"))
    assert changed(unit("7"), elsewhere) == unit("7")


def test_a_further_unit_stays_as_the_service_says_while_somebody_has_to_look() -> None:
    second = UnitPlace(locker_bank_id="AOne", locker_unit_id="8")
    item = AttentionItem(finding=Finding.TWO_UNITS, place=second)
    read = unit("8", "T1")
    assert changed(read, parcel(attention=(item,))) == read
    assert changed(read, parcel()).state is UnitState.FREE


@given(
    st.lists(
        st.builds(
            lambda number, at, state: parcel(
                number, state=state, place=UnitPlace(locker_bank_id="AOne", locker_unit_id=at)
            ),
            st.sampled_from(["T1", "T2", "T3"]),
            st.sampled_from(["7", "8", "9"]),
            st.sampled_from(ParcelState),
        ),
        max_size=4,
        unique_by=lambda each: each.tracking_number,
    )
)
def test_a_second_time_changes_nothing_and_every_parcel_is_where_the_journal_has_it(parcels: list[Parcel]) -> None:
    read = bank(unit("7", "T1"), unit("8", "T2", "T9"), unit("9"))
    once = with_changes(read, parcels)
    assert with_changes(once, parcels) == once
    for each in parcels:
        holding = {unit.locker_unit_id for unit in once.locker_units if unit.holds(each.tracking_number)}
        assert each.place is not None
        assert holding == ({each.place.locker_unit_id} if each.has_unit else set())
