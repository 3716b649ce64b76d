"""The weekly hours of the simulated facilities, in every spelling that samples and habits have."""

from __future__ import annotations

from typing import Any

DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
WORKDAYS, WEEK = DAYS[:5], DAYS

Timings = tuple[tuple[str, str], ...]

PATTERNS: dict[str, tuple[tuple[tuple[str, ...], Timings], ...]] = {
    # The two samples, each with its own spelling.
    "office": ((WORKDAYS, (("08:00:00", "16:00:00"),)), (("SATURDAY",), (("09:00:00", "12:00:00"),))),
    "early": ((WORKDAYS, (("6:00:00", "18:00:00"),)), (("SATURDAY",), (("8:00:00", "12:00:00"),))),
    "weekdays": ((WORKDAYS, (("09:00:00", "17:00:00"),)),),
    "lunch": (
        (WORKDAYS, (("08:30:00", "12:00:00"), ("13:00:00", "16:30:00"))),
        (("SATURDAY",), (("09:00:00", "11:00:00"),)),
    ),
    "lunch_short": ((WORKDAYS, (("9:00:00", "12:30:00"), ("13:30:00", "18:00:00"))),),
    "long": ((WORKDAYS, (("07:30:00", "19:00:00"),)), (("SATURDAY",), (("08:00:00", "15:00:00"),))),
    "shop": ((WORKDAYS, (("9:00", "18:30"),)), (("SATURDAY",), (("10:00", "16:00"),))),
    "mart": ((WEEK, (("7:00:00", "23:00:00"),)),),
    "sunday": ((WEEK[:6], (("08:00:00", "20:00:00"),)), (("SUNDAY",), (("10:00:00", "16:00:00"),))),
    "always": ((WEEK, (("00:00:00", "24:00:00"),)),),
    "late": ((WEEK, (("16:00:00", "02:00:00"),)),),
    "appointment": ((WORKDAYS[:4], (("10:00:00", "15:00:00"),)), (("FRIDAY",), (("by appointment", ""),))),
    "odd": (
        (WORKDAYS[:3], (("08:00:00", "16:00:00"),)),
        (("THURSDAY",), (("12:00 noon", "8pm"),)),
        (("FRIDAY",), (("00:00:00", "00:00:00"),)),
        (("SATURDAY",), ()),
    ),
    "none": (),
}
"""By name: days and their timings. A day that is closed is not listed."""


def hours_json(pattern: str) -> list[dict[str, Any]]:
    """Write a pattern as facilityHours."""
    return [
        {"day": day, "facilityTimings": [{"closesAt": closes, "opensAt": opens} for opens, closes in timings]}
        for days, timings in PATTERNS[pattern]
        for day in days
    ]
