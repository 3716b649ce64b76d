"""The screens of the clerk by name, and how one is found. No screen is imported here before it is wanted."""

from __future__ import annotations

from importlib import import_module
from typing import Any

SCREENS_BY_NAME = {
    "number": "screens.clerk.number:NumberScreen",
    "label": "screens.clerk.label:LabelScreen",
    "recipient": "screens.clerk.recipient:RecipientScreen",
    "contact id": "screens.clerk.contact_id:ContactIdScreen",
    "hold": "screens.clerk.hold:HoldScreen",
    "locker": "screens.clerk.locker:LockerScreen",
    "put in": "screens.clerk.put_in:PutInScreen",
    "code": "screens.clerk.code:CodeScreen",
    "code again": "screens.clerk.code:CodeAgainScreen",
    "parcel": "screens.clerk.parcel:ParcelPageScreen",
    "finder": "screens.finder.search:FinderScreen",
    "facility": "screens.finder.facility:FacilityScreen",
    "facility choices": "screens.finder.choices:FacilityChoicesScreen",
    "facility address": "screens.finder.address:FacilityAddressScreen",
    "scanner test": "screens.clerk.scanner_test:ScannerTestScreen",
}
"""The finder and its pages, and the scanner test, lie on top of another screen; every
other one is about a parcel."""


def screen_class(name: str) -> Any:
    """Return the class of a screen; it is made from the services and what it is about."""
    module, _, class_name = SCREENS_BY_NAME[name].partition(":")
    return getattr(import_module(module), class_name)


def load_screens() -> None:
    """Import every screen, so that the first use of one does not wait."""
    for name in SCREENS_BY_NAME:
        screen_class(name)
