"""Importing a file: what changes, what is kept, and that a broken-off import leaves the directory as it was."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.errors import ImportUnderWayError, UnusableFileError
from kiosk.recipients.cells import Row
from kiosk.recipients.directory import Directory
from kiosk.recipients.file import FILE_NAME
from kiosk.recipients.importing import BUILDING, FEW, import_rows
from kiosk.recipients.refused import NoUsableRowError, Reason, Refused
from kiosk.words.recipients import why_left_out
from tests.recipients.people import NOW, row

LATER = NOW + timedelta(days=1)
BEFORE = (row("Ann Same"), row("Ben Moved", room="A1"), row("Cem Gone"), row("Dan Back"))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def names(folder: Path) -> list[str]:
    async def search() -> list[str]:
        async with Directory(folder) as directory:
            return [contact.name for contact in (await directory.search("")).contacts]

    return asyncio.run(search())


def test_an_import_tells_what_it_did_and_keeps_who_is_gone_as_inactive(tmp_path: Path) -> None:
    import_rows(tmp_path, BEFORE, NOW)
    import_rows(tmp_path, BEFORE[:3], NOW)
    summary = import_rows(
        tmp_path, [row("Ann Same"), row("Ben Moved", room="B2"), row("Dan Back"), row("Eve New")], LATER
    )
    assert summary == (1, 2, 1, 1, 0, (), None)
    assert names(tmp_path) == ["Ann Same", "Ben Moved", "Dan Back", "Eve New"]
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        inactive = database.execute("SELECT name, inactive_since FROM contacts WHERE inactive_since NOT NULL")
        assert inactive.fetchall() == [("Cem Gone", LATER.isoformat())]
    assert files(tmp_path) == [FILE_NAME]
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_who_is_marked_inactive_in_the_file_counts_as_gone(tmp_path: Path) -> None:
    import_rows(tmp_path, BEFORE, NOW)
    summary = import_rows(tmp_path, [*BEFORE[:3], row("Dan Back", active=False)], LATER)
    assert (summary.unchanged, summary.made_inactive) == (3, 1)
    assert "Dan Back" not in names(tmp_path)


def test_the_same_file_again_changes_nothing_but_the_age(tmp_path: Path) -> None:
    import_rows(tmp_path, BEFORE, NOW)
    assert import_rows(tmp_path, BEFORE, LATER) == (0, 0, 4, 0, 0, (), None)


def test_an_id_that_comes_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    summary = import_rows(
        tmp_path, [row("Ann", "1"), row("Bob", "1")._replace(line=7), Refused(8, Reason.NO_NAME)], NOW
    )
    repeated = Refused(7, Reason.REPEATED_ID, {"contact_id": "1", "first": 1})
    assert summary.refused == (repeated, Refused(8, Reason.NO_NAME))
    assert why_left_out(repeated) == "Line 7 has the same contact ID as line 1: 1."
    assert (summary.new, names(tmp_path)) == (1, ["Ann"])


def test_a_dry_run_tells_and_changes_nothing(tmp_path: Path) -> None:
    assert import_rows(tmp_path, BEFORE, NOW, dry_run=True).new == 4
    assert files(tmp_path) == []
    import_rows(tmp_path, BEFORE, NOW)
    content = (tmp_path / FILE_NAME).read_bytes()
    summary = import_rows(tmp_path, [row("Ann Same"), row("Eve New")], LATER, dry_run=True)
    assert (summary.new, summary.unchanged, summary.made_inactive) == (1, 1, 3)
    assert (tmp_path / FILE_NAME).read_bytes() == content
    assert files(tmp_path) == [FILE_NAME]


def test_an_import_that_breaks_off_leaves_the_old_directory(tmp_path: Path) -> None:
    def broken() -> Iterator[Row]:
        yield row("Eve New")
        raise KeyboardInterrupt

    import_rows(tmp_path, BEFORE, NOW)
    content = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(KeyboardInterrupt):
        import_rows(tmp_path, broken(), LATER)
    assert (tmp_path / FILE_NAME).read_bytes() == content
    assert files(tmp_path) == [FILE_NAME]


def test_what_a_killed_import_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / BUILDING).write_text("half a directory")
    assert import_rows(tmp_path, BEFORE, NOW).new == 4
    assert files(tmp_path) == [FILE_NAME]


def test_a_file_without_rows_empties_nothing(tmp_path: Path) -> None:
    import_rows(tmp_path, BEFORE, NOW)
    with pytest.raises(UnusableFileError) as caught:
        import_rows(tmp_path, [], LATER)
    assert caught.value.code == "no_rows"
    assert len(names(tmp_path)) == 4


def test_a_file_without_a_usable_row_empties_nothing_and_says_why(tmp_path: Path) -> None:
    import_rows(tmp_path, BEFORE, NOW)
    with pytest.raises(NoUsableRowError) as caught:
        import_rows(tmp_path, [Refused(2, Reason.NO_NAME)], LATER)
    assert (caught.value.code, caught.value.refused, caught.value.count) == (
        "no_usable_row",
        (Refused(2, Reason.NO_NAME),),
        1,
    )
    assert len(names(tmp_path)) == 4


@pytest.mark.parametrize(
    ("people", "gone", "most", "stops"),
    [(100, 20, 20, False), (100, 21, 20, True), (100, 21, 21, False), (1000, 5, 0, True), (100, 100, 100, False)],
)
def test_an_import_that_would_take_out_too_many_stops(
    tmp_path: Path, *, people: int, gone: int, most: float, stops: bool
) -> None:
    before = [row(f"Person {number}") for number in range(people)]
    import_rows(tmp_path, before, NOW)
    content = (tmp_path / FILE_NAME).read_bytes()
    left = [*before[gone:], row("Eve New")]
    would = import_rows(tmp_path, left, LATER, most_removed=most, dry_run=True)
    summary = import_rows(tmp_path, left, LATER, most_removed=most)
    assert (would.made_inactive, summary.made_inactive) == (gone, gone)
    assert ((tmp_path / FILE_NAME).read_bytes() == content) == stops == (would.stopped is not None)
    if stops:
        assert summary.stopped is not None
        assert summary.stopped.parameters == {"removed": gone, "active": people, "most": f"{most} %"}
        assert files(tmp_path) == [FILE_NAME]
    else:
        assert summary.stopped is None


def test_a_few_may_go_also_where_they_are_a_large_share(tmp_path: Path) -> None:
    import_rows(tmp_path, [*BEFORE, row("Eve"), row("Flo")], NOW)
    assert import_rows(tmp_path, [row("Eve")], LATER, most_removed=20).stopped is not None
    assert import_rows(tmp_path, [row("Eve"), row("Flo")], LATER, most_removed=20).made_inactive == FEW
    assert names(tmp_path) == ["Eve", "Flo"]


def test_who_is_inactive_already_does_not_count(tmp_path: Path) -> None:
    everybody = [row(f"Person {number}") for number in range(100)]
    import_rows(tmp_path, everybody, NOW)
    import_rows(tmp_path, everybody[:20], NOW)
    stopped = import_rows(tmp_path, everybody[:15], LATER, most_removed=20).stopped
    assert stopped is not None
    assert stopped.parameters == {"removed": 5, "active": 20, "most": "20 %"}


def test_a_refused_row_keeps_its_person_as_they_were(tmp_path: Path) -> None:
    import_rows(tmp_path, [*BEFORE, row("Eve Left", active=False)], NOW)
    refused = [Refused(2, Reason.UNKNOWN_STATUS, {"cell": "Moon"}, f"id-{who}") for who in ("Ben Moved", "Eve Left")]
    summary = import_rows(tmp_path, [*BEFORE[2:], *refused, Refused(9, Reason.NO_NAME, {}, "nobody")], LATER)
    assert (summary.new, summary.unchanged, summary.made_inactive, summary.refused_count) == (0, 3, 1, 3)
    assert names(tmp_path) == ["Ben Moved", "Cem Gone", "Dan Back"]
    summary = import_rows(tmp_path, [row("Ben Moved", room="B2"), *refused], LATER)
    assert (summary.changed, names(tmp_path)) == (1, ["Ben Moved"])


def test_a_second_import_at_the_same_time_is_refused(tmp_path: Path) -> None:
    def another() -> Iterator[Row]:
        with pytest.raises(ImportUnderWayError):
            import_rows(tmp_path, BEFORE, NOW)
        yield row("Eve New")

    assert import_rows(tmp_path, another(), NOW).new == 1
    assert names(tmp_path) == ["Eve New"]


def test_a_damaged_directory_is_replaced(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("something else " * 1000)
    assert import_rows(tmp_path, BEFORE, NOW).new == 4
    assert len(names(tmp_path)) == 4


async def test_who_had_parcels_is_remembered_across_imports(tmp_path: Path) -> None:
    import_rows(tmp_path, BEFORE, NOW)
    async with Directory(tmp_path) as directory:
        await directory.note_chosen("id-Dan Back", NOW)
    import_rows(tmp_path, BEFORE, LATER)
    async with Directory(tmp_path) as directory:
        assert (await directory.search("")).contacts[0].name == "Dan Back"


async def test_the_inactive_go_after_their_time_unless_a_parcel_is_here(tmp_path: Path) -> None:
    import_rows(tmp_path, BEFORE, NOW)
    import_rows(tmp_path, BEFORE[:1], NOW)
    import_rows(tmp_path, BEFORE[:1], LATER)
    async with Directory(tmp_path) as directory:
        assert await directory.forget_unused(NOW, keep=()) == 0
        assert await directory.forget_unused(LATER, keep={"id-Cem Gone"}) == 2
        assert directory.size == 1
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        left = database.execute("SELECT name FROM contacts ORDER BY name").fetchall()
        assert left == [("Ann Same",), ("Cem Gone",)]
