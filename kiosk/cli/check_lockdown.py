"""The step of `kiosk check` about the way out: a kiosk that is locked down needs somebody who can leave it."""

from __future__ import annotations

from kiosk.cli.check_people import listed
from kiosk.cli.steps import Step, failed, found
from kiosk.errors import KioskError, NotListedError
from kiosk.parcels.states import Role
from kiosk.settings import Settings

NAME = "lockdown"


async def check_lockdown(settings: Settings) -> Step:
    """Look whether an administrator has a PIN, where only that leads out."""
    if not settings.lockdown.on:
        return found(NAME, "not_locked_down", ok=None)
    try:
        people = await listed(settings)
    except KioskError as error:
        return failed(NAME, error)
    administrators = [each.name for each in people if each.role is Role.ADMIN and each.has_pin]
    if not administrators:
        return failed(NAME, NotListedError("no_way_out"))
    return found(NAME, "locked_down", values={"administrators": ", ".join(administrators)})
