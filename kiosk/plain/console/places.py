"""The pages of the console, as words that can be typed at every question."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from kiosk.plain.questions import Word
from kiosk.words.language import N_


class Place(Enum):
    """Where one can go."""

    OVERVIEW = auto()
    BANKS = auto()
    PARCELS = auto()
    ATTENTION = auto()
    JOURNAL = auto()
    KIOSK = auto()
    SETTINGS = auto()
    SESSIONS = auto()
    LEAVE = auto()


EVERYWHERE: Final[tuple[Word[object], ...]] = (
    Word(N_("overview"), N_("says how the banks and the parcels are"), Place.OVERVIEW),
    Word(N_("attention"), N_("lists what somebody has to look at"), Place.ATTENTION),
    Word(
        N_("find"),
        N_("finds parcels, here or gone, by number, name, locker or day; the text may follow"),
        Place.PARCELS,
        takes_more=True,
    ),
    Word(N_("banks"), N_("says what is behind the doors of a bank"), Place.BANKS),
    Word(
        N_("journal"),
        N_("lists the newest events, or those with the words that follow"),
        Place.JOURNAL,
        takes_more=True,
    ),
    Word(N_("kiosk"), N_("says version, health, storage and the last warnings"), Place.KIOSK),
    Word(N_("settings"), N_("says every setting, without secrets"), Place.SETTINGS),
    Word(N_("sessions"), N_("lists who is connected to the console"), Place.SESSIONS),
    Word(N_("quit"), N_("leaves the console"), Place.LEAVE),
)
PAGES: Final = (
    (N_("Overview"), Place.OVERVIEW),
    (N_("Attention"), Place.ATTENTION),
    (N_("Parcels"), Place.PARCELS),
    (N_("Banks"), Place.BANKS),
    (N_("Journal"), Place.JOURNAL),
    (N_("Kiosk"), Place.KIOSK),
    (N_("Settings"), Place.SETTINGS),
    (N_("Sessions"), Place.SESSIONS),
)
