"""`kiosk scan`: what a barcode means. Needs no settings, no journal and no network."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kiosk.cli.exits import DONE
from kiosk.errors import UnreadableScanError
from kiosk.tracking.scan import Check, Scan, read_scan

if TYPE_CHECKING:
    import argparse

    from kiosk.cli.output import Fields, Output

_CHECKS = {Check.OK: "check digit right", Check.NONE: "no check digit", Check.BAD: "check digit wrong"}


def run(options: argparse.Namespace, output: Output) -> int:
    """Read one code, or with `-` one a line until the input ends."""
    if options.code != "-":
        _print(read_scan(options.code), output)
        return DONE
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="surrogateescape")
    for line in sys.stdin:
        raw = line.rstrip("\r\n")
        try:
            _print(read_scan(raw), output)
        except UnreadableScanError as error:
            if output.as_json:
                output.json({"raw": raw, "trackingNumber": None, "candidates": [], "error": str(error)})
            else:
                output.words(f"{error.title}: {error}")
    return DONE


def _print(scan: Scan, output: Output) -> None:
    if output.as_json:
        output.json(_fields(scan))
        return
    output.record({"trackingNumber": scan.tracking_number, "takenOff": ", ".join(scan.taken_off) or None})
    output.rows(
        [
            {"": each.carrier.value, " ": each.format, "  ": each.tracking_number, "   ": _CHECKS[each.check]}
            for each in scan.candidates
        ]
        or [{"": "No carrier's number: an in-house number."}]
    )


def _fields(scan: Scan) -> Fields:
    return {
        "raw": scan.raw,
        "trackingNumber": scan.tracking_number,
        "takenOff": scan.taken_off,
        "candidates": [
            {
                "carrier": each.carrier.value,
                "format": each.format,
                "trackingNumber": each.tracking_number,
                "check": each.check.value,
            }
            for each in scan.candidates
        ],
    }
