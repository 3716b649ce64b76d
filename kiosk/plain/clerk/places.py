"""Where the words lead that can be typed at every question of the clerk, and the tasks beside intakes."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from kiosk.plain.questions import Word
from kiosk.words.language import N_


class Place(Enum):
    """Where a word leads that can be typed everywhere."""

    FIND = auto()
    LIST = auto()
    LAST = auto()
    UNDO = auto()
    TASKS = auto()
    HAND_OVER = auto()
    EXPIRED = auto()
    LEAVING = auto()
    COUNT = auto()
    DROP_OFF = auto()
    NEW = auto()
    LANGUAGE = auto()
    SIGN_OUT = auto()
    LEAVE = auto()


EVERYWHERE: Final[tuple[Word[Place], ...]] = (
    Word(N_("find"), N_("finds a parcel, here or gone; more may stand behind it"), Place.FIND, takes_more=True),
    Word(N_("list"), N_("lists today's parcels, and what waits for somebody"), Place.LIST),
    Word(N_("last"), N_("opens the parcel that was worked on last"), Place.LAST),
    Word(N_("undo"), N_("undoes the last step, for a minute after it"), Place.UNDO),
    Word(N_("tasks"), N_("hand over, expired lockers, sending, counting and more"), Place.TASKS),
    Word(N_("new"), N_("takes in what stands behind it, or a box without a barcode"), Place.NEW, takes_more=True),
    Word(N_("language"), N_("chooses the language"), Place.LANGUAGE),
    Word(N_("leave"), N_("ends the program; nothing is lost"), Place.LEAVE),
)
TASKS: Final[tuple[tuple[str, Place], ...]] = (
    (N_("Hand over: somebody collects a parcel at the desk"), Place.HAND_OVER),
    (N_("Expired lockers: take out what nobody collected in time"), Place.EXPIRED),
    (N_("Leaving today: what goes out with a carrier"), Place.LEAVING),
    (N_("Stock-take: count a bank, and put right what does not fit"), Place.COUNT),
    (N_("Drop-off: find a place to drop off a parcel, and its hours"), Place.DROP_OFF),
)
