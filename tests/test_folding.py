"""Comparing names without case, accents and punctuation."""

from __future__ import annotations

import sqlite3
import unicodedata
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.folding import fold, other_parts, parts, parts_alike, sort_key
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


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        pytest.param("Muller", "Müller", id="umlaut"),
        pytest.param("Mueller", "Müller", id="umlaut_written_out"),
        pytest.param("Müller", "Mueller", id="written_out_as_umlaut"),
        pytest.param("STRASSE", "Straße", id="sharp_s"),
        pytest.param("Soeren", "Søren", id="o_with_stroke"),
        pytest.param("Aakesson", "Åkesson", id="a_with_ring"),
        pytest.param("Djordje", "Đorđe", id="d_with_stroke"),
        pytest.param("ISIK", "Iş\u0131k", id="turkish_dotless_i"),
        pytest.param("istanbul", "İstanbul", id="turkish_dotted_i"),
        pytest.param("nguyen", "Nguyễn", id="vietnamese"),
        pytest.param("\uff53\uff4d\uff49\uff54\uff48", "Smith", id="full_width"),
        pytest.param("ﾔﾏﾀﾞ", "ヤマダ", id="half_width"),
        pytest.param("やまだ", "ヤマダ", id="hiragana"),
        pytest.param("\u1100\u1175\u11b7", "김", id="hangul_in_pieces"),
        pytest.param("νικος", "Νίκος", id="greek_tonos_and_final_sigma"),
        pytest.param("федоров", "Фёдоров", id="cyrillic_yo"),
        pytest.param("محمد", "مُحَمَّد", id="harakat"),
        pytest.param("احمد", "أحمد", id="alef_with_hamza"),
        pytest.param("اسراء", "إسراء", id="alef_with_hamza_below"),
        pytest.param("عبد الله", "عبد ٱلله", id="alef_wasla"),
        pytest.param("فاطمه", "فاطمة", id="ta_marbuta"),
        pytest.param("علی", "علي", id="persian_ya"),
        pytest.param("كريمي", "کریمی", id="persian_kaf"),
        pytest.param("محمد", "محمـــد", id="stretched"),
        pytest.param("\ufee3\ufea4\ufee4\ufeaa", "محمد", id="joined_forms"),
        pytest.param("שלום", "שָׁלוֹם", id="niqqud"),
        pytest.param("ד'קל", "ד\u05f3קל", id="geresh"),
        pytest.param("oneil", "O\u2019Neil", id="apostrophe"),
        pytest.param("Strasse 5", "Straße \u0665", id="arabic_digits"),
    ],
)
def test_a_name_is_typed_in_many_ways(typed: str, name: str) -> None:
    ways = {parts(name), *other_parts(name)}
    assert ways & {parts(typed), parts_alike(typed)}


def test_latin_names_that_are_typed_in_one_way_cost_nothing_more() -> None:
    assert other_parts("Maria Smith") == ()
    assert parts_alike("Maria Smith") == ("maria", "smith")


IN_ORDER = (
    *("Ääkkönen", "Abel, Ö.", "Alvarez", "Álvarez", "Anne Marie", "Anne-Marie", "d'Arcy", "de la Cruz"),
    *("İpek", "I\u015f\u0131k", "Łukasz", "Müller", "Munoz", "Munro", "Muñoz", "Ng", "O\u02bbneil", "O'Neill"),
    *("Øst", "Ostrow", "Straße", "Strasser", "van der Berg", "Zoë", "Αλέξης", "Мария", "דוד", "محمد", "山田", "李"),
)


@given(st.permutations(IN_ORDER))
def test_names_are_sorted_as_people_look_for_them(names: list[str]) -> None:
    assert tuple(sorted(names, key=sort_key)) == IN_ORDER
