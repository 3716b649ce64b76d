"""The rows around a page of the console, as pieces: title, names of the pages, keys. No widget, no state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from rich.cells import cell_len

from kiosk.words.language import _
from kiosk.words.plain import plain, shorten
from kiosk.words.signs import ARROW, ARROW_BACK, FULL, HOLLOW
from kiosk.words.states import role_word
from screens.actions import Action
from screens.console.actions import ALWAYS_SHOWN
from screens.widgets.drawn import Piece, in_rows

if TYPE_CHECKING:
    from kiosk.parcels.people import Person
    from kiosk.wiring import Services
    from screens.widgets.lines import Lines

FILTER_ROWS = 2
P = TypeVar("P")
"""The pages of a console."""


def title(services: Services | None, person: Person, width: int) -> list[Piece]:
    """Return which desk this is, how it stands with the service, and who looks; `services` is None while it opens."""
    desk = f" · {services.settings.desk.name}" if services else ""
    return ends([(f" {_('Parcel kiosk')}", "bold"), (desk, "$quiet")], _right(services, person), width)


def pages(named: Mapping[P, Action], shown: P | None, waiting: Mapping[P, int], width: int) -> list[list[Piece]]:
    """Return the names of the pages, in more rows where one is too short; where something waits, with how much."""
    pieces: list[Piece] = []
    for page, action in named.items():
        count = f" {waiting[page]}" if waiting.get(page) else ""
        words = f"{action.key} {_(action.label)}{count}"
        if page is shown:
            pieces.append((f"{ARROW}{words}{ARROW_BACK}", "bold $chosen-text on $chosen"))
        else:
            pieces.append((f" {words} ", "bold $attention" if count else "$quiet"))
    return in_rows(pieces, width)


def show_filters(line: Lines, pieces: Sequence[Piece]) -> None:
    """Show what filters say, in as many rows as they take, and a blank one beneath where there is room."""
    rows = in_rows(pieces, line.app.size.width)
    line.styles.height = max(len(rows), FILTER_ROWS)
    line.show(rows)


def keys(allowed: Sequence[Action], width: int) -> list[list[Piece]]:
    """Return the keys of the page and those that are always shown, in as many rows as they take."""
    rows: list[list[Piece]] = [[]]
    room = width
    for action in (*allowed, *ALWAYS_SHOWN):
        room -= _width(action)
        if room < 0:
            rows.append([])
            room = width - _width(action)
        rows[-1] += [(f" {action.key_label} ", "bold $chosen"), (f"{_(action.label)} ", "$foreground")]
    return rows


def answer_keys() -> list[Piece]:
    """Return the row of keys while an answer is typed."""
    return [(" Enter ", "bold $chosen"), (f"{_('OK')}   ", ""), ("Esc ", "bold $chosen"), (_("Back"), "")]


def who_looks(person: Person) -> list[Piece]:
    """Return who looks, as the title ends."""
    return [(f"   {plain(person.name)}", "bold"), (f" · {role_word(person.role)} ", "$quiet")]


def ends(left: list[Piece], right: list[Piece], width: int) -> list[Piece]:
    """Put one text at each end of a row; the left one gives way first."""
    room = width - sum(cell_len(text) for text, _style in right)
    pieces: list[Piece] = []
    for text, style in left:
        short = shorten(text, max(room - 1, 0))
        pieces.append((short, style))
        room -= cell_len(short)
    return [*pieces, (" " * max(room, 0), ""), *right]


def _right(services: Services | None, person: Person) -> list[Piece]:
    who = who_looks(person)
    if services is None:
        return [(_("Opening..."), "$quiet"), *who]
    line = services.queries.activity.connection.state.value
    known = {"online": (FULL, _("online"), "$done"), "offline": (HOLLOW, _("offline"), "bold $attention")}
    sign, word, style = known.get(line, (HOLLOW, _("not asked yet"), "$quiet"))
    return [(f"{services.settings.environment.value}   ", "$quiet"), (f"{sign} {word}", style), *who]


def _width(action: Action) -> int:
    return cell_len(action.key_label) + cell_len(_(action.label)) + 3
