"""What somebody does with a box in their hands once the kiosk has answered: it goes where its journal has it."""

from __future__ import annotations

from kiosk.desk.queries import Queries
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ParcelState
from tests.chaos.boxes import Boxes
from tests.chaos.case import Place


def place_in(parcel: Parcel) -> Place | None:
    """Return the unit of a parcel."""
    place = parcel.place
    return Place(place.locker_bank_id, place.locker_unit_id) if place is not None else None


async def put_away(boxes: Boxes, queries: Queries, number: str) -> bool:
    """Put a box back into its locker, or let it go, or leave it at the desk; while in doubt it stays in one's hands.

    Returns whether the kiosk takes it for collected: then it is to be scanned again.
    """
    known = await queries.journal.find(number)
    if not known or number not in boxes.in_hands():
        return False
    parcel, place = known[0], place_in(known[0])
    if boxes.where(number).leaving is not None and parcel.state in {ParcelState.HANDED_OVER, ParcelState.SENT}:
        boxes.left(number)
    elif parcel.state is ParcelState.COLLECTED:
        return True
    elif parcel.has_unit and parcel.is_in_doubt:
        return False
    elif parcel.is_in_locker and place is not None:
        boxes.put_in(number, place)
    else:
        boxes.put_down(number)
    return False
