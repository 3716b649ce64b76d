"""A parcel without a barcode: the number made for it, large and as a code, to be written or printed on the box."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from kiosk.desk.questions import WriteNumber
from kiosk.words.language import _
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk_actions import LABEL_KEYS
from screens.messages import StepDone
from screens.widgets.big_text import BigText
from screens.widgets.heading import Heading
from screens.widgets.qr_code import QrCode
from screens.widgets.words import Words

if TYPE_CHECKING:
    from textual.widget import Widget


class LabelScreen(ParcelScreen):
    """Shows the number until it is on the box; a barcode that turns up after all may be scanned instead."""

    KEYMAP = LABEL_KEYS
    STEP = 1

    def compose_content(self) -> Iterable[Widget]:
        """Return the code beside the number."""
        number, prefix = self.parcel.tracking_number, self.services.settings.desk.own_prefix
        yield Heading(_("Parcel {parcel}").format(parcel=self.about))
        with Horizontal():
            yield QrCode(number)
            with Vertical(id="facts"):
                yield Words(_("Write this number on the box"), classes="-title")
                for part in (prefix, number.removeprefix(prefix)):
                    yield BigText(part)
                yield Words(_("or print the code next to it"), classes="-quiet")

    @property
    def spoken_number(self) -> str:
        """The number that was made here."""
        return self.parcel.tracking_number

    def action_written(self) -> None:
        """Go on: the number is on the box."""
        self.run(
            self.dialogue.number_is(WriteNumber(self.parcel)),
            _("Recording the number"),
            lambda question: self.leave(StepDone(question)),
        )
