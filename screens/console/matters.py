"""What needs somebody as rows: shared by the overview and the attention page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.words.signs import DIAMOND
from screens.console.wording import NOTHING, short_time, where, whom
from screens.widgets.table import Column, TableRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kiosk.desk.standing import Matter

MATTER_COLUMNS = (
    Column("What", 23),
    Column("Parcel", 13, cut="start", grows=1),
    Column("For", 12, grows=2),
    Column("Where", 14, cut="middle", grows=1),
    Column("Since", 6),
)


def matter_row(matter: Matter, label: Callable[[str], str], now: datetime) -> TableRow:
    """Return a matter as a row; what nobody but a person ends is marked by its sign."""
    parcel = matter.parcel
    sign, tone = ("!", "attention") if matter.kind != "on the shelf" else (DIAMOND, "reserved")
    cells = (
        f"{sign} {matter.kind}",
        parcel.tracking_number if parcel else NOTHING,
        whom(parcel) if parcel else NOTHING,
        where(parcel, label) if parcel else f"{label(matter.locker_bank_id)} {matter.locker_unit_id}",
        short_time(matter.since or (parcel.taken_in_at if parcel else None), now),
    )
    return TableRow(matter.key, cells, (tone,))
