"""The way of a step from its key to the wire: short enough to be read in one go."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path

import httpx

import kiosk
from screens.clerk.locker import LockerScreen
from tests.house.desk import what
from tests.screens.kiosk_in_test import Desk

ROOT = Path(kiosk.__file__).parents[1]

MOST_FILES = 7


class Watched(httpx.AsyncHTTPTransport):
    """The wire, which notes through which of our files a reservation came."""

    def __init__(self) -> None:
        super().__init__()
        self.files: Sequence[str] = ()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if what(request) == "reserve":
            frames = traceback.extract_stack()
            self.files = tuple(dict.fromkeys(each for frame in frames if (each := _ours(frame.filename))))
        return await super().handle_async_request(request)


def _ours(filename: str) -> str:
    """Return a file of the product by its place in it; nothing for any other."""
    path = Path(filename)
    place = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else ""
    return place if place.startswith(("kiosk/", "screens/")) else ""


async def test_a_reservation_comes_from_its_screen_to_the_wire_by_few_files(tmp_path: Path) -> None:
    wire, desk = Watched(), Desk(tmp_path)
    try:
        async with desk.open(transport=wire) as running:
            await running.to_locker()
            screen = _ours(LockerScreen.action_reserve.__code__.co_filename)
            await running.press("enter")
            await running.at("PutIn")
    finally:
        desk.service.pull_out()
    # The screen hands the dialogue's coroutine to a task of its own, which is where the stack of the request begins.
    way = (screen, *wire.files)
    assert (way[0], way[-1]) == ("screens/clerk/locker.py", "kiosk/api/transport.py")
    assert len(way) <= MOST_FILES, way
