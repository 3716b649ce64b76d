"""Addresses that somebody at the desk put right: imports don't bring the old one back; a third one counts."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.errors import UnknownPersonError, WrongStateError
from kiosk.parcels.contacts import is_address
from kiosk.recipients.cells import Row
from kiosk.recipients.directory import Directory
from kiosk.recipients.file import FILE_NAME
from kiosk.recipients.importing import import_rows
from tests.recipients.people import NOW, row

WRONG, RIGHT, NEWER = "ann@exmaple.com", "ann@example.com", "ann.smith@example.com"


def ann(email: str) -> Row:
    return row("Ann Smith", email=email)


def address(folder: Path, contact_id: str) -> str | None:
    async def ask() -> str | None:
        async with Directory(folder) as directory:
            contact = await directory.by_id(contact_id)
            return contact.email if contact else None

    return asyncio.run(ask())


def correct(folder: Path, contact_id: str, email: str) -> None:
    async def do() -> None:
        async with Directory(folder) as directory:
            await directory.correct_address(contact_id, email)

    asyncio.run(do())


def test_a_corrected_address_outlives_imports_that_still_have_the_wrong_one(tmp_path: Path) -> None:
    contact_id = ann(WRONG).contact_id
    import_rows(tmp_path, [ann(WRONG), row("Ben")], NOW)
    correct(tmp_path, contact_id, RIGHT)
    assert address(tmp_path, contact_id) == RIGHT
    for _ in range(2):
        summary = import_rows(tmp_path, [ann(WRONG), row("Ben")], NOW)
        assert (summary.changed, summary.unchanged) == (0, 2)
        assert address(tmp_path, contact_id) == RIGHT


def test_a_third_address_in_the_list_counts(tmp_path: Path) -> None:
    contact_id = ann(WRONG).contact_id
    import_rows(tmp_path, [ann(WRONG)], NOW)
    correct(tmp_path, contact_id, RIGHT)
    import_rows(tmp_path, [ann(NEWER)], NOW)
    assert address(tmp_path, contact_id) == NEWER
    import_rows(tmp_path, [ann(WRONG)], NOW)
    assert address(tmp_path, contact_id) == WRONG, "the list has said two other things since"


def test_it_can_be_corrected_twice(tmp_path: Path) -> None:
    contact_id = ann(WRONG).contact_id
    import_rows(tmp_path, [ann(WRONG)], NOW)
    correct(tmp_path, contact_id, RIGHT)
    correct(tmp_path, contact_id, NEWER)
    import_rows(tmp_path, [ann(WRONG)], NOW)
    assert address(tmp_path, contact_id) == NEWER


async def test_nobody_unknown_and_nothing_that_is_no_address_is_corrected(tmp_path: Path) -> None:
    async with Directory(tmp_path) as directory:
        with pytest.raises(UnknownPersonError):
            await directory.correct_address("c9", RIGHT)
        with pytest.raises(WrongStateError, match="not_an_address"):
            await directory.correct_address("c9", "ann at example")


@pytest.mark.parametrize("text", ["ann@example.com", "a.b+c@mail.example.org", "root@localhost"])
def test_an_address_is_known_by_its_shape(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    ["", "ann", "ann@", "@example.com", "a b@example.com", "a@b@c.de", "a@b.de\nBcc: x@y.zz", "a@b..de"],
)
def test_what_is_none_is_known_too(text: str) -> None:
    assert not is_address(text)


def test_a_directory_of_schema_2_is_taken_over_by_an_import_that_finds_it_first(tmp_path: Path) -> None:
    import_rows(tmp_path, [ann(RIGHT), row("Ben")], NOW)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        database.executescript(
            "DROP TABLE addresses; ALTER TABLE contacts DROP COLUMN language; PRAGMA user_version = 2;"
        )
    summary = import_rows(tmp_path, [ann(RIGHT)], NOW)
    assert (summary.unchanged, summary.made_inactive) == (1, 1)
    assert address(tmp_path, ann(RIGHT).contact_id) == RIGHT
