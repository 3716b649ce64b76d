"""Home says what is waited for while the journal does not answer, and nothing of what was done meanwhile is lost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from screens import flow
from tests.screens.kiosk_in_test import Desk, Kiosk

MOST_LOOKS = 300
"""Each after a hundredth of a second: the journal is given back before anybody gives up waiting for it."""


@contextmanager
def held(desk: Desk) -> Iterator[None]:
    """Keep everybody else out of the journal for as long as this goes on."""
    (file,) = (desk.folder / "data").glob("journal*.sqlite")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


async def started(kiosk: Kiosk) -> None:
    """Wait until the kiosk has read its list for the first time: that, too, would be waited for and told."""
    await kiosk.until(lambda: bool(kiosk.services.background._tasks), "the background")
    await kiosk.rest()


async def told(kiosk: Kiosk, *words: str) -> None:
    """Wait until the words are on the screen, while the app itself waits and so never comes to rest."""
    for _ in range(MOST_LOOKS):
        if all(word in kiosk.read for word in words):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(kiosk.read)


async def test_a_scan_that_waits_is_told_and_the_next_one_comes_behind_it(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await started(kiosk)
        with held(desk):
            kiosk.scan("T1")
            await told(kiosk, "Taking in...")
            kiosk.scan("T2")
        await kiosk.shows("Parcel T2", "Who is it for?")
        assert (await kiosk.parcel("T1")).present
        await kiosk.press("escape")
        await kiosk.at("Home")
        assert "Taking in" not in kiosk.read


async def test_a_wait_that_takes_long_says_that_nothing_is_lost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "EXPLAIN_WAIT_AFTER_SECONDS", flow.SHOW_WAIT_AFTER_SECONDS)
    async with desk.open() as kiosk:
        await started(kiosk)
        with held(desk):
            kiosk.scan("T1")
            await told(kiosk, "Taking in...", "Nothing is lost")
        await kiosk.shows("Parcel T1", "Who is it for?")


@pytest.mark.parametrize("keys", ["mwangi", "mwangi\r"])
async def test_a_search_that_waits_is_told(desk: Desk, keys: str) -> None:
    async with desk.open() as kiosk:
        await started(kiosk)
        with held(desk):
            kiosk.type(keys)
            await told(kiosk, "Looking for it...")
        await kiosk.lacks("Looking for it...")


async def test_a_number_that_is_still_looked_up_leaves_the_kiosk_no_rest(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await started(kiosk)
        with held(desk):
            kiosk.type("T1\r")
            rest = asyncio.create_task(kiosk.rest())
            done, _ = await asyncio.wait({rest}, timeout=1.0)
            assert not done
        await rest
        assert kiosk.name == "Recipient"


async def test_a_list_that_waits_is_told_and_what_was_said_before_comes_back(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_code()
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is in.")
        with held(desk):
            kiosk.hands.press("left")
            await told(kiosk, "Reading the list...")
            assert "Parcel T1 is in." not in kiosk.read
        await kiosk.shows("Yesterday", "Parcel T1 is in.")


async def test_a_number_that_is_made_waits_and_is_told(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await started(kiosk)
        with held(desk):
            kiosk.type("+")
            await told(kiosk, "Making a number...")
        await kiosk.at("Label")
