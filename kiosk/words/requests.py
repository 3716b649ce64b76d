"""What is said of a request to the locker service whose outcome is open: a whole sentence for each operation.

What each operation is called stands in `states.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.parcels.states import Operation
from kiosk.words.language import N_, _

NOT_CONFIRMED: Mapping[str, str] = {
    Operation.RESERVE: N_("The locker service has not confirmed the reservation yet."),
    Operation.DEPOSIT: N_("The locker service has not confirmed the deposit yet."),
    Operation.FREE: N_("The locker service has not confirmed yet that the locker is free."),
    Operation.EXTEND: N_("The locker service has not confirmed yet that the reservation was extended."),
    Operation.ADD: N_("The locker service has not confirmed yet that the parcel was added to the locker."),
}
"""Why nothing else can be done with the parcel now."""

OUTCOME_UNKNOWN: Mapping[str, str] = {
    Operation.RESERVE: N_("It is not known yet whether the locker was reserved."),
    Operation.DEPOSIT: N_("It is not known yet whether the deposit was recorded."),
    Operation.FREE: N_("It is not known yet whether the locker was freed."),
    Operation.EXTEND: N_("It is not known yet whether the reservation was extended."),
    Operation.ADD: N_("It is not known yet whether the parcel was added to the locker."),
}
"""What came of a request that got no usable answer."""


def not_confirmed(operation: Operation) -> str:
    """Return in a sentence what the locker service still has to confirm."""
    return _(NOT_CONFIRMED[operation])


def outcome_unknown(operation: Operation) -> str:
    """Return in a sentence what is not known of a request."""
    return _(OUTCOME_UNKNOWN[operation])
