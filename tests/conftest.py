"""Says in one line what this machine left out of a run, and how to get it.

A test that needs something of the machine is skipped by a mark whose reason names what is missing and what to install.
A skip while its module is imported would not be told: with xdist the workers keep it to themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    line = left_out(report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    if line:
        terminalreporter.line("")
        terminalreporter.line(line)


def left_out(reasons: Iterable[str]) -> str:
    """Return the line for the reasons of all skipped tests; empty without any."""
    counted = Counter(reason.removeprefix("Skipped: ") for reason in reasons)
    told = [f"{count} test{'s' if count > 1 else ''} ({reason})" for reason, count in counted.most_common()]
    return f"Left out on this machine: {', '.join(told)}" if told else ""
