"""One parcel in full: what it is, for whom, where, its times, everything that happened to it, and the repairs."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from kiosk.notify.hours import rules_of
from kiosk.parcels.listing import expires_at
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Finding
from kiosk.wiring import Services
from kiosk.words.events import event_line
from kiosk.words.findings import advice_on, item_word, why_not_confirmed
from kiosk.words.language import N_, _, pgettext
from kiosk.words.notices import standing_words
from kiosk.words.people import where_to_find
from kiosk.words.plain import broken, fit, plain
from kiosk.words.states import outgoing_word, shelf_reason_word, size_word
from screens.actions import Action
from screens.console.actions import PARCEL_KEYS, REPAIRS
from screens.console.base import ConsoleScreen
from screens.console.correcting import Correcting
from screens.console.destinations import ShowEvent
from screens.console.wording import NOTHING, event_time, full_time, state_of, where, whom
from screens.widgets.drawn import Piece
from screens.widgets.table import Column, Table, TableRow

_LABEL = 12


class ParcelScreen(ConsoleScreen):
    """Opened from any list; Esc goes back there."""

    KEYMAP = PARCEL_KEYS

    def __init__(self, person: Person, parcel: Parcel) -> None:
        super().__init__(person)
        self._parcel = parcel
        self._correcting = Correcting(self, lambda: self._parcel, self._finding)
        self.body = self.table = Table(
            (
                Column(N_("When"), 12, is_ours=True),
                Column(N_("What happened"), 32, is_ours=True, grows=3),
                Column(N_("By"), 10, grows=1, is_spare=True),
            ),
            empty=_("Nothing is recorded."),
            stays_on_top=True,
        )

    async def read(self, services: Services) -> None:
        """Show the parcel as it stands by now."""
        self._parcel = await services.queries.console.parcel(self._parcel.parcel_id) or self._parcel
        await self._correcting.follow_code(services)
        events = await services.queries.console.history(self._parcel.parcel_id)
        now = services.clock.now()
        others = await services.desk.open_lockers.numbers_beside(self._parcel)
        owed = await services.desk.notices.owed_of(self._parcel)
        notice = standing_words(self._parcel, events, owed, rules_of(services.settings.notices), now)
        self.table.show_above(_facts(self._parcel, services, self.size.width, others, notice))
        self.table.show_rows(
            [
                TableRow(
                    str(event.sequence),
                    (
                        event_time(event.at, now),
                        event_line(event.event, services.queries.console.label),
                        event.person,
                    ),
                    ("quiet", "", "quiet"),
                )
                for event in reversed(events)
            ]
        )

    def allows(self, action: Action) -> bool:
        """Correct what can be corrected."""
        return self._correcting.allows(action) if action in REPAIRS else super().allows(action)

    def refuse(self, action: Action) -> None:
        """Say what hinders a correction."""
        if action in REPAIRS:
            self._correcting.say_why_not(action)

    async def do(self, action: Action) -> None:
        """Do what a key stands for; a correction asks why first."""
        if action in REPAIRS:
            self._correcting.ask_why(action)
        else:
            await super().do(action)

    async def action_open(self) -> None:
        """Show the highlighted event in full."""
        if self.table.chosen is not None:
            await self.console.show(ShowEvent(int(self.table.chosen)))

    def _finding(self) -> Finding | None:
        return self._parcel.attention[0].finding if self._parcel.attention else None

    async def action_return(self) -> None:
        """Go back to the list."""
        await self.app.pop_screen()


def _facts(parcel: Parcel, services: Services, width: int, others: Sequence[str], notice: str) -> list[list[Piece]]:
    state, tone = state_of(parcel)
    label = services.queries.console.label
    size = parcel.place.size if parcel.place else parcel.wanted_size
    found = where(parcel, label) + (f" · {size_word(size)}" if size else "")
    end = expires_at(parcel)
    lines = [
        [(f"   {plain(parcel.tracking_number)}   ", "bold $chosen"), (state, f"bold ${tone}")],
        [],
        _fact(_("For"), whom(parcel), where_to_find(parcel.contact)),
        _fact(_("Where"), found, shelf_reason_word(parcel.shelf_reason) if parcel.shelf_reason else ""),
        _fact(_("Taken in"), full_time(parcel.taken_in_at)),
    ]
    if others:
        first, *more = broken(", ".join(others), width - _LABEL - 4)
        lines[4:4] = [_fact(_("With"), first), *(_fact("", each) for each in more)]
    if parcel.handed_to:
        lines.append(_fact(_("Handed to"), parcel.handed_to))
    if parcel.destination:
        why = outgoing_word(parcel.outgoing_reason) if parcel.outgoing_reason else ""
        lines.append(_fact(_("Goes to"), parcel.destination, why))
    if parcel.scanned != parcel.tracking_number:
        lines.insert(2, _fact(_("Scanned"), parcel.scanned))
    if parcel.deposited_at:
        lines.append(_fact(pgettext("when", "Put in"), full_time(parcel.deposited_at)))
    if end:
        text = _("{time} (over)") if end < services.clock.now() else "{time}"
        lines.append(_fact(_("Ends"), text.format(time=full_time(end))))
    if parcel.open_write is not None:
        lines += _wrapped(_("Why"), why_not_confirmed(parcel.open_write), width)
    lines += _wrapped(_("Notice"), notice, width)
    if parcel.code_waiting:
        lines.append(_fact(_("Code"), _("waits for the clerk")))
    holder = services.desk.lockers.holder(parcel.place) if parcel.place else ""
    for item in parcel.attention:
        advice = advice_on(item, parcel, holder)
        lines.append([(f"   ! {item_word(item, parcel)}", "bold $broken")])
        said = (*broken(advice.sentence, width - 6), *broken(advice.proposal, width - 6))
        lines += [[(f"     {line}", "")] for line in said]
    return [*lines, []]


def _wrapped(name: str, said: str, width: int) -> list[list[Piece]]:
    """Return a fact in as many rows as it takes; none where there is nothing to say."""
    rows = broken(said, width - _LABEL - 4)
    return [_fact(name if at == 0 else "", row) for at, row in enumerate(rows)]


def _fact(name: str, said: str, more: str = "") -> list[Piece]:
    pieces: list[Piece] = [(f"   {fit(name, max(_LABEL, cell_len(name) + 1))} ", "$quiet")]
    pieces.append((plain(said or NOTHING) if not more or said else "", "bold"))
    return [*pieces, (f"{'   ' if said else ''}{plain(more)}", "$quiet" if said else "")]
