"""One parcel in full: what it is, for whom, where, its times, everything that happened to it, and the repairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.parcel_filter import expires_at
from kiosk.words.plain import fit, plain
from screens.console.actions import PARCEL_KEYS
from screens.console.destinations import ShowEvent
from screens.console.repairing import RepairScreen
from screens.console.telling import NOTHING, event_line, event_time, full_time, state_of, where, whom
from screens.widgets.table import Column, Table, TableRow
from screens.wording import where_to_find

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from kiosk.parcels.operators import Operator
    from kiosk.parcels.parcel import Parcel
    from kiosk.wiring import Services
    from screens.widgets.drawn import Piece

_LABEL = 10


class ParcelScreen(RepairScreen):
    """OpenParcel from any list; Esc goes back there."""

    KEYMAP = PARCEL_KEYS

    def __init__(self, operator: Operator, parcel: Parcel) -> None:
        super().__init__(operator)
        self._parcel = parcel
        self.table = Table(
            (Column("When", 12), Column("What happened", 32, grows=3), Column("By", 10, grows=1)),
            empty="Nothing is recorded.",
            stays_on_top=True,
        )

    def compose_content(self) -> Iterable[Widget]:
        """Return its history; what is known of it stands above."""
        yield self.table

    async def read(self, services: Services) -> None:
        """Show the parcel as it stands by now."""
        self._parcel = await services.survey.parcel(self._parcel.parcel_id) or self._parcel
        events = await services.survey.history(self._parcel.parcel_id)
        now = services.clock.now()
        self.table.show_above(_facts(self._parcel, services))
        self.table.show_rows(
            [
                TableRow(
                    str(event.sequence),
                    (
                        event_time(event.at, now),
                        event_line(event, services.survey),
                        event.actor,
                    ),
                    ("quiet", "", "quiet"),
                )
                for event in reversed(events)
            ]
        )

    def chosen_parcel(self) -> Parcel | None:
        """Return the parcel that the page is about."""
        return self._parcel

    async def action_open(self) -> None:
        """Show the highlighted event in full."""
        if self.table.chosen is not None:
            await self.console.show(ShowEvent(int(self.table.chosen)))

    async def action_return(self) -> None:
        """Go back to the list."""
        await self.app.pop_screen()


def _facts(parcel: Parcel, services: Services) -> list[list[Piece]]:
    state, tone = state_of(parcel)
    label = services.survey.label
    size = parcel.place.size if parcel.place else parcel.wanted_size
    found = where(parcel, label) + (f" · {size}" if size else "")
    end = expires_at(parcel)
    over = " (over)" if end is not None and end < services.clock.now() else ""
    lines = [
        [(f"   {plain(parcel.tracking_number)}   ", "bold $chosen"), (state, f"bold ${tone}")],
        [],
        _fact("For", whom(parcel), where_to_find(parcel.contact)),
        _fact("Lies", found, parcel.hold_reason.value if parcel.hold_reason else ""),
        _fact("Taken in", full_time(parcel.taken_in_at)),
    ]
    if parcel.scanned != parcel.tracking_number:
        lines.insert(2, _fact("Scanned", parcel.scanned))
    if parcel.deposited_at:
        lines.append(_fact("Put in", full_time(parcel.deposited_at)))
    if end:
        lines.append(_fact("Ends", full_time(end) + over))
    if parcel.code_waiting:
        lines.append(_fact("Code", "waits for the clerk"))
    for item in parcel.attention:
        lines += [_fact(f"! {item.cause.value}", "", item.sentence), _fact("", "", item.proposal)]
    return [*lines, []]


def _fact(name: str, said: str, more: str = "") -> list[Piece]:
    pieces: list[Piece] = (
        [(f"   {fit(name, _LABEL)} ", "$quiet")] if len(name) <= _LABEL else [(f"   {name}  ", "bold $broken")]
    )
    pieces.append((plain(said or NOTHING) if not more or said else "", "bold"))
    return [*pieces, (f"{'   ' if said else ''}{plain(more)}", "$quiet" if said else "")]
