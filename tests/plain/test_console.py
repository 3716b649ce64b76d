"""The operator's console in lines, used by somebody who knows only what is printed."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from kiosk.desk.correcting import CORRECTIONS
from kiosk.parcels.listing import ParcelFilter
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import ParcelState, Role
from kiosk.parcels.steps import STEPS, Step
from kiosk.plain.console.console import converse
from kiosk.plain.lines import Talk
from kiosk.plain.terminal import Terminal
from kiosk.wiring import Services, open_services
from screens.console.correcting import STEP_OF
from tests.cli.harness import start
from tests.house.desk import CLERK, no_sleep
from tests.journal.book import export
from tests.plain.teletype import PATIENCE, Teletype
from tests.screens.console.console_in_test import NUMBERS, fill
from tests.screens.kiosk_in_test import Desk
from tests.screens.parcels_in_test import in_locker, lying, out, put_in, taken_in

HOME = "What do you want to see?"
TO_CORRECT = "What is to be corrected?"


class Console:
    """A console in lines, with whoever sits before it."""

    def __init__(self, tty: Teletype, services: Services) -> None:
        self.tty = tty
        self.services = services
        self.admin = Person(name="ben", role=Role.ADMIN, user_id="clerk@example.com")

    async def opens(self, number: str) -> None:
        """Find a parcel by its number and open it."""
        await self.tty.says(f"find {number}", "Which one?")
        await self.tty.says(self.tty.number_of(number), f"Parcel {number}", TO_CORRECT)

    async def corrects(self, words: str, *asked: str) -> None:
        """Choose a correction; its next question is read."""
        await self.tty.says(self.tty.number_of(words), *asked)

    async def parcel(self, number: str) -> Parcel:
        """Return a parcel as the journal has it."""
        return (await self.services.queries.journal.find(number))[0]

    async def asked(self) -> dict[str, Any]:
        """Return the correction that was asked for last."""
        events = await export(self.services.queries.journal.connection)
        found = [each for each in events if each["type"] == "correction_asked"][-1]
        return {"person": found["person"], **found["body"]}


@asynccontextmanager
async def console(desk: Desk, role: Role = Role.ADMIN) -> AsyncIterator[Console]:
    """Open the console in lines behind two pipes; at the end nothing more is typed, and it leaves."""
    person = Person(name="ada", role=role, user_id="clerk@example.com", origin="203.0.113.7")
    (typed, keyboard), (paper, printed) = os.pipe(), os.pipe()
    terminal = Terminal(typed, printed, "utf-8")
    async with open_services(desk.settings(), clock=desk.clock, person=person, sleep=no_sleep) as services:
        talk = Talk(terminal)
        talk.open()
        conversation = asyncio.create_task(converse(person, talk, services))
        tty = Teletype(keyboard, paper, conversation.done)
        try:
            await tty.reads(HOME)
            yield Console(tty, services)
        finally:
            os.close(keyboard)
            await asyncio.wait_for(conversation, PATIENCE)
            terminal.close()
            for each in (typed, paper, printed):
                os.close(each)


async def done(opened: Console, words: str) -> str:
    """Give the reason, and return what is printed until the parcel is said as it is then."""
    return await opened.tty.says("it was asked for", words, TO_CORRECT)


async def test_freeing_a_locker_asks_why_and_is_done(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.opens(NUMBERS.deposited)
        await opened.corrects("Free the locker", "and cancel the parcel. Why?")
        await done(opened, "was given back.")
        assert not desk.service.holding(NUMBERS.deposited)
        asked = await opened.asked()
        assert (asked["step"], asked["reason"], asked["person"]) == ("take_out", "it was asked for", "ada")


async def test_a_code_is_spelled_for_an_admin_and_goes_on_waiting(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        code = desk.service.holding(NUMBERS.code_waiting)[0]["pickupCode"]
        await opened.opens(NUMBERS.code_waiting)
        assert code not in opened.tty.printed
        await opened.corrects("View", "Show the pickup code that waits for the clerk. Why?")
        await done(opened, f"The pickup code is {code}. Spelled: {code[0]}")
        assert (await opened.asked())["step"] == "view_code"
        assert (await opened.parcel(NUMBERS.code_waiting)).code_waiting


async def test_a_hand_over_asks_who_and_how_that_was_checked(desk: Desk) -> None:
    async with console(desk) as opened:
        await lying(opened.services, "T1", "S1")
        await opened.opens("T1")
        await opened.corrects("Hand over", "Who takes the parcel?")
        await opened.tty.says("M. Abdi", "How was it checked?")
        await opened.corrects("By the badge", "given out at the desk")
        await done(opened, "counts as handed over")
        parcel = await opened.parcel("T1")
        assert (parcel.state, parcel.handed_to) == (ParcelState.HANDED_OVER, "M. Abdi")


async def test_what_is_to_be_sent_asks_where_and_why(desk: Desk) -> None:
    async with console(desk) as opened:
        await lying(opened.services, "T1", "S1")
        await opened.opens("T1")
        await opened.corrects("Send", "Where does the parcel go?")
        await opened.tty.says("12 Main Street", "Why does it leave?")
        await opened.corrects("back to the sender", "Why do you note it from here?")
        await done(opened, "The parcel is to be sent.")
        assert (await opened.parcel("T1")).destination == "12 Main Street"
        await opened.corrects("Note as sent", "How do you know?")
        await done(opened, "counts as sent")
        assert (await opened.parcel("T1")).state is ParcelState.SENT


async def test_back_in_the_middle_of_a_correction_changes_nothing(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.opens(NUMBERS.deposited)
        await opened.corrects("Free the locker", "Why?")
        await opened.tty.says("back", "Nothing was changed.", TO_CORRECT)
        assert desk.service.holding(NUMBERS.deposited)


async def test_what_is_refused_is_said_and_the_parcel_stays(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.opens(NUMBERS.deposited)
        opened.services.desk.corrections._role_now = lambda _: Role.VIEWER
        await opened.corrects("Free the locker", "Why?")
        await opened.tty.says("it was asked for", "which does not allow this", TO_CORRECT)
        assert desk.service.holding(NUMBERS.deposited)


async def test_a_viewer_is_offered_no_correction(desk: Desk) -> None:
    await fill(desk)
    async with console(desk, Role.VIEWER) as opened:
        await opened.opens(NUMBERS.deposited)
        assert not re.findall(r"^1: ", opened.tty.printed.rpartition("Parcel DEPOSITED1")[2], re.MULTILINE)
        await opened.tty.says("1", "That is no answer here: 1.")


def test_both_consoles_offer_the_same_corrections() -> None:
    assert set(CORRECTIONS) == set(STEP_OF.values())


async def test_every_correction_that_the_table_gives_an_admin_is_offered_somewhere(desk: Desk) -> None:
    await fill(desk)
    offered: set[Step] = set()
    async with console(desk) as opened:
        services = opened.services
        await in_locker(services, "L1")
        await lying(services, "S1", "S9")
        await out(services, "O1", "12 Main Street")
        for parcel in await services.queries.console.parcels(ParcelFilter()):
            offered.update(step for step in CORRECTIONS if step in services.desk.offers(parcel, opened.admin))
    missing = {step for step in CORRECTIONS if Role.ADMIN in STEPS[step].roles} - offered
    assert missing <= {Step.NOTE_COLLECTED, Step.SEND_AGAIN, Step.CLOSE_FINDING, Step.FREE_SECOND_UNIT}


async def test_attention_says_what_is_wrong_and_opens_the_parcel(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.tty.says("attention", "holds two lockers", "Which one?")
        await opened.tty.says(opened.tty.number_of("holds two lockers"), "This parcel holds two lockers", TO_CORRECT)
        await opened.corrects("Close", "What was found?")
        await done(opened, "The item is closed.")


async def test_gone_parcels_are_found_by_a_word(desk: Desk) -> None:
    async with console(desk) as opened:
        parcel = await taken_in(opened.services, "T1")
        await opened.services.desk.intake.cancel(parcel, CLERK)
        await opened.tty.says("find t1", "No parcel fits.", "Which one?")
        await opened.tty.says("gone", "cancelled", "T1")


async def test_the_doors_of_a_bank_lead_to_the_parcels_in_them(desk: Desk) -> None:
    async with console(desk) as opened:
        parcel = await in_locker(opened.services, "T1")
        assert parcel.place is not None
        await opened.tty.says("banks", "Which bank?")
        await opened.tty.says("1", "Which locker?")
        await opened.tty.says(opened.tty.number_of(f"Locker {parcel.place.locker_unit_id}:"), "Which parcel?")
        await opened.tty.says("1", "Parcel T1: in locker", TO_CORRECT)


async def test_the_journal_is_read_searched_and_proved(desk: Desk) -> None:
    async with console(desk) as opened:
        await in_locker(opened.services, "T1")
        said = await opened.tty.says("journal deposited", "Parcel deposited", "Type an event's number")
        number = opened.tty.last(r"(\d+): [^:]+:\d\d, [^:]+: Parcel deposited")
        assert "Parcel taken in" not in said
        await opened.tty.says(number, f"Event {number}: Parcel deposited", "The chain is intact here.")
        await opened.tty.says("verify", "The journal is sound: all ")


async def test_an_event_is_told_while_the_journal_is_followed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.plain.console.journal.LOOK_EVERY_SECONDS", 0.01)
    async with console(desk) as opened:
        await opened.tty.says("journal", "Type an event's number")
        await opened.tty.says("follow", "Press Enter to stop.")
        await put_in(opened.services, "T1")
        said = await opened.tty.reads("Parcel taken in, parcel T1", "Parcel deposited")
        assert said.count("Parcel taken in, parcel T1") == 1
        await opened.tty.says("", "Type an event's number")


async def test_a_scan_opens_what_it_finds(desk: Desk) -> None:
    async with console(desk) as opened:
        await in_locker(opened.services, "1Z5R89390357567127")
        await opened.tty.says("1Z5R89390357567127", "Which one?", "in locker")


async def test_the_pages_say_how_things_are_and_no_secret(desk: Desk) -> None:
    async with console(desk) as opened:
        await opened.tty.says("overview", "free; read today", "0 parcels taken in today.", HOME)
        await opened.tty.says("kiosk", "Locker service: Connected.", HOME)
        assert "**********" in await opened.tty.says("settings", "lockers.client_secret", HOME)


@pytest.mark.parametrize("how", [["--plain"], []], ids=["by the option", "said over SSH"])
def test_it_is_a_program_without_a_terminal(how: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("KIOSK_STORAGE__DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("TERM", raising=False)
    if not how:
        monkeypatch.setenv("SSH_ORIGINAL_COMMAND", "plain")
    with start("console", *how, stdin=subprocess.PIPE) as process:
        printed, failed = process.communicate("sessions\nquit\n", timeout=60)
    assert (process.returncode, failed) == (0, "")
    assert "this one" in printed
    assert not re.findall(r"[^\n -~·]", printed)
