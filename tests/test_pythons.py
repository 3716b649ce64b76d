"""Which Pythons the shorter part runs on, and what it consists of."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.pythons import LONG, PROJECT, ROOT, VERSIONS, find, short


def put(folder: Path, name: str, script: str, mode: int = 0o755) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(mode)
    return path


def test_the_first_that_works_stands_for_its_version(tmp_path: Path) -> None:
    put(tmp_path / "shims", "python3.13", "echo 'no such version' >&2; exit 127")
    works = put(tmp_path / "first", "python3.13", "echo 3.13")
    put(tmp_path / "second", "python3.13", "echo 3.13")
    put(tmp_path / "second", "python3.12", "echo 3.11")
    put(tmp_path / "second", "python3.14", "echo 3.14", mode=0o644)
    put(tmp_path / "second", "python3.13-config", "echo 3.13-config")
    put(tmp_path / "second", "python3.10", "echo 3.10")
    newer = put(tmp_path / "second", "python3.99", "echo 3.99")
    found = find(tmp_path / name for name in ("none", "shims", "first", "second"))
    assert list(found.items()) == [("3.13", works), ("3.99", newer)]


def test_a_real_python_is_found(tmp_path: Path) -> None:
    version = f"3.{sys.version_info.minor}"
    link = tmp_path / f"python{version}"
    link.symlink_to(Path(sys.base_prefix) / "bin" / link.name)
    assert find([tmp_path]) == {version: link}


def test_the_oldest_version_is_the_one_that_is_required() -> None:
    assert PROJECT["requires-python"] == f">={VERSIONS[0]}"
    assert list(VERSIONS) == sorted(VERSIONS, key=lambda version: int(version.partition(".")[2]))


def test_the_shorter_part_is_all_but_what_is_long_and_a_deposit_in_a_terminal() -> None:
    *units, deposit = short()
    everything = {path.relative_to(ROOT).parts[1] for path in (ROOT / "tests").rglob("test_*.py")}
    assert {Path(each).name for each in units} == everything - LONG
    path, _, test = deposit.partition("::")
    assert f"def {test.partition('[')[0]}(" in (ROOT / path).read_text("utf-8")
    assert {folder for folder in LONG if (ROOT / "tests" / folder).is_dir()} == LONG
