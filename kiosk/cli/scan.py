"""`kiosk scan`: what a barcode means. Needs no settings, no journal and no network."""

from __future__ import annotations

import argparse
import io
import sys

from kiosk.cli.exits import DONE, FAILED
from kiosk.cli.output import Fields, Output, error_fields
from kiosk.cli.standard_input import lines_of_input
from kiosk.errors import NoParcelNumberError, UnreadableScanError
from kiosk.parcels.carriers import CARRIER_NAMES
from kiosk.tracking.damage import Fault
from kiosk.tracking.other_codes import PRIVATE, Kind
from kiosk.tracking.scan import Ask, Scan, read_scan
from kiosk.words.errors import explain
from kiosk.words.language import N_, _
from kiosk.words.tracking import CHECKS, KINDS, what_happened

_ASKS = {
    Ask.IN_HOUSE: N_("Is it an in-house number? No carrier's number looks like it."),
    Ask.TWO: N_("Which carrier's is it? Several fit."),
    Ask.BAD: N_("Was it misread? The check digit is wrong."),
    Ask.GUESS: N_("Is it a tracking number? Other codes look the same."),
    Ask.LOOK_ALIKE: N_("Is it a tracking number, or something that looks like one?"),
    Ask.FAULT: N_("Is the number right?"),
}
_FAULTS = frozenset(Fault)
_PRIVATE = frozenset(kind.value for kind in PRIVATE)


def run(options: argparse.Namespace, output: Output) -> int:
    """Read one code, or with `-` one a line until the input ends."""
    if options.code != "-":
        return _one(options.code, output)
    if isinstance(sys.stdin, io.TextIOWrapper):
        # One line that is not in the terminal's encoding must not end the reading of all others.
        sys.stdin.reconfigure(errors="surrogateescape")
    for line in lines_of_input():
        raw = line.rstrip("\r\n")
        try:
            _print(read_scan(raw), output)
        except UnreadableScanError as error:
            if output.as_json:
                output.json({**_refused(raw, error), "error": error_fields(error)})
            else:
                output.words(explain(error).line)
    return DONE


def _one(raw: str, output: Output) -> int:
    try:
        scan = read_scan(raw)
    except UnreadableScanError as error:
        output.fail(error, _refused(raw, error))
        return FAILED
    _print(scan, output)
    return DONE


def _print(scan: Scan, output: Output) -> None:
    if output.as_json:
        output.json(_fields(scan))
        return
    output.record(
        {
            "trackingNumber": scan.tracking_number,
            "takenOff": ", ".join(scan.taken_off) or None,
            "kind": _(KINDS[scan.kind]) if scan.kind else None,
            "fault": what_happened(scan) or None,
            "asks": _(_ASKS[scan.asks]) if scan.asks else None,
        }
    )
    output.rows(
        [
            {
                "": CARRIER_NAMES[each.carrier],
                " ": each.format,
                "  ": each.tracking_number,
                "   ": _(CHECKS[each.check]),
            }
            for each in scan.candidates
        ]
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
        "asks": scan.asks.value if scan.asks else None,
        "kind": scan.kind.value if scan.kind else None,
        "fault": scan.fault.value if scan.fault else None,
        "halfOf": scan.half_of.value if scan.half_of else None,
        "layouts": scan.layouts,
        "split": (),
    }


def _refused(raw: str, error: UnreadableScanError) -> Fields:
    """Return what is known of a text that is no number; the text itself only where it tells nothing about anybody."""
    code, split = (error.code, error.split) if isinstance(error, NoParcelNumberError) else (None, ())
    kind = Kind.TEST_CODE.value if code is not None and code.startswith(Kind.TEST_CODE.value) else code
    return {
        "raw": None if code in _PRIVATE else raw,
        "trackingNumber": None,
        "takenOff": (),
        "candidates": (),
        "asks": None,
        "kind": None if kind in _FAULTS else kind,
        "fault": code if code in _FAULTS else None,
        "halfOf": None,
        "layouts": (),
        "split": split,
    }
