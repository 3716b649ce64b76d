"""One measured figure, and runs that take turns so that a busy moment of the machine hits both sides alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """What was measured; `bound` and `reached` only where a bound was asked for."""

    name: str
    value: str
    bound: str = ""
    reached: bool | None = None


class NotMeasurableError(Exception):
    """This machine lacks what a subject needs; the message says what, and how to get it."""


def ratio(name: str, ours: float, bare: float, most: float) -> Figure:
    """Return how many times as long ours takes, against the most that is allowed."""
    times = ours / bare
    return Figure(name, f"{times:.2f} x", f"at most {most:g} x", reached=times <= most)


def milliseconds(name: str, seconds: float) -> Figure:
    return Figure(name, f"{seconds * 1000:.0f} ms")


def take_turns(runs: int, *sides: Callable[[], tuple[float, ...]]) -> list[tuple[float, ...]]:
    """Run each side so often, in turns and once before for warm caches; return the medians of what each returns."""
    measured: list[list[tuple[float, ...]]] = [[] for _ in sides]
    for turn in range(runs + 1):
        for side, kept in zip(sides, measured, strict=True):
            values = side()
            if turn:
                kept.append(values)
    return [tuple(median(column) for column in zip(*kept, strict=True)) for kept in measured]
