"""The error for each kind of code that can't be taken, and for each fault; its code is the kind's or the fault's."""

from __future__ import annotations

from kiosk.errors import NoParcelNumberError
from kiosk.tracking.damage import Fault
from kiosk.tracking.other_codes import Kind
from kiosk.tracking.testcode import Found

NO_LABEL = "text"
"""Lines of text of which none is a parcel's number."""


def refusal(kind: Kind) -> NoParcelNumberError:
    """Return the error for what can never be taken (`NEVER_STORED`)."""
    return NoParcelNumberError(kind.value)


def test_code(found: Found) -> NoParcelNumberError:
    """Return the error for the code that tests scanners, with what this scan of it told."""
    if not found.numbers_are_right:
        return NoParcelNumberError("test_code_layout", layout=found.layout.name)
    if found.caps_lock:
        return NoParcelNumberError("test_code_caps_lock")
    if found.before or found.behind:
        return NoParcelNumberError("test_code_with_signs")
    return NoParcelNumberError(Kind.TEST_CODE.value)


def no_label() -> NoParcelNumberError:
    """Return the error for lines of text of which none is a parcel's number."""
    return NoParcelNumberError(NO_LABEL)


def two_labels(numbers: tuple[str, ...]) -> NoParcelNumberError:
    """Return the error for several labels that were read as one line."""
    return NoParcelNumberError(Fault.TWO_LABELS.value, split=numbers, numbers=numbers)


def rounded() -> NoParcelNumberError:
    """Return the error for a number of which a spreadsheet has kept only the beginning."""
    return NoParcelNumberError(Fault.FLOAT.value)
