"""What keeps the printer from printing, in a few words with what to do: for a line that has room for no more."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.errors import PrinterError
from kiosk.words.language import N_, _

_NO_PAPER = N_("printer out of paper: put some in")
_OPEN = N_("printer open: close it")
_AWAY = N_("printer does not answer: switch it on")
_STUCK = N_("printer stopped: look at it")

_SIGNS: Mapping[str, str] = {
    "printer_out_of_paper": _NO_PAPER,
    "printer_out_of_paper_midway": _NO_PAPER,
    "printer_cover_open": _OPEN,
    "printer_cover_open_midway": _OPEN,
    "printer_unreachable": _AWAY,
    "printer_refused": _AWAY,
    "printer_busy": _STUCK,
    "printer_stuck": _STUCK,
    "printer_broke_off": _STUCK,
}


def printer_sign(error: PrinterError) -> str:
    """Return what is wrong with the printer and what to do; what only an operator can mend is told as that."""
    return _(_SIGNS.get(error.code, N_("printer does not print: tell the operator")))
