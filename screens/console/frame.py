"""The rows around a page of the console, as pieces: title, names of the pages, keys. No widget, no state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from kiosk.words.language import _
from kiosk.words.plain import shorten
from kiosk.words.signs import ARROW, ARROW_BACK, FULL, HOLLOW
from kiosk.words.states import role_word
from screens.actions import Action
from screens.console.actions import ALWAYS_SHOWN, PAGES
from screens.console.destinations import Page
from screens.widgets.drawn import Piece

if TYPE_CHECKING:
    from kiosk.parcels.people import Person
    from kiosk.wiring import Services


def title(services: Services | None, person: Person, width: int) -> list[Piece]:
    """Return which desk this is, how it stands with the service, and who looks; `services` is None while it opens."""
    desk = f" · {services.settings.desk.name}" if services else ""
    return _ends([(f" {_('Parcel kiosk')}", "bold"), (desk, "$quiet")], _right(services, person), width)


def pages(shown: Page | None, attention: int) -> list[Piece]:
    """Return the names of the pages; that of the attention page with how much waits there."""
    pieces: list[Piece] = []
    for page, action in PAGES.items():
        count = f" {attention}" if page is Page.ATTENTION and attention else ""
        words = f"{action.key} {_(action.label)}{count}"
        if page is shown:
            pieces.append((f"{ARROW}{words}{ARROW_BACK}", "bold $chosen-text on $chosen"))
        else:
            pieces.append((f" {words} ", "bold $attention" if count else "$quiet"))
    return pieces


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


def _right(services: Services | None, person: Person) -> list[Piece]:
    who = [(f"   {person.name}", "bold"), (f" · {role_word(person.role)} ", "$quiet")]
    if services is None:
        return [(_("Opening..."), "$quiet"), *who]
    line = services.queries.activity.connection.state.value
    known = {"online": (FULL, _("online"), "$done"), "offline": (HOLLOW, _("offline"), "bold $attention")}
    sign, word, style = known.get(line, (HOLLOW, _("not asked yet"), "$quiet"))
    return [(f"{services.settings.environment.value}   ", "$quiet"), (f"{sign} {word}", style), *who]


def _width(action: Action) -> int:
    return cell_len(action.key_label) + cell_len(_(action.label)) + 3


def _ends(left: list[Piece], right: list[Piece], width: int) -> list[Piece]:
    """Put one text at each end of a row; the left one gives way first."""
    room = width - sum(cell_len(text) for text, _style in right)
    pieces: list[Piece] = []
    for text, style in left:
        short = shorten(text, max(room - 1, 0))
        pieces.append((short, style))
        room -= cell_len(short)
    return [*pieces, (" " * max(room, 0), ""), *right]
