"""What the chosen door holds, in rows: what the service says, then what the journal knows. No widget, no state."""

from __future__ import annotations

from rich.cells import cell_len

from kiosk.desk.overview import UnitContent
from kiosk.parcels.lockers import LockerUnit
from kiosk.words.contradictions import contradiction_sentence
from kiosk.words.language import _
from kiosk.words.overview import report_sentence
from kiosk.words.plain import broken, fit, plain
from kiosk.words.states import contact_type_word, size_word, unit_word
from screens.console.wording import full_time, state_of, whom
from screens.widgets.drawn import Piece

_LEAST_INDENT = 9
"""Columns of the words that say where something is known from, at least."""


def details(content: UnitContent | None, width: int) -> list[list[Piece]]:
    """Return the chosen door in words: what the service says, then what the journal knows."""
    if content is None:
        return []
    unit = content.unit
    head = _("Locker {unit}").format(unit=plain(unit.locker_unit_id))
    traits = [
        size_word(unit.size) or _("size unknown"),
        unit_word(unit.state),
        *([_("accessible")] if unit.accessible else []),
    ]
    lines: list[list[Piece]] = [
        [],
        [(f"   {head}", "bold $chosen"), (f"   {' · '.join(map(plain, traits))}", "bold")],
        *_by_service(unit, width),
    ]
    for parcel in content.parcels[:1]:
        others = len(content.parcels) - 1
        more = _("and {count} more").format(count=others) if others else ""
        said = (parcel.tracking_number, whom(parcel), state_of(parcel)[0], more)
        lines.append(_line(_("Journal"), " · ".join(part for part in said if part)))
    if content.report:
        lines.append([(f"   ! {plain(report_sentence(content.report))}", "bold $attention")])
    if content.contradiction:
        lines.append([(f"   ! {contradiction_sentence(content.contradiction)}", "bold $attention")])
    return lines


def numbers_in(content: UnitContent, width: int) -> list[list[Piece]]:
    """Return the number of every parcel in a unit, as all of them are to leave it."""
    head = _("In locker {unit}:").format(unit=plain(content.unit.locker_unit_id))
    lines = broken(", ".join(content.numbers), width - 6)
    return [[(f"   {head}", "bold $attention")], *([(f"   {line}", "bold")] for line in lines)]


def _by_service(unit: LockerUnit, width: int) -> list[list[Piece]]:
    """Return who has the unit, for which parcels and how long, as the service says; nothing for an empty one."""
    held = dict.fromkeys(each.tracking_number for each in (*unit.parcels_deposited, *unit.parcels_reserved))
    if not unit.contact_id and not held:
        return []
    who = unit.contact_name or unit.contact_id or _("nobody")
    kind = f" ({contact_type_word(unit.contact_type)})" if unit.contact_type else ""
    numbers = ", ".join(held) or _("no parcel")
    end = unit.deposit_expiry_time or unit.reservation_expiry_time
    since = unit.deposit_time or unit.reservation_time
    times = _("since {since} · until {end}").format(since=full_time(since), end=full_time(end))
    lead = " " * (_indent() + 4)
    rows: list[list[Piece]] = [[(lead, ""), (row, "$quiet")] for row in broken(times, width - len(lead) - 1)]
    return [_line(_("Service"), f"{who}{kind} · {numbers}"), *rows]


def _indent() -> int:
    return max(_LEAST_INDENT, cell_len(_("Service")) + 2, cell_len(_("Journal")) + 2)


def _line(source: str, said: str) -> list[Piece]:
    return [(f"   {fit(source, _indent())} ", "$quiet"), (plain(said), "")]
