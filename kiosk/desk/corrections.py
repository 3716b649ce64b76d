"""What an operator does about a parcel: each with a reason and a name, each in the journal before it is carried out.

There is no second way to write: a repair is the clerk's own step, asked for by somebody else.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kiosk.desk.writes import contact_of
from kiosk.errors import NoReasonError, NotAllowedError, NotFoundError, RefusedError, WrongStateError
from kiosk.journal.store import Actor
from kiosk.parcels.contacts import ContactType
from kiosk.parcels.events import RepairAsked
from kiosk.parcels.operators import Repair
from kiosk.parcels.parcel import Cause, Operation, ParcelState

if TYPE_CHECKING:
    from pydantic import SecretStr

    from kiosk.desk.attention import Oversight
    from kiosk.desk.intake import Intake
    from kiosk.desk.lookup import Lookup
    from kiosk.desk.requests import WritePath
    from kiosk.desk.shelf import Holding
    from kiosk.journal.store import Journal
    from kiosk.parcels.operators import Operator
    from kiosk.parcels.parcel import Parcel

LONGEST_REASON = 200
"""Characters of a reason that are kept."""


class Repairs:
    """Repairs in the name of an operator. All raise NoReasonError, NotAllowedError, and what the step itself raises."""

    def __init__(  # noqa: PLR0913, PLR0917 - the flows that carry the repairs out
        self,
        journal: Journal,
        write_path: WritePath,
        intake: Intake,
        holding: Holding,
        oversight: Oversight,
        lookup: Lookup,
        *,
        kiosk: str,
    ) -> None:
        self._journal = journal
        self._write_path = write_path
        self._intake = intake
        self._holding = holding
        self._oversight = oversight
        self._lookup = lookup
        self._kiosk = kiosk

    def actor(self, operator: Operator) -> Actor:
        """Return as whom an operator stands in the journal."""
        return Actor(name=operator.name, kiosk=self._kiosk)

    async def free(self, parcel: Parcel, reason: str, operator: Operator) -> Parcel:
        """Take the parcel off its unit and give its intake up."""
        parcel = await self._ask(Repair.FREE, parcel, reason, operator)
        return await self._intake.free(parcel, self.actor(operator))

    async def free_second(self, parcel: Parcel, reason: str, operator: Operator) -> Parcel:
        """Give the other unit of a parcel that holds two back, and close the item; its own unit stays."""
        parcel = await self._ask(Repair.FREE_SECOND, parcel, reason, operator)
        second, actor = parcel.second_place, self.actor(operator)
        if second is None:
            raise WrongStateError("No second locker is held for this parcel.")
        with suppress(NotFoundError):  # it was given back already
            await self._write_path.perform(parcel, Operation.FREE, second, actor)
        self._lookup.outdate(second.locker_bank_id)
        return await self._oversight.close(parcel, Cause.TWO_UNITS, _clean(reason), actor)

    async def extend(self, parcel: Parcel, hours: float, reason: str, operator: Operator) -> Parcel:
        """Move the end of the reservation to `hours` from now."""
        parcel = await self._ask(Repair.EXTEND, parcel, reason, operator)
        try:
            return await self._intake.extend(parcel, hours, self.actor(operator))
        except RefusedError:
            await self._lookup.refresh(parcel, self.actor(operator))
            raise

    async def new_code(self, parcel: Parcel, reason: str, operator: Operator) -> Parcel:
        """Record the deposit once more for a fresh pickup code; it waits for the clerk and ends the earlier one."""
        parcel = await self._ask(Repair.NEW_CODE, parcel, reason, operator)
        if parcel.state is not ParcelState.DEPOSITED or parcel.place is None:
            raise WrongStateError(f"The parcel is {parcel.state.value}; only one in a locker has a pickup code.")
        if contact_of(parcel).contact_type is ContactType.DEPARTMENT:
            raise WrongStateError("A department gets no pickup code.")
        try:
            return await self._write_path.perform(parcel, Operation.DEPOSIT, parcel.place, self.actor(operator))
        except RefusedError:
            await self._lookup.refresh(parcel, self.actor(operator))
            raise

    async def see_code(self, parcel: Parcel, reason: str, operator: Operator) -> SecretStr | None:
        """Return the pickup code that waits for the clerk, and leave it waiting; None if there is none."""
        parcel = await self._ask(Repair.SEE_CODE, parcel, reason, operator)
        return await self._intake.pickup_code(parcel)

    async def close(self, parcel: Parcel, cause: Cause, reason: str, operator: Operator) -> Parcel:
        """Close an attention item with what was found or done about it."""
        parcel = await self._ask(Repair.CLOSE, parcel, reason, operator)
        if cause not in {item.cause for item in parcel.attention}:
            raise WrongStateError("That item is closed already.")
        return await self._oversight.close(parcel, cause, _clean(reason), self.actor(operator))

    async def release(self, parcel: Parcel, reason: str, operator: Operator) -> Parcel:
        """Take a held parcel off the shelf: it stands under the clerk's unfinished ones again."""
        parcel = await self._ask(Repair.RELEASE, parcel, reason, operator)
        return await self._holding.resume(parcel, self.actor(operator))

    async def _ask(self, repair: Repair, parcel: Parcel, reason: str, operator: Operator) -> Parcel:
        """Record who wants what and why, and return the parcel as it stands by now."""
        allowed = operator.role.may_see_codes if repair is Repair.SEE_CODE else operator.role.may_repair
        if not allowed:
            raise NotAllowedError(f"As {operator.role.value} {operator.name} may not do this: {repair.value}.")
        if not _clean(reason):
            raise NoReasonError("Every repair needs a reason.")
        asked = RepairAsked(repair=repair, reason=_clean(reason), role=operator.role, origin=operator.origin)
        return await self._journal.append(parcel.parcel_id, asked, self.actor(operator))


def _clean(reason: str) -> str:
    """Return the reason as one line that can be written down."""
    return " ".join(reason.encode(errors="replace").decode().split())[:LONGEST_REASON]
