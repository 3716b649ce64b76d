"""Random bytes at scanner speed on every screen: whatever they are, no command is obeyed and the program lives.

`python -m tests.soak fuzz`. Half of the bytes are pieces of what terminals send: control sequences, touches, Kitty's
keys, pastes that never end, sizes. They may take in parcels; anything else in the journal was a command.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Callable
from itertools import cycle
from math import inf
from pathlib import Path

from kiosk.facilities.addresses import Address
from kiosk.facilities.values import Question
from kiosk.parcels.parcel import Parcel
from screens.clerk.contact_id import ContactIdScreen
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk.shelf import ShelfScreen
from screens.destinations import (
    ParcelDestination,
    ShowCode,
    ShowContactId,
    ShowFacilityAddress,
    ShowFacilityChoices,
    ShowFinder,
    ShowLabel,
    ShowLocker,
    ShowNumber,
    ShowParcel,
    ShowPutIn,
    ShowRecipient,
    ShowShelf,
    TopDestination,
)
from screens.terminal import Arrived, Heard, Reader
from screens.widgets.notice import Greeting
from tests.bench.figure import Figure
from tests.screens.kiosk_in_test import Desk, Kiosk

ROUNDS = 1_000_000
"""Bytes, divided among the screens."""

CHUNKS = (20, 100, 3000)
"""Bytes without a pause; then a screen is shown anew, for a scan leads away from it."""

ALLOWED = {"parcel_taken_in", "code_added", "number_chosen"}
"""A scan takes in a parcel; a code that is proven to be on its label may be the better number."""

ABOUT_A_PARCEL: dict[str, Callable[[Parcel], ParcelDestination]] = {
    "number": ShowNumber,
    "label": ShowLabel,
    "recipient": ShowRecipient,
    "contact id": ShowContactId,
    "shelf": ShowShelf,
    "locker": ShowLocker,
    "put in": ShowPutIn,
    "code": ShowCode,
    "parcel": ShowParcel,
}
ON_TOP = ("finder", "facility choices", "facility address")
COMMANDS = (
    b"\r", b"\x11", b"\x1b", b"\x1bOP", b"\x1bOQ", b"\x1bOR", b"\x1bOS",
    *(b"\x1b[%d~" % number for number in range(15, 25)),
    *(b"\x1b[<0;%d;%dM\x1b[<0;%d;%dm" % (x, y, x, y) for x in (10, 30, 50, 70) for y in (8, 20, 21, 22)),
)  # fmt: skip
"""Every key that does something somewhere, and taps where keys and lists are drawn."""

SCREENS = ("home", *ABOUT_A_PARCEL, *ON_TOP, "help", "leaving")


def measure(rounds: int) -> list[Figure]:
    """Send so many bytes."""
    wrong = asyncio.run(every_screen(1, rounds))
    name = f"Commands obeyed and faults in {rounds:,} random bytes on {len(SCREENS)} screens"
    return [Figure(name, "; ".join([str(len(wrong)), *wrong[:3]]), "0", reached=not wrong)]


async def every_screen(seed: int, count: int) -> list[str]:
    """Send so many bytes to the screens in turn; return what should not have happened."""
    rng = random.Random(seed)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        desk = Desk(Path(folder))
        try:
            async with desk.open() as kiosk:
                parcels = await _parcels(kiosk)
                before, units = await kiosk.history(), desk.service.units()
                for name in cycle(SCREENS):
                    await _show(kiosk, name, parcels)
                    size = rng.choice(CHUNKS)
                    wrong += [f"{name}: {each}" for each in await _send(kiosk, rng, size)]
                    count -= size
                    if count <= 0:
                        break
                history = await kiosk.history()
                wrong += [
                    f"{each['type']} {each['body']}" for each in history[len(before) :] if each["type"] not in ALLOWED
                ]
                if desk.service.units() != units:
                    wrong.append("something was written to the service")
        finally:
            desk.service.pull_out()
    return wrong


async def _parcels(kiosk: Kiosk) -> dict[str, Parcel]:
    """Return a parcel for each screen that is about one."""
    await kiosk.to_put_in("T1")
    await kiosk.press("escape")
    await kiosk.to_code("T2")
    await kiosk.press("escape")
    await kiosk.to_locker("T3")
    await kiosk.press("escape")
    kiosk.scan("T4")
    await kiosk.shows("Parcel T4")
    kiosk.scan("BOX-7712")
    await kiosk.shows("in-house number?")
    await kiosk.press("escape")
    reserved, coded, chosen, taken, asked = [await kiosk.parcel(each) for each in ("T1", "T2", "T3", "T4", "BOX-7712")]
    return {"put in": reserved, "code": coded, "parcel": coded, "locker": chosen, "number": asked} | dict.fromkeys(
        ("label", "recipient", "contact id", "shelf"), taken
    )


async def _show(kiosk: Kiosk, name: str, parcels: dict[str, Parcel]) -> None:
    app = kiosk.app
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    if name in parcels:
        await app.show(ABOUT_A_PARCEL[name](parcels[name]), Greeting())
    elif name == "help":
        await app.action_help()
    elif name == "leaving":
        await app.action_leave()
    elif name != "home":
        await app.navigator.cover(_on_top(kiosk, name))
    await kiosk.rest()


def _on_top(kiosk: Kiosk, name: str) -> TopDestination:
    """Return the screen of that name, which lies on top of another one."""
    if name == "finder":
        return ShowFinder()
    address = Address.of_desk(kiosk.services.settings.desk.address)
    question = Question(address=address, radius_miles=5, count=5)
    if name == "facility choices":
        return ShowFacilityChoices(question, lambda _: None)
    return ShowFacilityAddress(question, lambda _: None)


async def _send(kiosk: Kiosk, rng: random.Random, left: int) -> list[str]:
    """Send one chunk; return what is wrong with the app after it."""
    before = list(kiosk.app.screen_stack)
    reader = Reader()
    messages: list[Heard] = []
    while left > 0:
        data = piece(rng)
        left -= len(data)
        messages += [each for each in reader.heard(data, rng.choice((0.001, 0.005, 0.02))) if isinstance(each, Heard)]
    last = b"AB7" + rng.choice(COMMANDS)  # right behind signs, and nothing follows it
    messages += [each for each in reader.heard(last, 0.005) if isinstance(each, Heard)]
    for _ in range(150):
        messages += [each for each in reader.heard(b"", 0.02) if isinstance(each, Heard)]
    for message in messages:
        if isinstance(message, Arrived):
            message.read_at = inf
        kiosk.app.post_message(message)
    await kiosk.rest()
    return [f"opened by a key: {each}" for each in kiosk.app.screen_stack if each not in before and not _by_scan(each)]


def _by_scan(screen: object) -> bool:
    """Tell whether a scan may have opened a screen."""
    return isinstance(screen, ParcelScreen) and not isinstance(screen, ShelfScreen | ContactIdScreen)


def piece(rng: random.Random) -> bytes:
    """Return random bytes, or something like a control sequence."""
    if rng.random() < 0.3:
        return rng.randbytes(rng.randint(1, 60))
    if rng.random() < 0.4:
        return rng.choice(COMMANDS)
    if rng.random() < 0.3:
        return bytes(rng.choices(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-\r\n\t", k=rng.randint(4, 40)))
    numbers = ";".join(str(rng.choice((0, 1, 2, 3, 13, 48, 57441, 99999999, rng.randint(0, 300)))) for _ in range(3))
    sequence = rng.choice((
        f"\x1b[{numbers}{chr(rng.randint(0x40, 0x7E))}", f"\x1b[<{numbers}M", f"\x1b[<{numbers}m", f"\x1b[{numbers}u",
        f"\x1b[1:2;{numbers}u", f"\x1b[?{numbers}$y", f"\x1b[48;{numbers};0t", "\x1b[200~", "\x1b[201~", "\x1b[I",
        "\x1b[O", f"\x1bO{chr(rng.randint(0x40, 0x7E))}", f"\x1b]0;{numbers}\x07", f"\x1bP{numbers}\x1b\\", "\x1b",
        "\r", "\x7f", "\x15",
    ))  # fmt: skip
    return sequence.encode()
