"""What is said where a code can't be taken: the error for each kind and fault, in the clerk's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import NoParcelNumberError
from kiosk.tracking.damage import Fault
from kiosk.tracking.other_codes import Kind

if TYPE_CHECKING:
    from kiosk.tracking.testcode import Found

_ON_THE_LABEL = "Scan the barcode over the tracking number instead."
_NOT_A_LABEL = "Nothing was stored. Scan the barcode of the shipping label."

_SENTENCES: dict[Kind, tuple[str, str]] = {
    Kind.ROUTING: ("This is a routing code: it says where the parcel goes, not which parcel it is.", _ON_THE_LABEL),
    Kind.WIFI: ("This is the code of a Wi-Fi network.", _NOT_A_LABEL),
    Kind.CONTACT: ("This is somebody's contact card.", _NOT_A_LABEL),
    Kind.CALENDAR: ("This is a date for a calendar.", _NOT_A_LABEL),
    Kind.PAYMENT: ("This is a payment code of an invoice.", _NOT_A_LABEL),
    Kind.SECRET: ("This code unlocks a device or an account.", _NOT_A_LABEL),
    Kind.IDENTITY: ("This is the code of an identity document or a boarding pass.", _NOT_A_LABEL),
    Kind.LINK: ("This code is for a telephone: a number to call, a message or a place.", _NOT_A_LABEL),
    Kind.WEB_ADDRESS: ("This is a web address without a tracking number.", _NOT_A_LABEL),
    Kind.DATA: ("This code holds data for another program, no tracking number.", _NOT_A_LABEL),
    Kind.POSTAGE: ("This is a stamp (Royal Mail Mailmark), no tracking number.", _ON_THE_LABEL),
    Kind.LABEL_DATA: ("This 2D code of a label holds no tracking number that can be read.", _ON_THE_LABEL),
}


def refusal(kind: Kind) -> NoParcelNumberError:
    """Return the error for what can never be taken (`NEVER_STORED`)."""
    sentence, hint = _SENTENCES[kind]
    return NoParcelNumberError(sentence, code=kind.value, hint=hint)


def test_code(found: Found) -> NoParcelNumberError:
    """Return the error for the code that tests scanners, with what this scan of it told."""
    if not found.numbers_are_right:
        how = f"it came in the signs of another keyboard: {found.layout.name}"
    elif found.caps_lock:
        how = "it came with Caps Lock on"
    elif found.before or found.behind:
        how = "it came with signs around it"
    else:
        how = "it came as it should"
    hint = "Nothing was stored. F1, then F2, tests the scanner; so does `kiosk check --scanner`."
    return NoParcelNumberError(f"This is the scanner's test code, and {how}.", code=Kind.TEST_CODE.value, hint=hint)


def no_label() -> NoParcelNumberError:
    """Return the error for lines of text of which none is a parcel's number."""
    return NoParcelNumberError("This is a text without a tracking number.", code="text", hint=_NOT_A_LABEL)


def two_labels(numbers: tuple[str, ...]) -> NoParcelNumberError:
    """Return the error for several labels that were read as one line."""
    return NoParcelNumberError(
        f"Several labels were read as one: {', '.join(numbers)}.",
        code=Fault.TWO_LABELS.value,
        hint="Scan them one after the other.",
        split=numbers,
    )


def rounded() -> NoParcelNumberError:
    """Return the error for a number of which a spreadsheet has kept only the beginning."""
    return NoParcelNumberError(
        "A spreadsheet has rounded this number; its last digits are lost.",
        code=Fault.FLOAT.value,
        hint="Scan the label, or format the column as text and copy the number again.",
    )
