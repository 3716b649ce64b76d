"""Runs the shorter part of the tests on every other Python of this machine: `python -m tests.pythons`.

Each gets an environment of its own, `.venv-3.13` and so on. The whole suite on one of them: `make test
VENV=.venv-3.13 PYTHON=/path/to/python3.13`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
VERSIONS = tuple(name.rpartition(" ")[2] for name in PROJECT["classifiers"])
"""The versions that pyproject.toml names, oldest first; a newer one that is found is tried as well."""
LONG = {"bench", "chaos", "e2e", "pictures", "screens"}
"""Folders of tests that only the whole suite runs."""
DEPOSIT = "tests/e2e/test_pty.py::test_a_whole_deposit_typed_into_a_terminal[truecolor]"
"""Stands for the long ones: a parcel's whole way in a terminal."""
DEPRECATIONS = "error::DeprecationWarning,error::PendingDeprecationWarning"
"""For the programs that the tests start; in the tests themselves pyproject.toml makes every warning an error."""

_NAME = re.compile(r"python3\.\d+")
# What the kiosk needs, and an environment; a shim that stands for no Python and a Python without them fail.
_PROBE = (
    "import ensurepip, sqlite3, ssl, sys, venv;"
    "assert sys.version_info.releaselevel == 'final';"
    "print('%d.%d' % sys.version_info[:2])"
)


def main() -> None:
    own = f"3.{sys.version_info.minor}"
    pythons = {version: path for version, path in find(folders()).items() if version != own}
    failed = [version for version, path in pythons.items() if not _passes(version, path)]
    missing = [version for version in VERSIONS if version not in {own, *pythons}]
    if missing:
        sys.stdout.write(f"Not tried here: {', '.join(missing)}: no such Python on this machine\n")
    if failed:
        sys.exit(f"Failed on Python {', '.join(failed)}")


def folders() -> Iterator[Path]:
    """Return where Pythons may be: PATH, and pyenv's versions, whose names on PATH answer for the chosen one only."""
    yield from (Path(entry) for entry in os.get_exec_path())
    yield from sorted(Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser().glob("versions/3.*/bin"))


def find(places: Iterable[Path]) -> dict[str, Path]:
    """Return the first Python of each version that works, is new enough and no pre-release; oldest version first."""
    found: dict[str, Path] = {}
    for path in (path for place in places for path in sorted(place.glob("python3.*"))):
        version = path.name.removeprefix("python")
        if version not in found and _NAME.fullmatch(path.name) and _minor(version) >= _minor(VERSIONS[0]):
            found |= {version: path} if _answer(path) == version else {}
    return dict(sorted(found.items(), key=lambda each: _minor(each[0])))


def _minor(version: str) -> int:
    return int(version.partition(".")[2])


def short(tests: Path = ROOT / "tests") -> list[str]:
    """Return the shorter part as arguments for pytest."""
    units = sorted(f"tests/{path.name}" for path in tests.iterdir() if _holds_tests(path) and path.name not in LONG)
    return [*units, DEPOSIT]


def _holds_tests(path: Path) -> bool:
    return any(path.rglob("test_*.py")) if path.is_dir() else path.match("test_*.py")


def _answer(path: Path) -> str:
    try:
        ended = subprocess.run([path, "-c", _PROBE], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):  # it can't be executed, or is none
        return ""
    return ended.stdout.strip()


def _passes(version: str, path: Path) -> bool:
    sys.stdout.write(f"The shorter part on Python {version} ({path})\n")
    sys.stdout.flush()
    environment = f".venv-{version}"
    made = ["make", "venv", f"VENV={environment}", f"PYTHON={path}"]
    tested = [f"{environment}/bin/python", "-m", "pytest", *short()]
    variables = os.environ | {"PYTHONWARNINGS": DEPRECATIONS}
    return _runs(made, os.environ) and _runs(tested, variables)


def _runs(command: list[str], variables: Mapping[str, str]) -> bool:
    return not subprocess.run(command, cwd=ROOT, env=dict(variables), check=False).returncode  # noqa: S603 - our own command


if __name__ == "__main__":
    main()
