"""What the administrator can set: a file a section, and `settings.py` for the whole and where it is read from."""

from kiosk.first_look import APPLICATION
from kiosk.settings.desk import Desk, ScannerEnd, Theme
from kiosk.settings.devices import Devices
from kiosk.settings.directory import Column
from kiosk.settings.environments import Environment
from kiosk.settings.lockers import AuthKind, Lockers
from kiosk.settings.network import Network
from kiosk.settings.people import People
from kiosk.settings.printer import Printer
from kiosk.settings.settings import Settings, files_with_secrets, load_settings
from kiosk.settings.storage import Storage

__all__ = [
    "APPLICATION",
    "AuthKind",
    "Column",
    "Desk",
    "Devices",
    "Environment",
    "Lockers",
    "Network",
    "People",
    "Printer",
    "ScannerEnd",
    "Settings",
    "Storage",
    "Theme",
    "files_with_secrets",
    "load_settings",
]
