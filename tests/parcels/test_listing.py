"""Which parcels are counted as here."""

from __future__ import annotations

from kiosk.parcels.listing import count
from kiosk.parcels.states import ParcelState

ENDED = {ParcelState.COLLECTED, ParcelState.CANCELLED, ParcelState.HANDED_OVER, ParcelState.SENT}
IN_UNITS = {ParcelState.RESERVED, ParcelState.IN_LOCKER}


def test_whatever_did_not_come_to_its_end_is_here() -> None:
    for state in ParcelState:
        assert count({state: 3}) == (0 if state in ENDED else 3, 3 if state in IN_UNITS else 0), state
    assert count(dict.fromkeys(ParcelState, 1)) == (len(ParcelState) - len(ENDED), len(IN_UNITS))
