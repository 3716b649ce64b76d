"""What every part of the operator's conversation works with: who talks, about what, and how places and times read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.words.places import where_words
from kiosk.words.times import day_and_time, to_the_second

if TYPE_CHECKING:
    from kiosk.desk.console_queries import ConsoleQueries
    from kiosk.desk.desk import Desk
    from kiosk.parcels.parcel import Parcel
    from kiosk.parcels.people import Person
    from kiosk.plain.lines import Talk
    from kiosk.wiring import Services


class Operator:
    """Somebody who looks after the kiosk, at one terminal."""

    def __init__(self, talk: Talk, services: Services, person: Person) -> None:
        self.talk = talk
        self.services = services
        self.person = person

    @property
    def desk(self) -> Desk:
        """What can be done."""
        return self.services.desk

    @property
    def queries(self) -> ConsoleQueries:
        """What can be asked."""
        return self.services.queries.console

    def where(self, parcel: Parcel) -> str:
        """Return the parcel's locker or shelf place; empty where it has none."""
        return where_words(parcel, self.queries.label)

    def when(self, moment: datetime) -> str:
        """Return a time with its day where that is not today."""
        return day_and_time(moment, self.services.clock.now())

    def exactly(self, moment: datetime) -> str:
        """Return day and time to the second."""
        return to_the_second(moment)
