"""The section `[lockdown]`: whether people at the desk can leave the program."""

from __future__ import annotations

from kiosk.settings.section import Section


class Lockdown(Section):
    """Whether the kiosk is all that this terminal shows."""

    on: bool = False
    """Only an administrator's PIN leads out of the program."""
