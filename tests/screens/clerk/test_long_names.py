"""Nothing essential is cut at 80 columns: a locker's number never, a bank's name as late as possible."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kiosk.simulator.state import FILE_NAME
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.widgets.harness import lines

BANK = "Loading dock behind the north parking structure, level B2 (Building 17)"


def rename(desk: Desk, prefix: str) -> None:
    """Give the first bank a very long name, and all units numbers that begin so."""
    desk.service.pull_out()
    with closing(sqlite3.connect(desk.folder / "service" / FILE_NAME)) as database:
        database.execute("PRAGMA foreign_keys=OFF")
        database.execute("UPDATE banks SET name = ? WHERE bank_id = 'AOne'", (BANK,))
        for table in ("units", "parcels"):
            database.execute(f"UPDATE {table} SET unit_id = ? || unit_id", (prefix,))  # noqa: S608 - our own tables
        database.commit()
    desk.service.plug_in()


async def to_locker(kiosk: Kiosk, number: str, letters: str) -> None:
    await kiosk.to_recipient(number)
    kiosk.type(f"{letters}\r")
    await kiosk.at("Locker")
    await kiosk.shows("free")


async def unit_of(kiosk: Kiosk, number: str) -> str:
    parcel = await kiosk.parcel(number)
    assert parcel.place is not None
    return parcel.place.locker_unit_id


@pytest.mark.parametrize("prefix", ["B-1", "NORTH-B-"])
async def test_a_locker_is_named_in_full_on_every_screen(desk: Desk, prefix: str) -> None:
    rename(desk, prefix)
    async with desk.open((80, 24)) as kiosk:
        await to_locker(kiosk, "T1", "mwangi abdi")
        read = await kiosk.shows("Reserve", f"{prefix}7 ", "(Building 17)")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        unit = await unit_of(kiosk, "T1")
        assert f" {unit} " in read.partition("Reserve")[2]
        if len(prefix) > 4:  # a shorter one stands there in large letters
            await kiosk.shows(" ".join(unit))
        await kiosk.press("f2")
        await kiosk.shows(f"What is wrong with locker {unit}?")
        await kiosk.press("escape", "enter")
        await kiosk.at("Code")
        await kiosk.shows(f"Locker {unit}, Loading dock")
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is in.", f"{unit} ")
        kiosk.scan("T1")
        await kiosk.at("ParcelPage")
        await kiosk.shows(f"Locker {unit}, Loading dock")
        await to_locker(kiosk, "T2", "mwangi abdi")
        await kiosk.shows(f"Mwangi Abdi already has locker {unit}")
        view = kiosk.services.queries.lockers.seen("AOne")
        assert view is not None
        following = kiosk.services.desk.intake.next_unit(await kiosk.parcel("T2"), view, view.sizes[0].size)
        # Both stand on their keys in full, though not in one line.
        keys = "\n".join(lines(kiosk.app)[-7:])
        assert unit in keys
        assert following is not None
        assert following in keys
