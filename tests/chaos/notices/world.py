"""The world of a chaos run about notices: a time that runs fast, and people whom the mail server treats differently."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from kiosk.parcels.states import ContactType
from kiosk.recipients.cells import Row
from kiosk.recipients.reading import read_rows
from kiosk.simulator.seeds import contacts_file

BEGINS = datetime(2026, 10, 23, 6, tzinfo=UTC)
"""A Friday. In the night to Sunday the clocks are set back."""
ZONE = "Europe/Berlin"
QUIET_FROM, QUIET_UNTIL = 22, 7
"""Hours between which nothing goes out; nor does anything on a Sunday."""
SPEED = 600.0
"""World seconds in a second."""
SPEED_AT_THE_END, SPEED_WITH_FEW = 3_600.0, 120_000.0
"""The same once nothing goes wrong any more; a run of few parcels has little to do then."""
PEOPLE = 240
"""So many each desk knows; the first of them get half of the parcels."""
POPULAR = 40
LEAVES_EVERY = 9
"""One person in so many moves away during the run, and is forgotten."""


class Stretch(NamedTuple):
    """A time during which the clock runs evenly."""

    began: float
    """In seconds since 1970."""
    shows: datetime
    """What the clock showed then."""
    speed: float

    def at(self, real: float) -> datetime:
        """Return what the clock shows at a moment."""
        return self.shows + timedelta(seconds=(real - self.began) * self.speed)


class HurriedClock:
    """The time that all processes of a run agree on; those forked off later know how fast it will run by then."""

    def __init__(self) -> None:
        self._stretches = [Stretch(time.time(), BEGINS, SPEED)]

    def now(self) -> datetime:
        """Return the world's present."""
        return self.at(time.time())

    def lived(self) -> float:
        """Return the world seconds since the run began, which every process lived through."""
        return (self.now() - BEGINS).total_seconds()

    def hurry(self, speed: float, seconds: float) -> None:
        """Run at another speed, beginning so many seconds from now."""
        real = time.time() + seconds
        self._stretches.append(Stretch(real, self.at(real), speed))

    def at(self, real: float) -> datetime:
        """Return what it shows at a moment, in seconds since 1970."""
        return next((each for each in reversed(self._stretches) if each.began <= real), self._stretches[0]).at(real)


class Fate(StrEnum):
    """What becomes of the mails to an address, by its domain."""

    GOOD = "good.example"
    REFUSED = "refused.example"
    """Nobody there has this address."""
    GREY = "grey.example"
    """The first mails are put off."""
    NEVER = "never.example"
    """All are put off."""
    FULL = "full.example"
    """Each is too much for the mailbox."""
    WRONG = "no address at all"
    MISSING = ""


_FATES = (*[Fate.GOOD] * 7, Fate.REFUSED, Fate.GREY, Fate.GREY, Fate.FULL, Fate.NEVER, Fate.WRONG, Fate.MISSING)


class Resident(NamedTuple):
    """Somebody whom a desk knows, or a department."""

    contact_id: str
    row: Row
    leaves: bool

    @property
    def is_department(self) -> bool:
        """Tell whether this is a department."""
        return self.row.contact_type == ContactType.DEPARTMENT


def address(desk: str, contact_id: str, fate: Fate = Fate.GOOD) -> str:
    """Return an address that tells whose it is, and at which desk."""
    return f"{desk}.{contact_id}@{fate}"


@cache
def residents(desk: str) -> tuple[Resident, ...]:
    """Return whom a desk knows."""
    rows = [row for row in read_rows(contacts_file()) if isinstance(row, Row)]
    departments = [row for row in rows if row.contact_type == ContactType.DEPARTMENT][:12]
    people = [row for row in rows if row.contact_type == ContactType.RECIPIENT][: PEOPLE - len(departments)]
    return tuple(
        Resident(row.contact_id, row._replace(email=_first_address(desk, row, place)), leaves=_leaves(row, place))
        for place, row in enumerate((*people, *departments))
    )


def _first_address(desk: str, row: Row, place: int) -> str:
    fate = _FATES[place % len(_FATES)]
    if row.contact_type == ContactType.DEPARTMENT:
        fate = (Fate.GOOD, Fate.MISSING)[place % 2]
    return fate if fate in {Fate.WRONG, Fate.MISSING} else address(desk, row.contact_id, fate)


def _leaves(row: Row, place: int) -> bool:
    return row.contact_type == ContactType.RECIPIENT and place >= POPULAR and place % LEAVES_EVERY == 0
