"""What contradicts itself in a unit: all combinations of what a service and the journal can say of one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from kiosk.parcels.contacts import Contact
from kiosk.parcels.contradictions import (
    MENDED_BY,
    Named,
    Recorded,
    Told,
    Unit,
    contradiction_in,
    contradiction_of,
)
from kiosk.parcels.lockers import LockerUnit
from kiosk.parcels.parcel import OpenWrite, Parcel, UnitPlace
from kiosk.parcels.states import Contradiction, Operation, ParcelState
from tests.house.desk import START

FLAGS = (True, False, None)
ALL_TOLD = Told(numbers=True, contacts=True)


def units() -> Iterator[Unit]:
    """Yield every combination that there can be."""
    told = [Told(*each) for each in product((True, False), repeat=2)]
    for values in product(FLAGS, FLAGS, FLAGS, (True, False), (True, False), Named, Recorded, told):
        unit = Unit(*values)
        if unit.lists and not unit.told.numbers:
            continue
        if unit.contact is not Named.NOBODY and not unit.told.contacts:
            continue
        if unit.contact is Named.ANOTHER and unit.journal is Recorded.NOTHING:
            continue
        if unit.journal is Recorded.UNLISTED and not unit.lists:
            continue
        yield unit


def fits(unit: Unit, **wanted: object) -> bool:
    """Tell whether each named part is the wanted value, or one of several."""
    values = {name: getattr(unit, name) for name in wanted}
    return all(values[name] in (value if isinstance(value, tuple) else (value,)) for name, value in wanted.items())


NOT_TRUE, NOT_FALSE = (False, None), (True, None)
NORMAL: dict[str, dict[str, object]] = {
    "free": {
        "reserved": NOT_TRUE,
        "occupied": NOT_TRUE,
        "lists_reserved": False,
        "lists_deposited": False,
        "contact": Named.NOBODY,
        "journal": Recorded.NOTHING,
    },
    "nobody says whether it is reserved": {
        "reserved": None,
        "occupied": NOT_TRUE,
        "lists_reserved": False,
        "lists_deposited": False,
        "contact": Named.SOMEBODY,
        "journal": Recorded.NOTHING,
    },
    "nobody says anything of our parcel's unit": {
        "in_service": NOT_FALSE,
        "reserved": None,
        "occupied": None,
        "lists_reserved": False,
        "lists_deposited": False,
        "contact": (Named.NOBODY, Named.SOMEBODY),
        "journal": (Recorded.WAITING, Recorded.INSIDE),
        "numbers": False,
    },
    "reserved": {
        "in_service": NOT_FALSE,
        "reserved": NOT_FALSE,
        "occupied": NOT_TRUE,
        "lists_reserved": True,
        "lists_deposited": False,
        "is_named": True,
        "journal": (Recorded.NOTHING, Recorded.WAITING),
    },
    "deposited, by a service that lists no deposits": {
        "in_service": NOT_FALSE,
        "reserved": NOT_FALSE,
        "occupied": NOT_FALSE,
        "lists_reserved": True,
        "lists_deposited": False,
        "is_named": True,
        "journal": (Recorded.NOTHING, Recorded.INSIDE),
    },
    "deposited": {
        "in_service": NOT_FALSE,
        "reserved": NOT_FALSE,
        "occupied": NOT_FALSE,
        "lists_reserved": True,
        "lists_deposited": True,
        "is_named": True,
        "journal": (Recorded.NOTHING, Recorded.WAITING, Recorded.INSIDE),
    },
    "deposited, and so not reserved any more": {
        "in_service": NOT_FALSE,
        "reserved": FLAGS,
        "occupied": NOT_FALSE,
        "lists_reserved": False,
        "lists_deposited": True,
        "is_named": True,
        "journal": (Recorded.NOTHING, Recorded.WAITING, Recorded.INSIDE),
    },
    "somebody's, without numbers": {
        "in_service": NOT_FALSE,
        "is_held": True,
        "lists_reserved": False,
        "lists_deposited": False,
        "contact": Named.SOMEBODY,
        "journal": Recorded.NOTHING,
        "numbers": False,
    },
    "reserved for ours, without numbers": {
        "in_service": NOT_FALSE,
        "reserved": True,
        "occupied": NOT_TRUE,
        "lists_reserved": False,
        "lists_deposited": False,
        "is_named": True,
        "journal": Recorded.WAITING,
        "numbers": False,
    },
    "reserved with ours in it, without numbers": {
        "in_service": NOT_FALSE,
        "reserved": True,
        "occupied": NOT_FALSE,
        "lists_reserved": False,
        "lists_deposited": False,
        "is_named": True,
        "journal": Recorded.INSIDE,
        "numbers": False,
    },
    "occupied with ours in it, without numbers": {
        "in_service": NOT_FALSE,
        "reserved": FLAGS,
        "occupied": True,
        "lists_reserved": False,
        "lists_deposited": False,
        "is_named": True,
        "journal": Recorded.INSIDE,
        "numbers": False,
    },
}
"""Everything that is normal; all else is odd."""


def is_normal(unit: Unit) -> bool:
    is_named = unit.contact is Named.SOMEBODY or (unit.contact is Named.NOBODY and not unit.told.contacts)
    derived = {"is_named": is_named, "numbers": unit.told.numbers}
    for pattern in NORMAL.values():
        own = {name: value for name, value in pattern.items() if name not in derived}
        if fits(unit, **own) and all(derived[name] is pattern[name] for name in derived if name in pattern):
            return True
    return False


def test_every_combination_is_normal_or_has_one_code() -> None:
    every = list(units())
    assert len(every) > 1_500
    wrong = [unit for unit in every if is_normal(unit) is not (contradiction_in(unit) is None)]
    assert not wrong, wrong[:5]
    assert {contradiction_in(unit) for unit in every} == {None, *Contradiction}


def test_every_code_says_what_mends_it() -> None:
    assert set(MENDED_BY) == set(Contradiction)


LISTED = [{"trackingNumber": "T1"}]
RESERVED = {"unitReserved": True, "unitOccupied": False, "parcelsReserved": LISTED, "contactId": "p1"}
DEPOSITED = {**RESERVED, "unitOccupied": True, "parcelsDeposited": LISTED}


def ours(state: ParcelState = ParcelState.IN_LOCKER, number: str = "T1", contact: str = "p1") -> Parcel:
    place = UnitPlace(locker_bank_id="AOne", locker_unit_id="7")
    return Parcel(
        parcel_id="id",
        tracking_number=number,
        scanned=number,
        taken_in_at=START,
        state=state,
        place=place,
        contact=Contact(contact_id=contact, name="Maria"),
    )


@pytest.mark.parametrize(
    ("said", "parcel", "odd"),
    [
        ({"unitReserved": False, "unitOccupied": False}, None, None),
        ({}, None, None),
        (RESERVED, None, None),
        (RESERVED, ours(ParcelState.RESERVED), None),
        (DEPOSITED, ours(), None),
        (DEPOSITED | {"parcelsDeposited": [*LISTED, {"trackingNumber": "OTHER"}]}, ours(), None),
        ({**DEPOSITED, "unitOccupied": False}, None, Contradiction.EMPTY_BUT_LISTED),
        ({"unitOccupied": True}, None, Contradiction.OCCUPIED_BY_NOTHING_KNOWN),
        ({"unitReserved": True}, None, Contradiction.RESERVED_FOR_NOTHING_KNOWN),
        ({**RESERVED, "unitReserved": False}, None, Contradiction.FREE_BUT_RESERVED),
        ({"unitReserved": False, "contactId": "p1"}, None, Contradiction.FREE_BUT_SOMEBODYS),
        ({**RESERVED, "contactId": None}, None, Contradiction.HELD_FOR_NOBODY),
        ({**DEPOSITED, "unitInService": False}, None, Contradiction.OUT_OF_SERVICE_IN_USE),
        ({"unitReserved": False, "unitOccupied": False}, ours(), Contradiction.NOT_AT_SERVICE),
        (DEPOSITED, ours(number="T2"), Contradiction.NOT_AT_SERVICE),
        (DEPOSITED, ours(contact="p2"), Contradiction.FOR_SOMEBODY_ELSE),
        (RESERVED, ours(), Contradiction.DEPOSIT_NOT_AT_SERVICE),
        ({**RESERVED, "unitOccupied": True}, ours(ParcelState.RESERVED), Contradiction.OCCUPIED_NOT_DEPOSITED),
    ],
)
def test_what_a_service_says_of_a_unit_is_compared(
    said: dict[str, object], parcel: Parcel | None, odd: Contradiction | None
) -> None:
    unit = LockerUnit.model_validate({"lockerUnitId": "7", **said})
    assert contradiction_of(unit, (parcel,) if parcel else (), ALL_TOLD) is odd


def test_while_a_request_is_open_nothing_is_concluded() -> None:
    place = UnitPlace(locker_bank_id="AOne", locker_unit_id="7")
    write = OpenWrite(intent_id="i", owner="o", operation=Operation.FREE, place=place)
    parcel = ours().model_copy(update={"open_write": write})
    unit = LockerUnit.model_validate({"lockerUnitId": "7", "unitReserved": False, "unitOccupied": False})
    assert contradiction_of(unit, (parcel,), ALL_TOLD) is None
