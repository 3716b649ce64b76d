"""Undo: for a minute, the last thing done with the parcel that was worked on last (`kiosk/desk/undoing.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.desk.questions import question_about
from kiosk.parcels.steps import Step
from kiosk.plain.clerk.page import show
from kiosk.words.language import N_, _

if TYPE_CHECKING:
    from kiosk.plain.clerk.clerk import Clerk

UNDONE: Final = {
    Step.CHOOSE_RECIPIENT: N_("The recipient was undone."),
    Step.PUT_ON_SHELF: N_("The parcel is in your hands again."),
    Step.JOIN: N_("The two barcodes are two parcels again."),
    Step.CANCEL: N_("The parcel is not cancelled any more."),
}
"""What is said once it was done; translated when said."""


async def undo(clerk: Clerk) -> None:
    """Undo it, and ask what comes next then; raises what the desk raises."""
    parcel = await clerk.queries.parcel(clerk.last) if clerk.last else None
    step = await clerk.desk.undoing.offered(parcel, clerk.person) if parcel is not None else None
    if parcel is None or step is None:
        clerk.talk.say(_("There is nothing to undo."))
        return
    undone = await clerk.done(clerk.desk.undoing.undo(parcel, clerk.person), _("Undoing"))
    clerk.talk.say(_(UNDONE[step]))
    await show(clerk, question_about(undone))
