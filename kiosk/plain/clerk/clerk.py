"""What every part of the clerk's conversation works with: the talk, the services, and who works at the desk."""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from kiosk.desk.questions import Question, question_about
from kiosk.parcels.steps import Step
from kiosk.plain.lines import Talk
from kiosk.words.language import _
from kiosk.words.places import where_words

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.desk.desk import Desk
    from kiosk.desk.dialogue import Dialogue
    from kiosk.desk.queries import Queries
    from kiosk.parcels.parcel import Parcel
    from kiosk.parcels.people import Person
    from kiosk.tracking.codes import Code
    from kiosk.tracking.scan import Scan
    from kiosk.wiring import Services

T = TypeVar("T")


@dataclass
class Beside:
    """What is known of the scan before, while its parcel is asked about."""

    before: Parcel | None = None
    """The box that was scanned before this one and waits: the last code may be on it too."""
    added: Code | None = None
    """The code that was added to this box last: it may be another box."""
    scan: Scan | None = None
    """What the parcel's own code may be."""


class Clerk:
    """One person at one desk, until somebody else takes over."""

    def __init__(self, talk: Talk, services: Services, person: Person) -> None:
        self.talk = talk
        self.services = services
        self.person = person
        self.asked: Parcel | None = None
        """The parcel that is asked about now."""
        self.left: Parcel | None = None
        """The parcel that was asked about when a question was left."""
        self.under_way = 0
        """How much of what was asked for is not done yet."""
        self.last = ""
        """The id of the parcel that was worked on last."""
        self._beside: tuple[str, Beside] = ("", Beside())

    @property
    def desk(self) -> Desk:
        """What people do."""
        return self.services.desk

    @property
    def queries(self) -> Queries:
        """What people ask."""
        return self.services.queries

    @property
    def dialogue(self) -> Dialogue:
        """Where answers to the questions of an intake go."""
        return self.services.dialogue(self.person)

    @property
    def now(self) -> datetime:
        """The time."""
        return self.services.clock.now()

    def offers(self, parcel: Parcel) -> tuple[Step, ...]:
        """Return what can be done with the parcel as it is."""
        return self.desk.offers(parcel, self.person)

    def bank(self, parcel: Parcel) -> str:
        """Return the name of the bank that the parcel's locker is in."""
        return self.queries.lockers.label(parcel.place.locker_bank_id) if parcel.place else ""

    def place(self, parcel: Parcel) -> str:
        """Return the parcel's locker with its bank; empty where it has none."""
        if parcel.place is None:
            return ""
        return _("locker {unit}, {bank}").format(unit=parcel.place.locker_unit_id, bank=self.bank(parcel))

    def where(self, parcel: Parcel) -> str:
        """Return where the parcel is, as people go there."""
        is_here = parcel.is_reserved or not (parcel.shelf or parcel.place)
        return _("in your hands") if is_here else where_words(parcel, self.queries.lockers.label)

    async def done(self, work: Coroutine[object, object, T], doing: str) -> T:
        """Return what some work returns, and say so where it takes longer; raises what the work raises."""
        self.under_way += 1
        try:
            return await self.talk.during(work, doing)
        finally:
            self.under_way -= 1

    async def as_it_is(self, parcel: Parcel) -> Parcel:
        """Return the parcel as the journal has it now; raises StorageError."""
        return await self.queries.parcel(parcel.parcel_id) or parcel

    async def next_question(self, parcel: Parcel) -> Question:
        """Return what is asked about the parcel as it is now; raises StorageError."""
        return question_about(await self.as_it_is(parcel))

    def beside(self, parcel: Parcel) -> Beside:
        """Return what is known of the scan before this parcel's."""
        of, beside = self._beside
        return beside if of == parcel.parcel_id else Beside()

    def note_beside(self, parcel: Parcel, beside: Beside) -> None:
        """Keep what is known of the scan before, as long as this parcel is asked about."""
        self._beside = parcel.parcel_id, beside
