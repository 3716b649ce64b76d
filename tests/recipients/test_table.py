"""Quotation marks that were left open, and files that were cut off: what they cost, and what they must not."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.recipients.cells import Row
from kiosk.recipients.reading import read_rows
from kiosk.recipients.refused import Reason, Refused
from kiosk.recipients.table import MOST_LINES

HEADER = "id,name,department,room\n"


def read(folder: Path, content: str) -> list[Row | Refused]:
    path = folder / "people"
    path.write_bytes(content.encode())
    return list(read_rows(path))


def people(count: int) -> list[str]:
    return [f"{number},Person {number},Physics,E{number}\n" for number in range(count)]


def quoted(count: int) -> list[str]:
    return [f'"{number}","Person {number}","Physics","E{number}"\n' for number in range(count)]


OPEN = '4,"Person 4,Physics,E4\n'


@pytest.mark.parametrize("rows", [people(200), quoted(200)], ids=["plain", "quoted"])
@pytest.mark.parametrize("later", [None, '9,Person 9" tall,Physics,E9\n', '9,Person 9",Physics,E9\n', OPEN])
def test_a_quote_that_is_left_open_costs_its_own_row(tmp_path: Path, rows: list[str], later: str | None) -> None:
    lines = [*rows[:4], OPEN, *rows[5:]]
    if later:
        lines[9] = later.replace("4", "9")
    found = read(tmp_path, HEADER + "".join(lines))
    refused = [row for row in found if isinstance(row, Refused)]
    assert refused[0] == Refused(6, Reason.OPEN_QUOTE, contact_id="4")
    assert len(found) == 200
    assert len(refused) <= 2
    taken = {row.contact_id: row.name for row in found if isinstance(row, Row)}
    assert all(taken[str(number)] == f"Person {number}" for number in range(200) if number not in {4, 9})


def test_the_row_of_an_open_quote_still_names_its_person(tmp_path: Path) -> None:
    found = read(tmp_path, HEADER + '1,Ana,"Physics,E1\n' + "".join(people(80)[2:]))
    assert found[0] == Refused(2, Reason.OPEN_QUOTE, contact_id="1")
    assert len(found) == 79


@pytest.mark.parametrize("breaks", [1, 10, MOST_LINES - 1])
def test_a_cell_may_have_some_lines(tmp_path: Path, breaks: int) -> None:
    note = "a" + "\nb, c" * breaks
    found = read(tmp_path, f'id,name,department,notes\n1,Ana,Physics,"{note}"\n2,Bo,Physics,\n')
    assert [(row.line, row.name) for row in found if isinstance(row, Row)] == [(2, "Ana"), (3 + breaks, "Bo")]


def test_quotes_within_a_row_are_read_as_before(tmp_path: Path) -> None:
    (row,) = read(tmp_path, HEADER + '1,"Ana ""Ani"" Berglund","Physics, Dean",5" pipe\n')
    assert row == (2, "1", "recipient", 'Ana "Ani" Berglund', "Physics, Dean", '5" pipe', "", "", False, "", True, "")


CELLS = st.text(st.sampled_from("ab \"',\n"), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_behind_a_sound_row_is_lost(tmp_path: Path, cells: list[tuple[str, str, str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", "notes", "more", "remarks", "name"])
    for number, row in enumerate(cells):
        writer.writerow([f"10{number}", *row, f"Person {number}"])
    named = {row.contact_id for row in read(tmp_path, text.getvalue())}
    assert named >= {f"10{number}" for number in range(len(cells))}


def test_a_half_row_at_the_end_is_nobody(tmp_path: Path) -> None:
    whole = HEADER + "".join(people(3))
    assert read(tmp_path, whole + "3,Pers")[3:] == [Refused(5, Reason.CUT_OFF, contact_id="3")]
    assert read(tmp_path, whole + '3,"Pers')[3:] == [Refused(5, Reason.OPEN_QUOTE, contact_id="3")]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("0,Ann,Physics,E0\n1,Bo,Physics,E1", id="no line end"),
        pytest.param("0,Ann\n1,Bo", id="empty cells left out"),
    ],
)
def test_a_last_row_without_a_line_end_may_be_whole(tmp_path: Path, content: str) -> None:
    assert [row.name for row in read(tmp_path, HEADER + content) if isinstance(row, Row)] == ["Ann", "Bo"]
