"""The step of `kiosk check` about signing in: a desk at which people sign in needs somebody who can."""

from __future__ import annotations

from kiosk.cli.steps import Step, failed, found
from kiosk.errors import KioskError, NotListedError
from kiosk.journal.sign_ins import SignIns
from kiosk.parcels.people import ListedPerson
from kiosk.settings import Settings
from kiosk.wiring import open_journal

NAME = "people"


async def check_people(settings: Settings) -> Step:
    """Look whether anybody is listed, where people sign in."""
    if not settings.people.sign_in:
        return found(NAME, "nobody_signs_in", ok=None)
    try:
        people = await listed(settings)
    except KioskError as error:
        return failed(NAME, error)
    if not people:
        return failed(NAME, NotListedError("nobody_listed"))
    return found(NAME, "people_listed", values={"people": len(people)})


async def listed(settings: Settings) -> tuple[ListedPerson, ...]:
    """Return who may sign in at this desk; raises StorageError."""
    async with open_journal(settings) as journal:
        return tuple(row.listed for row in await SignIns(journal).all())
