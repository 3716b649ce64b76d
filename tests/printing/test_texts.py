"""Texts for paper: what is drawn of them, and where they are broken."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.printing.texts import clusters, is_coded, on_one_line, runs_leftward, wrapped


@given(st.text())
def test_any_text_becomes_one_line_of_signs_that_can_be_drawn(text: str) -> None:
    line = on_one_line(text)
    assert line.encode() or not line
    assert line == line.strip() == on_one_line(line)
    assert not [sign for sign in line if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Isla\t\n Stanton\x00", "Isla Stanton"),
        ("Zoe\u0308", "Zo\xeb"),
        ("a\u202eb\u2066c\ufeff", "abc"),
        ("\u06cc\u200c\u062e", "\u06cc\u200c\u062e"),
        ("a\ud800", "a\ufffd"),
        ("\x1b[31mred", "[31mred"),
    ],
)
def test_what_is_no_sign_is_left_out(text: str, line: str) -> None:
    assert on_one_line(text) == line


@given(st.text(), st.integers(min_value=1, max_value=30))
def test_no_line_is_too_wide_and_no_sign_is_lost(text: str, width: int) -> None:
    text = on_one_line(text)
    lines = wrapped(text, lambda line: len(line) <= width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= width or len(clusters(line)) == 1 for line in lines)


def test_a_text_is_broken_between_words_first() -> None:
    assert wrapped("Hubert Blaine Wolfeschlegel", lambda line: len(line) <= 14) == ["Hubert Blaine", "Wolfeschlegel"]
    assert wrapped("Hubert Blaine Wolfeschlegel", lambda line: len(line) <= 6) == [
        "Hubert",
        "Blaine",
        "Wolfes",
        "chlege",
        "l",
    ]


def test_marks_stay_with_their_sign() -> None:
    assert clusters("ne\u0301e\u200d!\ufe0f") == ["n", "e\u0301", "e\u200d", "!\ufe0f"]
    assert wrapped("ne\u0301", lambda line: len(line) <= 2) == ["n", "e\u0301"]


@pytest.mark.parametrize(
    ("text", "leftward"), [("Isla", False), ("שרה Levi", True), ("12 محمد", True), ("Levi שרה", False), ("12", False)]
)
def test_the_first_letter_decides_the_direction(text: str, *, leftward: bool) -> None:
    assert runs_leftward(text) is leftward


@pytest.mark.parametrize(("text", "coded"), [("T1", True), ("", False), ("\ud800", False), ("ä" * 151, False)])
def test_a_code_holds_what_can_be_read(text: str, *, coded: bool) -> None:
    assert is_coded(text) is coded
