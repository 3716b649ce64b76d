"""What a reading of units shows about a parcel: gone or there, in another unit, another contact's, deposited later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import ParcelFoundGone, ReservationLapsed
from kiosk.parcels.findings import HELD_UP_FOR, NOTHING, SAME_TIME, Shown, UnitsRead, is_elsewhere, left_over
from kiosk.parcels.lockers import LockerSize, LockerUnit, ParcelReference
from kiosk.parcels.parcel import AttentionItem, OpenWrite, Parcel, UnitPlace
from kiosk.parcels.states import ContactType, Finding, Operation, ParcelState

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PLACE = UnitPlace(locker_bank_id="AOne", locker_unit_id="7", size=LockerSize("small"))
OURS, THEIRS = Contact(contact_id="ours", name="Samira Abboud"), Contact(contact_id="theirs", name="Ben Okafor")


def parcel(number: str = "T1", **changes: object) -> Parcel:
    """Return a parcel that lies in unit 7 since noon, by the service's clock."""
    lying = Parcel(
        parcel_id=f"id of {number}",
        tracking_number=number,
        scanned=number,
        taken_in_at=NOON,
        state=ParcelState.IN_LOCKER,
        contact=OURS,
        place=PLACE,
        deposited_at=NOON,
        deposit_time=NOON,
    )
    return lying.model_copy(update=changes)


RESERVED = parcel(state=ParcelState.RESERVED, deposited_at=None, deposit_time=None)


def unit(unit_id: str = "7", *numbers: str, contact: str | None = None, **changes: object) -> LockerUnit:
    """Return a unit with these parcels in it, free without any."""
    inside = tuple(ParcelReference(tracking_number=number) for number in numbers)
    read = LockerUnit(
        locker_unit_id=unit_id,
        unit_reserved=bool(inside),
        unit_occupied=bool(inside),
        parcels_reserved=inside,
        parcels_deposited=inside,
        contact_id=contact,
        deposit_time=NOON if inside else None,
    )
    return read.model_copy(update=changes)


UNLISTED = unit("7", unit_reserved=True, unit_occupied=True)
"""A unit of a bank that lists no numbers."""


def found(read: UnitsRead, about: Parcel, *mates: Parcel) -> list[tuple[Finding, str | None]]:
    items = read.shows(about, mates).items
    return [(item.finding, item.place.locker_unit_id if item.place else None) for item in items]


@pytest.mark.parametrize("about", [parcel(), RESERVED])
def test_a_parcel_in_its_unit_shows_nothing(about: Parcel) -> None:
    assert UnitsRead([unit("7", "T1", contact="ours"), unit("8", "T9")]).shows(about) == NOTHING


@pytest.mark.parametrize(
    "own",
    [
        unit("7"),
        unit("7", "T9", contact="theirs"),
        unit("7", "T9", contact="ours"),
        unit("7", "T9"),
        UNLISTED.model_copy(update={"contact_id": "theirs"}),
    ],
)
def test_a_unit_that_is_free_or_has_another_parcel_or_contact_does_not_hold_it(own: LockerUnit) -> None:
    assert UnitsRead([own]).shows(parcel()).gone == ParcelFoundGone()
    assert UnitsRead([own]).shows(RESERVED).gone == ReservationLapsed(place=PLACE)


@pytest.mark.parametrize(
    "own",
    [
        UNLISTED,
        UNLISTED.model_copy(update={"contact_id": "ours"}),
        unit("7", unit_in_service=False),
        unit("7", unit_reserved=None, unit_occupied=None),
    ],
)
def test_what_does_not_say_who_is_in_it_proves_nothing(own: LockerUnit) -> None:
    assert UnitsRead([own]).shows(parcel()) == NOTHING


def test_a_unit_that_was_not_read_proves_nothing() -> None:
    assert UnitsRead([unit("8", "T9")]).shows(parcel()) == NOTHING


def test_a_second_unit_beside_its_own_is_named() -> None:
    read = UnitsRead([unit("7", "T1"), unit("8", "T1", contact="ours")])
    assert found(read, parcel()) == [(Finding.TWO_UNITS, "8")]


def test_of_several_further_units_the_first_is_named_each_time() -> None:
    read = UnitsRead([unit("8", "T1"), unit("7", "T1"), unit("9", "T1")])
    assert found(read, parcel()) == [(Finding.TWO_UNITS, "8")]


def test_a_parcel_in_another_unit_of_its_contact_is_not_called_gone() -> None:
    read = UnitsRead([unit("7", "T9"), unit("8", "T1", contact="ours")])
    assert (read.shows(parcel()).gone, found(read, parcel())) == (None, [(Finding.LIES_ELSEWHERE, "8")])


def test_a_number_in_another_contacts_unit_is_named_and_says_nothing_of_where_the_parcel_is() -> None:
    there = unit("8", "T1", contact="theirs")
    assert found(UnitsRead([unit("7", "T1"), there]), parcel()) == [(Finding.UNIT_OF_SOMEBODY_ELSE, "8")]
    emptied = UnitsRead([unit("7"), there]).shows(parcel())
    assert emptied.gone == ParcelFoundGone()
    assert [item.finding for item in emptied.items] == [Finding.UNIT_OF_SOMEBODY_ELSE]


def test_its_own_unit_may_be_another_contacts() -> None:
    assert found(UnitsRead([unit("7", "T1", contact="theirs")]), parcel()) == [(Finding.UNIT_OF_SOMEBODY_ELSE, None)]


def test_a_unit_with_parcels_of_two_contacts_was_given_twice() -> None:
    mate = parcel("T2", contact=THEIRS)
    both = UnitsRead([unit("7", "T1", "T2", contact="theirs")])
    assert found(both, parcel(), mate) == [(Finding.UNIT_GIVEN_TWICE, None)]
    assert found(both, mate, parcel()) == [(Finding.UNIT_GIVEN_TWICE, None)]
    assert found(UnitsRead([unit("7", "T1")]), parcel(), mate) == []


def late(seconds: float, *numbers: str) -> UnitsRead:
    return UnitsRead([unit("7", *(numbers or ("T1",)), deposit_time=NOON + timedelta(seconds=seconds))])


def test_a_deposit_that_the_service_carried_out_later_may_have_ended_the_code() -> None:
    (item,) = late(40).shows(parcel()).items
    assert item == AttentionItem(finding=Finding.CODE_MAY_BE_DEAD, since=NOON + timedelta(seconds=40))


@pytest.mark.parametrize(
    "about",
    [
        RESERVED,
        parcel(contact=OURS.model_copy(update={"contact_type": ContactType.DEPARTMENT})),
        parcel(deposit_time=None),
        parcel(deposit_time=NOON + timedelta(seconds=40)),
    ],
)
def test_without_a_code_or_a_time_of_the_service_no_code_is_called_dead(about: Parcel) -> None:
    assert late(40).shows(about) == NOTHING


def test_fractions_of_a_second_are_no_later_deposit() -> None:
    just_less = SAME_TIME.total_seconds() - 0.001
    assert late(just_less).shows(parcel()) == NOTHING
    assert late(-60).shows(parcel()) == NOTHING


def test_a_further_parcel_of_ours_explains_a_later_deposit() -> None:
    further = parcel("T2", deposit_time=NOON + timedelta(seconds=40))
    read = late(40, "T1", "T2")
    assert (read.shows(parcel(), [further]), read.shows(further, [parcel()])) == (NOTHING, NOTHING)


def test_of_parcels_that_share_a_code_the_one_that_brought_it_gets_the_item() -> None:
    further = parcel("T2", deposit_time=NOON + timedelta(seconds=40))
    read = late(80, "T1", "T2")
    assert (found(read, parcel(), further), found(read, further, parcel())) == (
        [],
        [(Finding.CODE_MAY_BE_DEAD, None)],
    )


def test_a_later_deposit_beside_a_parcel_of_another_desk_may_be_that_desks_own() -> None:
    for seen_at in (None, NOON + timedelta(seconds=39)):
        shown = late(40, "T1", "T9").shows(parcel(), code_seen_at=seen_at)
        item = AttentionItem(finding=Finding.CODE_MAY_BE_DEAD, since=NOON + timedelta(seconds=40))
        assert (shown.items, shown.later_deposit) == ((), item)


def test_a_code_that_is_given_out_after_another_desks_deposit_may_be_dead() -> None:
    read = late(40, "T1", "T9")
    waits, seen = parcel(code_waiting=True), NOON + timedelta(seconds=41)
    assert found(read, waits) == [(Finding.CODE_MAY_BE_DEAD, None)]
    assert [item.finding for item in read.shows(parcel(), code_seen_at=seen).items] == [Finding.CODE_MAY_BE_DEAD]
    assert late(0, "T1", "T9").shows(waits) == NOTHING


def test_a_mates_open_write_or_unknown_time_may_be_the_later_deposit() -> None:
    write = OpenWrite(intent_id="i", owner="o", operation=Operation.DEPOSIT, place=PLACE)
    for mate in (parcel("T2", open_write=write), parcel("T2", deposit_time=None)):
        assert late(40, "T1", "T2").shows(parcel(), [mate]) == NOTHING


def reserved_only(*deposited: str, **changes: object) -> LockerUnit:
    """Return unit 7, reserved for T1 and with these parcels in it."""
    inside = tuple(ParcelReference(tracking_number=number) for number in deposited)
    empty: dict[str, object] = {} if deposited else {"unit_occupied": False, "deposit_time": None}
    empty["reservation_time"] = NOON + timedelta(minutes=1)
    return unit("7", "T1", *deposited, contact="ours", parcels_deposited=inside, **{**empty, **changes})


@pytest.mark.parametrize("own", [reserved_only(), reserved_only("T9"), reserved_only(unit_occupied=None)])
def test_a_deposited_parcel_that_its_unit_has_only_reserved_was_collected(own: LockerUnit) -> None:
    read = UnitsRead([own, unit("8", "T8")])
    assert read.shows(parcel()).gone == ParcelFoundGone()
    assert read.shows(RESERVED) == NOTHING


@pytest.mark.parametrize("own", [reserved_only(unit_occupied=True), reserved_only(deposit_time=NOON)])
def test_a_unit_that_is_said_to_be_occupied_was_not_emptied(own: LockerUnit) -> None:
    assert UnitsRead([own, unit("8", "T8")]).shows(parcel()) == NOTHING


@pytest.mark.parametrize("reserved_at", [NOON - timedelta(minutes=1), NOON, None])
def test_a_unit_that_was_reserved_before_the_deposit_was_not_emptied(reserved_at: datetime | None) -> None:
    own = reserved_only(reservation_time=reserved_at)
    assert UnitsRead([own, unit("8", "T8")]).shows(parcel()) == NOTHING


def test_a_service_that_lists_no_deposits_at_all_shows_no_pickup_by_that() -> None:
    silent = unit("8", "T8", parcels_deposited=())
    assert UnitsRead([reserved_only(), silent]).shows(parcel()) == NOTHING


SEVEN, EIGHT = PLACE, UnitPlace(locker_bank_id="AOne", locker_unit_id="8")
OTHER_BANK = UnitPlace(locker_bank_id="BTwo", locker_unit_id="7")
GONE = Shown(ParcelFoundGone())
WRITE = OpenWrite(intent_id="i", owner="o", operation=Operation.RESERVE, place=PLACE)


@pytest.mark.parametrize(
    ("about", "place", "shown", "expected"),
    [
        (parcel(state=ParcelState.COLLECTED), SEVEN, NOTHING, True),
        (parcel(state=ParcelState.CANCELLED, place=None), SEVEN, NOTHING, True),
        (parcel(state=ParcelState.TAKEN_IN, place=None), SEVEN, NOTHING, True),
        (parcel(state=ParcelState.TAKEN_IN, place=None, open_write=WRITE), SEVEN, NOTHING, False),
        (parcel(state=ParcelState.UNRECORDED), SEVEN, NOTHING, False),
        (parcel(state=ParcelState.UNRECORDED), EIGHT, NOTHING, True),
        (RESERVED, SEVEN, NOTHING, False),
        (RESERVED, EIGHT, NOTHING, False),
        (RESERVED, OTHER_BANK, NOTHING, True),
        (parcel(), SEVEN, GONE, True),
        (parcel(attention=(AttentionItem(finding=Finding.ROW_UNREADABLE),), place=None), SEVEN, NOTHING, False),
    ],
)
def test_a_unit_is_compared_with_where_the_parcel_is(
    about: Parcel, place: UnitPlace, shown: Shown, *, expected: bool
) -> None:
    assert is_elsewhere(about, place, shown) is expected


def test_only_a_unit_that_was_reserved_soon_after_a_doubt_is_left_over() -> None:
    last = NOON + HELD_UP_FOR
    item = AttentionItem(finding=Finding.TWO_UNITS, place=SEVEN, since=last)

    def late(doubted_at: datetime | None = NOON, reservation_time: datetime | None = None) -> AttentionItem | None:
        held = reserved_only(reservation_time=reservation_time)
        return left_over(parcel(place=None), held, SEVEN, doubted_at=doubted_at, changed_at=last)

    assert late(reservation_time=last) == item
    assert late(reservation_time=last + SAME_TIME) is None
    assert late(None, reservation_time=NOON) is None
    assert late() is None


def test_a_unit_that_was_reserved_again_soon_after_a_pickup_is_left_over_of_another_desks_request() -> None:
    soon, later = NOON + HELD_UP_FOR, NOON + HELD_UP_FOR + SAME_TIME

    def held(reserved_at: datetime, about: Parcel) -> AttentionItem | None:
        again = reserved_only(reservation_time=reserved_at)
        return left_over(about, again, SEVEN, doubted_at=None, changed_at=NOON)

    collected = parcel(state=ParcelState.COLLECTED)
    assert held(soon, collected) == AttentionItem(finding=Finding.TWO_UNITS, place=SEVEN, since=soon)
    assert held(later, collected) is None
    assert held(soon, parcel(state=ParcelState.COLLECTED, place=EIGHT)) is None
    assert held(soon, parcel(state=ParcelState.CANCELLED, place=None)) is None


def test_while_a_write_is_open_nothing_is_concluded() -> None:
    write = OpenWrite(intent_id="i", owner="o", operation=Operation.DEPOSIT, place=PLACE)
    assert UnitsRead([unit("7")]).shows(parcel(open_write=write)) == NOTHING


def test_of_a_parcel_without_a_unit_nothing_is_concluded() -> None:
    for away in (parcel(state=ParcelState.COLLECTED), parcel(state=ParcelState.TAKEN_IN, place=None)):
        assert UnitsRead([unit("7")]).shows(away) == NOTHING
