"""How a command prints a parcel whose deposit was just recorded, and what it says of a code that it does not print."""

from __future__ import annotations

from kiosk.cli.exits import DONE, FAILED, UNFINISHED
from kiosk.cli.fields import parcel_fields
from kiosk.cli.output import Output, OutputError
from kiosk.cli.session import Session
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ContactType
from kiosk.words.language import _


async def print_with_code(session: Session, parcel: Parcel, output: Output, *, show_code: bool) -> int:
    """Print the parcel with its code; only a code that was printed counts as seen. Returns an exit code."""
    desk = session.services.desk
    code = await desk.pickup_codes.waiting(parcel) if show_code else None
    fields = parcel_fields(parcel) | {"pickupCode": code.secret.get_secret_value() if code else None}
    try:
        output.record(fields)
    except (BrokenPipeError, OutputError):
        output.words(_("The parcel is in, but the answer could not be printed. A pickup code waits in the kiosk."))
        return UNFINISHED if parcel.code_waiting else FAILED
    if code is not None:
        await desk.pickup_codes.confirm(parcel, code, session.person)
        return DONE
    return tell_of_code(parcel, output)


def tell_of_code(parcel: Parcel, output: Output) -> int:
    """Say where the code is after a deposit; return the exit code, UNFINISHED where none came."""
    if parcel.code_waiting:
        output.words(_("The pickup code waits in the kiosk."))
    elif parcel.contact is not None and parcel.contact.contact_type is ContactType.RECIPIENT:
        output.words(
            _("The parcel is in, but no pickup code came with the deposit. `kiosk console` gives the parcel a new one.")
        )
        return UNFINISHED
    return DONE
