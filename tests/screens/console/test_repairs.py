"""Corrections from the screens: the question why, what the journal and the service hold afterwards, and who may not."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.parcels.states import Role
from kiosk.parcels.steps import Step, is_for
from kiosk.wiring import open_services
from tests.screens.console.console_in_test import NUMBERS, Console, console, fill
from tests.screens.kiosk_in_test import Desk
from tests.screens.parcels_in_test import seen

REASON = "asked at the desk"


async def open_parcel(opened: Console, number: str) -> None:
    await opened.page("3", "ParcelList", "parcels:")
    opened.type(f"/{number}\r")
    await opened.shows("1 parcel:", number)
    opened.type("\r")
    await opened.at("Parcel")
    await opened.shows("Parcel taken in")


async def asked(opened: Console) -> dict[str, object]:
    """Return the body of the last repair that was asked for, with who asked."""
    event = [each for each in await opened.history() if each["type"] == "correction_asked"][-1]
    return {"person": event["person"], **event["body"]}


async def test_freeing_gives_the_locker_back_and_says_who_did_it_and_why(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        opened.type("f")
        await opened.shows("Free Lobby", "Why?")
        opened.type(f"{REASON}\r")
        await opened.shows("Done", "was given back", "cancelled")
        assert desk.service.holding(NUMBERS.deposited) == []
        assert await asked(opened) == {
            "person": "ada",
            "step": "take_out",
            "reason": REASON,
            "role": "operator",
            "origin": "203.0.113.7",
        }
        types = [event["type"] for event in await opened.history()]
        assert types[-4:] == ["correction_asked", "write_asked", "unit_freed", "parcel_cancelled"]


async def test_extending_moves_the_end_of_the_reservation(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        before = (await opened.parcel(NUMBERS.reserved)).reservation_expiry
        await open_parcel(opened, NUMBERS.reserved)
        opened.type(f"e{REASON}\r")
        await opened.shows("Done", "is held for longer")
        after = (await opened.parcel(NUMBERS.reserved)).reservation_expiry
        assert before is not None
        assert after is not None
        assert after > before
        (unit,) = desk.service.holding(NUMBERS.reserved)
        assert unit["reservationExpiryTime"] == f"{after:%Y-%m-%dT%H:%M:%SZ}"


async def test_a_new_code_waits_for_the_clerk_and_is_not_on_the_screen(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        old = desk.service.holding(NUMBERS.deposited)[0]["pickupCode"]
        await open_parcel(opened, NUMBERS.deposited)
        opened.type(f"n{REASON}\r")
        await opened.shows("Done", "There is a new pickup code.", "waits for the clerk")
        new = desk.service.holding(NUMBERS.deposited)[0]["pickupCode"]
        assert new != old
        assert new not in opened.read
        assert "View code" not in opened.keys
        parcel = await opened.parcel(NUMBERS.deposited)
        code = await opened.services.desk.pickup_codes.waiting(parcel)
        assert code is not None
        assert code.secret.get_secret_value() == new


async def test_only_an_admin_sees_a_waiting_code_and_that_is_recorded(desk: Desk) -> None:
    await fill(desk)
    async with console(desk, Role.ADMIN) as opened:
        code = desk.service.holding(NUMBERS.code_waiting)[0]["pickupCode"]
        await open_parcel(opened, NUMBERS.code_waiting)
        assert code not in opened.read
        opened.type(f"v{REASON}\r")
        await opened.shows(f"The pickup code is {code}.")
        assert (await asked(opened))["step"] == "view_code"
        await opened.press("escape")
        await opened.at("ParcelList")
        assert code not in opened.read
        assert (await opened.parcel(NUMBERS.code_waiting)).code_waiting


async def test_a_code_on_the_page_goes_when_the_clerk_has_confirmed_it(desk: Desk) -> None:
    await fill(desk)
    async with console(desk, Role.ADMIN) as opened:
        await open_parcel(opened, NUMBERS.code_waiting)
        opened.type(f"v{REASON}\r")
        await opened.shows("The pickup code is ")
        code = desk.service.holding(NUMBERS.code_waiting)[0]["pickupCode"]
        async with open_services(desk.settings(), clock=desk.clock) as services:
            await seen(services, await opened.parcel(NUMBERS.code_waiting))
        await opened.shows("does not wait for the clerk any more.")
        assert code not in opened.read


async def test_an_operator_has_no_key_for_the_code(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.code_waiting)
        opened.type(f"v{REASON}\r")
        await opened.shows("ada has the role “operator”, which does not allow this.")
        assert opened.name == "Parcel"
        assert "correction_asked" not in [event["type"] for event in await opened.history()]


async def test_closing_an_item_keeps_what_was_found(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.page("4", "Attention", "holds two lockers")
        await opened.choose("holds two lockers")
        await opened.shows("This parcel holds two lockers: 8 and 12.", "If it is empty, free it.", "c Close")
        opened.type(f"c{REASON}\r")
        await opened.shows("The item is closed.")
        await opened.lacks("! holds two lockers")
        closed = [event for event in await opened.history() if event["type"] == "attention_closed"]
        assert [(event["person"], event["body"]["reason"]) for event in closed] == [("ada", REASON)]


async def test_the_second_locker_is_given_back_and_the_parcel_stays(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.page("4", "Attention", "holds two lockers")
        await opened.choose("holds two lockers")
        (before,) = [each for each in await opened.services.queries.journal.unfinished() if each.second_place]
        opened.type("w")
        await opened.shows("12 back; the parcel stays where it is.")
        opened.type(f"{REASON}\r")
        await opened.shows("12 was given back.")
        await opened.lacks("! holds two lockers")
        assert (await asked(opened))["step"] == "free_second_unit"
        after = await opened.parcel(before.tracking_number)
        assert (after.place, after.state, after.second_place) == (before.place, before.state, None)


async def test_releasing_gives_a_held_parcel_back_to_the_clerk(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.page("4", "Attention", "on the shelf")
        await opened.choose("on the shelf")
        opened.type(f"t{REASON}\r")
        await opened.shows("The parcel is off the shelf.")
        assert (await opened.parcel(NUMBERS.held)).state.value == "taken_in"


async def test_no_repair_without_a_reason_and_none_after_esc(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        before = len(await opened.history())
        opened.type("f   \r")
        await opened.shows("Stop", "A reason is needed")
        opened.type("fnot this one")
        await opened.shows("not this one")
        await opened.press("escape")
        await opened.lacks("not this one")
        assert len(await opened.history()) == before
        assert desk.service.holding(NUMBERS.deposited)


async def test_what_the_service_refuses_is_said_with_what_to_do(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        desk.service.pull_out()
        opened.type(f"f{REASON}\r")
        await opened.shows("No connection to the locker service", "The request was not sent.")
        assert (await opened.parcel(NUMBERS.deposited)).state.value == "in_locker"
        assert "○ offline" in opened.read


async def test_a_repair_goes_on_when_its_page_is_left_and_is_told_on_the_next_one(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        with desk.service.stalled():
            opened.type(f"f{REASON}\r6")
            await opened.at("Kiosk")
            await opened.shows("Freeing Lobby")
        await opened.shows("was given back")
        assert desk.service.holding(NUMBERS.deposited) == []


@pytest.mark.parametrize("number", [NUMBERS.deposited, NUMBERS.reserved, NUMBERS.held, NUMBERS.code_waiting])
async def test_a_viewers_keys_for_repairs_do_not_exist(desk: Desk, number: str) -> None:
    await fill(desk)
    async with console(desk, Role.VIEWER) as opened:
        await open_parcel(opened, number)
        assert opened.keys.split() == ["Esc", "Back", "Enter", "Open", "?", "Keys", "q", "Quit"]
        before = len(await opened.history())
        for key in "fenctvuosm":
            opened.type(key)
            await opened.pilot.pause(0)
            assert not opened.screen.message_line.is_asking
        assert len(await opened.history()) == before


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR, Role.ADMIN])
async def test_the_keys_page_names_the_repairs_of_the_role_and_no_others(desk: Desk, role: Role) -> None:
    async with console(desk, role, size=(80, 160)) as opened:
        opened.type("?")
        await opened.at("Keys")
        await opened.shows("A parcel", "In every list")
        assert ("Give the parcel's locker back" in opened.read) is is_for(Step.TAKE_OUT, role)
        assert ("Show the pickup code" in opened.read) is is_for(Step.VIEW_CODE, role)


async def test_a_role_that_was_taken_away_meanwhile_is_said_and_nothing_is_done(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        opened.services.desk.corrections._role_now = lambda _: None
        opened.type(f"f{REASON}\r")
        await opened.shows("Stop", "ada has no role for this kiosk's console.", "Nothing was changed.")
        assert [event["type"] for event in await opened.history()][-1] == "operator_refused"
        assert desk.service.holding(NUMBERS.deposited)


async def test_a_parcel_in_doubt_says_why(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.in_doubt)
        await opened.shows("Why")


async def test_a_repair_that_ends_after_the_console_was_left_says_nothing_any_more(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        page = opened.screen
        left = opened.app._screen_stacks[opened.app._current_mode]
        shown = [*left]
        left.clear()  # as the app leaves it while it closes, and what outlives a page may still run
        said: list[None] = []
        await page._carry_out(asyncio.sleep(0), "", said.append)
        left += shown
        assert said == []
