"""The printer can't print; whether anything came out decides what may be done next."""

from __future__ import annotations

from kiosk.errors.base import KioskError


class PrinterError(KioskError):
    """Nothing was printed, and it will not be until somebody mends what the code names."""

    code = "printer_failed"


class PrinterAwayError(PrinterError):
    """Nothing was printed, and in a moment it may be: the printer is off, busy or out of paper."""

    code = "printer_unreachable"
    retryable = True


class MaybePrintedError(PrinterError):
    """The job left, in part or whole, and its end was not seen: paper may have come out."""

    code = "printer_stuck"
