"""The section `[desk]`: the desk, its scanner and its screen, and where it is (`[desk.address]`)."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from kiosk.languages import ENGLISH, is_code, languages
from kiosk.settings.section import Section, WrongValueError


class Theme(StrEnum):
    """The colours of the screens."""

    DARK = "dark"
    LIGHT = "light"
    CONTRAST = "contrast"


class RightToLeft(StrEnum):
    """Who puts letters in order that are written from right to left."""

    KIOSK = "kiosk"
    TERMINAL = "terminal"
    """One that does so whatever it is asked."""


class Signs(StrEnum):
    """Which signs the terminal gets."""

    AUTO = "auto"
    """All, unless its encoding has none but ASCII's."""
    UNICODE = "unicode"
    WIDE = "wide"
    """For a terminal where characters of ambiguous width take two cells."""
    ASCII = "ascii"


class ScannerEnd(StrEnum):
    """What ends a scan."""

    ENTER = "enter"
    """Enter, Tab or a line feed."""
    SILENCE = "silence"


def tells_a_scan(prefix: str) -> bool:
    """Tell whether signs in front of a code can't be the beginning of a number, nor stand inside one."""
    return any(not (sign.isalnum() or sign in "- ") for sign in prefix)


def _scanner_prefix(prefix: str) -> str:
    if prefix and not tells_a_scan(prefix):
        raise WrongValueError("prefix_in_numbers")
    return prefix


def _own_prefix(prefix: str) -> str:
    # Capitals only, because numbers without a carrier are kept in capitals.
    if not re.fullmatch("[A-Z0-9-]+", prefix):
        raise WrongValueError("own_prefix_wrong")
    return prefix


def _language(code: str) -> str:
    # Not only those there are: nobody stands before a closed kiosk for a catalogue that is gone. `kiosk check` says so.
    if not is_code(code):
        raise WrongValueError("setting_not_one_of", allowed=languages())
    return code


def _country(code: str) -> str:
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise WrongValueError("no_country")
    return code.upper()


class DeskAddress(Section):
    """Where the desk is; facilities are looked for around it."""

    lines: str = ""
    """Street and more, as one text; `;` stands between lines."""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: Annotated[str, AfterValidator(_country)] = "US"

    @property
    def is_set(self) -> bool:
        """Tell whether any part of it is set."""
        return bool(self.lines or self.city or self.state or self.postal_code)


class Desk(Section):
    """The desk at which the kiosk stands."""

    name: str = Field("Mailroom", min_length=1)
    """Shown on the screen and written to every event."""
    user_id: str = ""
    """Who reserves and deposits, as the API knows this desk; an e-mail address as a rule."""
    location_id: str = ""
    """Only banks of this location are offered."""
    default_bank: str = ""
    """The bank that is proposed; empty: the first one."""
    reservation_hours: float = Field(24, gt=0, le=24 * 90)
    """How long a unit is held until the parcel is in."""
    reserve_at_once: bool = False
    """Whether choosing the recipient reserves what is proposed where nothing is in doubt."""
    longest_hold_days: float = Field(30, gt=0, le=365)
    """How long after a parcel was taken in its unit can be held: nothing is extended beyond that."""
    own_prefix: Annotated[str, Field(min_length=1, max_length=10), AfterValidator(_own_prefix)] = "IH-"
    """How the in-house numbers of this mailroom begin: those are taken without a question, and made by `+`."""
    scanner_end: ScannerEnd = ScannerEnd.ENTER
    """How the scanner ends a code; silence only for one that sends nothing at the end."""
    scanner_prefix: Annotated[str, Field(max_length=10), AfterValidator(_scanner_prefix)] = ""
    """What the scanner puts in front of each code, if anything; a code begins wherever it comes."""
    bell: bool = True
    """Whether the terminal's bell tells taken, look here and refused apart."""
    speech: bool = False
    """Whether the kiosk says aloud what each screen asks, through `spd-say`."""
    theme: Theme = Theme.DARK
    signs: Signs = Signs.AUTO
    language: Annotated[str, AfterValidator(_language)] = ENGLISH
    """In which language the front ends speak: its code, such as `de`."""
    right_to_left: RightToLeft = RightToLeft.KIOSK
    large_print: bool = False
    """Whether the clerk's screens say half as much, and locker and code in larger signs."""
    names_minutes: float = Field(15, ge=0, le=60 * 24 * 7)
    """After how long without a change a parcel's name fades to initials on the home screen; 0 at once."""
    code_minutes: float = Field(10, ge=0, le=60)
    """How long a pickup code that was seen can be shown again; 0 deletes it at once."""
    address: DeskAddress = DeskAddress()
    directory_days: float = Field(30, gt=0)
    """After so many days without an import the screen says how old the names are."""
