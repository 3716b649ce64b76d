"""The kiosk itself: version, health, storage, settings without secrets, and the last lines of the log."""

from __future__ import annotations

from kiosk.desk.health import Health, KioskStatus
from kiosk.parcels.people import Person
from kiosk.wiring import Services
from kiosk.words.language import _, ngettext, pgettext
from kiosk.words.numbers import bytes_of, number
from kiosk.words.overview import health_cause, health_words
from kiosk.words.plain import fit, plain
from kiosk.words.signs import CROSS, TICK
from screens.console.actions import KIOSK_KEYS
from screens.console.base import ConsoleScreen
from screens.console.destinations import Page
from screens.widgets.drawn import Piece
from screens.widgets.lines import Lines

_LABEL = 26


class KioskScreen(ConsoleScreen):
    """A page to read; arrows scroll it."""

    PAGE = Page.KIOSK
    KEYMAP = KIOSK_KEYS

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self.body = self.page = Lines(id="page")

    async def read(self, services: Services) -> None:
        """Show how things are."""
        self.page.show(_lines(await services.queries.health.look()))

    def action_read(self) -> None:
        """Ask the locker service for the banks, which shows whether it can be reached."""
        services = self.services
        if services is not None and not self.busy:
            banks = services.queries.console.banks(again=True)
            self.run(banks, _("Asking the locker service"), lambda _banks: self.read_soon())


def _lines(kiosk: KioskStatus) -> list[list[Piece]]:
    storage = kiosk.storage
    journal = ngettext(
        "{size}, schema {schema}, {count} event", "{size}, schema {schema}, {count} events", storage.events
    )
    lines: list[list[Piece]] = [
        _heading(_("Parcel kiosk {version}").format(version=kiosk.version)),
        [],
        *(line for each in kiosk.health for line in _health(each)),
        [],
        _heading(_("Storage")),
        _fact(_("folder"), storage.folder),
        _fact(
            _("journal"),
            journal.format(size=bytes_of(storage.journal_bytes), schema=storage.schema, count=number(storage.events)),
        ),
        _fact(_("free on the disk"), bytes_of(storage.free_bytes)),
        _fact(_("parcels here"), str(storage.parcels_here)),
        [],
        _heading(_("Last warnings and errors")),
    ]
    lines += [[(f"   {plain(line)}", "$foreground")] for line in kiosk.errors] or [[(f"   {_('None.')}", "$quiet")]]
    lines += [[], _heading(_("Settings"))]
    return [*lines, *(_fact(name, str(value)) for name, value in kiosk.settings)]


def _heading(words: str) -> list[Piece]:
    return [(f"   {words}", "bold $chosen")]


def _verdict(health: Health) -> tuple[str, str, str]:
    """Return a sign, a word of six characters at most, and a theme token."""
    if health.ok is None:
        return "?", pgettext("not known yet", "open"), "quiet"
    return (TICK, _("ok"), "done") if health.ok else (CROSS, _("look"), "broken")


def _health(health: Health) -> list[list[Piece]]:
    sign, word, tone = _verdict(health)
    name, sentence = health_words(health)
    line: list[Piece] = [(f"   {sign} {fit(word, 6)}", f"bold ${tone}"), (fit(name, _LABEL - 8), "bold")]
    lines = [[*line, (plain(sentence), "")]]
    if cause := health_cause(health):
        lines.append([(" " * (_LABEL + 3), ""), (plain(cause), "$quiet")])
    return lines


def _fact(name: str, value: str) -> list[Piece]:
    return [(f"   {fit(name, _LABEL)} ", "$quiet"), (plain(value) or "-", "$foreground")]
