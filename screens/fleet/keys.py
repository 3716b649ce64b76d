"""Every key of the console over all desks, by page; made from `screens/fleet/actions.py`."""

from __future__ import annotations

from kiosk.fleet.looking import MAY_CLOSE
from kiosk.parcels.people import Person
from screens.console.keys import KeyLines
from screens.fleet.actions import CLOSE, HELP_KEYS, HELP_PAGE
from screens.fleet.base import FleetScreen


class FleetKeysScreen(FleetScreen):
    """A page to read."""

    KEYMAP = HELP_KEYS

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self.body = self.page = KeyLines(HELP_PAGE, lambda action: action is not CLOSE or person.role in MAY_CLOSE)

    async def action_return(self) -> None:
        """Go back to where the person was."""
        await self.app.pop_screen()
