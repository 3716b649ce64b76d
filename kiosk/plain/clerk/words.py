"""Words that can be typed at several questions about a parcel, and what each asks for."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from kiosk.plain.questions import Word
from kiosk.words.language import N_


class Act(Enum):
    """What somebody wants instead of an answer."""

    CANCEL = auto()
    SHELF = auto()
    PAGE = auto()
    SAME_BOX = auto()
    APART = auto()
    CODE = auto()
    OUTGOING = auto()
    RECIPIENT = auto()
    ADDRESS = auto()
    PROBLEM = auto()
    OTHER = auto()
    SLIP = auto()
    BANK = auto()
    NEWER = auto()
    OWN = auto()
    REACH = auto()
    BY_ID = auto()
    NO_ANSWER = auto()
    """Nothing: the question is asked again."""


CANCEL: Final = Word(N_("cancel"), N_("gives the intake up, after one question"), Act.CANCEL)
SHELF: Final = Word(N_("shelf"), N_("puts the parcel on the shelf"), Act.SHELF)
PAGE: Final = Word(N_("page"), N_("says all about the parcel, and what can be done with it"), Act.PAGE)
SAME_BOX: Final = Word(N_("same"), N_("the last barcode is on the same box as the one before"), Act.SAME_BOX)
APART: Final = Word(N_("apart"), N_("the last barcode is on another box"), Act.APART)
CODE: Final = Word(N_("code"), N_("adds another barcode of the same box"), Act.CODE)
OUTGOING: Final = Word(N_("send"), N_("it is for nobody here: it leaves with a carrier"), Act.OUTGOING)
RECIPIENT: Final = Word(N_("recipient"), N_("chooses another recipient"), Act.RECIPIENT)
ADDRESS: Final = Word(N_("address"), N_("puts the recipient's e-mail address right"), Act.ADDRESS)
PROBLEM: Final = Word(N_("problem"), N_("the locker is occupied, does not open or is too small"), Act.PROBLEM)
OTHER: Final = Word(N_("other"), N_("gives this locker back and chooses another one"), Act.OTHER)
SLIP: Final = Word(N_("slip"), N_("prints a slip with the code for the recipient"), Act.SLIP)
BANK: Final = Word(N_("bank"), N_("chooses another locker bank"), Act.BANK)
NEWER: Final = Word(N_("read"), N_("asks again which lockers are free"), Act.NEWER)
OWN: Final = Word(N_("own"), N_("adds the parcel to the recipient's locker"), Act.OWN)
REACH: Final = Word(N_("reach"), N_("takes a locker that is out of reach"), Act.REACH)
BY_ID: Final = Word(N_("id"), N_("takes a contact id of somebody who is not listed"), Act.BY_ID)
