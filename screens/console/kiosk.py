"""The kiosk itself: version, health, storage, settings without secrets, and the last lines of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.words.overview import health_words
from kiosk.words.plain import fit, plain
from kiosk.words.signs import CROSS, TICK
from screens.console.actions import KIOSK_KEYS
from screens.console.base import ConsoleScreen
from screens.console.destinations import Page
from screens.console.wording import bytes_of
from screens.widgets.lines import Lines
from screens.wording import counted

if TYPE_CHECKING:
    from kiosk.desk.health import KioskStatus
    from kiosk.parcels.people import Person
    from kiosk.wiring import Services
    from screens.widgets.drawn import Piece

_LABEL = 26
_HEALTH: dict[bool | None, tuple[str, str, str]] = {
    True: (TICK, "ok", "done"),
    False: (CROSS, "look", "broken"),
    None: ("?", "open", "quiet"),
}


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
            self.run(
                services.queries.console.banks(again=True), "Asking the locker service", lambda _: self.read_soon()
            )


def _lines(kiosk: KioskStatus) -> list[list[Piece]]:
    storage = kiosk.storage
    lines: list[list[Piece]] = [
        [(f"   Parcel kiosk {kiosk.version}", "bold $chosen")],
        [],
        *(_health(*health_words(each), ok=each.ok) for each in kiosk.health),
        [],
        [("   Storage", "bold $chosen")],
        _fact("folder", storage.folder),
        _fact(
            "journal", f"{bytes_of(storage.journal_bytes)}, schema {storage.schema}, {counted(storage.events, 'event')}"
        ),
        _fact("free on the disk", bytes_of(storage.free_bytes)),
        _fact("parcels here", str(storage.parcels_here)),
        [],
        [("   Last warnings and errors", "bold $chosen")],
    ]
    lines += [[(f"   {plain(line)}", "$foreground")] for line in kiosk.errors] or [[("   None.", "$quiet")]]
    lines += [[], [("   Settings", "bold $chosen")]]
    return [*lines, *(_fact(name, str(value)) for name, value in kiosk.settings)]


def _health(name: str, sentence: str, *, ok: bool | None) -> list[Piece]:
    sign, word, tone = _HEALTH[ok]
    return [(f"   {sign} {fit(word, 6)}", f"bold ${tone}"), (fit(name, _LABEL - 8), "bold"), (plain(sentence), "")]


def _fact(name: str, value: str) -> list[Piece]:
    return [(f"   {fit(name, _LABEL)} ", "$quiet"), (plain(value) or "-", "$foreground")]
