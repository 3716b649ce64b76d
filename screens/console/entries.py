"""What somebody has to look at as rows: shared by the overview and the attention page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kiosk.desk.overview import Entry, EntryKind
from kiosk.words.language import N_
from kiosk.words.overview import entry_word
from kiosk.words.signs import DIAMOND
from screens.console.wording import NOTHING, short_time, where, whom
from screens.widgets.table import Column, TableRow

ENTRY_COLUMNS = (
    Column(N_("What"), 23, is_ours=True),
    Column(N_("Parcel"), 13, cut="start", grows=1),
    Column(N_("For"), 12, grows=2),
    Column(N_("Where"), 14, cut="middle", grows=1),
    Column(N_("Since"), 6, is_ours=True),
)


def entry_row(entry: Entry, label: Callable[[str], str], now: datetime) -> TableRow:
    """Return an entry as a row; what only a person ends is marked by its sign."""
    parcel = entry.parcel
    sign, tone = (DIAMOND, "reserved") if entry.kind is EntryKind.ON_SHELF else ("!", "attention")
    cells = (
        f"{sign} {entry_word(entry)}",
        parcel.tracking_number if parcel else NOTHING,
        whom(parcel) if parcel else NOTHING,
        where(parcel, label) if parcel else f"{label(entry.locker_bank_id)} {entry.locker_unit_id}",
        short_time(entry.since or (parcel.taken_in_at if parcel else None), now),
    )
    return TableRow(entry.key, cells, (tone,))
