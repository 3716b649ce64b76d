"""Working at the console over a real sshd: every page, repairs, beside the desk, and when the line drops."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.parcels.states import ParcelState
from kiosk.simulator.server import Simulator
from tests.e2e.program import kiosk
from tests.e2e.ssh_house import House, needs_sshd, opened
from tests.e2e.terminal import Terminal
from tests.house.desk import World

pytestmark = needs_sshd

REPAIR_KEYS = "fenctv"


def at_the_parcel(terminal: Terminal, number: str) -> Terminal:
    """Open the one parcel that is here."""
    opened(terminal).type("3")
    terminal.wait(f"{number}", "any state")
    terminal.type("\r")
    terminal.wait("What happened", "Request recorded")
    return terminal


def test_every_page_opens(house: House) -> None:
    house.deposited("T1")
    with house.ssh.login(house.ssh.let_in("eve")) as terminal:
        at_the_parcel(terminal, "T1")
        for key, words in [
            ("\r", ("Parcel deposited",)),
            ("2", ("Lobby", "Next bank")),
            ("3", ("T1", "any state")),
            ("4", ("Attention", "Nothing")),
            ("5", ("Signed in to the console", "Verify")),
            ("6", ("Last warnings", "free on the disk")),
            ("?", ("Show every key", "Back")),
            ("\x1b", ("Last warnings",)),
            ("1", ("taken in today",)),
        ]:
            terminal.type(key)
            terminal.wait(*words)


def test_a_repair_stands_in_the_journal_under_the_keys_name_before_it_is_done(house: House) -> None:
    house.deposited("T1")
    before = len(house.events())
    with house.ssh.login(house.ssh.let_in("ben")) as terminal:
        at_the_parcel(terminal, "T1").type("f")
        terminal.wait("Enter OK")
        terminal.type("put in by mistake\r")
        terminal.wait("was given back")
        terminal.type("q")
        assert terminal.end() == 0
    done = house.events()[before:]
    kinds = [
        "operator_logged_in",
        "correction_asked",
        "write_asked",
        "unit_freed",
        "parcel_cancelled",
        "operator_logged_out",
    ]
    assert [(event["person"], event["type"]) for event in done] == [("ben", kind) for kind in kinds]
    asked = {"step": "take_out", "reason": "put in by mistake", "role": "operator", "origin": "127.0.0.1"}
    assert done[1]["body"] == asked
    assert house.parcel("T1").state is ParcelState.CANCELLED


def test_a_new_code_is_the_clerks_and_only_an_admin_may_look(house: House) -> None:
    first = house.deposited("T1")
    with house.ssh.login(house.ssh.let_in("ben")) as terminal:
        at_the_parcel(terminal, "T1").type("n")
        terminal.wait("Enter OK")
        terminal.type("slip lost\r")
        terminal.wait("There is a new pickup code")
        code = house.code("T1")
        assert code != first
        terminal.type("v")
        terminal.settle()
        assert "Enter OK" not in terminal.text
        assert code not in terminal.text
    with house.ssh.login(house.ssh.let_in("ana")) as terminal:
        at_the_parcel(terminal, "T1").type("v")
        terminal.wait("Enter OK")
        terminal.type("the clerk asked by phone\r")
        assert code in terminal.wait("The pickup code is")
    steps = [event["body"]["step"] for event in house.events() if event["type"] == "correction_asked"]
    assert steps == ["renew_code", "view_code"]


def test_a_viewers_keys_for_repairs_do_not_exist(house: House) -> None:
    house.deposited("T1")
    with house.ssh.login(house.ssh.let_in("eve")) as terminal:
        at_the_parcel(terminal, "T1")
        assert "Free" not in terminal.text
        for key in REPAIR_KEYS:
            terminal.type(key)
            terminal.settle(0.2)
            assert "Enter OK" not in terminal.text
        terminal.type_by_hand("fbecause\r")
        terminal.settle()
        terminal.type("q")
        assert terminal.end() == 0
    assert {event["type"] for event in house.events() if event["person"] == "eve"} <= {
        "operator_logged_in",
        "operator_logged_out",
    }
    assert house.parcel("T1").state is ParcelState.IN_LOCKER


def test_a_slow_line_is_spared(house: House) -> None:
    for number in range(4):
        house.deposited(f"T{number}")
    with house.ssh.login(house.ssh.let_in("ben")) as terminal:
        opened(terminal)
        terminal.wait("Lobby")
        terminal.settle(1.0)
        assert terminal.written < 20_000
        terminal.type("3")
        terminal.wait("4 parcels")
        terminal.settle(2.0)  # longer than it takes to look for changes
        before = terminal.written
        terminal.type("\x1b[B")
        terminal.settle()
        assert 0 < terminal.written - before < 2_000
        before = terminal.written
        end = time.monotonic() + 4
        while (left := end - time.monotonic()) > 0:
            terminal.read(left)
        assert terminal.written == before


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with Simulator(tmp_path / "world") as simulator:
        yield World(simulator.url)


@pytest.mark.parametrize("answers", [True, False], ids=["service answers", "service is gone"])
def test_a_line_that_drops_in_the_middle_of_a_repair_leaves_nothing_half_done(
    world: World, tmp_path: Path, *, answers: bool
) -> None:
    house = House(tmp_path, lockers=f"{world.url}/parcelpoint")
    house.deposited("T1")
    world.fault("late", "freeReservation")
    with house.ssh.serving(), house.ssh.login(house.ssh.let_in("ben")) as terminal:
        at_the_parcel(terminal, "T1").type("f")
        terminal.wait("Enter OK")
        terminal.type("put in by mistake\r")
        terminal.wait("Freeing")
        (process,) = house.processes()
        if not answers:
            world.fault("cut", "getReservation", times=99)
        terminal.kill()
        assert house.ends(process)
    done = [("ben", kind) for kind in ("write_asked", "unit_freed", "parcel_cancelled")[: 3 if answers else 1]]
    assert house.told()[-len(done) - 1 :] == [*done, ("ben", "operator_logged_out")]
    world.no_more_faults()
    asyncio.run(at_the_desk(house))
    assert ("ben" if answers else "demo-desk@example.com", "unit_freed") in house.told()
    assert house.parcel("T1").open_write is None
    assert world.holding("T1") == []


async def at_the_desk(house: House) -> None:
    """Do what the desk's kiosk does at its start."""
    async with house.opened() as services:
        await services.settling.settle_all()


def test_the_desk_and_the_console_work_on_one_folder_at_the_same_time(house: House, tmp_path: Path) -> None:
    with (
        kiosk(tmp_path, KIOSK_STORAGE__DATA_DIR=str(house.data_dir)) as desk,
        house.ssh.login(house.ssh.let_in("ben")) as console,
    ):
        desk.wait("Scan the parcel", "online")
        opened(console).type("3")
        console.wait("any state")
        console.type("/")
        console.wait("Search for")
        console.type("A10123456784\r")
        desk.type("1Z999AA10123456784\r")
        desk.wait("Who is it for?")
        console.wait("A10123456784", seconds=10)
        desk.type("gergo f")
        desk.press("\r")
        desk.wait("for Gergő Farkas", "Reserve", "free lockers as of")
        desk.press("\r")
        desk.wait("Put it in locker")
        console.wait("Gergő Farkas", "reserved", seconds=10)
        desk.press("\r")
        desk.wait("Pickup code", "until")
        console.wait("in locker", seconds=10)
        console.type("\r")
        console.wait("What happened")
        console.type("n")
        console.wait("Enter OK")
        console.type("misprinted\r")
        console.wait("There is a new pickup code")
    people = {event["person"] for event in house.events()}
    assert people == {"demo-desk@example.com", "ben"}


@pytest.mark.parametrize("place", ["?", "5/", "3\rf"], ids=["keys", "search", "reason"])
def test_no_key_leads_out_of_a_page(house: House, tmp_path: Path, place: str) -> None:
    house.deposited("T1")
    made = tmp_path / "made"
    typed = [f"!touch {made}", f":!touch {made}", f"|touch {made}", f"`touch {made}`", f"$(touch {made})"]
    ways = [*(f"{each}\r" for each in typed), "v", "\x18\x05", "\x1a", "\x1c", "\x04"]
    with house.ssh.login(house.ssh.let_in("ana")) as terminal:
        opened(terminal).type_by_hand(place)
        terminal.settle()
        (process,) = house.processes()
        terminal.type_by_hand("!:|`$")
        terminal.type("".join(ways))
        for way in ways[-4:]:
            terminal.press(way)
        terminal.settle()
        terminal.wait("Overview", "Quit")
        assert house.children(process) == []
        assert house.processes() == [process]
    assert not made.exists()
