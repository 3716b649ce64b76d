"""Compares a journal with the labels that were scanned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tests.scanner.traffic import Day


def differences(history: Sequence[dict[str, Any]], day: Day) -> list[str]:
    """Return how a journal differs from one parcel for each label and nothing else; no two labels are of one box."""
    scanned = Counter(label.number for label in day.labels)
    taken = Counter(each["body"]["trackingNumber"] for each in history if each["type"] == "parcel_taken_in")
    wrong = [f"lost {number}" for number in (scanned - taken).elements()]
    wrong += [f"never scanned {number}" for number in (taken - scanned).elements()]
    wrong += [f"{each['type']} {each['body']}" for each in history if each["type"] != "parcel_taken_in"]
    return [f"{each} ({day.scanner})" for each in wrong]
