"""Prints the figures that were asked of the kiosk: `python -m tests.bench [NAME...]`. Linux only; about ten minutes.

They depend on the machine and on what else runs there; the comparisons do so less.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from importlib import import_module

from tests.bench.figure import Figure, NotMeasurableError

SUBJECTS = (
    "first_frame",
    "next_screen",
    "busy_day",
    "reads",
    "calls",
    "finder",
    "deposit_call",
    "idle",
    "journal",
    "audit",
    "backup",
    "recovery",
    "throughput",
    "notices",
    "scans",
    "directory",
    "home_search",
    "parcel_page",
    "console",
    "console_pages",
    "large_bank",
    "fleet",
    "fleet_beside",
    "fleet_console",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure the kiosk.")
    parser.add_argument("name", nargs="*", choices=[*SUBJECTS, []], help="which figures; all without a name")
    names = parser.parse_args().name or SUBJECTS
    figures: list[Figure] = []
    left_out: list[str] = []
    failed = False
    try:
        for name in names:
            sys.stderr.write(f"measuring {name}...\n")
            try:
                figures += import_module(f"tests.bench.{name}").measure()
            except NotMeasurableError as error:
                left_out.append(f"Not measured here: {name} ({error})\n")
            except TimeoutError as error:  # what the measurement waits for never came: its fault or the program's
                left_out.append(f"FAILED: {name} ({error})\n")
                failed = True
    finally:  # a subject that fails does not take the figures along that were measured before it
        sys.stdout.write(table(figures) + "".join(left_out))
    if failed:
        sys.exit(1)


def table(figures: list[Figure]) -> str:
    """Return the figures as aligned text."""
    rows = [("Figure", "Value", "Asked for", "Reached")]
    rows += [(each.name, each.value, each.bound, _word(each.reached)) for each in figures]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        f"{name:<{widths[0]}}  {value:>{widths[1]}}  {bound:<{widths[2]}}  {reached}".rstrip()
        for name, value, bound, reached in rows
    ]
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, medians; the terminal is a pty of 80x24"
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:], "", machine, ""])


def _word(reached: bool | None) -> str:  # noqa: FBT001 - it is the value itself
    return "" if reached is None else "yes" if reached else "no"


if __name__ == "__main__":
    main()
