"""The last row: environment, connection, what is on its way, time. Everything is set from outside; no timer here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive

from kiosk.words.language import N_, _, ngettext
from kiosk.words.plain import plain, shorten
from kiosk.words.signs import ELLIPSIS, FULL, HOLLOW
from screens.widgets.drawn import Drawn, Piece, is_large


class Connection(StrEnum):
    """How the kiosk stands with the network."""

    ONLINE = "online"
    OFFLINE = "offline"
    CONNECTING = "connecting"


_SIGNS = {
    Connection.ONLINE: (FULL, N_("online"), "$done"),
    Connection.OFFLINE: (HOLLOW, N_("offline"), "bold $attention"),
    Connection.CONNECTING: (ELLIPSIS, N_("connecting"), "$quiet"),
}
"""Sign, word and style of each; the word is translated when shown."""
_GAP = "   "


@dataclass(frozen=True, slots=True)
class Status:
    """What the last row says."""

    environment: str = ""
    connection: Connection = Connection.CONNECTING
    signed_in: str = ""
    """Who works at the desk, where people sign in."""
    offline_since: str = ""
    """A time of day such as `10:41`; shown only while offline."""
    waiting: int = 0
    """Requests whose outcome is not known yet."""
    printer: str = ""
    """What keeps the printer from printing, and what to do; empty while nothing does."""
    devices: str = ""
    """What keeps scanner or badge reader from being read, and what to do; empty while nothing does."""
    directory: str = ""
    """How old the names are, such as `names 45 days old`; empty while that is of no interest."""
    time_text: str = ""


class StatusBar(Drawn):
    """One quiet row. A value that does not change repaints nothing."""

    status: reactive[Status] = reactive(Status())

    def render(self) -> Content:
        """Return the row; in a narrow window the parts at the left give way last."""
        width = self.content_size.width
        clock = plain(self.status.time_text)
        room = max(width - cell_len(clock) - 2, 0)
        pieces: list[Piece] = []
        for piece in self._parts():
            lead = 0 if not pieces else len(_GAP)
            left = room - sum(cell_len(text) for text, _style in pieces) - lead
            if left < 3:
                break
            if lead:
                pieces.append((_GAP, ""))
            pieces.append((shorten(piece[0], left), piece[1]))
        used = sum(cell_len(text) for text, _style in pieces)
        if width >= used + cell_len(clock):
            pieces += [(" " * (width - used - cell_len(clock) - 1), ""), (clock, "bold")]
        return Content.assemble(*pieces)

    def _parts(self) -> list[Piece]:
        status = self.status
        sign, said, style = _SIGNS[status.connection]
        word = _(said)
        if status.connection is Connection.OFFLINE and status.offline_since:
            word = _("offline since {time}").format(time=plain(status.offline_since))
        parts: list[Piece] = []
        if status.environment:
            parts.append((f" {plain(status.environment)} ", "bold $background on $quiet"))
        if status.signed_in:
            parts.append((plain(status.signed_in), "bold $foreground"))
        is_as_always = status.connection is Connection.ONLINE and is_large(self)
        parts.append((sign if is_as_always else f"{sign} {word}", style))
        if status.waiting > 0:
            text = ngettext("{count} request pending", "{count} requests pending", status.waiting)
            parts.append((text.format(count=status.waiting), "$foreground"))
        if status.devices:
            parts.append((f"! {plain(status.devices)}", "bold $attention"))
        if status.printer:
            parts.append((f"! {plain(status.printer)}", "bold $attention"))
        if status.directory:
            parts.append((f"! {plain(status.directory)}", "$attention"))
        return parts
