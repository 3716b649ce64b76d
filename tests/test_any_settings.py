"""Anything in the place of the settings, short: `make soak` runs the same with many times as much."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.soak.settings import KEYS, KINDS, read


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_any_settings_are_read_or_a_sentence(kind: Callable[[int], None]) -> None:
    kind(1000)


@pytest.mark.parametrize("value", ["true", '"text"', "[]", "{}", "1979-05-27", "07:32:00", "inf", "-nan"])
def test_any_kind_of_value_of_any_setting_is_read_or_a_sentence(tmp_path: Path, value: str) -> None:
    path = tmp_path / "kiosk.toml"
    for key in (*KEYS, ("desk",), ("console", "roles", "ana")):
        path.write_text(f"{'.'.join(key)} = {value}\n")
        read(path, {})
