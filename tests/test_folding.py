"""Comparing names without case, accents and punctuation."""

from __future__ import annotations

import sqlite3
import unicodedata
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.folding import fold, parts
from kiosk.recipients.file import create


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Søren Åkesson", "soren akesson"),
        ("Łukasz Wałęsa", "lukasz walesa"),
        ("Eva STRAẞE", "eva strasse"),
        ("Æneas Ærø", "aeneas aero"),
        ("Đorđe", "dorde"),
        ("İbrahim Y\u0131ld\u0131z", "ibrahim yildiz"),
        ("Zdeněk", "zdenek"),
        ("\uff37ide", "wide"),
    ],
)
def test_letters_lose_case_and_accents(name: str, folded: str) -> None:
    assert fold(name) == folded
    assert fold(unicodedata.normalize("NFD", name)) == folded


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Huda al-Farsi", ("huda", "al", "farsi")),
        ("Shaun O'Neil", ("shaun", "oneil")),
        ("Smith, Maria (M.)", ("smith", "maria", "m")),
        ("王 小明", ("王", "小明")),
        (" - ", ()),
    ],
)
def test_names_come_apart_where_people_see_parts(name: str, expected: tuple[str, ...]) -> None:
    assert parts(name) == expected


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert parts(" ".join(parts(text))) == parts(text)


@given(st.text(min_size=1, max_size=12))
def test_an_index_finds_whatever_is_a_part(text: str) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        create(database)
        words = [part.encode(errors="replace").decode() for part in parts(text)]
        database.execute("INSERT INTO names (rowid, words) VALUES (1, ?)", (" ".join(words),))
        for word in words:
            found = database.execute("SELECT rowid FROM names WHERE names MATCH ?", (f'"{word}"*',)).fetchall()
            assert found == [(1,)], word
