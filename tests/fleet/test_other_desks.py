from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.fleet.other_desks import Asked, HeardOfOthers, Told
from kiosk.fleet.other_desks_file import FILE_NAME
from kiosk.parcels.other_desks import OtherDesks
from kiosk.parcels.states import UnitProblem
from tests.house.desk import START
from tests.house.others import ANNA, NORTH, hear, other, report

LATER = START + timedelta(minutes=5)


@pytest.fixture
async def heard(tmp_path: Path) -> AsyncIterator[HeardOfOthers]:
    async with HeardOfOthers(tmp_path) as others:
        yield others


async def test_nothing_was_heard_at_first(heard: HeardOfOthers) -> None:
    others: OtherDesks = heard
    assert await others.heard_at() is None
    assert await others.with_number(["T1"]) is None
    assert await others.searched("T1", 10) == ()
    assert await others.doubtful_units("Lobby", START) == frozenset()


async def test_a_number_finds_the_parcel_that_it_is_a_number_of(heard: HeardOfOthers, tmp_path: Path) -> None:
    found = other("T-1", unit="12", numbers=("T-1-B",))
    await hear(tmp_path, found, other("T2"))
    assert await heard.with_number(["nothing", "T-1-B", "T2"]) == found
    assert await heard.with_number(["T1"]) is None  # alike for whoever types it, and another number
    assert await heard.heard_at() == START


async def test_people_find_by_a_beginning_an_end_or_a_name(heard: HeardOfOthers, tmp_path: Path) -> None:
    first, second = other("1Z0001", since=START), other("1Z0002", since=LATER, contact=None)
    await hear(tmp_path, first, second)
    assert await heard.searched("1z-00", 10) == (second, first)
    assert await heard.searched("0001", 10) == (first,)
    for name in ("anna", "odegard", "Maria Ø", "ANNA-maria od"):
        assert await heard.searched(name, 10) == (first,), name
    assert await heard.searched("1z", 1) == (second,)
    assert await heard.searched("%", 10) == await heard.searched(" ", 10) == ()


async def test_what_a_contact_has_and_what_is_in_a_bank(heard: HeardOfOthers, tmp_path: Path) -> None:
    in_locker, on_shelf = other("T1", unit="12"), other("T2", shelf="A3", since=LATER)
    await hear(tmp_path, in_locker, on_shelf, other("T3", contact=None))
    assert await heard.of_contact(ANNA.contact_id) == (on_shelf, in_locker)
    assert await heard.in_bank("Lobby") == (in_locker,)


async def test_a_parcel_that_is_gone_is_not_found_any_more(heard: HeardOfOthers) -> None:
    await heard.apply(Told(parcels=(other("T1"), other("T2"))), number=1)
    await heard.apply(Told(gone=((NORTH, "pT1"),)), number=1)
    assert await heard.with_number(["T1"]) is None
    assert await heard.searched("t", 10) == (other("T2"),)


async def test_a_full_refresh_drops_what_it_does_not_bring(heard: HeardOfOthers) -> None:
    await heard.apply(Told(parcels=(other("T1"), other("T2"))), number=1)
    await heard.end(Asked(heard_at=START), number=1)
    await heard.apply(Told(parcels=(other("T2"),)), number=2)
    # Until its last page is there, what was heard before is the best that is known.
    assert await heard.with_number(["T1"]) == other("T1")
    await heard.end(Asked(heard_at=LATER), number=2)
    assert await heard.with_number(["T1"]) is None
    assert await heard.with_number(["T2"]) == other("T2")


async def test_the_latest_word_on_a_unit_counts_whichever_desk_says_it(heard: HeardOfOthers) -> None:
    occupied = report("12", UnitProblem.OCCUPIED)
    shut = report("13", UnitProblem.DID_NOT_OPEN)
    await heard.apply(Told(reports=(occupied, shut, report("12", None, LATER, desk="another"))), number=1)
    assert await heard.doubtful_units("Lobby", START) == {"13"}
    assert await heard.doubtful_units("Lobby", LATER) == frozenset()
    assert await heard.doubtful_units("Annex", START) == frozenset()


async def test_who_was_forgotten_is_told_until_it_is_done(heard: HeardOfOthers) -> None:
    digest = "a" * 64
    await heard.apply(Told(forgotten=((digest, START),)), number=1)
    assert await heard.forgotten() == (digest,)
    await heard.note_forgotten([digest])
    await heard.apply(Told(forgotten=((digest, START),)), number=1)  # the centre tells the last half minute again
    assert await heard.forgotten() == ()
    await heard.apply(Told(forgotten=((digest, LATER),)), number=1)
    assert await heard.forgotten() == (digest,)


def spoil(path: Path) -> None:
    path.write_bytes(b"\x00 no database " * 500)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:6000])


def of_a_newer_program(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()


@pytest.mark.parametrize("harm", [spoil, cut, of_a_newer_program, Path.unlink])
async def test_a_file_of_no_use_is_made_anew(tmp_path: Path, harm: object) -> None:
    await hear(tmp_path, other("T1"))
    assert callable(harm)
    harm(tmp_path / FILE_NAME)
    async with HeardOfOthers(tmp_path) as others:
        assert await others.heard_at() is None
        await hear(tmp_path, other("T2"))
        assert await others.with_number(["T2"]) == other("T2")


async def test_a_file_that_goes_while_it_is_open_is_heard_anew(heard: HeardOfOthers, tmp_path: Path) -> None:
    await hear(tmp_path, other("T1"))
    heard.note(Asked(heard_at=LATER))
    (tmp_path / FILE_NAME).unlink()
    assert await heard.with_number(["T1"]) is None
    assert await heard.heard_at() is None
    assert await heard.asked() == Asked()


async def test_a_file_that_is_damaged_while_it_is_open_ends_nothing(heard: HeardOfOthers, tmp_path: Path) -> None:
    await hear(tmp_path, *(other(f"T{at}") for at in range(400)))
    path = tmp_path / FILE_NAME
    inode = path.stat().st_ino
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 40_000)
    assert path.stat().st_ino == inode
    for _ in range(2):
        await heard.with_number([f"T{at}" for at in range(400)])
    await heard.apply(Told(parcels=(other("T1"),)), number=1)
    assert await heard.with_number(["T1", "T2"]) == other("T1")
    assert await heard.asked() == Asked()


async def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"")
    (tmp_path / FILE_NAME).symlink_to(tmp_path / "elsewhere")
    async with HeardOfOthers(tmp_path) as others:
        assert await others.heard_at() is None
    assert (tmp_path / "elsewhere").read_bytes() == b""


async def test_two_processes_make_one_file(tmp_path: Path) -> None:
    first, second = HeardOfOthers(tmp_path), HeardOfOthers(tmp_path)
    assert set(await asyncio.gather(first.heard_at(), second.heard_at())) == {None}
    await hear(tmp_path, other("T1"))
    assert await first.with_number(["T1"]) == await second.with_number(["T1"]) == other("T1")
    await asyncio.gather(first.close(), second.close())
