"""Signing in and out in lines, and leaving a locked kiosk: a PIN is never printed, and scans wait for a name."""

from __future__ import annotations

from pydantic import SecretStr

from kiosk.parcels.states import Role
from kiosk.wiring import Services
from tests.house.desk import OWNER
from tests.journal.book import export
from tests.plain.teletype import HOME, Plain, talking
from tests.screens.kiosk_in_test import Desk

WHO = "Who works at the desk?"
PIN, WRONG, BADGE = "4711", "4712", "BADGE-0815"


async def listed(plain: Plain) -> None:
    people = plain.services.desk.people
    await people.add("Ada Clerk", Role.CLERK, OWNER, pin=SecretStr(PIN), badge=SecretStr(BADGE))
    await people.add("Bo Admin", Role.ADMIN, OWNER, pin=SecretStr(PIN))
    await plain.tty.says("back", "1: Ada Clerk, clerk", WHO)


async def events(services: Services) -> list[str]:
    return [event["type"] for event in await export(services.queries.journal.connection)]


async def test_somebody_signs_in_by_a_pin_that_is_never_printed(desk: Desk) -> None:
    desk.people = {"sign_in": True, "idle_minutes": 0}
    async with talking(desk) as plain:
        tty = plain.tty
        await tty.reads("Nobody is listed yet.", WHO)
        await listed(plain)
        await tty.says("1", "PIN of Ada Clerk")
        await tty.says(WRONG, WHO)
        await tty.says("1", "PIN of Ada Clerk")
        await tty.says(PIN, "Ada Clerk is signed in.", HOME)
        await tty.says("tasks", "What is to be done?")
        await tty.says(tty.number_of("Sign out"), "Sign out, or let somebody else take over?")
        await tty.says("1", "Ada Clerk is signed out.", WHO)
        assert PIN not in tty.printed
        assert WRONG not in tty.printed
        assert [each for each in await events(plain.services) if each.startswith("person_signed")] == [
            "person_signed_in",
            "person_signed_out",
        ]


async def test_what_is_scanned_while_nobody_is_there_waits_for_whoever_signs_in(desk: Desk) -> None:
    desk.people = {"sign_in": True, "idle_minutes": 0}
    async with talking(desk) as plain:
        await plain.tty.reads(WHO)
        await listed(plain)
        await plain.tty.says("T1", "Sign in first.", "1 parcel was scanned.", WHO)
        assert not await plain.services.queries.unfinished()
        await plain.tty.says(BADGE, "Ada Clerk is signed in.", "Parcel T1", "For whom is it?")
        assert BADGE not in plain.tty.printed
        assert [each.tracking_number for each in await plain.services.queries.unfinished()] == ["T1"]


async def test_nobody_there_signs_out(desk: Desk) -> None:
    desk.people = {"sign_in": True, "idle_minutes": 0}
    async with talking(desk) as plain:
        await plain.tty.reads(WHO)
        await listed(plain)
        await plain.tty.says("1", "PIN of Ada Clerk")
        await plain.tty.says(PIN, HOME)
        await plain.tty.says("T1", "For whom is it?")
        plain.talk.idle_seconds = 0.05
        await plain.tty.says("?", "Parcel T1 stays under Unfinished.", "Ada Clerk is signed out.", WHO)


async def test_only_an_administrator_leaves_a_locked_kiosk(desk: Desk) -> None:
    desk.lockdown = {"on": True}
    async with talking(desk) as plain:
        people = plain.services.desk.people
        await people.add("Bo Admin", Role.ADMIN, OWNER, pin=SecretStr(PIN))
        await plain.tty.reads(HOME)
        await plain.tty.says("leave", "An administrator can.")
        await plain.tty.says("back", HOME)
        await plain.tty.says("leave", "An administrator can.")
        await plain.tty.says("1", "PIN of Bo Admin")
        await plain.tty.types(PIN)
        while "kiosk_left" not in await events(plain.services):
            await plain.tty.reads("")
        assert PIN not in plain.tty.printed
