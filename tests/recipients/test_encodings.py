"""In which encoding a list is written: what is told, what is not guessed at, and what one bad byte costs."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from kiosk.errors import UnusableFileError
from kiosk.recipients.cells import Row
from kiosk.recipients.reading import Reading, read_rows

WESTERN = (
    "Tomás Ibáñez",
    "Zoë O\u2019Neil",
    "Åsa Øre",
    "José",
    "MÜLLER",
    "Élève d\u2019été",
    "Þór",
    "Œuvre",
    "Ö Björn",
    "João Sá",
)
NAMES = {
    "cp1251": ("Мария Иванова", "Пётр Ё"),
    "koi8-r": ("Мария Иванова",),
    "shift_jis": ("山田太郎", "高橋花子", "ｱﾝﾅ"),
    "euc-jp": ("山田太郎",),
    "iso2022_jp": ("山田太郎", "Ana"),
    "hz": ("李小龙", "Ana"),
    "gb18030": ("李小龙",),
    "cp1250": ("Małgorzata Łuczak", "Žofie Dvořáková"),
    "mac-roman": ("José Ibáñez", "Jürgen Müller"),
    "cp1253": ("Μαρία Παπαδοπούλου",),
    "cp1255": ("דוד לוי",),
    "cp1256": ("محمد علي",),
}


def reading(folder: Path, content: bytes, encoding: str = "") -> Reading:
    path = folder / "people"
    path.write_bytes(content)
    return read_rows(path, encoding=encoding)


def listed(names: tuple[str, ...], encoding: str) -> bytes:
    return "".join(["id,name\n", *(f"{number},{name}\n" for number, name in enumerate(names))]).encode(encoding)


def named(rows: Reading) -> list[str]:
    return [row.name for row in rows if isinstance(row, Row)]


@pytest.mark.parametrize("names", [WESTERN, *((name,) for name in WESTERN)])
def test_western_names_are_read_in_the_code_page_of_windows(tmp_path: Path, names: tuple[str, ...]) -> None:
    rows = reading(tmp_path, listed(names, "cp1252"))
    assert (named(rows), rows.encoding) == (list(names), "cp1252")


@pytest.mark.parametrize("encoding", NAMES)
def test_what_is_not_western_is_not_read_as_if_it_were(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(UnusableFileError) as caught:
        list(reading(tmp_path, listed(NAMES[encoding], encoding)))
    assert caught.value.code == "encoding_unknown"


@pytest.mark.parametrize("length", [61, 1_000_000])
def test_a_word_without_an_end_is_no_text(tmp_path: Path, length: int) -> None:
    with pytest.raises(UnusableFileError) as caught:
        list(reading(tmp_path, b"id,name\n1," + b"a" * length + b"\xe9\n" + b"\xe9a" * length))
    assert caught.value.code == "encoding_unknown"


@pytest.mark.parametrize("encoding", NAMES)
def test_an_encoding_that_is_said_is_taken(tmp_path: Path, encoding: str) -> None:
    names = NAMES[encoding]
    rows = reading(tmp_path, listed(names, encoding), encoding)
    assert (named(rows), rows.encoding) == (list(names), encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8"])
def test_a_mark_in_front_is_no_part_of_the_first_header(tmp_path: Path, encoding: str) -> None:
    assert named(reading(tmp_path, b"\xef\xbb\xbf" + listed(WESTERN, "utf-8"), encoding)) == list(WESTERN)


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be", "utf-16", "utf-16-le", "utf-16-be"])
def test_wide_letters_are_told_by_their_zeros(tmp_path: Path, encoding: str) -> None:
    rows = reading(tmp_path, listed((*WESTERN, "李小龙"), encoding))
    assert (named(rows), rows.encoding) == ([*WESTERN, "李小龙"], encoding)


@pytest.mark.parametrize("name", ["A ~{B}", "Ana \x1b[1m", "~{~}"])
def test_signs_that_look_like_a_change_of_letters_are_none(tmp_path: Path, name: str) -> None:
    rows = reading(tmp_path, listed((name, "Ana"), "utf-8"))
    assert (len(named(rows)), rows.encoding) == (2 - (name == "~{~}"), "utf-8")


@pytest.mark.parametrize("place", [0, 5, len(WESTERN)])
def test_a_bad_byte_costs_one_cell_and_no_other_accent(tmp_path: Path, place: int) -> None:
    lines = listed(WESTERN, "utf-8").splitlines(keepends=True)
    lines.insert(place + 1, b"99,M\xfcller\n")
    rows = reading(tmp_path, b"".join(lines))
    assert sorted(named(rows)) == sorted([*WESTERN, "M\ufffdller"])
    assert (rows.encoding, rows.unreadable_lines) == ("utf-8", 1)


def test_an_encoding_that_can_not_go_on_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError) as caught:
        list(reading(tmp_path, listed(WESTERN, "utf-8"), "idna"))
    assert caught.value.code == "encoding_wrong"


def test_a_pipe_is_read_as_a_file_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    content = listed(WESTERN, "cp1252")
    writer = threading.Thread(target=pipe.write_bytes, args=(content,))
    writer.start()
    rows = read_rows(pipe)
    assert (named(rows), rows.encoding) == (list(WESTERN), "cp1252")
    writer.join()
