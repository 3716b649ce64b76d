"""Signing in and out, handing over, and the screen that nobody looks at: by keys, taps and scans."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from kiosk.errors import NotSentError
from kiosk.parcels.people import ListedPerson
from kiosk.tracking.codes import Code
from screens.idling import WARNING_SECONDS
from screens.messages import EndedElsewhere, OpenParcel
from tests.house.desk import Line, loopback, what
from tests.journal.book import contents
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.shift_in_test import (
    IDA_BADGE,
    IDA_PIN,
    IDLE_MINUTES,
    JO_BADGE,
    JO_PIN,
    NOBODYS_BADGE,
    WRONG_PIN,
    as_ida,
    by_pin,
    idles,
    signs_in,
)

NUMBER = "1Z999AA10123456784"


@pytest.fixture
async def people(desk: Desk) -> tuple[ListedPerson, ...]:
    return await signs_in(desk)


@pytest.fixture
async def kiosk(desk: Desk, people: tuple[ListedPerson, ...]) -> AsyncIterator[Kiosk]:
    assert people
    async with desk.open() as opened:
        await opened.at("SignIn")
        yield opened


async def names_of(kiosk: Kiosk, kind: str) -> list[str]:
    return [each["person"] for each in await kiosk.history() if each["type"] == kind]


async def test_a_name_and_a_pin_by_keys_sign_in_and_every_event_bears_the_name(kiosk: Kiosk) -> None:
    await by_pin(kiosk)
    await kiosk.at("Home")
    await kiosk.shows("Ida Berg")
    await kiosk.to_recipient("T1")
    assert await names_of(kiosk, "person_signed_in") == ["Ida Berg"]
    assert await names_of(kiosk, "parcel_taken_in") == ["Ida Berg"]


async def test_a_name_and_a_pin_by_taps_alone(kiosk: Kiosk) -> None:
    await kiosk.shows("Jo Lund")
    await kiosk.tap("Jo Lund")
    await kiosk.shows("PIN of Jo Lund")
    await kiosk.tap("   1")  # a slip, which is erased
    await kiosk.tap("Erase")
    for digit in JO_PIN:
        await kiosk.tap(f"   {digit}")
    await kiosk.tap("Sign in")
    await kiosk.at("Home")
    await kiosk.shows("Jo Lund")


@pytest.mark.usefixtures("people")
async def test_the_user_id_of_whoever_signed_in_goes_to_the_service(desk: Desk) -> None:
    line, sent = Line(loopback()), list[str]()

    async def look(request: httpx.Request) -> None:
        if what(request) in {"reserve", "deposit"}:
            sent.append(json.loads(request.content)["userId"])

    line.before = look
    async with desk.open(transport=line) as kiosk:
        await as_ida(kiosk)
        await kiosk.to_code("T1")
        asked = [each["body"]["userId"] for each in await kiosk.history() if each["type"] == "write_asked"]
    assert asked == ["ida@example.com", "ida@example.com"]
    assert sent == asked


async def test_an_admin_at_the_desk_does_a_clerks_work(kiosk: Kiosk) -> None:
    kiosk.scan(JO_BADGE)
    await kiosk.at("Home")
    await kiosk.to_code("T1")
    (event,) = (each for each in await kiosk.history() if each["type"] == "person_signed_in")
    assert event["body"] == {"role": "admin", "by": "badge"}


async def test_a_wrong_pin_ten_times_waits_and_lets_in_the_right_one_afterwards(desk: Desk, kiosk: Kiosk) -> None:
    await by_pin(kiosk, digits=WRONG_PIN)
    await kiosk.shows("The PIN is wrong")
    for _ in range(9):
        kiosk.type(f"{WRONG_PIN}\r")
        await kiosk.rest()
        desk.clock.live(timedelta(seconds=60 if "Try again in" in kiosk.read else 0))
    assert "Try again in" in await kiosk.shows("The PIN was wrong too often")
    assert await names_of(kiosk, "person_signed_in") == []
    # The clock of the countdown is a real one: the name is chosen anew instead.
    desk.clock.live(timedelta(minutes=5))
    await idles(desk, kiosk)
    await kiosk.press("enter")
    await by_pin(kiosk)
    await kiosk.at("Home")


async def test_a_badge_of_nobody_gets_a_sentence_and_is_no_parcel(kiosk: Kiosk) -> None:
    kiosk.scan(NOBODYS_BADGE)
    await kiosk.shows("Nobody at this desk has this badge")
    assert kiosk.name == "SignIn"
    assert await kiosk.events() == ["person_added", "person_added"]


async def test_a_parcel_that_is_scanned_before_anybody_signs_in_is_taken_in_by_whoever_does(kiosk: Kiosk) -> None:
    kiosk.scan(NUMBER)
    await kiosk.shows("1 parcel was scanned")
    kiosk.scan("T2")
    await kiosk.shows("2 parcels were scanned")
    assert await names_of(kiosk, "parcel_taken_in") == []
    await by_pin(kiosk)
    await kiosk.shows("Who is it for?")
    assert await names_of(kiosk, "parcel_taken_in") == ["Ida Berg", "Ida Berg"]


@pytest.mark.parametrize("key", ["ctrl+f", "f1", "f11", "ctrl+o", "escape", "f10", "f9", "pagedown"])
async def test_no_key_leads_past_the_question_who_works_here(kiosk: Kiosk, key: str) -> None:
    await kiosk.press(key)
    await kiosk.rest()
    assert kiosk.name == "SignIn"
    await kiosk.press("ctrl+q")
    await kiosk.at("Leaving")
    for each in ("ctrl+f", "f1"):
        await kiosk.press(each)
    kiosk.scan("T3")
    await kiosk.rest()
    assert kiosk.name == "SignIn"
    assert "parcel_taken_in" not in await kiosk.events()


async def test_another_badge_takes_over_in_the_middle_of_an_intake_and_the_work_stays(kiosk: Kiosk) -> None:
    await as_ida(kiosk)
    await kiosk.to_locker("T1")
    kiosk.scan(JO_BADGE)
    await kiosk.shows("Jo Lund is signed in", "free lockers as of")
    await kiosk.press("enter")
    await kiosk.shows("Put it in locker")
    assert await names_of(kiosk, "recipient_chosen") == ["Ida Berg"]
    assert await names_of(kiosk, "unit_reserved") == ["Jo Lund"]
    told = [(each["type"], each["person"]) for each in await kiosk.history() if each["type"].startswith("person_s")]
    assert told == [
        ("person_signed_in", "Ida Berg"),
        ("person_signed_out", "Ida Berg"),
        ("person_signed_in", "Jo Lund"),
    ]


async def test_another_pin_takes_over_and_the_work_stays(kiosk: Kiosk) -> None:
    await as_ida(kiosk)
    await kiosk.to_locker("T1")
    await kiosk.press("ctrl+o")
    await kiosk.shows("Ida Berg is signed in. Who takes over?")
    kiosk.type("jo\r")
    await kiosk.shows("PIN of Jo Lund")
    kiosk.type(f"{JO_PIN}\r")
    await kiosk.shows("Jo Lund is signed in", "free lockers as of")


@pytest.mark.parametrize("way", ["badge", "pin"])
async def test_whoever_is_signed_in_already_goes_on(kiosk: Kiosk, way: str) -> None:
    await as_ida(kiosk)
    await kiosk.to_locker("T1")
    await kiosk.press("ctrl+o")
    await kiosk.shows("Who takes over?")
    if way == "badge":
        kiosk.scan(IDA_BADGE)
    else:
        await by_pin(kiosk)
    await kiosk.shows("Ida Berg is signed in.", "free lockers as of")
    assert await names_of(kiosk, "person_signed_in") == ["Ida Berg"]


async def test_no_pin_and_no_badge_reaches_a_file_or_a_log(
    desk: Desk, kiosk: Kiosk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await by_pin(kiosk, digits=WRONG_PIN)
    await kiosk.shows("The PIN is wrong")
    kiosk.type(f"{IDA_PIN}\r")
    await kiosk.at("Home")
    kiosk.scan(JO_BADGE)
    await kiosk.shows("Jo Lund is signed in")
    kept = contents(desk.folder / "data").decode(errors="ignore") + caplog.text
    assert not [secret for secret in (IDA_PIN, WRONG_PIN, JO_BADGE, NOBODYS_BADGE) if secret in kept]


async def test_a_pin_that_is_typed_as_fast_as_a_scanner_is_kept_nowhere(kiosk: Kiosk) -> None:
    await kiosk.shows("Ida Berg")
    kiosk.scan(IDA_PIN)
    await kiosk.shows("Unknown badge")
    await as_ida(kiosk)
    await kiosk.press("ctrl+o")
    await kiosk.at("SignIn")
    kiosk.scan(JO_PIN)
    await kiosk.shows("Unknown badge")
    told = str(await kiosk.history())
    assert IDA_PIN not in told
    assert JO_PIN not in told


async def test_whoever_is_asked_who_takes_over_can_go_back_to_work(kiosk: Kiosk) -> None:
    await as_ida(kiosk)
    await kiosk.to_locker("T1")
    await kiosk.press("ctrl+o", "escape")
    await kiosk.at("Locker")
    assert await names_of(kiosk, "person_signed_out") == []


async def test_a_request_that_began_before_a_hand_over_ends_in_the_name_of_whoever_began_it(
    desk: Desk, kiosk: Kiosk
) -> None:
    await as_ida(kiosk)
    await kiosk.to_locker("T1")
    with desk.service.stalled():
        await kiosk.press("enter")
        await kiosk.until(lambda: kiosk.screen.busy, "reserving")
        kiosk.scan(JO_BADGE)
        await kiosk.until(lambda: kiosk.app.person.name == "Jo Lund", "taken over")
    await kiosk.shows("Put it in locker")
    reserving = [each for each in await kiosk.history() if each["type"] in {"write_asked", "unit_reserved"}]
    assert {each["person"] for each in reserving} == {"Ida Berg"}
    assert {each["body"]["userId"] for each in reserving if each["type"] == "write_asked"} == {"ida@example.com"}


async def test_signing_out_leaves_the_parcel_to_the_next_one(kiosk: Kiosk) -> None:
    await as_ida(kiosk)
    await kiosk.to_locker("T1")
    await kiosk.press("ctrl+o", "f10")
    await kiosk.shows("Who works at the desk?")
    assert "T1" not in kiosk.read
    kiosk.scan(JO_BADGE)
    await kiosk.shows("This parcel was open when the desk was left", "free lockers as of")
    (event,) = (each for each in await kiosk.history() if each["type"] == "person_signed_out")
    assert (event["person"], event["body"]) == ("Ida Berg", {"why": "asked"})


async def test_what_ends_behind_the_question_who_works_here_does_not_take_its_place(desk: Desk, kiosk: Kiosk) -> None:
    await as_ida(kiosk)
    await kiosk.to_locker("T1")
    with desk.service.stalled():
        await kiosk.press("enter")
        await kiosk.until(lambda: kiosk.screen.busy, "reserving")
        await kiosk.press("ctrl+o")
        await kiosk.at("SignIn")
        await kiosk.press("f10")
        await kiosk.until(lambda: kiosk.app.navigator.is_left, "signed out")
    await kiosk.rest()
    parcel = await kiosk.parcel("T1")
    kiosk.app.post_message(OpenParcel(parcel))
    await kiosk.rest()
    assert kiosk.name == "SignIn"
    assert "T1" not in kiosk.read
    await kiosk.until(lambda: True)
    assert await names_of(kiosk, "unit_reserved") == ["Ida Berg"]


async def test_a_warning_counts_down_and_any_key_ends_it_and_does_nothing_else(desk: Desk, kiosk: Kiosk) -> None:
    await as_ida(kiosk)
    await kiosk.to_put_in("T1")
    await idles(desk, kiosk, IDLE_MINUTES * 60 - WARNING_SECONDS)
    await kiosk.shows("Still there?", "in 15 seconds")
    await idles(desk, kiosk, 5)
    await kiosk.shows("in 10 seconds")
    await kiosk.press("enter")
    await kiosk.at("PutIn")
    await kiosk.rest()
    assert "parcel_deposited" not in await kiosk.events()
    await idles(desk, kiosk, IDLE_MINUTES * 60 - WARNING_SECONDS - 1)
    assert kiosk.name == "PutIn"


@pytest.mark.parametrize("way", ["letter", "tap", "escape", "scan"])
async def test_every_way_to_move_ends_the_warning(desk: Desk, kiosk: Kiosk, way: str) -> None:
    await as_ida(kiosk)
    await kiosk.to_recipient("T1")
    await idles(desk, kiosk, IDLE_MINUTES * 60 - WARNING_SECONDS)
    await kiosk.shows("Still there?")
    match way:
        case "letter":
            kiosk.type("x")
        case "tap":
            await kiosk.tap("Still there?")
        case "escape":
            await kiosk.press("escape")
        case _:
            kiosk.scan("T2")
    await kiosk.at("Recipient")
    assert ("Parcel T2" if way == "scan" else "Parcel T1") in kiosk.read


async def test_an_idle_screen_shows_no_name_no_number_and_no_code(desk: Desk, kiosk: Kiosk) -> None:
    await as_ida(kiosk)
    await kiosk.to_code("T1")
    (unit,) = desk.service.holding("T1")
    await idles(desk, kiosk)
    await kiosk.at("Idle")
    await kiosk.rest()
    shown = kiosk.read
    for word in (
        "Ida",
        "Berg",
        "Jo Lund",
        "Mwangi",
        "Abdi",
        "T1",
        str(unit["pickupCode"]),
        str(unit["lockerUnitId"]) + " in",
    ):
        assert word not in shown
    await kiosk.press("enter")
    await kiosk.at("SignIn")
    kiosk.scan(IDA_BADGE)
    await kiosk.at("Code")
    assert [each["body"] for each in await kiosk.history() if each["type"] == "person_signed_out"] == [{"why": "idle"}]


@pytest.mark.parametrize("name", ["Idle", "SignIn"])
async def test_what_fails_behind_the_idle_screen_is_not_told_there(desk: Desk, kiosk: Kiosk, name: str) -> None:
    if name == "Idle":
        await idles(desk, kiosk)
    await kiosk.at(name)
    kiosk.app.post_message(EndedElsewhere("T1", NotSentError("not_reached", host="lockers.example")))
    await kiosk.rest()
    assert kiosk.name == name
    assert not kiosk.screen.notice.title
    assert "T1" not in kiosk.read


async def test_a_badge_of_a_clerk_is_never_kept_wherever_it_is_scanned(kiosk: Kiosk) -> None:
    await as_ida(kiosk)
    for badge in (IDA_BADGE, JO_BADGE, IDA_BADGE):
        kiosk.scan(badge)
        await kiosk.rest()
        await kiosk.to_recipient(f"T{badge[-1]}")
        kiosk.scan(badge)
        await kiosk.rest()
    told = str(await kiosk.history())
    assert IDA_BADGE not in told
    assert JO_BADGE not in told


async def test_a_badge_from_a_reader_of_its_own_signs_in_too(kiosk: Kiosk) -> None:
    await kiosk.app.lets_in(Code(NOBODYS_BADGE))
    await kiosk.shows("Nobody at this desk has this badge")
    await kiosk.app.lets_in(Code(IDA_BADGE))
    await kiosk.at("Home")
    await kiosk.shows("Ida Berg")


async def test_without_signing_in_the_screen_is_cleared_too_and_any_key_brings_the_parcel_back(desk: Desk) -> None:
    desk.people = {"idle_minutes": IDLE_MINUTES}
    async with desk.open() as kiosk:
        await kiosk.to_put_in("T1")
        await idles(desk, kiosk)
        await kiosk.at("Idle")
        assert "T1" not in kiosk.read
        await kiosk.press("f5")
        await kiosk.shows("This parcel was open when the desk was left", "Put it in locker")
        await idles(desk, kiosk)
        await kiosk.at("Idle")
        kiosk.scan("T2")
        await kiosk.shows("Parcel T2", "Who is it for?")
        assert {each["person"] for each in await kiosk.history()} == {"demo-desk@example.com"}


async def test_the_demo_asks_nobody_and_is_never_cleared(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await idles(desk, kiosk, 24 * 3600)
        await kiosk.at("Home")
        await kiosk.press("ctrl+o")
        await kiosk.rest()
        assert kiosk.name == "Home"


async def test_a_desk_without_anybody_says_what_to_do(desk: Desk) -> None:
    desk.people = {"sign_in": True}
    async with desk.open() as kiosk:
        await kiosk.shows("Nobody is listed yet", "kiosk people add")


async def test_after_a_restart_the_parcel_that_only_a_person_knows_of_waits_for_who_signs_in(desk: Desk) -> None:
    await signs_in(desk)
    async with desk.open() as kiosk:
        await by_pin(kiosk, digits=IDA_PIN)
        await kiosk.at("Home")
        await kiosk.to_put_in("T1")
    async with desk.open() as kiosk:
        await kiosk.at("SignIn")
        await kiosk.rest()
        assert "T1" not in kiosk.read
        kiosk.scan(JO_BADGE)
        await kiosk.shows("Put it in locker")
