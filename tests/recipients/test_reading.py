"""Reading a file of recipients: every delimiter and encoding that a spreadsheet writes, and rows that can't be used."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.errors import UnusableFileError
from kiosk.recipients.cells import Row
from kiosk.recipients.columns import Vocabulary
from kiosk.recipients.reading import MOST_LANGUAGES, read_rows
from kiosk.recipients.refused import Reason, Refused
from kiosk.recipients.spoiled import NOTHING
from kiosk.settings import Column
from kiosk.words.errors import explain
from kiosk.words.recipients import REASONS, why_left_out

HEADER = "contact id,name,department,room\n"


def read(folder: Path, content: str | bytes, encoding: str = "") -> list[Row | Refused]:
    path = folder / "people"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_rows(path, encoding=encoding))


def usable(folder: Path, content: str | bytes, encoding: str = "") -> list[Row]:
    rows = read(folder, content, encoding)
    assert all(isinstance(row, Row) for row in rows), rows
    return [row for row in rows if isinstance(row, Row)]


def left_out(folder: Path, content: str | bytes) -> list[Refused]:
    return [row for row in read(folder, content) if isinstance(row, Refused)]


LATIN = "".join(bytes([code]).decode("cp1252") for code in range(0xC0, 0x100)) + "šžœŠŽŒŸabcxyzABC019 ,;|'\"-.@"
CELLS = (
    st.text(st.sampled_from(LATIN), max_size=12)
    .map(lambda cell: " ".join(cell.split()))
    .filter(lambda cell: cell not in NOTHING)
)
WITH_LETTERS = CELLS.filter(lambda cell: any(map(str.isalpha, cell)))


@given(
    people=st.lists(st.tuples(WITH_LETTERS, CELLS, CELLS), min_size=1, max_size=5),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_spreadsheet_writes_is_read_back(
    tmp_path: Path, people: list[tuple[str, str, str]], delimiter: str, encoding: str, end: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerow(["Contact ID", "Name", "Department", "Room", "Ümlaut"])
    # The last column makes each of the encodings tell itself from the others.
    writer.writerows([f"id{number}", *cells, "ÄÖÜ äöü"] for number, cells in enumerate(people))
    # Names of random letters are no names, so the code page of Windows has to be said.
    rows = usable(tmp_path, text.getvalue().encode(encoding), "cp1252" if encoding == "cp1252" else "")
    assert [(row.contact_id, row.name, row.department, row.room) for row in rows] == [
        (f"id{number}", *cells) for number, cells in enumerate(people)
    ]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("contactId", Column.CONTACT_ID),
        ("CONTACT_ID", Column.CONTACT_ID),
        ("Personal ID", Column.CONTACT_ID),
        ("E-Mail", Column.EMAIL),
        ("Email Address", Column.EMAIL),
        ("Mail Stop", Column.ROOM),
        ("mailstop", Column.ROOM),
        ("Dept.", Column.DEPARTMENT),
        ("Given name", Column.FIRST_NAME),
        ("Surname", Column.LAST_NAME),
        ("Also known as", Column.ALIASES),
        ("Shoe size", None),
        ("", None),
    ],
)
def test_columns_are_known_by_many_names(header: str, column: Column | None) -> None:
    assert list(Vocabulary({}).places([header])) == ([column] if column else [])


def test_first_and_last_name_make_a_name(tmp_path: Path) -> None:
    (person,) = usable(tmp_path, "id;First name;Last name\n1;Maria;Smith\n")
    assert person.name == "Maria Smith"


def test_all_that_is_told_of_a_person_is_read(tmp_path: Path) -> None:
    header = "id,type,name,email,department,mailstop,accessible,aliases,active,shoe size\n"
    (person, team) = usable(
        tmp_path, header + '1,Person,"Smith, Maria",m@example.com,Legal,H1,yes,Mia,Y,39\n2,Dept,Legal,,,,,,no,\n'
    )
    assert person == (2, "1", "recipient", "Smith, Maria", "Legal", "H1", "m@example.com", "", True, "Mia", True, "")
    assert (team.contact_type, team.accessible, team.active) == ("department", False, False)


def test_json_lines_bear_the_apis_names(tmp_path: Path) -> None:
    lines = [
        {"contactId": 7, "contactType": "recipient", "name": "Søren", "accessible": True, "aliases": ["A", "B"]},
        {"contactId": "8", "name": "Team", "contactType": "department", "room": None},
    ]
    first, second = usable(tmp_path, "\n\n".join(map(json.dumps, lines)))
    assert (first.contact_id, first.name, first.accessible, first.aliases) == ("7", "Søren", True, "A, B")
    assert (second.line, second.contact_type, second.room) == (3, "department", "")


def test_rows_that_can_not_be_used_are_named_and_the_others_taken(tmp_path: Path) -> None:
    rows = (
        "a,Ann,,\n,Nobody,,\nb,,,\n\n , , , \nc,Cem,,,surplus\nd,--,,\n"
        f'e,Eve,{"x" * 501},\nf,Flo\ng,"two\nlines",,\nh,Hal,,,,\n'
    )
    assert left_out(tmp_path, HEADER + rows) == [
        Refused(3, Reason.NO_CONTACT_ID),
        Refused(4, Reason.NO_NAME, contact_id="b"),
        Refused(7, Reason.TOO_MANY_CELLS, {"cells": 5, "columns": 4}, "c"),
        Refused(8, Reason.NO_NAME, contact_id="d"),
        Refused(9, Reason.CELL_TOO_LONG, {"longest": 500}, "e"),
    ]
    taken = [row for row in read(tmp_path, HEADER + rows) if isinstance(row, Row)]
    assert [(row.line, row.name) for row in taken] == [(2, "Ann"), (10, "Flo"), (11, "two lines"), (13, "Hal")]


def test_words_that_are_no_answer_are_refused(tmp_path: Path) -> None:
    found = left_out(tmp_path, "id,name,type,accessible,active\n1,A,robot,,\n2,B,,perhaps,\n3,C,,,never\n")
    assert found == [
        Refused(2, Reason.UNKNOWN_TYPE, {"cell": "robot"}, "1"),
        Refused(3, Reason.NEITHER_YES_NOR_NO, {"cell": "perhaps", "column": "accessible"}, "2"),
        Refused(4, Reason.UNKNOWN_STATUS, {"cell": "never"}, "3"),
    ]
    assert [why_left_out(each) for each in found] == [
        "Line 2 has the type “robot”; it must be recipient or department.",
        "Line 3 has “perhaps” in the column accessible; it must be yes or no.",
        "Line 4 has the status “never”, which is not known; nobody was changed by it.",
    ]


def test_every_reason_has_its_sentence() -> None:
    assert set(REASONS) == set(Reason)


def test_bad_json_is_a_bad_row(tmp_path: Path) -> None:
    lines = '{"id": 1, "name": "A"}\n{"id": 2\n[]\n{"id": 3, "name": {}}\n{"id": 4, "name": "D"}\n'
    assert left_out(tmp_path, lines) == [
        Refused(2, Reason.NOT_JSON),
        Refused(3, Reason.NO_JSON_OBJECT),
        Refused(4, Reason.OBJECT_IN_CELL),
    ]


def test_control_characters_do_not_come_in(tmp_path: Path) -> None:
    (person,) = usable(tmp_path, HEADER + "1,Eve\x1b]0;x\x07 \x00Li\u202e,,\n")
    assert person.name == "Eve ]0;x Li"


def test_the_line_in_which_excel_names_the_delimiter_is_passed_over(tmp_path: Path) -> None:
    assert [row.name for row in usable(tmp_path, "sep=;\r\nid;name\r\n1;Ann, the first\r\n")] == ["Ann, the first"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "recipients_empty"),
        ("name,room\nA,1\n", "no_id_column"),
        ("id,room\n1,2\n", "no_name_column"),
        ("\n\n", "recipients_empty"),
    ],
)
def test_a_file_that_is_no_list_of_recipients_is_refused(tmp_path: Path, content: str, code: str) -> None:
    with pytest.raises(UnusableFileError) as caught:
        read(tmp_path, content)
    assert caught.value.code == code


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError, match=r"recipients_unreadable .*nowhere"):
        list(read_rows(tmp_path / "nowhere"))


PIECES = [
    *(b"id", b"name", b"status", b"preferred name", b"last name", b"id,name\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0"),
    *(b",", b";", b"\t", b'"', b'""', b"\n", b"\r\n", b"\r", b" ", b"(", b")", b"(On Leave)", b"NULL", b"#N/A", b"T"),
    *(b"1", b"Ana", b"\xe9", b"\xc3\xa9", b"\x81", b"1E+10", b"{", b"}", b"[", b"]", b":", b'"id"', b'"name"', b"null"),
    *(b'{"id": 1, "name": "A"}\n', b"\\ud800", b"1e999", b"PK\x03\x04", b"<html", b"1,Ana,A\n"),
]
"""What lists are made of, and what spoils them."""


@given(st.binary(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_rows_or_an_error_with_its_words(tmp_path: Path, content: bytes) -> None:
    try:
        rows = [*read(tmp_path, b"id,name,status\n" + content), *read(tmp_path, content)]
        assert all(why_left_out(row) for row in rows if isinstance(row, Refused))
    except UnusableFileError as error:
        assert explain(error).sentence  # noqa: PT017 - the only error that may come


@pytest.mark.parametrize(
    ("cell", "language"),
    [
        ("de", "de"),
        ("DE", "de"),
        ("de-AT", "de"),
        ("fr_CA.UTF-8", "fr"),
        ("Deutsch", "de"),
        ("German", "de"),
        ("Deutsch (Österreich)", "de"),
        ("Français", "fr"),
        ("ESPAÑOL", "es"),
        ("spa", "es"),
        ("GER", "de"),
        ('"es-419,es;q=0.9, en;q=0.8"', "es"),
        ("French; English", "fr"),
        ("pl-PL", "pl"),
    ],
)
def test_a_language_is_read_however_it_is_written(tmp_path: Path, cell: str, language: str) -> None:
    (person,) = usable(tmp_path, f"id,name,preferred language\n1,Ann,{cell}\n")
    assert person.language == language


@pytest.mark.parametrize("cell", ["", "Klingon (Terran)", "x", "12"])
def test_nobody_is_left_out_for_a_language_that_can_not_be_told(tmp_path: Path, cell: str) -> None:
    (person,) = usable(tmp_path, f"id,name,language\n1,Ann,{cell}\n")
    assert (person.language, person.unknown_language) == ("", cell)


@pytest.mark.parametrize(
    "header",
    ["Language", "lang", "LOCALE", "preferredLanguage", "Preferred Language", "Sprache", "langue préférée", "Idioma"],
)
def test_a_column_of_languages_is_known_by_many_names(tmp_path: Path, header: str) -> None:
    (person,) = usable(tmp_path, f"id,name,{header}\n1,Ann,es\n")
    assert person.language == "es"


def test_what_a_list_says_of_languages_is_counted_with_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name,language,active\n1,A,,yes\n2,B,Klingon,no\n3,C,Klingon,yes\n4,D,de,yes\n5,E,Klingon,yes\n")
    reading = read_rows(path)
    assert len(list(reading)) == 5
    assert reading.languages == {"Klingon": (4, 2), "de": (5, 1)}


def test_of_texts_that_are_no_languages_some_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name,language\n" + "".join(f"{at},Ann,Room {at}\n" for at in range(500)))
    reading = read_rows(path)
    assert len(list(reading)) == 500
    assert len(reading.languages) == MOST_LANGUAGES
