"""What can be done with a parcel is the table's business: nobody else compares its state and decides by it.

Naming each state, as the words and the marks on the screens do, is no decision and stays free.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "kiosk" / "parcels"


def states_compared(source: str) -> Iterator[str]:
    """Yield each comparison of a parcel's state."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare) and any(_is_state(side) for side in (node.left, *node.comparators)):
            yield ast.unparse(node)


def _is_state(node: ast.expr) -> bool:
    if isinstance(node, ast.Set | ast.Tuple | ast.List):
        return any(_is_state(each) for each in node.elts)
    if not isinstance(node, ast.Attribute):
        return False
    owner = ast.unparse(node.value)
    return owner.split(".")[-1] == "ParcelState" or (node.attr == "state" and owner.split(".")[-1].endswith("parcel"))


def test_only_the_table_decides_by_a_parcels_state() -> None:
    """Screens show what the table offers; whoever records a step asks it again."""
    files = [
        path for room in ("kiosk", "screens") for path in (ROOT / room).rglob("*.py") if not path.is_relative_to(TABLE)
    ]
    found = [
        f"{path.relative_to(ROOT)}: {compared}"
        for path in files
        for compared in states_compared(path.read_text("utf-8"))
    ]
    assert len(files) > 200
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "parcel.state is ParcelState.RESERVED",
        "ParcelState.RESERVED == what",
        "self.parcel.state in HERE",
        "if what in {ParcelState.TAKEN_IN, ParcelState.RESERVED}: pass",
        "states.ParcelState.RESERVED != state",
    ],
)
def test_a_comparison_would_be_found(source: str) -> None:
    """However it is written."""
    assert list(states_compared(source))


def test_naming_states_is_no_comparison() -> None:
    """A table of marks by state decides nothing."""
    assert list(states_compared("marks = {ParcelState.RESERVED: '*'}\nunit.state is UnitState.FREE")) == []
