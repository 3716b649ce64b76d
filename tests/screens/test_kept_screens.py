"""The screen that follows each scan is made ahead and kept: it is about the parcel of now, in the colours of now."""

from __future__ import annotations

from math import inf

import pytest
from textual.color import Color

from screens.clerk.recipient import RecipientScreen
from screens.theme import LIGHT
from screens.widgets.heading import Heading
from tests.screens.kiosk_in_test import Desk

pytestmark = pytest.mark.every_frame


async def test_the_first_scan_finds_its_screen_made_and_the_next_one_finds_the_same(desk: Desk) -> None:
    async with desk.open() as kiosk:
        made = kiosk.app.get_screen("recipient")
        assert isinstance(made, RecipientScreen)
        assert made.is_ready
        await kiosk.to_recipient("T1")
        assert kiosk.screen is made
        await kiosk.press("escape")
        await kiosk.at("Home")
        await kiosk.to_recipient("T2")
        assert kiosk.screen is made
        assert made.query_one(Heading).text == "Parcel T2"


async def test_a_key_counts_on_the_same_screen_only_once_the_next_parcel_was_seen_there(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient("T1")
        await kiosk.until(lambda: kiosk.screen.seen_since < inf, "the first parcel was painted")
        first_seen = kiosk.screen.seen_since
        await kiosk.to_recipient("T2")
        await kiosk.until(lambda: first_seen < kiosk.screen.seen_since < inf, "the next parcel was painted")
        await kiosk.rest()
        kiosk.hands.press("f7", read_at=kiosk.screen.seen_since + 0.4)
        await kiosk.rest()
        assert isinstance(kiosk.screen, RecipientScreen)
        kiosk.hands.press("f7", read_at=kiosk.screen.seen_since + 0.6)
        await kiosk.at("Shelf")


async def test_a_theme_chosen_while_the_screen_was_away_is_there_when_it_comes(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.press("f12")
        await kiosk.until(lambda: kiosk.app.theme == LIGHT.name, "the light theme")
        await kiosk.to_recipient("T1")
        light = Color.parse(LIGHT.background or "")
        assert kiosk.screen.styles.background == light
        assert kiosk.screen.query_one(Heading).visual_style.background == light


async def test_a_terminal_that_grew_while_the_screen_was_away_is_filled(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.pilot.resize_terminal(100, 30)
        await kiosk.to_recipient("T1")
        assert kiosk.screen.size == (100, 30)
        await kiosk.until(lambda: kiosk.screen.has_class("-tall"), "the tall layout")
