"""What the administrator can set, one section a class; everything is read from one TOML file and the environment."""

from kiosk.settings.settings import (
    APPLICATION,
    AuthKind,
    Desk,
    Environment,
    Lockers,
    ScannerEnd,
    Settings,
    Storage,
    Theme,
    load_settings,
)

__all__ = [
    "APPLICATION",
    "AuthKind",
    "Desk",
    "Environment",
    "Lockers",
    "ScannerEnd",
    "Settings",
    "Storage",
    "Theme",
    "load_settings",
]
