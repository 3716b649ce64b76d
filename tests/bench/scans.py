"""How fast a barcode is read, alone and by the command, and that no text at all breaks the reading."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from statistics import median

from kiosk.errors import UnreadableScanError
from kiosk.tracking.formats import FORMATS
from kiosk.tracking.scan import read_scan
from tests.bench.figure import Figure

CODES, RANDOM_TEXTS, RUNS = 100_000, 1_000_000, 5
REAL = (
    "1Z999AA10123456784",
    "420221539101026837331000039521",
    "9400111202555842332669",
    "986578788855",
    "9622001900000000000000776632517510",
    "RB123456785GB",
    "TBA619632698000",
    "PO 4711-B",
)
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdxyz +-]./$:\x1d\u00e4\u4e00\ud800"


def measure() -> list[Figure]:
    one = _microseconds()
    a_second = _by_the_command()
    return [
        Figure("Reading one barcode", f"{one:.1f} \N{MICRO SIGN}s", "under 100 \N{MICRO SIGN}s", reached=one < 100),
        Figure(
            "kiosk scan - --json, codes a second", f"{a_second:,.0f}", "at least 20,000", reached=a_second >= 20_000
        ),
        Figure("Random texts read without an exception", f"{_random_texts():,}", f"{RANDOM_TEXTS:,}", reached=True),
    ]


def _microseconds() -> float:
    rounds = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        for place in range(CODES):
            read_scan(REAL[place % len(REAL)])
        rounds.append((time.perf_counter() - begin) / CODES * 1e6)
    return median(rounds)


def _by_the_command() -> float:
    codes = "".join(f"{REAL[place % len(REAL)]}\n" for place in range(CODES))
    command = [sys.executable, "-m", "kiosk", "scan", "-", "--json"]
    begin = time.perf_counter()
    done = subprocess.run(command, input=codes, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    seconds = time.perf_counter() - begin
    assert done.stdout.count("\n") == CODES
    return CODES / seconds


def _random_texts() -> int:
    """Read texts of the signs that scanners send, of every length that a format has; raises what should not be."""
    rng = random.Random(1)
    lengths = [length for row in FORMATS for length in row.lengths] + [0, 1, 2, 3, 99, 100, 101]
    for done in range(RANDOM_TEXTS):
        signs = SIGNS[:10] if done % 2 else SIGNS
        try:
            read_scan("".join(rng.choices(signs, k=rng.choice(lengths))))
        except UnreadableScanError:
            continue
    return RANDOM_TEXTS
