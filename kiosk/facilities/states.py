"""States and provinces by their two letters, however an address names them. The names are in `states.csv`."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Final

_TERRITORIES: Final = frozenset({"PR", "VI", "GU", "MP", "AS"})
"""They have country codes of their own (ISO 3166-1), which are the letters of the state too."""


def state_code(state: str, country_code: str = "") -> str:
    """Return the two letters of a state: of `va`, `D.C.`, `US-VA` (ISO 3166-2) or `Virginia`.

    A territory without one has its country's. What is none of these is returned as it is, in capitals.
    """
    name = " ".join(state.replace(".", "").split()).upper()
    if not name:
        country = country_code.strip().upper()
        return country if country in _TERRITORIES else ""
    code = name.removeprefix("US-").removeprefix("CA-")
    return code if len(code) == 2 else _codes().get(name, name)


@cache
def _codes() -> dict[str, str]:
    with Path(__file__).with_name("states.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"].upper(): row["code"] for row in csv.DictReader(file)}
