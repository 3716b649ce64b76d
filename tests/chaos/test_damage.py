"""The damage run, short; `python -m tests.chaos --scenario damage` is the long one."""

from __future__ import annotations

from pathlib import Path

from tests.chaos.damage import damage


def test_no_damage_of_the_file_ends_raw_and_none_is_called_sound_that_reads_otherwise(tmp_path: Path) -> None:
    result = damage(tmp_path, damages=60, seed=7)
    assert not result.wrong, "\n".join(result.wrong)
    assert result.count["unharmed"] < 15 < result.count["noticed"], result
