"""The API's writes as the kiosk needs them: how each is sent, and how a lost answer is found out by reading.

When to do which is decided in `kiosk/desk/requests.py`, which alone sends them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kiosk.desk.writes.deposit import Deposit
from kiosk.desk.writes.free import Free
from kiosk.desk.writes.reserve import Reserve
from kiosk.desk.writes.sending import Write
from kiosk.desk.writes.update import Add, Extend
from kiosk.parcels.states import Operation

WRITES: Final[Mapping[Operation, Write]] = {
    Operation.RESERVE: Reserve(),
    Operation.DEPOSIT: Deposit(),
    Operation.FREE: Free(),
    Operation.EXTEND: Extend(),
    Operation.ADD: Add(),
}
"""How each operation is written."""
