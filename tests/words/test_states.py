"""How codes read in another language: the front ends show words, what lasts keeps its codes."""

from __future__ import annotations

import pytest

from kiosk.words.language import speaking
from kiosk.words.states import code_word, size_word


@pytest.mark.parametrize(
    ("field", "code", "word"),
    [
        ("size", "small", "klein"),
        ("size", "mlarge", "extragroß"),
        ("size", "drone-pad", "drone-pad"),
        ("role", "operator", "Technik"),
        ("role", "desk_4", "desk_4"),
        ("contactType", "recipient", "Empfänger"),
        ("contactType", "robot", "robot"),
        ("origin", "local", "lokal"),
        ("origin", "203.0.113.7", "203.0.113.7"),
        ("reason", "small", "small"),
    ],
)
def test_a_code_reads_as_its_field_says(field: str, code: str, word: str) -> None:
    assert code_word(field, code) == code
    with speaking("de"):
        assert code_word(field, code) == word


def test_a_locker_of_no_known_size_has_no_word() -> None:
    assert size_word(None) == ""
