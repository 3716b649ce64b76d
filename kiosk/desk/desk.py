"""The door through which every front end does something: the parts of the desk, and the steps they offer.

A part records and sends; what may be done when stands in `kiosk/parcels/steps.py`. Reading is `queries.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.desk.boxes import Boxes
from kiosk.desk.clashes import Clashes
from kiosk.desk.comparing import Comparing
from kiosk.desk.corrections import Corrections
from kiosk.desk.findings import Findings
from kiosk.desk.handing_over import HandingOver
from kiosk.desk.intake import Intake
from kiosk.desk.leaving import Leaving
from kiosk.desk.lockers import Lockers
from kiosk.desk.notices import Notices
from kiosk.desk.open_lockers import OpenLockers
from kiosk.desk.people import People
from kiosk.desk.permission import check, why_not
from kiosk.desk.pickup_codes import PickupCodes
from kiosk.desk.privacy import Privacy
from kiosk.desk.reassignment import Reassignment
from kiosk.desk.requests import WritePath
from kiosk.desk.rounds import Rounds
from kiosk.desk.scanning import Scans
from kiosk.desk.sessions import Sessions
from kiosk.desk.shelf import Shelf
from kiosk.desk.stocktakes import Stocktakes
from kiosk.desk.undoing import Undoing
from kiosk.desk.unrecorded import Unrecorded
from kiosk.desk.visits import Visits
from kiosk.errors import KioskError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.steps import Step, asks_why, offers


@dataclass(frozen=True)
class Desk:
    """What people do, each part with the person who does it."""

    scans: Scans
    boxes: Boxes
    comparing: Comparing
    clashes: Clashes
    intake: Intake
    open_lockers: OpenLockers
    shelf: Shelf
    pickup_codes: PickupCodes
    reassignment: Reassignment
    findings: Findings
    leaving: Leaving
    handing_over: HandingOver
    rounds: Rounds
    corrections: Corrections
    lockers: Lockers
    notices: Notices
    people: People
    privacy: Privacy
    stocktakes: Stocktakes
    undoing: Undoing
    unrecorded: Unrecorded
    visits: Visits
    sessions: Sessions
    write_path: WritePath

    @staticmethod
    def offers(parcel: Parcel, person: Person) -> tuple[Step, ...]:
        """Return the steps that the person can take with the parcel as it is."""
        return offers(parcel, person.role)

    @staticmethod
    def why_not(step: Step, parcel: Parcel, person: Person) -> KioskError | None:
        """Return what hinders the person from taking the step with the parcel as it is; None where it is offered."""
        return why_not(step, parcel, person)

    @staticmethod
    def asks_why(step: Step, person: Person) -> bool:
        """Tell whether the person has to say why."""
        return asks_why(step, person.role)

    async def look(self, parcel: Parcel, person: Person) -> Parcel:
        """Settle what is in doubt, else ask the service where the parcel is.

        Raises what `permission.check` says, ApiError, and InDoubtError where nothing can be found out now.
        """
        check(Step.CHECK, parcel, person)
        if parcel.is_in_doubt:
            return await self.write_path.settle(parcel.parcel_id, person)
        return await self.lockers.refresh(parcel, person)
