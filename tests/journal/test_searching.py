"""Parcels are found by what somebody types, here or gone, however old, and nobody who was forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.journal import searching
from kiosk.journal.people import PeopleInJournal
from kiosk.journal.searching import CANDIDATES, LONGEST_TEXT, find_parcels
from kiosk.journal.store import Journal
from kiosk.journal.words import beginnings_of
from kiosk.parcels import events as happened
from kiosk.parcels.contacts import Contact
from kiosk.parcels.parcel import UnitPlace
from kiosk.parcels.states import ShelfReason
from tests.journal.book import CLERK, START, contents, journal, taken_in

MARIA = Contact(contact_id="c1", name="Maria Smith", department="Finance")
ANNE = Contact(contact_id="c2", name="Anne-Marie O'Neil")
MARCHAND = Contact(contact_id="c3", name="Zoë Marchand")


async def take_in(
    book: Journal, number: str, contact: Contact | None = None, *, shelf: str = "", unit: str = "", gone: bool = False
) -> None:
    """Take a parcel in, and let it come to where it is to be."""
    happens: list[happened.Event] = [taken_in(number)]
    if contact is not None:
        happens.append(happened.RecipientChosen(contact=contact))
    if shelf:
        happens.append(happened.ParcelPutOnShelf(shelf=shelf, reason=ShelfReason.PUT_ASIDE))
    if unit:
        place = UnitPlace(locker_bank_id="AOne", locker_unit_id=unit)
        happens.append(happened.ParcelDeposited(intent_id="i1", place=place, code_received=False))
        happens += [happened.ParcelFoundGone()] if gone else []
    elif gone:
        happens.append(happened.ParcelCancelled())
    for event in happens:
        await book.append(number, event, CLERK)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
async def book(tmp_path: Path, clock: ManualClock) -> AsyncIterator[Journal]:
    async with journal(tmp_path, clock) as opened:
        yield opened


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only one parcel count as one of the latest, so that all others are found by the index or not at all."""
    monkeypatch.setattr(searching, "LATEST", 1)


async def found(book: Journal, text: str, *, present: bool | None = None, limit: int = 50) -> list[str]:
    parcels = await find_parcels(book.connection, text, START.date(), present=present, limit=limit)
    return [parcel.tracking_number for parcel in parcels]


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize(
    "text",
    [
        "1z999", "1Z 999 AA1", "1Z999AA10123456784", "6784", "123456784", "maria", "Smi", "smith mar", "maria sm",
        "m smith", "AOne 17", "17 aone", "17", "smith 17",
    ],
)  # fmt: skip
async def test_one_that_is_long_gone_is_found_by_what_an_index_knows(book: Journal, text: str) -> None:
    await take_in(book, "1Z999AA10123456784", MARIA, unit="17", gone=True)
    await take_in(book, "T2", MARCHAND, gone=True)
    assert await found(book, text) == ["1Z999AA10123456784"]
    assert await found(book, text, present=False) == ["1Z999AA10123456784"]
    assert await found(book, text, present=True) == []


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize(
    ("name", "typed"),
    [
        pytest.param("Jörg Müller", ("muller", "mueller", "jo mul", "joerg muell"), id="umlaut"),
        pytest.param("Joerg Mueller", ("mueller", "müller"), id="written_out"),
        pytest.param("علي", ("علی", "على", "علي"), id="arabic"),
    ],
)
async def test_a_name_is_found_however_it_is_typed(book: Journal, name: str, typed: tuple[str, ...]) -> None:
    await take_in(book, "T1", contact=Contact(contact_id="c9", name=name), gone=True)
    await take_in(book, "T2")
    assert [await found(book, text) for text in typed] == [["T1"]] * len(typed)


@pytest.mark.usefixtures("old")
async def test_a_shelf_place_and_the_name_on_a_label_are_found_however_old(book: Journal) -> None:
    await take_in(book, "T1", shelf="R4-2")
    await take_in(book, "T2", gone=False)
    await book.append("T2", happened.RecipientRead(name="Gergő Farkas"), CLERK)
    await book.append("T2", happened.ParcelCancelled(), CLERK)
    await take_in(book, "T3")
    assert await found(book, "r42") == await found(book, "R4-2") == ["T1"]
    assert await found(book, "gergo far") == ["T2"]


@pytest.mark.usefixtures("old")
async def test_only_among_the_latest_and_those_here_every_part_is_looked_for(book: Journal) -> None:
    await take_in(book, "XX111YY", MARIA, gone=True)
    await take_in(book, "XX112YY", MARIA)
    await take_in(book, "XX113YY", MARIA, gone=True)
    assert await found(book, "x11") == ["XX112YY", "XX113YY"]
    assert await found(book, "finance") == await found(book, "c1") == ["XX112YY", "XX113YY"]
    assert await found(book, "XX111") == ["XX111YY"]


async def test_the_whole_comes_before_the_beginning_before_the_end_and_here_before_gone(book: Journal) -> None:
    for number, gone in (("X441", False), ("4412", False), ("441", True), ("A4419", False), ("4413", True)):
        await take_in(book, number, gone=gone)
    assert await found(book, "441") == ["441", "4412", "4413", "X441", "A4419"]
    assert await found(book, "441", limit=2) == ["441", "4412"]


async def test_first_and_family_names_come_before_parts_behind_a_hyphen(book: Journal) -> None:
    for number, contact in (("T1", MARIA), ("T2", MARCHAND), ("T3", ANNE)):
        await take_in(book, number, contact)
    assert await found(book, "mar") == ["T2", "T1", "T3"]
    assert await found(book, "anne-m") == await found(book, "anne marie") == ["T3"]


async def test_of_equals_the_latest_comes_first_also_among_more_than_are_looked_at(
    book: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LATEST", 1)
    monkeypatch.setattr(searching, "CANDIDATES", 3)
    for number in range(6):
        # In another order than their family names.
        contact = Contact(contact_id=f"m{number}", name=f"Maria {'bdacfe'[number]}smith")
        await take_in(book, f"T{number}", contact, gone=True)
    for number in range(6, 12):
        await take_in(book, f"T{number}", MARIA, gone=True)
    assert await found(book, "smith", limit=3) == ["T11", "T10", "T9"]
    assert await found(book, "maria", limit=3) == ["T11", "T10", "T9"]
    assert await found(book, "Maria ", limit=3) == ["T11", "T10", "T9"]


@pytest.mark.parametrize("text", ["", " ", "-.", "%", "_", "a" * (LONGEST_TEXT + 1), "nobody", "smith nobody"])
async def test_what_names_nothing_finds_nothing(book: Journal, text: str) -> None:
    await take_in(book, "T1", MARIA)
    assert await found(book, text) == []


async def test_a_day_finds_what_was_taken_in_on_it_and_other_words_narrow_it(book: Journal, clock: ManualClock) -> None:
    await take_in(book, "T1", MARIA, gone=True)
    clock.advance(timedelta(days=1))
    await take_in(book, "T2", MARIA)
    await take_in(book, "T3", ANNE)
    day, next_day = (START.astimezone() + timedelta(days=days) for days in (0, 1))
    for typed in (f"{day:%Y-%m-%d}", f"{day:%d.%m.}", f"{day:%m/%d}", "today"):
        assert await found(book, typed) == ["T1"], typed
    assert await found(book, "today", present=True) == []
    assert await found(book, f"{next_day:%Y-%m-%d}") == ["T3", "T2"]
    assert await found(book, f"smith {next_day:%Y-%m-%d}") == await found(book, f"{next_day:%Y-%m-%d} smi") == ["T2"]
    assert await found(book, "1999-01-01") == []


async def test_a_number_that_looks_like_a_day_comes_first(book: Journal) -> None:
    await take_in(book, "T1")
    await take_in(book, f"{START.astimezone():%Y-%m-%d}")
    assert await found(book, f"{START.astimezone():%Y-%m-%d}") == [f"{START.astimezone():%Y-%m-%d}", "T1"]


async def test_who_changes_is_found_anew_and_not_by_what_was(book: Journal) -> None:
    await take_in(book, "T1", MARIA)
    await book.append("T1", happened.RecipientChosen(contact=MARCHAND), CLERK)
    assert (await found(book, "smith"), await found(book, "marchand")) == ([], ["T1"])
    left = await book.connection.read(
        lambda database: database.execute("SELECT beginning FROM beginnings_of_parcels").fetchall()
    )
    assert {beginning for (beginning,) in left} == beginnings_of(" t1 \n zoe marchand \n")


async def test_of_a_person_who_is_forgotten_no_byte_is_left_and_no_order_changes(
    book: Journal, tmp_path: Path, clock: ManualClock
) -> None:
    secret = Contact(contact_id="c9", name="Xenia Quist", department="Zebra")
    await take_in(book, "T1", secret, gone=True)
    await take_in(book, "T2", MARIA, gone=True)
    await take_in(book, "T3", gone=False)
    await book.append("T3", happened.RecipientRead(name="Yolanda Quist"), CLERK)
    await book.append("T3", happened.ParcelCancelled(), CLERK)
    assert await found(book, "quist") == ["T3", "T1"]
    await PeopleInJournal(book).forget("c9", CLERK)
    assert await found(book, "quist") == ["T3"]
    assert not [each for each in (b"xenia", b"Xenia", b"zebra") if each in contents(tmp_path)]
    clock.advance(timedelta(days=2))
    await PeopleInJournal(book).forget_before(START + timedelta(days=1), CLERK)
    assert await found(book, "quist") == await found(book, "smith") == []
    assert not [each for each in (b"quist", b"yolanda", b"maria") if each in contents(tmp_path)]
    assert await found(book, "t") == ["T3", "T2", "T1"]


def test_the_index_may_be_asked_for_more_than_a_list_holds() -> None:
    assert CANDIDATES > searching.MOST_FOUND
