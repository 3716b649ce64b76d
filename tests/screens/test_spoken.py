"""What the kiosk says aloud: one sentence a screen, what is told on it, in the language spoken, and never a code."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.words.language import _, speak
from screens.spoken import NOTHING, Spoken, spoken_on
from tests.screens.clerk.test_snapshots import problem
from tests.screens.kiosk_in_test import Desk
from tests.screens.test_dead_screens import WAYS
from tests.voices import HANGS, WRITES, Voice

SENTENCES = {
    "HomeScreen": "Scan the parcel",
    "NumberScreen": "Which carrier brought it?",
    "RecipientScreen": "Who is it for?",
    "ContactIdScreen": "Contact id",
    "ShelfScreen": "Put it on the shelf at S1",
    "LockerScreen": "Parcel T1 for",
    "PutInScreen": "Put it in locker 7, Lobby",
    "CodeScreen": "Pickup code",
    "ScannerTestScreen": "Scanner test",
    "LeavingScreen": "Leave the kiosk?",
    "StocktakeScreen": "Which bank is to be counted?",
    "CountingScreen": "Scan every parcel in it",
    "FindScreen": "Find a parcel",
    "NewCodeScreen": "Why is a new pickup code needed?",
    "FinderScreen": "Near",
    "FacilityScreen": "Franklin Mail",
    "FacilityChoicesScreen": "What are you looking for?",
    "FacilityAddressScreen": "Address",
    "HelpScreen": "Help",
    "AddressScreen": "E-mail address",
    "HandOverScreen": "Who collects?",
    "TasksScreen": "What is to be done?",
    "CollectingScreen": "What is collected?",
    "ExpiredScreen": "No parcel has expired",
    "RoundScreen": "Take it out of locker 7",
    "OutgoingScreen": "Where does it go?",
    "SignInScreen": "Who works at the desk?",
    "IdleWarningScreen": "Still there?",
    "IdleScreen": "Press any key",
}


@pytest.mark.parametrize("name", WAYS)
async def test_every_screen_has_a_sentence(desk: Desk, name: str) -> None:
    async with desk.open() as kiosk:
        await WAYS[name](kiosk)
        await kiosk.rest()
        sentence = spoken_on(kiosk.screen).sentence
        assert sentence.startswith(SENTENCES.get(name, "")), f"said: {sentence}"
        assert sentence


async def test_no_code_is_ever_said(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_code()
        (unit,) = desk.service.holding("T1")
        await kiosk.shows_the_code_of([unit])
        assert unit["pickupCode"] not in "".join(spoken_on(kiosk.screen))


async def test_a_question_is_said_with_what_it_means(desk: Desk) -> None:
    async with desk.open() as kiosk:
        before = spoken_on(kiosk.screen)
        await problem(kiosk)
        said = spoken_on(kiosk.screen)
        assert said.sentence.startswith("What is wrong with locker")
        assert said.since(before) == f"{said.sentence} {said.news}".strip()


def test_only_what_is_new_is_said() -> None:
    at_home = Spoken("Scan the parcel", "")
    assert at_home.since(NOTHING) == "Scan the parcel"
    assert at_home.since(at_home) == ""
    assert Spoken("Scan the parcel", "It is in.").since(at_home) == "It is in."
    assert Spoken("Who is it for?", "It is in.").since(at_home) == "Who is it for? It is in."


@pytest.mark.every_frame
async def test_a_desk_that_speaks_says_each_screen_as_it_comes(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = Voice(tmp_path, monkeypatch, WRITES)
    speak("de")
    try:
        async with desk.open(speech=True, language="de") as kiosk:
            await kiosk.until(lambda: _("Scan the parcel") in voice.texts, "the first sentence")
            kiosk.scan("T1")
            await kiosk.at("Recipient")
            await kiosk.until(lambda: voice.texts[-1].startswith(_("Who is it for?")), "the next one")
    finally:
        speak("en")
    assert _("Scan the parcel") not in voice.texts
    assert "--language de" in voice.arguments[-1]
    assert all("T1" not in arguments for arguments in voice.arguments)


@pytest.mark.every_frame
@pytest.mark.parametrize("program", [None, HANGS], ids=["missing", "hangs"])
async def test_a_desk_whose_voice_is_broken_works_as_before(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None
) -> None:
    Voice(tmp_path, monkeypatch, program)
    async with desk.open(speech=True) as kiosk:
        await kiosk.to_put_in()


@pytest.mark.every_frame
async def test_a_desk_is_silent_unless_it_is_set(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = Voice(tmp_path, monkeypatch, WRITES)
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
    assert voice.said == []
