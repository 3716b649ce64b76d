"""Who may use the desk: PIN and badge let in whom they are of, wrong tries slow down, and nothing keeps a secret."""

from __future__ import annotations

import logging
import random
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from kiosk.clock import ManualClock
from kiosk.desk.scrypt import Cost, Kept, Way
from kiosk.desk.slowing import LONGEST_WAIT, LONGEST_WAIT_OF_DESK, Slowing, wait_after
from kiosk.errors import NotListedError, SignInError, SignInSlowedError, StorageDamagedError, UnusablePersonError
from kiosk.journal.audit import verify
from kiosk.journal.sign_ins import DESK, _languages
from kiosk.parcels.people import Person
from kiosk.parcels.records import JournalProblem
from kiosk.parcels.states import Role, SignIn, SignOut
from tests.house.desk import OWNER, START, OpenDesk, World, open_desk
from tests.journal.book import contents, export, raw

PIN, OTHER_PIN, WRONG = SecretStr("730518"), SecretStr("264091"), SecretStr("111111")
BADGE, OTHER_BADGE, NOBODYS = SecretStr("BADGE-77031"), SecretStr("BADGE-77032"), SecretStr("BADGE-00000")


async def refused(desk: OpenDesk, person_id: str, pin: SecretStr) -> SignInError:
    with pytest.raises(SignInError) as caught:
        await desk.desk.people.sign_in_by_pin(person_id, pin)
    return caught.value


async def test_a_pin_and_a_badge_let_in_whom_they_are_of(desk: OpenDesk) -> None:
    people = desk.desk.people
    ida = await people.add("Ida Berg", Role.CLERK, OWNER, user_id="ida@example.com", pin=PIN, badge=BADGE)
    jo = await people.add("Jo Lund", Role.ADMIN, OWNER, pin=OTHER_PIN, badge=OTHER_BADGE)
    assert await people.listed() == (ida, jo)
    by_pin = await people.sign_in_by_pin(ida.person_id, PIN)
    assert by_pin == Person(name="Ida Berg", role=Role.CLERK, user_id="ida@example.com")
    # Without a user id of their own somebody writes to the API as the desk.
    by_badge = await people.sign_in_by_badge(OTHER_BADGE)
    assert by_badge == Person(name="Jo Lund", role=Role.ADMIN, user_id="clerk@example.com")
    assert (await refused(desk, jo.person_id, PIN)).code == "pin_wrong"
    with pytest.raises(SignInError) as caught:
        await people.sign_in_by_badge(NOBODYS)
    assert caught.value.code == "badge_unknown"


async def test_a_language_goes_with_whoever_signs_in_and_is_gone_with_them(desk: OpenDesk) -> None:
    people = desk.desk.people
    ida = await people.add("Ida Berg", Role.CLERK, OWNER, pin=PIN, language="de")
    assert (await people.sign_in_by_pin(ida.person_id, PIN)).language == "de"
    await people.change("Ida Berg", OWNER, role=Role.ADMIN)
    assert (await people.named("Ida Berg")).language == "de"
    await people.change("Ida Berg", OWNER, language="")
    assert (await people.sign_in_by_pin(ida.person_id, PIN)).language == ""
    with pytest.raises(UnusablePersonError) as caught:
        await people.change("Ida Berg", OWNER, language="zz")
    assert caught.value.code == "language_unusable"
    await people.change("Ida Berg", OWNER, language="fr")
    await people.remove("Ida Berg", OWNER)
    assert await desk.queries.journal.connection.read(_languages) == {}
    assert (await verify(desk.queries.journal.connection)).sound


async def test_ten_wrong_pins_cost_more_and_more_time_and_then_the_right_one_lets_in(
    desk: OpenDesk, clock: ManualClock
) -> None:
    ida = await desk.desk.people.add("Ida Berg", Role.CLERK, OWNER, pin=PIN)
    waits: list[float] = []
    for _ in range(10):
        assert (await refused(desk, ida.person_id, WRONG)).code == "pin_wrong"
        waits.append(await desk.desk.people.wait(ida.person_id))
        clock.live(timedelta(seconds=waits[-1]))
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 300, 300]
    await desk.desk.people.sign_in_by_pin(ida.person_id, PIN)
    assert await desk.desk.people.wait(ida.person_id) == 0


async def slowed(desk: OpenDesk) -> str:
    """List somebody whose PIN was wrong four times; return their id."""
    ida = await desk.desk.people.add("Ida Berg", Role.CLERK, OWNER, pin=PIN)
    for _ in range(4):
        assert (await refused(desk, ida.person_id, WRONG)).code == "pin_wrong"
        desk.clock.live(timedelta(seconds=5))
    return ida.person_id


async def test_while_it_is_slowed_not_even_the_right_pin_is_looked_at(desk: OpenDesk, clock: ManualClock) -> None:
    person_id = await slowed(desk)
    error = await refused(desk, person_id, PIN)
    assert isinstance(error, SignInSlowedError)
    assert (error.code, error.parameters) == ("pin_slowed", {"seconds": 5})
    clock.live(timedelta(seconds=5))
    await desk.desk.people.sign_in_by_pin(person_id, PIN)


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(hours=1), timedelta(days=400)])
async def test_a_clock_that_is_set_makes_no_wait_shorter(desk: OpenDesk, clock: ManualClock, jump: timedelta) -> None:
    person_id = await slowed(desk)
    clock.advance(jump)
    assert isinstance(await refused(desk, person_id, PIN), SignInSlowedError)
    clock.live(timedelta(seconds=5))
    await desk.desk.people.sign_in_by_pin(person_id, PIN)


async def test_a_restart_begins_the_wait_anew(tmp_path: Path, world: World, clock: ManualClock) -> None:
    async with open_desk(tmp_path / "desk", world, clock) as desk:
        person_id = await slowed(desk)
        clock.live(timedelta(seconds=4))
    async with open_desk(tmp_path / "desk", world, ManualClock(START)) as desk:
        error = await refused(desk, person_id, PIN)
        assert (error.code, error.parameters) == ("pin_slowed", {"seconds": 10})


async def test_a_wait_of_one_holds_up_nobody_else(desk: OpenDesk) -> None:
    jo = await desk.desk.people.add("Jo Lund", Role.CLERK, OWNER, pin=OTHER_PIN)
    await slowed(desk)
    await desk.desk.people.sign_in_by_pin(jo.person_id, OTHER_PIN)


async def test_whoever_tries_badge_after_badge_slows_the_whole_desk_for_a_minute_at_most(
    desk: OpenDesk, clock: ManualClock
) -> None:
    people = desk.desk.people
    await people.add("Ida Berg", Role.CLERK, OWNER, badge=BADGE)
    for _ in range(15):
        with pytest.raises(SignInError, match="badge_unknown"):
            await people.sign_in_by_badge(NOBODYS)
        clock.live(timedelta(seconds=await people.wait()))
    assert wait_after(15, DESK) == LONGEST_WAIT_OF_DESK
    with pytest.raises(SignInError, match="badge_unknown"):
        await people.sign_in_by_badge(NOBODYS)
    with pytest.raises(SignInSlowedError):
        await people.sign_in_by_badge(BADGE)
    clock.live(timedelta(seconds=LONGEST_WAIT_OF_DESK))
    await people.sign_in_by_badge(BADGE)


async def test_what_another_process_counted_begins_a_wait_here_too(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    async with (
        open_desk(tmp_path / "desk", world, clock) as desk,
        open_desk(tmp_path / "desk", world, clock) as other,
    ):
        person_id = await slowed(desk)
        assert isinstance(await refused(other, person_id, PIN), SignInSlowedError)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 400)), max_size=30))
def test_nobody_is_let_in_before_the_wait_of_the_count_was_lived_through(steps: list[tuple[int, int]]) -> None:
    clock = ManualClock(START)
    slowing = Slowing(clock)
    count, seen_at = 0, 0.0
    for tries, lived in steps:
        if tries != count:
            count, seen_at = tries, clock.lived()
        left = slowing.left({"p": tries} if tries else {}, "p")
        assert 0 <= left <= LONGEST_WAIT
        assert (left > 0) == (clock.lived() - seen_at < wait_after(tries, "p"))
        clock.live(timedelta(seconds=lived))


async def test_a_new_pin_a_new_name_and_removing_count_at_once(desk: OpenDesk) -> None:
    people = desk.desk.people
    ida = await people.add("Ida Berg", Role.CLERK, OWNER, pin=PIN)
    await people.change("ida berg", OWNER, new_name="Ida Holm", pin=OTHER_PIN, role=Role.ADMIN)
    assert (await refused(desk, ida.person_id, PIN)).code == "pin_wrong"
    person = await people.sign_in_by_pin(ida.person_id, OTHER_PIN)
    assert (person.name, person.role) == ("Ida Holm", Role.ADMIN)
    await people.remove("Ida Holm", OWNER)
    assert (await refused(desk, ida.person_id, OTHER_PIN)).code == "person_gone"
    with pytest.raises(NotListedError):
        await people.remove("Ida Holm", OWNER)


async def test_a_badge_alone_is_enough_and_nothing_at_all_is_not(desk: OpenDesk) -> None:
    people = desk.desk.people
    ida = await people.add("Ida Berg", Role.CLERK, OWNER, badge=BADGE)
    assert (await refused(desk, ida.person_id, PIN)).code == "no_pin"
    with pytest.raises(UnusablePersonError, match="no_key"):
        await people.add("Jo Lund", Role.CLERK, OWNER)


@pytest.mark.parametrize(
    ("name", "role", "pin", "badge", "code"),
    [
        ("  ", Role.CLERK, PIN, None, "name_unusable"),
        ("I" * 41, Role.CLERK, PIN, None, "name_unusable"),
        ("I\x1b[2J", Role.CLERK, PIN, None, "name_unusable"),
        ("IDA  BERG", Role.CLERK, PIN, None, "name_taken"),
        ("Jo Lund", Role.OWNER, PIN, None, "role_unusable"),
        ("Jo Lund", Role.CLERK, SecretStr("123"), None, "pin_unusable"),
        ("Jo Lund", Role.CLERK, SecretStr("1234567890123"), None, "pin_unusable"),
        ("Jo Lund", Role.CLERK, SecretStr("12 34"), None, "pin_unusable"),
        ("Jo Lund", Role.CLERK, SecretStr("\u0661\u0662\u0663\u0664"), None, "pin_unusable"),
        ("Jo Lund", Role.CLERK, None, SecretStr("123"), "badge_unusable"),
        ("Jo Lund", Role.CLERK, None, SecretStr("BADGE\x1d77"), "badge_unusable"),
        ("Jo Lund", Role.CLERK, None, SecretStr("1Z999AA10123456784"), "badge_is_number"),
        ("Jo Lund", Role.CLERK, None, BADGE, "badge_taken"),
    ],
)
async def test_what_can_not_be_listed_is_refused_and_nothing_changes(
    desk: OpenDesk, name: str, role: Role, pin: SecretStr | None, badge: SecretStr | None, code: str
) -> None:
    ida = await desk.desk.people.add("Ida Berg", Role.CLERK, OWNER, badge=BADGE)
    with pytest.raises(UnusablePersonError) as caught:
        await desk.desk.people.add(name, role, OWNER, pin=pin, badge=badge)
    assert caught.value.code == code
    assert await desk.desk.people.listed() == (ida,)


async def test_each_change_is_an_event_and_a_pin_or_a_badge_is_only_named(desk: OpenDesk) -> None:
    people = desk.desk.people
    ida = await people.add("Ida Berg", Role.CLERK, OWNER, pin=PIN)
    await people.change("Ida Berg", OWNER, pin=OTHER_PIN, badge=BADGE)
    person = await people.sign_in_by_badge(BADGE)
    await people.note_signed_in(person, SignIn.BADGE)
    await people.note_signed_out(person, SignOut.IDLE)
    await people.remove("Ida Berg", OWNER)
    told = [(each["type"], each["person"], each["body"]) for each in await export(desk.journal.connection)]
    ident = {"personId": ida.person_id, "name": "Ida Berg"}
    assert told == [
        ("person_added", OWNER.name, ident | {"role": "clerk"}),
        ("person_changed", OWNER.name, ident | {"role": "clerk", "changed": ["pin", "badge"]}),
        ("person_signed_in", "Ida Berg", {"role": "clerk", "by": "badge"}),
        ("person_signed_out", "Ida Berg", {"why": "idle"}),
        ("person_removed", OWNER.name, ident),
    ]
    assert (await verify(desk.journal.connection)).sound


async def test_no_pin_and_no_badge_is_in_any_file_log_event_or_error(
    desk: OpenDesk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    drawn, errors = random.Random(17), list[str]()
    pins = [SecretStr(f"{drawn.randrange(10**11, 10**12)}") for _ in range(12)]
    badges = [SecretStr(f"BADGE-{drawn.randrange(10**11, 10**12)}") for _ in range(6)]
    for number, (pin, wrong, badge) in enumerate(zip(pins[::2], pins[1::2], badges, strict=True)):
        listed = await desk.desk.people.add(f"Ida {number}", Role.CLERK, OWNER, pin=pin, badge=badge)
        errors.append(repr(await refused(desk, listed.person_id, wrong)))
        await desk.desk.people.sign_in_by_badge(badge)
        await desk.desk.people.sign_in_by_pin(listed.person_id, pin)
    told = [contents(desk.folder).decode(errors="ignore"), caplog.text, str(await export(desk.journal.connection))]
    for secret in (*pins, *badges):
        digits = secret.get_secret_value().removeprefix("BADGE-")
        assert not [text for text in (*told, *errors) if digits in text]


async def test_a_row_that_somebody_wrote_breaks_the_seal_and_lets_nobody_in(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    async with open_desk(tmp_path / "desk", world, clock) as desk:
        ida = await desk.desk.people.add("Ida Berg", Role.CLERK, OWNER, pin=PIN)
    with raw(tmp_path / "desk") as database:
        database.execute("UPDATE people SET pin = 'scrypt$1073741824$8$1$00$00'")
    async with open_desk(tmp_path / "desk", world, clock) as desk:
        assert (await verify(desk.journal.connection)).problem is JournalProblem.SEAL
        with pytest.raises(StorageDamagedError):
            await desk.desk.people.sign_in_by_pin(ida.person_id, PIN)


async def test_each_pin_has_a_salt_of_its_own_and_its_parameters_stand_beside_it() -> None:
    rows = {(await Kept.of(PIN, Way.new(Cost()))).text for _ in range(2)}
    assert len(rows) == 2
    assert all(row.startswith("scrypt$32768$8$3$") for row in rows)
    assert all([await Kept.read(row).is_of(PIN) for row in rows])
