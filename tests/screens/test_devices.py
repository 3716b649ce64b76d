"""Scanner and badge reader as devices of their own: whatever is typed or has the focus, a scan is a scan."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.scanner.keystrokes import KeyEvent
from kiosk.scanner.roles import DeviceRole
from kiosk.tracking.testcode import TEST_CODE
from screens.idling import WARNING_SECONDS
from tests.cli.harness import PERSON
from tests.scanner.plug import Plug
from tests.scanner.us_keyboard import SYN, report, strokes
from tests.screens.kiosk_in_test import Desk, Kiosk, opened
from tests.screens.shift_in_test import IDA_BADGE, IDLE_MINUTES, JO_BADGE, NOBODYS_BADGE, idles, signs_in

UPS = "1Z999AA10123456784"
WIFI = "WIFI:S:Guests;T:WPA;P:sesame;;"


@pytest.fixture
def scanner(desk: Desk) -> Iterator[Plug]:
    plug = desk.plugs[DeviceRole.SCANNER] = Plug()
    yield plug
    plug.put_away()


@pytest.fixture
def reader(desk: Desk) -> Iterator[Plug]:
    plug = desk.plugs[DeviceRole.BADGE_READER] = Plug()
    yield plug
    plug.put_away()


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.scanner.device_reader.FIRST_PAUSE_SECONDS", 0.01)


async def test_a_scan_is_taken_in(desk: Desk, scanner: Plug) -> None:
    async with desk.open() as kiosk:
        scanner.scan(UPS)
        await kiosk.shows(f"Parcel {UPS}", "Who is it for?")


async def test_two_scans_are_two_parcels(desk: Desk, scanner: Plug) -> None:
    async with desk.open() as kiosk:
        scanner.scan("T1")
        scanner.scan("T2")
        await kiosk.shows("Parcel T2")
        assert await kiosk.events() == ["parcel_taken_in", "parcel_taken_in"]


async def test_letters_stay_where_a_scan_beside_them_comes_twice(desk: Desk, scanner: Plug) -> None:
    async with desk.open() as kiosk:
        scanner.scan("T1")
        await kiosk.shows("Parcel T1", "Who is it for?")
        kiosk.type("mwangi")
        await kiosk.shows("Mwangi Abdi")
        scanner.scan("T1", rest=0.5)
        await kiosk.shows("scanned again and ignored")
        kiosk.type(" abdi\r")
        await kiosk.shows("free lockers as of")


async def test_letters_stay_where_a_scan_beside_them_fails(desk: Desk, scanner: Plug) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        kiosk.type("mwangi")
        await kiosk.shows("Mwangi Abdi")
        scanner.scan(WIFI)
        await kiosk.shows("Wi-Fi")
        kiosk.type(" abdi\r")
        await kiosk.shows("free lockers as of")


async def test_a_scan_that_the_screen_uses_takes_the_place_of_what_was_typed(desk: Desk, scanner: Plug) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        await kiosk.press("escape")
        await kiosk.at("Home")
        await kiosk.press("ctrl+f")
        await kiosk.at("Find")
        kiosk.type("mwa")
        await kiosk.shows("mwa")
        scanner.scan("T9")
        await kiosk.shows("T9")
        assert kiosk.app.keyboard.typed == ""


async def test_letters_for_a_screen_that_a_scan_exchanges_do_not_reach_the_next_one(desk: Desk, scanner: Plug) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        kiosk.type("mwangi abdi")
        await kiosk.shows("Mwangi Abdi")
        scanner.scan("T2")
        await kiosk.shows("Parcel T2", "Who is it for?")
        assert kiosk.app.keyboard.typed == ""
        kiosk.type("farkas")
        await kiosk.shows("Gergő Farkas")


async def test_a_scan_between_two_letters_tears_neither(desk: Desk, scanner: Plug) -> None:
    async with desk.open() as kiosk:
        kiosk.hands.type("mwa")
        scanner.scan("T1")
        await kiosk.shows("Parcel T1")
        kiosk.type("mwangi abdi\r")
        await kiosk.shows("free lockers as of")
        assert await kiosk.events() == ["parcel_taken_in", "recipient_chosen"]


async def test_a_code_without_evidence_is_a_parcel_and_no_typed_word(desk: Desk, scanner: Plug) -> None:
    async with desk.open() as kiosk:
        scanner.scan("abcd", rest=0.5)
        await kiosk.shows("abcd".upper())
        assert kiosk.name != "Home"


async def test_the_same_code_at_once_is_told_and_counts_again_after_a_failure(desk: Desk, scanner: Plug) -> None:
    async with desk.open() as kiosk:
        scanner.scan(UPS)
        await kiosk.shows(f"Parcel {UPS}")
        scanner.scan(UPS, rest=0.5)
        await kiosk.shows("scanned again and ignored")
        kiosk.app.devices.expect_again()
        scanner.scan(UPS, rest=0.5)
        await kiosk.lacks("scanned again and ignored")


async def test_the_last_row_says_that_it_is_unplugged_until_it_is_back(desk: Desk, scanner: Plug) -> None:
    async with desk.open() as kiosk:
        assert "scanner" not in kiosk.read
        scanner.pull_out()
        await kiosk.shows("! scanner not found: plug it in")
        scanner.plug_in()
        await kiosk.lacks("scanner not found")
        scanner.scan("T1")
        await kiosk.shows("Parcel T1")


async def test_a_desk_opens_without_its_scanner(desk: Desk, scanner: Plug, reader: Plug) -> None:
    scanner.pull_out()
    reader.pull_out()
    reader.refusal = "device_not_allowed"
    async with desk.open() as kiosk:
        await kiosk.shows("! scanner not found: plug it in")
        kiosk.scan("T1")
        await kiosk.shows("Parcel T1")
        scanner.plug_in()
        await kiosk.shows("! badge reader can't be read: tell the operator")


async def test_a_part_is_no_parcel_and_is_told(desk: Desk, scanner: Plug) -> None:
    async with desk.open() as kiosk:
        scanner.send([*strokes("1Z999AA1"), KeyEvent(SYN, 3, 0, 0.0), *report(), *strokes("56784\r")])
        await kiosk.shows("A part of that scan was lost. Scan it again.")
        scanner.scan("T1")
        await kiosk.shows("Parcel T1")
        assert await kiosk.events() == ["parcel_taken_in"]


async def test_the_scanner_test_hears_it(desk: Desk, scanner: Plug) -> None:
    async with desk.open(size=(100, 30)) as kiosk:
        await kiosk.press("f1")
        await kiosk.at("Help")
        await kiosk.press("f2")
        await kiosk.at("ScannerTest")
        scanner.scan(TEST_CODE)
        await kiosk.shows("The scanner is set up correctly.")
        assert await kiosk.events() == []


async def test_a_badge_is_never_a_parcel(desk: Desk, reader: Plug) -> None:
    async with desk.open() as kiosk:
        reader.scan(UPS)
        await kiosk.shows("No badge is asked for here")
        assert kiosk.name == "Home"
        assert await kiosk.events() == []


async def test_a_badge_says_who_the_parcel_is_for(desk: Desk, reader: Plug) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        reader.scan(PERSON, end="")  # many readers send no end
        await kiosk.shows("free lockers as of")


async def test_a_badge_of_nobody_is_said_to_be_that_and_the_parcel_stays(desk: Desk, reader: Plug) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        reader.scan("0004711")
        await kiosk.shows("No badge is asked for here", "Parcel T1")


async def test_both_at_once_are_told_apart(desk: Desk, scanner: Plug, reader: Plug) -> None:
    async with desk.open() as kiosk:
        scanner.scan("T1")
        await kiosk.shows("Parcel T1", "Who is it for?")
        reader.scan(PERSON)
        await kiosk.shows("free lockers as of")
        scanner.scan("T2")
        await kiosk.shows("Parcel T2")


async def test_the_devices_are_given_back_at_the_end(desk: Desk, scanner: Plug) -> None:
    async with desk.open() as kiosk:
        await kiosk.rest()
    assert scanner.device is not None
    assert scanner.device.is_closed


async def test_the_devices_are_given_back_by_a_kiosk_that_crashes(desk: Desk, scanner: Plug) -> None:
    async def crash() -> None:
        app = desk.app()
        async with app.run_test() as pilot:
            await opened(Kiosk(app, pilot))
            app._handle_exception(RuntimeError("nobody foresaw this"))

    with pytest.raises(RuntimeError):
        await crash()
    assert scanner.device is not None
    assert scanner.device.is_closed


async def test_a_clerks_badge_signs_in_and_another_takes_over_in_the_middle_of_an_intake(
    desk: Desk, scanner: Plug, reader: Plug
) -> None:
    await signs_in(desk)
    async with desk.open() as kiosk:
        await kiosk.at("SignIn")
        reader.scan(NOBODYS_BADGE)
        await kiosk.shows("Nobody at this desk has this badge")
        reader.scan(IDA_BADGE)
        await kiosk.at("Home")
        scanner.scan("T1")
        await kiosk.shows("Parcel T1", "Who is it for?")
        reader.scan(JO_BADGE)
        await kiosk.shows("Jo Lund is signed in.", "Parcel T1")
        reader.scan(NOBODYS_BADGE)
        await kiosk.shows("No badge is asked for here", "Parcel T1")


async def test_a_clerks_badge_takes_over_where_a_recipients_id_is_asked_for(desk: Desk, reader: Plug) -> None:
    await signs_in(desk)
    async with desk.open() as kiosk:
        await kiosk.at("SignIn")
        reader.scan(IDA_BADGE)
        await kiosk.to_recipient("T1")
        await kiosk.press("f4")
        await kiosk.at("ContactId")
        reader.scan(JO_BADGE)
        await kiosk.shows("Jo Lund is signed in.")
        assert JO_BADGE not in kiosk.read


async def test_what_is_scanned_before_anybody_signs_in_waits_for_whoever_does(
    desk: Desk, scanner: Plug, reader: Plug
) -> None:
    await signs_in(desk)
    async with desk.open() as kiosk:
        await kiosk.at("SignIn")
        scanner.scan("T1")
        await kiosk.shows("1 ", busy=True)
        reader.scan(IDA_BADGE)
        await kiosk.shows("Parcel T1", "Ida Berg")
        assert {each["person"] for each in await kiosk.history() if each["type"] == "parcel_taken_in"} == {"Ida Berg"}


async def test_a_scan_and_a_badge_are_somebody_who_is_there(desk: Desk, scanner: Plug, reader: Plug) -> None:
    await signs_in(desk)
    async with desk.open() as kiosk:
        await kiosk.at("SignIn")
        reader.scan(IDA_BADGE)
        await kiosk.at("Home")
        for device, code in ((scanner, "T1"), (reader, IDA_BADGE)):
            await idles(desk, kiosk, IDLE_MINUTES * 60 - WARNING_SECONDS)
            await kiosk.shows("Still there?")
            device.scan(code)
            await kiosk.at("Recipient")
