"""What may stand in a line, on any terminal."""

from __future__ import annotations

import pytest

from kiosk.plain.signs import lines_of, writable


@pytest.mark.parametrize(
    ("text", "encoding", "written"),
    [
        pytest.param("Zoë Åkesson", "utf-8", "Zoë Åkesson", id="all signs there"),
        pytest.param("Zoë Åkesson", "ascii", "Zoe Akesson", id="accents go"),
        pytest.param("Weiß · Łódź…", "ascii", "Weiss . Lodz...", id="letters without parts, and signs"),
        pytest.param("Zoë “王”", "latin-1", 'Zoë "?"', id="some signs there"),
        pytest.param("a\x1b[31mb\x07\x9bc", "utf-8", "a·[31mb··c", id="control signs"),
        pytest.param("a\nb", "ascii", "a\nb", id="line feeds stay"),
    ],
)
def test_what_a_terminal_lacks_is_written_in_plain_signs(text: str, encoding: str, written: str) -> None:
    assert writable(text, encoding) == written


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("put it in", 20, ["put it in"], id="fits"),
        pytest.param("put it in locker 12", 10, ["put it in", "locker 12"], id="between words"),
        pytest.param("1Z999AA10123456784", 10, ["1Z999AA101", "23456784"], id="a long word is cut"),
        pytest.param("王王王王", 5, ["王王", "王王"], id="wide signs take two cells"),
        pytest.param("", 5, [""], id="nothing"),
    ],
)
def test_a_line_is_no_wider_than_the_terminal(text: str, width: int, lines: list[str]) -> None:
    assert list(lines_of(text, width)) == lines
