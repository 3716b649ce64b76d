"""A desk at which two people sign in, for tests of screens: their PINs, badges, and the time that passes."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from pydantic import SecretStr

from kiosk.desk.people import People
from kiosk.desk.scrypt import Cost
from kiosk.parcels.people import ListedPerson
from kiosk.parcels.states import Role
from kiosk.wiring import open_journal
from tests.house.desk import OWNER
from tests.screens.kiosk_in_test import Desk, Kiosk

IDLE_MINUTES: Final = 5.0
IDA_PIN, JO_PIN, WRONG_PIN = "730518", "264091", "111111"
IDA_BADGE, JO_BADGE, NOBODYS_BADGE = "BADGE-77031", "BADGE-77032", "BADGE-00000"


async def signs_in(desk: Desk) -> tuple[ListedPerson, ...]:
    """List Ida, a clerk, and Jo, an admin, and let people sign in at the desk; a PIN costs next to nothing here."""
    desk.people = {"sign_in": True, "idle_minutes": IDLE_MINUTES}
    async with open_journal(desk.settings(), desk.clock) as journal:
        people = People(journal, desk.clock, user_id="desk@example.com", own_prefix="T")
        people._cost = Cost(n=2**4)
        await people.add(
            "Ida Berg", Role.CLERK, OWNER, user_id="ida@example.com", pin=pin(IDA_PIN), badge=pin(IDA_BADGE)
        )
        await people.add("Jo Lund", Role.ADMIN, OWNER, pin=pin(JO_PIN), badge=pin(JO_BADGE))
        return await people.listed()


def pin(text: str) -> SecretStr:
    return SecretStr(text)


async def by_pin(kiosk: Kiosk, name: str = "ida", digits: str = IDA_PIN) -> None:
    """Choose a name and type the PIN."""
    await kiosk.shows("scan your badge", "Ida Berg")
    kiosk.type(f"{name}\r")
    await kiosk.shows("PIN of")
    kiosk.type(f"{digits}\r")


async def as_ida(kiosk: Kiosk) -> None:
    """Sign Ida in, at home."""
    kiosk.scan(IDA_BADGE)
    await kiosk.at("Home")
    await kiosk.shows("Ida Berg")


async def idles(desk: Desk, kiosk: Kiosk, seconds: float = IDLE_MINUTES * 60) -> None:
    """Let time pass with nobody there."""
    desk.clock.live(timedelta(seconds=seconds))
    await kiosk.app.shift.idling.look()
    await kiosk.pilot.pause(0)
