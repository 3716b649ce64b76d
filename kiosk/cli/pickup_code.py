"""What a command says of a parcel's pickup code that it does not print."""

from __future__ import annotations

from kiosk.cli.exits import DONE, UNFINISHED
from kiosk.cli.output import Output
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ContactType
from kiosk.words.language import _


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
