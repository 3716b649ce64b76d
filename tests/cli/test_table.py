"""A table for people: one endless name from outside must not stretch it, and no id is cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from kiosk.cli.prose import LONGEST_PROSE, Prose
from kiosk.cli.table import draw
from tests.cli.harness import Kiosk

NUMBER = "9" * 90


@pytest.mark.parametrize("name", ["Very Long " * 30, "山田太郎郵便局" * 40, "مكتب البريد " * 30, "x" * 300])
def test_a_name_takes_a_bounded_width_and_few_lines_and_an_id_stays_whole(name: str) -> None:
    rows = [
        {"Number": NUMBER, "Name": Prose(name), "Now": "open"},
        {"Number": "1", "Name": Prose("Ana"), "Now": "open"},
    ]
    wide = draw(rows, 10_000).splitlines()
    assert max(map(cell_len, wide)) <= len(NUMBER) + LONGEST_PROSE + len("open") + 4
    assert NUMBER in wide[1]
    assert "…" in wide[1]
    narrow = draw(rows, 80).splitlines()
    assert max(map(cell_len, narrow)) <= 80
    assert len(narrow) <= 8
    assert "9" * 90 in "".join(line.split()[0] for line in narrow[1:-1])


def test_a_list_of_people_is_cut_for_people_and_whole_for_programs(kiosk: Kiosk, tmp_path: Path) -> None:
    name = "Ana " + "Maria" * 60
    (tmp_path / "people.csv").write_text(f"id,name,department\n{NUMBER},{name},{'Physics ' * 40}\n2,Ana Lin,Physics\n")
    assert kiosk("recipients", "import", str(tmp_path / "people.csv")).code == 0
    lines = kiosk("recipients", "search", "ana").out.splitlines()
    assert max(map(len, lines)) < len(NUMBER) + 2 * (LONGEST_PROSE + 2) + 20
    assert any(NUMBER in line for line in lines)
    assert name in [each["name"] for each in kiosk("recipients", "search", "ana", "--json").json]
