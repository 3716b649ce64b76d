"""Breaks the product in one place after the other and wants the named test to fail: `python -m tests.mutations [WORD]`.

With a word, only the mutations whose names hold it. Exit code 1 if one survives.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue

from tests.mutations.mutation import ROOT, Mutation
from tests.mutations.table import MUTATIONS

AT_ONCE = 2
SECONDS = 60
"""For one test; a mutation under which it hangs is not caught by it."""


class Verdict(StrEnum):
    """What became of a mutation."""

    CAUGHT = "caught"
    SURVIVED = "SURVIVED"
    BROKEN = "BROKEN"
    """The test failed for another reason than a broken promise: the program no longer makes sense."""


def main() -> int:
    words = sys.argv[1:]
    chosen = [each for each in MUTATIONS if all(word in each.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder, ThreadPoolExecutor(AT_ONCE) as threads:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(AT_ONCE):
            copies.put(_copied(Path(folder) / str(number)))
        verdicts = []
        for mutation, (verdict, said) in zip(
            chosen, threads.map(lambda each: _tried(each, copies), chosen), strict=True
        ):
            verdicts.append(verdict)
            sys.stdout.write(f"{verdict:9} {mutation.name}\n          {mutation.caught_by}: {said}\n")
            sys.stdout.flush()
    caught = verdicts.count(Verdict.CAUGHT)
    sys.stdout.write(f"{caught} of {len(verdicts)} mutations are caught.\n")
    return int(not verdicts or caught < len(verdicts))


def _copied(folder: Path) -> Path:
    """Copy the checkout as it stands, without what git ignores."""
    listed = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def _tried(mutation: Mutation, copies: SimpleQueue[Path]) -> tuple[Verdict, str]:
    folder = copies.get()
    try:
        with _mutated(folder / mutation.file, mutation):
            return _run(folder, mutation.caught_by)
    finally:
        copies.put(folder)


@contextmanager
def _mutated(file: Path, mutation: Mutation) -> Iterator[None]:
    before = file.read_text("utf-8")
    file.write_text(mutation.applied_to(before), "utf-8")
    try:
        yield
    finally:
        file.write_text(before, "utf-8")


def _run(folder: Path, test: str) -> tuple[Verdict, str]:
    """Run a test in a copy; return the verdict, and what the test said in the end."""
    options = ("-n", "0", "-x", "-q", "-p", "no:cacheprovider", "-o", "addopts=--import-mode=importlib", "--tb=line")
    result = subprocess.run(  # noqa: S603 - our own tests
        [sys.executable, "-B", "-m", "pytest", *options, f"--timeout={SECONDS}", f"tests/{test}"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        check=False,
        capture_output=True,
        text=True,
    )
    lines = result.stdout.splitlines()
    said = next((line.strip() for line in reversed(lines) if line.startswith(("E  ", str(folder), "/"))), "")
    if result.returncode == 0:
        return Verdict.SURVIVED, lines[-1] if lines else ""
    has_failed = any(line.startswith("FAILED tests/") for line in lines)
    makes_sense = not re.search(r"\b(Import|Name|Syntax|Attribute)Error\b|Timeout", said)
    return (Verdict.CAUGHT if has_failed and makes_sense else Verdict.BROKEN), said or result.stdout[-300:]


if __name__ == "__main__":
    sys.exit(main())
