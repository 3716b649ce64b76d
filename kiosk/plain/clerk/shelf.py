"""Onto the shelf: the lowest empty place is proposed, another one may be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.questions import question_about, shelf_reason
from kiosk.errors import ShelfPlaceTakenError
from kiosk.parcels.states import NoticeKind
from kiosk.plain.clerk.paper import print_paper
from kiosk.plain.questions import Choice, Question
from kiosk.plain.signs import heard
from kiosk.words.language import _
from kiosk.words.people import recipient, where_to_find

if TYPE_CHECKING:
    from kiosk.parcels.lockers import LockerSize
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk

SHOWN_SIGNS = 9
"""How many last characters of a number are worth writing on the parcel."""


async def put_on_shelf(clerk: Clerk, parcel: Parcel, size: LockerSize | None = None) -> None:
    """Ask where the parcel lies, and record that; `size` is the locker size it waits for."""
    talk = clerk.talk
    proposed = await clerk.done(clerk.desk.shelf.propose_place(), _("Looking for an empty place"))
    name = recipient(parcel) or _("recipient unknown")
    where = heard(where_to_find(parcel.contact))
    talk.say(
        _("Put it on the shelf at {place}.").format(place=proposed),
        _("Write on the parcel: {place}, {number}, {name}.").format(
            place=proposed,
            number=parcel.tracking_number[-SHOWN_SIGNS:],
            name=_("{name}, {where}").format(name=name, where=where) if where else name,
        ),
    )
    laid = await _lay(clerk, parcel, proposed, size)
    talk.say(_("Parcel {number} is at {place}.").format(number=laid.tracking_number, place=laid.shelf))
    offers_label = clerk.desk.notices.has_printer and not clerk.services.settings.printer.labels
    if offers_label and await talk.is_sure(_("Print its label? Type yes, or press Enter for none.")):
        await print_paper(clerk, laid, NoticeKind.LABEL)


async def _lay(clerk: Clerk, parcel: Parcel, proposed: str, size: LockerSize | None) -> Parcel:
    """Ask for the place until one is given that is empty."""
    asked: Question[str] = Question(
        _("Press Enter when it is there, or type another place."),
        enter=Choice(_("it is at the place that was said"), proposed),
        free=str,
    )
    while True:
        place = await clerk.talk.ask(asked)
        reason = shelf_reason(
            question_about(parcel),
            online=clerk.queries.activity.online,
            sees_no_room=clerk.desk.shelf.sees_no_room(),
            size=size,
        )
        try:
            putting = clerk.desk.shelf.put_on(parcel, place, reason, clerk.person, size=size)
            return await clerk.done(putting, _("Recording that it is at {place}").format(place=place))
        except ShelfPlaceTakenError as error:
            clerk.talk.fail(error)
