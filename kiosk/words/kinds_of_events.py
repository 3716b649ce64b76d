"""Which kinds of events somebody means who types a word of what the journal says, in the language that is spoken."""

from __future__ import annotations

from kiosk.folding import parts
from kiosk.parcels.registry import EVENTS
from kiosk.words.events import event_words

_LEAST = 4
"""Signs: a shorter text is somebody's name as a rule, and begins words of many events."""


def kinds_named(text: str) -> frozenset[str]:
    """Return the codes of the events in whose words a text stands, from the beginning of a word on."""
    wanted = f" {' '.join(parts(text))}"
    if len(wanted.strip()) < _LEAST:
        return frozenset()
    # Words follow from the kind alone: those of an event without its fields are as good.
    said = {code: event_words(kind.model_construct()) for code, kind in EVENTS.items()}
    return frozenset(code for code, words in said.items() if wanted in f" {' '.join(parts(words))}")
