"""The e-mail address of a recipient whom no notice reached, put right at the desk; then what they missed goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import WrongStateError
from kiosk.parcels.contacts import is_address
from kiosk.plain.questions import Choice, Question
from kiosk.words.errors import explain
from kiosk.words.language import _
from kiosk.words.notices import unreached_words
from kiosk.words.people import recipient

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk


async def ask_address(clerk: Clerk, parcel: Parcel) -> Parcel:
    """Ask for the address; one that is left as it is only sends again. Raises what the desk raises."""
    notices, talk = clerk.desk.notices, clerk.talk
    contact = await clerk.done(notices.told(parcel), _("Looking up the address"))
    unreached = await notices.unreached_of(contact.contact_id)
    if unreached is not None:
        talk.say(_("{name}: {why}").format(name=recipient(parcel), why=unreached_words(unreached, clerk.now)))
    talk.say(_("In the directory: {address}").format(address=contact.email or _("none")))
    enter = Choice(_("sends again to the address in the directory"), contact.email) if contact.email else None
    asked: Question[str] = Question(_("Type the e-mail address."), enter=enter, free=str)
    while not is_address(address := (await talk.ask(asked)).strip()):
        talk.say(explain(WrongStateError("not_an_address"), to_clerk=True).sentence)
    correcting = notices.correct_address(parcel, address, clerk.person)
    corrected = await clerk.done(correcting, _("Recording the address"))
    talk.say(_("What was missed goes out again, to {address}.").format(address=address))
    return corrected
