"""All that the judge of a chaos run about notices is told: the mails, the journals, the codes, what was left behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from kiosk.parcels.states import NoticeKind
from tests.chaos.case import Place


class Life(NamedTuple):
    """From when to when a code opened a unit."""

    code: str
    place: Place
    began: datetime
    ended: datetime | None = None


class Line(NamedTuple):
    """What a mail tells of one parcel."""

    number: str
    kind: NoticeKind
    code: str | None = None


class Mail(NamedTuple):
    """A mail whose content the server saw."""

    desk: str
    contact: str
    """Whose address it went to."""
    message_id: str
    at: datetime
    """By the world's time, as all times here."""
    lines: tuple[Line, ...]
    taken: bool = True
    """The server did not refuse it."""
    in_html: frozenset[str] = frozenset()
    """Codes in its other half."""
    slack: timedelta = timedelta(minutes=20)
    """What passed in the world while it was written and sent, at most."""


class Happened(NamedTuple):
    """What a journal says that happened to a parcel, as far as it matters to notices."""

    at: datetime
    type: str
    contact: str = ""
    """Who was chosen, or was told."""
    place: Place | None = None
    kind: NoticeKind | None = None


class Standing(NamedTuple):
    """A parcel as it stands in the end."""

    contact: str = ""
    is_here: bool = True
    is_unreached: bool = False
    place: Place | None = None
    """Its unit, if it lies in one."""


@dataclass(frozen=True)
class Story:
    """What became of a number at a desk; a parcel that was moved goes on as another one of the same number."""

    desk: str
    number: str
    happened: tuple[Happened, ...]
    stands: tuple[Standing, ...] = ()

    def contact_at(self, moment: datetime) -> str:
        """Return for whom it was then."""
        chosen = [each.contact for each in self.happened if each.type == "recipient_chosen" and each.at <= moment]
        return chosen[-1] if chosen else ""

    @cached_property
    def contacts(self) -> frozenset[str]:
        """For whom it ever was; an empty one where somebody was forgotten."""
        return frozenset(each.contact for each in self.happened if each.type == "recipient_chosen")


class Forgotten(NamedTuple):
    """A person who was forgotten, and when that was done."""

    desk: str
    contact: str
    at: datetime


@dataclass(frozen=True)
class Evidence:
    """All that the judge is told."""

    stories: Sequence[Story] = ()
    mails: Sequence[Mail] = ()
    lives: Sequence[Life] = ()
    departments: frozenset[str] = frozenset()
    untold: frozenset[tuple[str, str]] = frozenset()
    """Desks and contacts who need not be told: departments without an address."""
    forgotten: Sequence[Forgotten] = ()
    left: tuple[str, ...] = ()
    """Codes, and the ids of people who were forgotten, where none may be: what, and where."""
    owed: tuple[str, ...] = ()
    """What lies in the tables of what is owed at the end."""
    damage: tuple[str, ...] = ()
    crashes: tuple[str, ...] = ()

    @cached_property
    def by_number(self) -> dict[tuple[str, str], Story]:
        """The stories by desk and number."""
        return {(story.desk, story.number): story for story in self.stories}

    @cached_property
    def taken(self) -> dict[tuple[str, str], list[tuple[Mail, Line]]]:
        """The lines that reached anybody, by desk and number, in order."""
        found: defaultdict[tuple[str, str], list[tuple[Mail, Line]]] = defaultdict(list)
        for mail in sorted(self.mails, key=lambda each: each.at):
            if mail.taken:
                for line in mail.lines:
                    found[mail.desk, line.number].append((mail, line))
        return dict(found)

    @cached_property
    def taken_by(self) -> dict[tuple[str, str], list[Mail]]:
        """The mails that reached each contact, in order."""
        found: defaultdict[tuple[str, str], list[Mail]] = defaultdict(list)
        for mail in sorted(self.mails, key=lambda each: each.at):
            if mail.taken:
                found[mail.desk, mail.contact].append(mail)
        return dict(found)

    @cached_property
    def lives_of_codes(self) -> dict[str, Life]:
        """The lives by code: none is given twice."""
        return {life.code: life for life in self.lives}

    @cached_property
    def deposits(self) -> dict[tuple[str, Place], list[datetime]]:
        """When each desk recorded deposits in each unit."""
        found: defaultdict[tuple[str, Place], list[datetime]] = defaultdict(list)
        for story in self.stories:
            for each in story.happened:
                if each.type == "parcel_deposited" and each.place is not None:
                    found[story.desk, each.place].append(each.at)
        return dict(found)
