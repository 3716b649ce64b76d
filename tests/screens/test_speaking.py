"""The language of the screens: set for the desk, chosen by hand, set for a person; all of a screen follows at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.words.language import language, speak
from tests.house.desk import OWNER
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.shift_in_test import IDA_BADGE, JO_BADGE, as_ida, signs_in
from tests.words.catalogues import CODE, NAME, write_angular

pytestmark = pytest.mark.every_frame


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("catalogues")
    write_angular(folder)
    return folder


@pytest.fixture(autouse=True)
def angular(catalogues: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("KIOSK_CATALOGUES", str(catalogues))
    yield
    speak("en")


async def chooses(kiosk: Kiosk, name: str) -> None:
    await kiosk.press("ctrl+l")
    await kiosk.at("Language")
    await kiosk.shows("English", NAME, "Deutsch")
    await kiosk.tap(name)


async def test_a_language_is_chosen_at_home_and_everything_is_in_it_at_once(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.shows("Scan the parcel", "Take in", "Recipient", "Expired", "online")
        await chooses(kiosk, NAME)
        await kiosk.at("Home")
        await kiosk.shows("«Scan the parcel»", "«Take in»", "«Recipient»", "«Expired»", "«Today»", "«online»")
        await kiosk.press("f1")
        await kiosk.shows("«Show every key.»")
        await kiosk.press("escape")
        kiosk.scan("T1")
        await kiosk.shows("«Parcel T1»", "«Who is it for?»", "«This one»")
        await chooses(kiosk, "English")
        await kiosk.shows("Parcel T1", "Who is it for?")
        await kiosk.lacks("«")
        await kiosk.press("f1")
        await kiosk.shows("The parcel is for the selected recipient.")
        await kiosk.lacks("«")


async def test_the_present_language_is_highlighted_and_esc_leaves_it(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.press("ctrl+l")
        await kiosk.at("Language")
        await kiosk.press("escape")
        await kiosk.at("Home")
        assert language() == "en"
        await kiosk.press("ctrl+l")
        await kiosk.at("Language")
        await kiosk.press("enter")
        await kiosk.at("Home")
        assert language() == "en"


async def test_what_was_chosen_ends_with_the_shift_and_not_with_a_handing_over_to_nobody(desk: Desk) -> None:
    await signs_in(desk)
    async with desk.open() as kiosk:
        await kiosk.at("SignIn")
        await chooses(kiosk, NAME)
        await kiosk.at("SignIn")
        await kiosk.shows("«Who works at the desk?»")
        await as_ida(kiosk)
        await kiosk.shows("«Scan the parcel»")
        await kiosk.press("ctrl+o")
        await kiosk.at("SignIn")
        await kiosk.press("f10")
        await kiosk.shows("Who works at the desk?")
        await kiosk.lacks("«")


async def test_the_screens_speak_the_language_of_whoever_signs_in_and_takes_over(desk: Desk) -> None:
    await signs_in(desk)
    async with desk.open() as kiosk:
        await kiosk.services.desk.people.change("Jo Lund", OWNER, language=CODE)
        await as_ida(kiosk)
        kiosk.scan("T1")
        await kiosk.shows("Parcel T1", "Who is it for?")
        await kiosk.lacks("«")
        kiosk.scan(JO_BADGE)
        await kiosk.shows("«Parcel T1»", "«Who is it for?»")
        await kiosk.press("escape")
        await kiosk.shows("«Scan the parcel»", "Jo Lund")
        kiosk.scan(IDA_BADGE)
        await kiosk.lacks("«")
        await kiosk.at("Home")


async def test_the_desk_speaks_the_language_that_is_set_for_it(desk: Desk) -> None:
    async with desk.open(language=CODE) as kiosk:
        await kiosk.shows("«Scan the parcel»")
        kiosk.scan("T1")
        await kiosk.shows("«Who is it for?»")
