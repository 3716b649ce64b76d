"""Makes the text of an error from its code; the texts stand beside this, in a file for each room that raises them."""

from __future__ import annotations

from kiosk.errors import KioskError, Parameter, SettingsError
from kiosk.words.errors import (
    api,
    at_the_desk,
    backup,
    desk,
    devices,
    facilities,
    fleet,
    journal,
    notices,
    printing,
    recipients,
    settings,
    signing_in,
    simulator,
    storage,
    tracking,
    witness,
)
from kiosk.words.errors.headings import HEADINGS
from kiosk.words.errors.spoken import Said
from kiosk.words.errors.text import Text
from kiosk.words.language import N_, _
from kiosk.words.numbers import as_short
from kiosk.words.states import code_word

TEXTS: dict[str, Text] = {
    **api.TEXTS,
    **backup.TEXTS,
    **desk.TEXTS,
    **facilities.TEXTS,
    **fleet.TEXTS,
    **witness.TEXTS,
    **journal.TEXTS,
    **notices.TEXTS,
    **printing.TEXTS,
    **devices.TEXTS,
    **recipients.TEXTS,
    **settings.TEXTS,
    **signing_in.TEXTS,
    **simulator.TEXTS,
    **storage.TEXTS,
    **tracking.TEXTS,
}
"""Every text, by the code of its error."""


_UNKNOWN = Text(N_("This version of the program can't explain the error {code}."))
"""For a code that a newer program recorded."""


def said_of(error: KioskError, *, to_clerk: bool = False) -> Said:
    """Return what happened, under which heading, and what to do about it; a clerk hears of nothing technical."""
    said = _in_full(error)
    if not to_clerk:
        return said
    sentence, hint = said.sentence, said.hint
    if error.code in at_the_desk.SENTENCES:
        sentence, hint = _(at_the_desk.SENTENCES[error.code]), _hint(error)
    hints = (_(at_the_desk.HINTS[each]) for each in type(error).__mro__ if each in at_the_desk.HINTS)
    return Said(said.title, sentence, next(hints, hint))


def _in_full(error: KioskError) -> Said:
    text = _text(error)
    known = _Known({name: _shown(name, value) for name, value in error.parameters.items()}, code=error.code)
    also = [said_of(each).sentence for each in error.also] if isinstance(error, SettingsError) else []
    return Said(
        _(text.title) if text.title else _title(error),
        " ".join([_(text.sentence).format_map(known), *also]),
        _(text.hint).format_map(known) if text.hint else _hint(error),
    )


def _text(error: KioskError) -> Text:
    text = TEXTS.get(error.code, _UNKNOWN)
    if error.code in desk.VARIANTS:
        parameter, variants = desk.VARIANTS[error.code]
        return variants.get(str(error.parameters.get(parameter)), text)
    return text


class _Known(dict[str, str]):
    """Parameters by name. What an older program recorded may lack one: that costs a word, not the screen."""

    def __missing__(self, name: str) -> str:
        return "?"


def _shown(name: str, value: Parameter) -> str:
    match value:
        case str():
            return code_word(name, value)
        case tuple():
            return ", ".join(value)
        case float():
            return as_short(value)
        case _:
            return str(value)


def _title(error: KioskError) -> str:
    # Along the base classes, so that not every class needs a heading of its own.
    return _(next(HEADINGS[each].title for each in type(error).__mro__ if each in HEADINGS))


def _hint(error: KioskError) -> str:
    return _(next(HEADINGS[each].hint for each in type(error).__mro__ if each in HEADINGS and HEADINGS[each].hint))
