"""What is said where a scan can't be taken; the codes are those of `kiosk/tracking/other_codes.py` and `damage.py`."""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_ON_THE_LABEL = N_("Scan the barcode above the tracking number instead.")
_NOT_A_LABEL = N_("Nothing was stored. Scan the barcode of the shipping label.")
_SCANNER_TEST = N_("Nothing was stored. To test the scanner, press F1, then F2.")

TEXTS: dict[str, Text] = {
    "scan_empty": Text(N_("The scan was empty.")),
    "scan_too_long": Text(N_("The scan has {length} characters. A tracking number has no more than {longest}.")),
    "no_one_number": Text(N_("This text can't be read as a single tracking number.")),
    "routing": Text(
        N_("This is a routing code. It shows where the parcel is going, not which parcel it is."), _ON_THE_LABEL
    ),
    "wifi": Text(N_("This code is for joining a Wi-Fi network."), _NOT_A_LABEL),
    "contact": Text(N_("This is a contact card."), _NOT_A_LABEL),
    "calendar": Text(N_("This is a calendar entry."), _NOT_A_LABEL),
    "payment": Text(N_("This is the payment code on an invoice."), _NOT_A_LABEL),
    "secret": Text(N_("This code unlocks a device or an account."), _NOT_A_LABEL),
    "identity": Text(N_("This code is from an ID document or a boarding pass."), _NOT_A_LABEL),
    "link": Text(N_("This code is for a phone: a number to call, a message or a map location."), _NOT_A_LABEL),
    "web_address": Text(N_("This is a web address with no tracking number in it."), _NOT_A_LABEL),
    "data": Text(N_("This code is data for another program, with no tracking number in it."), _NOT_A_LABEL),
    "postage": Text(N_("This is postage (Royal Mail Mailmark), not a tracking number."), _ON_THE_LABEL),
    "label_data": Text(N_("There is no readable tracking number in this 2D code."), _ON_THE_LABEL),
    "text": Text(N_("This is text with no tracking number in it."), _NOT_A_LABEL),
    "test_code": Text(N_("This is the scanner test code, and it was read correctly."), _SCANNER_TEST),
    "test_code_layout": Text(
        N_("This is the scanner test code, but it was read through another keyboard layout: {layout}."), _SCANNER_TEST
    ),
    "test_code_caps_lock": Text(N_("This is the scanner test code, but it was read with Caps Lock on."), _SCANNER_TEST),
    "test_code_with_signs": Text(
        N_("This is the scanner test code, but it was read with extra characters around it."), _SCANNER_TEST
    ),
    "two_labels": Text(N_("Several labels were read as one: {numbers}."), N_("Scan them one at a time.")),
    "spreadsheet_float": Text(
        N_("A spreadsheet rounded this number, so its last digits are lost."),
        N_("Scan the label, or format the column as text in the spreadsheet and copy the number again."),
    ),
}
