"""Which codes are on one box, as somebody at the desk says it: the same box, another box, one more barcode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.boxes import code_of
from kiosk.plain.clerk.clerk import Beside
from kiosk.plain.questions import Choice, Question
from kiosk.tracking.codes import Code
from kiosk.words import tracking_numbers as numbers
from kiosk.words.language import _

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk


async def join_before(clerk: Clerk, parcel: Parcel) -> Parcel:
    """Make the code scanned last a code of the box scanned before it, and return that box."""
    before = clerk.beside(parcel).before
    return parcel if before is None else await _join(clerk, parcel, before)


async def separate_last(clerk: Clerk, parcel: Parcel) -> Parcel:
    """Make the code that was added last a parcel of its own, and return that."""
    code = clerk.beside(parcel).added
    return parcel if code is None else await separate(clerk, parcel, code)


async def separate(clerk: Clerk, parcel: Parcel, code: Code) -> Parcel:
    """Take a code off a box, take it in as a parcel of its own, and return that."""
    taken = await clerk.done(clerk.desk.boxes.separate(parcel, code, clerk.person), _("Making two boxes of it"))
    fresh = taken.parcels[-1]
    said = numbers.taken(fresh, taken.scan, parcel)
    clerk.talk.say(said.title, said.hint)
    clerk.note_beside(fresh, Beside(before=parcel, scan=taken.scan))
    return fresh


async def ask_apart(clerk: Clerk, parcel: Parcel) -> Parcel:
    """Ask which of the barcodes is on another box."""
    choices = [Choice(each, Code(each)) for each in parcel.other_codes]
    asked: Question[Code] = Question(_("Which barcode is on another box? Type its number."), choices=choices)
    return await separate(clerk, parcel, await clerk.talk.ask(asked))


async def add_code(clerk: Clerk, parcel: Parcel) -> Parcel:
    """Ask for another barcode of the box; one that was taken in as a parcel of its own joins this one."""
    asked: Question[Code] = Question(_("Scan the other barcode of this box."), free=lambda code: code, takes_scans=True)
    code = await clerk.talk.ask(asked)
    known = await clerk.desk.scans.known(code.scan)
    if known is not None and known.parcel_id == parcel.parcel_id:
        clerk.talk.say(_("That barcode finds this parcel already."))
        return parcel
    if known is not None:
        return await _join(clerk, known, parcel)
    box = await clerk.done(clerk.desk.scans.add_code(parcel, code.scan, clerk.person), _("Recording the number"))
    said = numbers.added(parcel, box, code.scan)
    clerk.talk.say(said.title, said.hint)
    clerk.note_beside(box, Beside(added=code, scan=clerk.beside(parcel).scan))
    return box


async def _join(clerk: Clerk, parcel: Parcel, box: Parcel) -> Parcel:
    joining = clerk.desk.boxes.join(parcel, box, clerk.person)
    joined = await clerk.done(joining, _("Putting both codes on one box"))
    clerk.talk.say(numbers.joined(parcel).title)
    clerk.note_beside(joined, Beside(added=code_of(parcel)))
    return joined
