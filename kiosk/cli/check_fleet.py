"""The step of `kiosk check` about the centre of several desks: whether this desk gets there, and its journal fits."""

from __future__ import annotations

from kiosk.background.fleet import way_to_centre
from kiosk.cli.output import Fields
from kiosk.cli.steps import Step, failed, found
from kiosk.clock import SystemClock
from kiosk.errors import KioskError
from kiosk.journal.shipped import state_of
from kiosk.settings import Settings
from kiosk.wiring import open_journal

NAME = "fleet"


async def check_fleet(settings: Settings) -> Step:
    """Introduce this desk to the centre, which nothing is sent to by that."""
    if not settings.fleet.server:
        return found(NAME, "no_centre_set", ok=None)
    values: Fields = {"server": settings.fleet.server}
    try:
        from kiosk.fleet.shipping import Shipping  # noqa: PLC0415 - a desk that is on its own may lack what it needs

        async with open_journal(settings) as journal:
            values["eventsWaiting"] = (await state_of(journal.connection)).waiting
            centre = way_to_centre(settings)()
            try:
                shipping = Shipping(journal, centre, SystemClock(), lambda: ())
                await shipping.meet()
            finally:
                await centre.close()
    except KioskError as error:
        return failed(NAME, error, values)
    return found(NAME, "centre_fits", values=values)
