"""The parcel kiosk without its screens: everything here works in a script, a test or an SSH command."""

__version__ = "0.1.0"
