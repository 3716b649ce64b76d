"""How else a name may be typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.folding import parts
from kiosk.recipients.spellings import indexed_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ann Lee", "ann lee"),
        ("Jürgen Müller", "jurgen muller juergen mueller"),
        ("Juergen Mueller", "juergen mueller jurgen muller"),
        ("Sue Boe, Israel Quentin", "sue boe israel quentin"),
        ("Manuela", "manuela manula"),
        ("李小龙", "李小龙 小龙 龙"),
        ("王 小明", "王 小明 明 王小明"),
        ("Ana Ana", "ana ana"),
        ("", ""),
    ],
)
def test_a_name_is_indexed_by_its_spellings(name: str, words: str) -> None:
    assert indexed_words(name) == words


@given(st.text())
def test_every_part_of_a_name_is_among_its_spellings(name: str) -> None:
    assert set(parts(name)) <= set(indexed_words(name).split())
