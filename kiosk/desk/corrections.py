"""What somebody mends from afar: each with a reason and a name, each in the journal before it is carried out.

There is no second way to write: what is carried out is the clerk's own step, asked for by somebody else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeAlias

from kiosk.desk.findings import Findings
from kiosk.desk.intake import Intake
from kiosk.desk.leaving import Leaving
from kiosk.desk.lockers import Lockers
from kiosk.desk.permission import allowed
from kiosk.desk.pickup_codes import PickupCodes
from kiosk.desk.requests import WritePath
from kiosk.desk.shelf import Shelf
from kiosk.desk.unrecorded import Unrecorded
from kiosk.desk.visits import Visits
from kiosk.desk.writes.wanted import Wanted, place_of
from kiosk.errors import KioskError, NoReasonError, NotAllowedError, NotFoundError, RefusedError, WrongStateError
from kiosk.journal.notice_store import NoticeStore
from kiosk.journal.store import Journal
from kiosk.parcels.events import CorrectionAsked
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.pickup_code import PickupCode
from kiosk.parcels.states import Finding, IdentityCheck, Operation, OutgoingReason, Role
from kiosk.parcels.steps import Step, is_for
from kiosk.plain_text import one_line

RoleNow: TypeAlias = "Callable[[Person], Role | None]"
"""Returns somebody's role as the settings have it at this moment; raises NotAllowedError where they can't be read."""


def role_given(person: Person) -> Role:
    """Return the role that the person came with, for whom no settings can have changed meanwhile."""
    return person.role


class Corrections:
    """Corrections in the name of a person; each raises NoReasonError, NotAllowedError, and what the step raises."""

    def __init__(
        self,
        journal: Journal,
        write_path: WritePath,
        intake: Intake,
        pickup_codes: PickupCodes,
        shelf: Shelf,
        findings: Findings,
        lockers: Lockers,
        visits: Visits,
        role_now: RoleNow,
    ) -> None:
        self._journal = journal
        self._write_path = write_path
        self._intake = intake
        self._pickup_codes = pickup_codes
        self._shelf = shelf
        self._findings = findings
        self._leaving = Leaving(journal, write_path, intake, findings)
        self._lockers = lockers
        self._notices = NoticeStore(journal)
        self._unrecorded = Unrecorded(journal)
        self._visits = visits
        self._role_now = role_now

    async def take_out(self, parcel: Parcel, reason: str, person: Person) -> Parcel:
        """Give the parcel's unit back, whatever is in it, and its intake up."""
        parcel = await self._ask(Step.TAKE_OUT, parcel, reason, person)
        return await self._intake.end(parcel, person, Step.TAKE_OUT)

    async def free_unit(
        self, place: UnitPlace, numbers: Iterable[str], reason: str, person: Person
    ) -> tuple[Parcel, ...]:
        """Give a whole unit back: take out each parcel of these numbers that is in it, or on its way into it.

        One that fails keeps no other from being tried; the first failure is raised at the end.
        """
        # Looking for a parcel records what is found: not for somebody whose role is gone.
        await self._still_allowed(Step.TAKE_OUT, person)
        freed: list[Parcel] = []
        failures: list[KioskError] = []
        for number in numbers:
            try:
                parcel = await self._lockers.known_or_found(number, person)
                if parcel.place is not None and parcel.place.is_same_unit(place):
                    freed.append(await self.take_out(parcel, reason, person))
            except KioskError as error:
                failures.append(error)
        if failures:
            raise failures[0]
        return tuple(freed)

    async def free_second_unit(self, parcel: Parcel, reason: str, person: Person) -> Parcel:
        """Give the other unit of a parcel that holds two back, which mends the finding; its own unit stays."""
        parcel = await self._ask(Step.FREE_SECOND_UNIT, parcel, reason, person)
        second = parcel.second_place
        if second is None:
            raise WrongStateError("hindered_no_second_unit")
        try:
            wanted = Wanted(Operation.FREE, second)
            return await self._write_path.perform(parcel, wanted, person, Step.FREE_SECOND_UNIT)
        except NotFoundError:  # it was given back already
            return await self._findings.close(parcel, Finding.TWO_UNITS, one_line(reason), person)

    async def extend(self, parcel: Parcel, hours: float, reason: str, person: Person) -> Parcel:
        """Hold the unit longer, as `Intake.extend` says."""
        parcel = await self._ask(Step.EXTEND, parcel, reason, person)
        return await self._or_look(self._intake.extend(parcel, hours, person), parcel, person)

    async def renew_code(self, parcel: Parcel, reason: str, person: Person) -> Parcel:
        """Record the deposit once more for a fresh pickup code; it waits for the clerk and ends the earlier one."""
        parcel = await self._ask(Step.RENEW_CODE, parcel, reason, person)
        return await self._deposit_again(Step.RENEW_CODE, parcel, person)

    async def change_user(self, parcel: Parcel, user_id: str, reason: str, person: Person) -> Parcel:
        """Record the deposit once more as another user's (`userId`), which gives a recipient a fresh code as well.

        Raises WrongStateError where no user is named.
        """
        user_id = one_line(user_id)
        if not user_id:
            raise WrongStateError("no_user")
        parcel = await self._ask(Step.CHANGE_USER, parcel, reason, person)
        return await self._deposit_again(Step.CHANGE_USER, parcel, person.model_copy(update={"user_id": user_id}))

    async def view_code(self, parcel: Parcel, reason: str, person: Person) -> PickupCode | None:
        """Return the pickup code that waits for the clerk, and leave it waiting; None if there is none."""
        parcel = await self._ask(Step.VIEW_CODE, parcel, reason, person)
        return await self._pickup_codes.waiting(parcel)

    async def close(self, parcel: Parcel, finding: Finding, reason: str, person: Person) -> Parcel:
        """Close an attention item with what was found or done about it."""
        parcel = await self._ask(Step.CLOSE_FINDING, parcel, reason, person)
        return await self._findings.close(parcel, finding, one_line(reason), person)

    async def take_off_shelf(self, parcel: Parcel, reason: str, person: Person) -> Parcel:
        """Take a parcel off the shelf: it stands under the clerk's unfinished ones again."""
        parcel = await self._ask(Step.TAKE_OFF_SHELF, parcel, reason, person)
        return await self._shelf.take_off(parcel, person)

    async def take_back(self, parcel: Parcel, reason: str, person: Person) -> Parcel:
        """Note that a parcel which was put in unrecorded is in somebody's hands again."""
        parcel = await self._ask(Step.TAKE_BACK, parcel, reason, person)
        return await self._unrecorded.take_back(parcel, person)

    async def note_collected(self, parcel: Parcel, reason: str, person: Person) -> Parcel:
        """Note that a parcel which was put in unrecorded was collected."""
        parcel = await self._ask(Step.NOTE_COLLECTED, parcel, reason, person)
        return await self._unrecorded.note_collected(parcel, person)

    async def clear(self, parcel: Parcel, reason: str, person: Person) -> Parcel:
        """Take a parcel out of its locker."""
        parcel = await self._ask(Step.CLEAR, parcel, reason, person)
        return await self._leaving.clear(parcel, person)

    async def hand_over(
        self, parcel: Parcel, to: str, checked: IdentityCheck, reason: str, person: Person, *, signature: str = ""
    ) -> Parcel:
        """Record that a parcel was given out at the desk."""
        parcel = await self._ask(Step.HAND_OVER, parcel, reason, person)
        return await self._leaving.hand_over(parcel, to, checked, person, signature=signature)

    async def make_outgoing(
        self, parcel: Parcel, destination: str, why: OutgoingReason, reason: str, person: Person
    ) -> Parcel:
        """Note that a parcel is to leave with a carrier."""
        parcel = await self._ask(Step.MAKE_OUTGOING, parcel, reason, person)
        return await self._leaving.make_outgoing(parcel, destination, why, person)

    async def note_sent(self, parcel: Parcel, reason: str, person: Person) -> Parcel:
        """Note that a parcel has left with its carrier."""
        parcel = await self._ask(Step.NOTE_SENT, parcel, reason, person)
        return await self._leaving.note_sent(parcel, person)

    async def send_again(self, parcel: Parcel, reason: str, person: Person) -> Parcel:
        """Send the recipient of a parcel again what did not reach them."""
        parcel = await self._ask(Step.SEND_AGAIN, parcel, reason, person)
        return await self._notices.send_again(parcel.parcel_id, person, allowed=allowed(Step.SEND_AGAIN, person))

    async def _ask(self, step: Step, parcel: Parcel, reason: str, person: Person) -> Parcel:
        """Record who wants what and why, and return the parcel as it stands by now."""
        if not one_line(reason):
            raise NoReasonError
        role = await self._still_allowed(step, person)
        asked = CorrectionAsked(step=step, reason=one_line(reason), role=role, origin=person.origin)
        return await self._journal.append(parcel.parcel_id, asked, person, allowed=allowed(step, person))

    async def _still_allowed(self, step: Step, person: Person) -> Role:
        """Return the person's role as it is now; where it does not have the step, record that and refuse."""
        role = await asyncio.to_thread(self._role_now, person)
        if role is not None and is_for(step, role):
            return role
        await self._visits.refused(person, step)
        if role is None:
            raise NotAllowedError("no_role", name=person.name)
        raise NotAllowedError(name=person.name, role=role.value, step=step.value)

    async def _deposit_again(self, step: Step, parcel: Parcel, person: Person) -> Parcel:
        wanted = Wanted(Operation.DEPOSIT, place_of(parcel))
        return await self._or_look(self._write_path.perform(parcel, wanted, person, step), parcel, person)

    async def _or_look(self, write: Awaitable[Parcel], parcel: Parcel, person: Person) -> Parcel:
        """Carry a write out; where it is refused, find out whether the parcel is still there, and record that."""
        try:
            return await write
        except RefusedError:
            await self._lockers.refresh(parcel, person)
            raise
