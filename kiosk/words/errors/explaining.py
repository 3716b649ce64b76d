"""Makes the text of an error from its code; the texts stand beside this, in a file for each room that raises them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiosk.errors import KioskError
from kiosk.words.errors import api, facilities, recipients, settings, simulator, storage, tracking
from kiosk.words.errors.headings import HEADINGS
from kiosk.words.language import _

if TYPE_CHECKING:
    from kiosk.errors import Parameter
    from kiosk.words.errors.text import Text


class Said(NamedTuple):
    """An error in words."""

    title: str
    sentence: str
    hint: str

    @property
    def line(self) -> str:
        """What happened, on one line."""
        return f"{self.title}: {self.sentence}"


class SpokenError(KioskError):
    """An error of a front end itself, which brings its words along; nothing below a front end raises one."""

    def __init__(self, said: Said) -> None:
        super().__init__()
        self.said = said


TEXTS: dict[str, Text] = {
    **api.TEXTS,
    **facilities.TEXTS,
    **recipients.TEXTS,
    **settings.TEXTS,
    **simulator.TEXTS,
    **storage.TEXTS,
    **tracking.TEXTS,
}
"""Every text, by the code of its error."""


def explain(error: KioskError) -> Said:
    """Return what happened, under which heading, and what to do about it."""
    if isinstance(error, SpokenError):
        return error.said
    if " " in error.code:  # a sentence that has no code yet
        return Said(_title(error), error.code, str(error.parameters.get("hint") or _hint(error)))
    text = TEXTS[error.code]
    known = {name: _shown(value) for name, value in error.parameters.items()}
    return Said(
        _(text.title) if text.title else _title(error),
        _(text.sentence).format(**known),
        _(text.hint).format(**known) if text.hint else _hint(error),
    )


def _shown(value: Parameter) -> str:
    match value:
        case tuple():
            return ", ".join(value)
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def _title(error: KioskError) -> str:
    return _(next(HEADINGS[each].title for each in type(error).__mro__ if each in HEADINGS))


def _hint(error: KioskError) -> str:
    return _(next(HEADINGS[each].hint for each in type(error).__mro__ if each in HEADINGS and HEADINGS[each].hint))
