"""Looking for facilities near an address: ask, keep the answer, give the kept one when nobody answers; sort and filter.

The errors of the API become the finder's own here: one who looks for a post office is not told of a locker service.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.clock import Clock
from kiosk.errors import (
    ApiError,
    FinderNotSetUpError,
    FinderUnreachableError,
    KioskError,
    NotAuthorizedError,
    RefusedError,
    SettingsError,
    ThrottledError,
    WrongQuestionError,
)
from kiosk.facilities.addresses import Address
from kiosk.facilities.api import FacilitiesApi
from kiosk.facilities.hours import Openness, OpenState
from kiosk.facilities.kept_answers import KeptAnswers
from kiosk.facilities.values import Facility, Question
from kiosk.facilities.variants import LIMITS, FacilityCarrier, FacilityVariant, Limits
from kiosk.folding import sort_key

FIRST_MILES, FIRST_COUNT = 5, 10


class Sort(StrEnum):
    """The orders of a list of facilities."""

    DISTANCE = "distance"
    OPEN = "open"
    NAME = "name"


@dataclass(frozen=True)
class Answer:
    """What was found, and when that was asked (aware UTC)."""

    question: Question
    facilities: tuple[Facility, ...]
    """In the service's own order."""
    asked_at: datetime
    problem: KioskError | None = None
    """Why there is no newer answer; None for a fresh one."""

    @property
    def is_old(self) -> bool:
        """Tell whether this is an earlier answer, because the service could not be asked."""
        return self.problem is not None


class Finder:
    """Asks the service. Its connection is opened by the first question, so that a finder nobody asks costs nothing."""

    def __init__(
        self,
        open_api: Callable[[], FacilitiesApi],
        kept: KeptAnswers,
        clock: Clock,
        variant: FacilityVariant,
        desk: Address,
    ) -> None:
        self._open_api = open_api
        self._kept = kept
        self._clock = clock
        self._api: FacilitiesApi | None = None
        self.variant = variant
        self.first_question = Question(address=desk, radius_miles=FIRST_MILES, count=FIRST_COUNT)
        """What is asked around the desk before anybody has chosen something."""

    @property
    def limits(self) -> Limits:
        """What can be asked for."""
        return LIMITS[self.variant]

    async def near(self, question: Question) -> Answer:
        """Ask for facilities. When nobody answers, return the last good answer to the same question as an old one.

        Raises WrongQuestionError, and without such an answer FinderNotSetUpError or FinderUnreachableError.
        """
        question.check(self.variant)
        try:
            if self._api is None:
                self._api = self._open_api()
            asked_at = self._clock.now()
            facilities = await self._api.find(question)
        except (ApiError, FinderNotSetUpError, SettingsError) as error:
            problem = error if isinstance(error, FinderNotSetUpError) else _finder_error(error)
            # A kept answer would hide that this question will never be answered.
            if isinstance(problem, WrongQuestionError):
                raise problem from error
            kept = await asyncio.to_thread(self._kept.find, question)
            if kept is None:
                raise problem from error
            return Answer(question, kept.facilities, kept.asked_at, problem)
        await asyncio.to_thread(self._kept.keep, question, facilities, asked_at)
        return Answer(question, facilities, asked_at)

    async def nearest_open(self) -> Facility | None:
        """Return the nearest facility to the desk that is surely open now, by the answer that is kept; asks nobody."""
        kept = await asyncio.to_thread(self._kept.find, self.first_question)
        now = self._clock.now()
        found = arranged(kept.facilities, Sort.DISTANCE, now) if kept else ()
        return next((facility for facility in found if facility.state_at(now).is_open), None)

    async def kept_near(self, address: Address, carrier: FacilityCarrier) -> tuple[Facility, ...]:
        """Return what was found last around an address, nearest first; asks nobody, so nobody waits for it."""
        kept = await asyncio.to_thread(self._kept.latest, address, carrier)
        return arranged(kept.facilities, Sort.DISTANCE, self._clock.now()) if kept else ()

    async def aclose(self) -> None:
        """Close the connection, if there is one."""
        if self._api is not None:
            await self._api.aclose()


def arranged(facilities: Iterable[Facility], sort: Sort, now: datetime) -> tuple[Facility, ...]:
    """Sort facilities; by `OPEN`: open, closed, then what can't be said.

    Those without a distance come last, in the order given: the service names the nearest first.
    """
    match sort:
        case Sort.DISTANCE:
            return tuple(sorted(facilities, key=_by_distance))
        case Sort.NAME:
            return tuple(sorted(facilities, key=lambda each: (sort_key(each.label), *_by_distance(each))))
        case Sort.OPEN:
            return tuple(sorted(facilities, key=lambda each: (_openness_rank(each, now), *_by_distance(each))))


def open_in(facilities: Iterable[Facility], minutes: int, now: datetime) -> tuple[Facility, ...]:
    """Return the facilities that are surely open so many minutes from now, in the order given."""
    return tuple(facility for facility in facilities if facility.is_open_in(minutes, now))


def open_today(facilities: Iterable[Facility], now: datetime) -> tuple[Facility, ...]:
    """Return the facilities that are open, or open later on their own day, in the order given."""
    return tuple(facility for facility in facilities if _opens_today(facility.state_at(now)))


def _opens_today(state: OpenState) -> bool:
    is_later = state.opens_at is not None and state.opens_at.date() == state.at.date()
    return state.openness is Openness.OPEN or (state.openness is Openness.CLOSED and is_later)


def _by_distance(facility: Facility) -> tuple[bool, float]:
    distance = facility.distance_miles
    return (distance is None, distance or 0.0)


def _openness_rank(facility: Facility, now: datetime) -> int:
    openness = facility.state_at(now).openness
    return {Openness.OPEN: 0, Openness.CLOSED: 1}.get(openness, 2)


def _finder_error(
    error: ApiError | SettingsError,
) -> WrongQuestionError | FinderNotSetUpError | FinderUnreachableError:
    """Return what an error on the way means for the finder; its code and parameters stay the same."""
    match error:
        case NotAuthorizedError() | SettingsError():
            return FinderNotSetUpError(error.code, **error.parameters)
        case ThrottledError():  # the service's own text speaks of its plan; a person only has to wait
            return FinderUnreachableError("finder_throttled")
        case RefusedError():
            return WrongQuestionError(error.code, **error.parameters)
        case _:
            return FinderUnreachableError(error.code, **error.parameters)
