"""What is typed before anything asks for it: no letter of it is a command, and a key that does not fit says why."""

from __future__ import annotations

import random
from string import ascii_lowercase

import pytest

from kiosk.parcels.states import Role
from kiosk.scanner.tokens import Key
from tests.screens.console.console_in_test import NUMBERS, Console, console, fill
from tests.screens.console.test_repairs import asked, open_parcel
from tests.screens.hands import token
from tests.screens.kiosk_in_test import Desk

REASON = "night shift: free, close, extend"
"""Every key of a repair is in it."""
FAST, SLOW_LINE, QUICK_HAND, HAND = 0.005, 0.05, 0.12, 0.25
"""Seconds between two signs."""
IN_THE_LOCKER = "This parcel is in a locker."


async def commands(opened: Console) -> list[str]:
    """Return the events that a command of the console leaves."""
    return [event["type"] for event in await opened.history() if event["type"] in {"correction_asked", "write_asked"}]


@pytest.mark.parametrize("gap", [FAST, SLOW_LINE, QUICK_HAND, HAND])
async def test_a_repair_that_is_not_offered_says_why_and_the_reason_behind_it_does_nothing(
    desk: Desk, gap: float
) -> None:
    await fill(desk)
    async with console(desk, Role.ADMIN) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        before = await commands(opened)
        opened.hands.send([token(sign) for sign in f"t{REASON}\r"], gap)
        await opened.shows("Look", IN_THE_LOCKER, "Nothing was changed.")
        assert (opened.name, opened.screen.message_line.is_asking) == ("Parcel", False)
        assert await commands(opened) == before
        opened.type(f"n{REASON}\r")
        await opened.shows("There is a new pickup code.")
        assert (await asked(opened))["reason"] == REASON


async def test_keys_that_a_slow_line_brings_together_are_text_and_say_so(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        before = await commands(opened)
        opened.hands.send([token(sign) for sign in f"f{REASON}\r"], SLOW_LINE)
        await opened.shows("Too fast to be keys", "Press one key.")
        assert await commands(opened) == before
        assert desk.service.holding(NUMBERS.deposited)


@pytest.mark.parametrize("seed", range(4))
async def test_on_a_line_that_splits_keys_anyhow_no_letter_typed_ahead_is_a_repair(desk: Desk, seed: int) -> None:
    await fill(desk)
    chance = random.Random(seed)
    async with console(desk, Role.ADMIN) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        before = await commands(opened)
        letters = "".join(chance.sample(ascii_lowercase, len(ascii_lowercase)))
        gaps = [chance.choice([0.02, 0.05, 0.08, 0.15, 0.3, 0.9]) for _ in range(len(letters) + 2)]
        opened.hands.type_unevenly(f"t{letters}\r", gaps)
        await opened.shows(IN_THE_LOCKER)
        await opened.pilot.pause(0)
        assert (opened.name, opened.screen.message_line.is_asking) == ("Parcel", False)
        assert await commands(opened) == before


async def test_in_the_field_every_letter_and_a_paste_is_text(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        opened.type("n")
        await opened.shows("Ask for a new pickup code")
        opened.type(f"{ascii_lowercase} 1?/")
        opened.hands.paste("fen\nfree")
        opened.type("\r")
        await opened.shows("There is a new pickup code.")
        assert (await asked(opened))["reason"] == f"{ascii_lowercase} 1?/fen"


@pytest.mark.parametrize("lines", ["two\rf", "two\rfq", "two\r6\rq", "two\r6\rq\r1"])
async def test_no_line_of_a_text_that_is_pasted_as_keys_is_a_command(desk: Desk, lines: str) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        before = await commands(opened)
        opened.type("n")
        await opened.shows("Ask for a new pickup code")
        opened.hands.scan(lines)
        await opened.pilot.pause(0)
        if opened.screen.message_line.is_asking:  # a single line end may be the line's, so it is no Enter
            await opened.press("enter")
        await opened.shows("There is a new pickup code.")
        assert (opened.name, opened.screen.message_line.is_asking) == ("Parcel", False)
        assert await commands(opened) == [*before, "correction_asked", "write_asked"]


async def test_a_paste_where_nothing_is_asked_swallows_what_follows_at_once(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        opened.hands.paste("fen")
        opened.hands.at -= 5.5
        opened.type("f")
        await opened.pilot.pause(0)
        assert (opened.name, opened.screen.message_line.is_asking) == ("Parcel", False)


async def test_a_letter_that_means_nothing_swallows_the_text_behind_it_until_a_pause(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        opened.type("kf6q")
        await opened.pilot.pause(0)
        assert (opened.name, opened.screen.message_line.is_asking) == ("Parcel", False)
        opened.type("6")
        await opened.at("Kiosk")


@pytest.mark.parametrize(("key", "then"), [("\r", "Parcel"), ("\x1b", "ParcelList")])
async def test_a_key_that_is_no_letter_ends_the_text_and_enter_does_no_more(desk: Desk, key: str, then: str) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        opened.type(f"kf{key}")
        await opened.at(then)
        opened.hands.at -= 5.5
        opened.type("6")
        await opened.at("Kiosk")


async def test_a_key_that_does_not_fit_an_entry_says_why(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.page("4", "Attention", "holds two lockers")
        await opened.choose("reservation pending")
        opened.type("c")
        await opened.shows("There is nothing to check for this parcel.", "Nothing was changed.")
        opened.type("n")
        await opened.shows("not confirmed the reservation yet", "Nothing was changed.")


async def test_a_key_is_a_key_also_where_the_terminal_tells_of_shift_before_it(desk: Desk) -> None:
    async with console(desk) as opened:
        opened.hands.send([Key("left_shift"), token("?")], FAST)
        await opened.at("Keys")
