"""Every correction, also one that is added later, reads the role again before it does anything at all."""

from __future__ import annotations

import copy
import inspect
from typing import Any

import pytest

from kiosk.desk.corrections import Corrections
from kiosk.errors import NotAllowedError
from kiosk.parcels.parcel import UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Finding, IdentityCheck, OutgoingReason, Role
from tests.house.desk import BANK, SMALL, OpenDesk, World

ANA = Person(name="ana", role=Role.ADMIN, user_id="ana@example.com", origin="203.0.113.7")
CORRECTIONS = [name for name, each in vars(Corrections).items() if inspect.iscoroutinefunction(each) and name[0] != "_"]


@pytest.mark.parametrize("name", CORRECTIONS)
async def test_somebody_whose_role_is_gone_corrects_nothing(desk: OpenDesk, world: World, name: str) -> None:
    parcel = await desk.deposited()
    corrections = copy.copy(desk.services.desk.corrections)
    corrections._role_now = lambda _: None
    assert parcel.place is not None
    other = world.free_units()[0]
    world.reserve("FOUND1", other)
    place = UnitPlace(locker_bank_id=BANK, locker_unit_id=other, size=SMALL)
    values: dict[str, Any] = {
        "parcel": parcel,
        "place": place,
        "numbers": ("FOUND1",),
        "hours": 1.0,
        "user_id": "ben@example.com",
        "finding": Finding.TWO_UNITS,
        "to": "Ben",
        "checked": IdentityCheck.BADGE,
        "destination": "the carrier",
        "why": OutgoingReason.RETURN,
        "reason": "asked for",
        "person": ANA,
    }
    correction = getattr(corrections, name)
    wanted = [each.name for each in inspect.signature(correction).parameters.values() if each.default is each.empty]
    before = len(await desk.events())
    calls = desk.line.sent.total()
    with pytest.raises(NotAllowedError) as refused:
        await correction(**{each: values[each] for each in wanted})
    assert refused.value.code == "no_role"
    assert (await desk.events())[before:] == ["operator_refused"]
    assert desk.line.sent.total() == calls, "nothing was asked of the service either"


def test_there_are_corrections() -> None:
    assert {"take_out", "free_unit", "view_code"} <= set(CORRECTIONS)
