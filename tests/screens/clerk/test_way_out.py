"""Out of a locked kiosk leads only the PIN of an administrator."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from pydantic import SecretStr

from kiosk.errors import NotAllowedError
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from tests.screens.clerk.test_snapshots import SIZES, looks_as_it_did
from tests.screens.kiosk_in_test import Desk, Kiosk

State = Callable[[Kiosk], Awaitable[None]]
PIN = "84739261"


@pytest.fixture(autouse=True)
def _locked(desk: Desk) -> None:
    desk.people, desk.lockdown = {"sign_in": False}, {"on": True}


async def add(kiosk: Kiosk, name: str, role: Role, pin: str | None = PIN, badge: str | None = None) -> None:
    people, owner = kiosk.services.desk.people, Person(name="owner", role=Role.OWNER)
    hidden_pin, hidden_badge = (SecretStr(text) if text is not None else None for text in (pin, badge))
    await people.add(name, role, owner, pin=hidden_pin, badge=hidden_badge)


async def to_names(kiosk: Kiosk) -> None:
    await add(kiosk, "Ida Berg", Role.ADMIN)
    await kiosk.press("ctrl+q")
    await kiosk.shows("An administrator can.", "Ida Berg")


async def to_pin(kiosk: Kiosk) -> None:
    await to_names(kiosk)
    await kiosk.press("enter")
    await kiosk.shows("PIN of Ida Berg, to leave the kiosk")


async def test_an_administrators_pin_leads_out_and_the_journal_says_whose(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_pin(kiosk)
        kiosk.type(f"{PIN}\r")
        await kiosk.until(lambda: kiosk.app._exit, "the end")
        assert kiosk.app.return_code == 0
        left = [event for event in await kiosk.history() if event["type"] == "kiosk_left"]
        assert [event["person"] for event in left] == ["Ida Berg"]


async def test_taps_lead_out_too(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_pin(kiosk)
        for digit in PIN:
            await kiosk.tap(digit)
            await kiosk.rest()
        await kiosk.tap("Leave")
        await kiosk.until(lambda: kiosk.app._exit, "the end")


async def test_a_clerk_and_a_badge_are_not_offered(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await add(kiosk, "Kofi Mensah", Role.CLERK)
        await add(kiosk, "Abena Asante", Role.ADMIN, pin=None, badge="badge-0001")
        await kiosk.press("ctrl+q")
        shown = await kiosk.shows("No administrator has a PIN.")
        assert "Kofi" not in shown
        assert "Abena" not in shown
        await kiosk.press("enter", "escape")
        await kiosk.at("Home")


async def test_ten_wrong_pins_lead_nowhere_and_slow_the_next_one_down(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_pin(kiosk)
        for _ in range(10):
            kiosk.type("1111\r")
            await kiosk.rest()
        await kiosk.shows("wrong")
        kiosk.type(f"{PIN}\r")  # the right one, too early
        await kiosk.rest()
        assert not kiosk.app._exit
        assert "kiosk_left" not in await kiosk.events()
        await kiosk.press("escape", "escape")
        await kiosk.at("Home")


async def test_a_scan_leads_back_to_work(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_pin(kiosk)
        kiosk.scan("T1")
        await kiosk.shows("Parcel T1", "Who is it for?")
        kiosk.type(f"{PIN}\r")
        await kiosk.rest()
        assert not kiosk.app._exit


async def test_a_journal_that_can_not_be_written_keeps_no_administrator_in(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_pin(kiosk)
        await kiosk.services.queries.journal.connection.write(
            lambda database: database.execute(
                "CREATE TRIGGER nothing_more BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        )
        kiosk.type(f"{PIN}\r")
        await kiosk.until(lambda: kiosk.app._exit, "the end")


async def test_nobody_but_an_administrator_is_let_out_by_the_desk(desk: Desk) -> None:
    async with desk.open() as kiosk:
        with pytest.raises(NotAllowedError):
            await kiosk.services.desk.visits.kiosk_left(Person(name="Kofi Mensah", role=Role.CLERK))


STATES: dict[str, State] = {"who": to_names, "pin": to_pin}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_the_screen_looks_as_it_did(
    desk: Desk, snap_compare: Callable[..., bool], state: State, size: tuple[int, int]
) -> None:
    assert looks_as_it_did(desk, snap_compare, state, size)


@pytest.mark.parametrize("key", ["ctrl+q", "f10", "ctrl+c", "escape"])
async def test_no_key_leaves_while_the_kiosk_opens(desk: Desk, key: str) -> None:
    app = desk.app()
    async with app.run_test() as pilot:
        kiosk = Kiosk(app, pilot)
        await kiosk.press(key, "f10")
        await kiosk.until(lambda: app._services is not None, "opened")
        await kiosk.rest()
        assert kiosk.name == "Home"
        assert not app._exit
