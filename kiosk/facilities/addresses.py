"""A postal address as the finder asks with it and as facilities have it, and how one is read from a typed line."""

from __future__ import annotations

import re
from typing import Final

from kiosk.errors import WrongQuestionError
from kiosk.parcels.base import Value
from kiosk.settings.desk import DeskAddress

_COUNTRY: Final = re.compile(r",\s*(us|usa|united states|canada)$", re.IGNORECASE)
_PROVINCES: Final = frozenset({"AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"})
_ZIP: Final = r"\d{5}(?:-\d{4})?"
_CANADIAN: Final = r"[A-Z]\d[A-Z] ?\d[A-Z]\d"
_POSTAL_CODE: Final = re.compile(rf"(?P<before>.*?)[\s,]*\b(?P<code>{_ZIP}|{_CANADIAN})", re.IGNORECASE)
_STATE: Final = re.compile(r"(?P<before>.*?)[\s,]*\b(?P<state>[A-Z]{2})", re.IGNORECASE)


class Address(Value, defer_build=True):
    """An address in the parts both families have; what is not known is empty."""

    lines: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    """Two letters."""
    postal_code: str = ""
    country_code: str = "US"
    """ISO 3166-1, two letters."""

    @property
    def is_complete(self) -> bool:
        """Tell whether a search can be made with it: country, and postal code or city with state (FACILITY page)."""
        return bool(self.country_code and (self.postal_code or (self.city and self.state)))

    def check(self) -> None:
        """Raise WrongQuestionError unless the address is enough for a search."""
        if not self.country_code:
            raise WrongQuestionError("address_without_country")
        if not self.is_complete:
            raise WrongQuestionError("address_incomplete")

    @classmethod
    def of_desk(cls, desk: DeskAddress) -> Address:
        """Return the desk's own address, as the settings name it."""
        return cls(
            lines=tuple(line for part in desk.lines.split(";") if (line := part.strip())),
            city=desk.city,
            state=desk.state,
            postal_code=desk.postal_code,
            country_code=desk.country,
        )

    @property
    def street(self) -> str:
        """The lines on one."""
        return ", ".join(self.lines)

    @property
    def one_line(self) -> str:
        """The whole address on one line, the country only where it is not the United States."""
        place = " ".join(part for part in (self.state, self.postal_code) if part)
        country = {"US": "", "CA": "Canada"}.get(self.country_code, self.country_code)
        return ", ".join(part for part in (*self.lines, self.city, place, country) if part)

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read what a person types: "110 Myrtle Avenue, Westport, CT 06880", "Westport CT" or "06880".

        Raises WrongQuestionError where neither a postal code nor city and state can be made out.
        """
        # A pasted address has its parts on lines of their own.
        shown = "".join(sign if sign.isprintable() else "," if sign == "\n" else " " for sign in text)
        parts = [" ".join(part.split()).rstrip(".") for part in re.split("[,;]", shown) if part.strip(" .")]
        # From the end on, because only what stands last has a shape that tells what it is.
        rest, code = _split_off(_POSTAL_CODE, _COUNTRY.sub("", ", ".join(parts)), "code")
        rest, state = _split_off(_STATE, rest, "state")
        before = [part for part in (part.strip() for part in rest.split(",")) if part]
        # A single part that begins with a number is a street; without a comma its city can't be told from it.
        is_street = len(before) == 1 and before[0][0].isdigit()
        city = before.pop() if before and not is_street else ""
        is_canadian = state.upper() in _PROVINCES or (code and not code[0].isdigit())
        address = cls(
            lines=tuple(before),
            city=city,
            state=state.upper(),
            postal_code=code.upper(),
            country_code="CA" if is_canadian else "US",
        )
        address.check()
        return address


def _split_off(pattern: re.Pattern[str], text: str, name: str) -> tuple[str, str]:
    """Take the last word off a text if it fits; returns what is before it, and the word."""
    found = pattern.fullmatch(text)
    return (found["before"], found[name]) if found else (text, "")
