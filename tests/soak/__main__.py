"""The long runs: `python -m tests.soak [--rounds N] [SECTION...]`; prints figures, exit 1 when one is missed.

Each section is a module here with `measure(rounds) -> list[Figure]`; its `ROUNDS` are those of the long run.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from tests.bench.__main__ import table
from tests.bench.figure import Figure

SECTIONS = (
    *("memory", "stalls", "flood", "fuzz", "acts"),
    *("border", "settings", "answers", "commands", "surroundings", "endings", "lines"),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description="Use the kiosk for a long time.")
    parser.add_argument("section", nargs="*", choices=[*SECTIONS, []], help="which runs; all without a name")
    parser.add_argument("--rounds", type=int, help="a shorter run; each section has its own number if not given")
    options = parser.parse_args()
    figures: list[Figure] = []
    for name in options.section or SECTIONS:
        section = import_module(f"tests.soak.{name}")
        rounds = options.rounds or section.ROUNDS
        sys.stderr.write(f"{name}: {rounds} rounds...\n")
        figures += section.measure(rounds)
    sys.stdout.write(table(figures))
    return int(any(figure.reached is False for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
