"""Makes a letter of what is told: its subject, its text, the same as HTML, and the QR codes in that. Pure.

Whatever comes from outside becomes one plain line here, and is escaped in the HTML. The words are in `wording.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import escape
from typing import Final

from kiosk.notify.picture import qr_png
from kiosk.notify.told import Told
from kiosk.notify.wording import Wording, fill
from kiosk.parcels.pickup_code import grouped
from kiosk.parcels.states import NoticeKind
from kiosk.plain_text import plain

LONGEST_SUBJECT: Final = 78
"""Signs, so that it stands in one line (RFC 5322, 2.1.1)."""

_LABELS: Final = ("where", "until", "carrier", "number", "code", "picture")
_NOT_HERE: Final = frozenset({NoticeKind.ENDED, NoticeKind.GIVEN_ON})
"""Kinds that end something: they hold no code, and tell no end of a time in a locker."""


@dataclass(frozen=True)
class Picture:
    """A picture that the HTML shows by its name, as `cid:NAME`."""

    name: str
    png: bytes


@dataclass(frozen=True)
class Letter:
    """A notice, ready to be sent."""

    language: str
    """Its code, such as `de`."""
    subject: str
    text: str
    html: str
    pictures: tuple[Picture, ...] = ()


def write_letter(
    told: Sequence[Told], wording: Wording, *, name: str, place: str, zone: tzinfo | None = None
) -> Letter:
    """Write to one person what is told of one parcel or several.

    `place` is the desk's name; `zone` is the one that times are told in, None the machine's.
    """
    place = _line(place)
    pictures = _pictures(told)
    parcels = [_parcel(each, wording, place, zone, pictures) for each in told]
    is_alike = len(told) > 1 and len({each.kind for each in told}) == 1
    if is_alike:
        for each in parcels:
            each["said"] = each["more"]
    advice = dict.fromkeys(_advice(each, wording, place) for each in told)
    letter = {
        "language": wording.language,
        "subject": _subject(told, wording, place),
        "greeting": wording.say("greeting", name=_line(name), place=place),
        "intro": wording.say(f"{told[0].kind}.said_several", count=str(len(told)), place=place) if is_alike else "",
        "advice": "\n".join(filter(None, advice)),
        "closing": wording.say("closing", place=place).strip(),
    }
    return Letter(
        wording.language,
        letter["subject"],
        _text(wording, letter, parcels),
        _html(wording, letter, parcels),
        tuple(pictures.values()),
    )


def _text(wording: Wording, letter: Mapping[str, str], parcels: Sequence[Mapping[str, str]]) -> str:
    blocks = [fill(wording.layouts["parcel.txt"], each).strip("\n") for each in parcels]
    text = fill(wording.layouts["letter.txt"], {**letter, "parcels": "\n\n".join(blocks)})
    # Where lines were left out, blank ones stand together.
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def _html(wording: Wording, letter: Mapping[str, str], parcels: Sequence[Mapping[str, str]]) -> str:
    blocks = [fill(wording.layouts["parcel.html"], _escaped(each)) for each in parcels]
    return fill(wording.layouts["letter.html"], {**_escaped(letter), "parcels": "\n".join(blocks)}) + "\n"


def _escaped(values: Mapping[str, str]) -> dict[str, str]:
    return {name: escape(value).replace("\n", "<br>\n") for name, value in values.items()}


def _line(text: str) -> str:
    """Return what comes from outside as one plain line."""
    return " ".join(plain(text).split())


def _subject(told: Sequence[Told], wording: Wording, place: str) -> str:
    kinds = {each.kind for each in told}
    key = "mixed.subject" if len(kinds) > 1 else f"{told[0].kind}.subject"
    # A shelf place is for the desk to find, and would fill the line.
    places = {_where(each, wording, place) if each.locker else "" for each in told}
    where = (places.pop() if len(places) == 1 else "") or place
    several = "_several" if len(told) > 1 and len(kinds) == 1 else ""
    subject = _line(wording.say(f"{key}{several}", count=str(len(told)), place=place, where=where))
    return subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1].rstrip()}…"


def _parcel(
    told: Told, wording: Wording, place: str, zone: tzinfo | None, pictures: Mapping[str, Picture]
) -> dict[str, str]:
    """Return what is told of one parcel, by the fields of its layout; `more` is what it says beside its like."""
    code = _code(told)
    more = wording.say("ended.goes_back") if told.goes_back else ""
    until = told.until if told.kind not in _NOT_HERE else None
    return {
        "said": "\n".join(filter(None, (wording.say(f"{told.kind}.said", place=place), more))),
        "more": more,
        "where": _where(told, wording, place),
        "until": moment(until.astimezone(zone), wording) if until else "",
        "carrier": _line(told.carrier),
        "number": _line(told.number_end),
        "code": grouped(_line(code)),
        "picture": pictures[code].name if code else "",
        **{f"{name}_label": wording.say(f"label.{name}") for name in _LABELS},
    }


def _where(told: Told, wording: Wording, place: str) -> str:
    """Return where the parcel lies; empty where that is no matter of the recipient."""
    if told.goes_back or told.kind is NoticeKind.GIVEN_ON:
        return ""
    locker, shelf = _line(told.locker), _line(told.shelf)
    if locker:
        return wording.say("where.locker", bank=_line(told.bank), locker=locker, place=place)
    return wording.say("where.shelf", shelf=shelf, place=place) if shelf else wording.say("where.desk", place=place)


def _advice(told: Told, wording: Wording, place: str) -> str:
    """Return how the recipient gets the parcel; empty where they don't, or know."""
    if not _where(told, wording, place):
        return ""
    if not told.locker:
        return wording.say("advice.desk", place=place)
    if not told.opens_by_code:
        return ""
    return wording.say("advice.code" if _code(told) else "advice.locker", place=place)


def _code(told: Told) -> str:
    return told.code.get_secret_value() if told.code and told.kind not in _NOT_HERE else ""


def _pictures(told: Sequence[Told]) -> dict[str, Picture]:
    """Return a picture of each code; parcels in one locker share theirs."""
    codes = dict.fromkeys(filter(None, map(_code, told)))
    return {code: Picture(f"code{place}@parcel-kiosk", qr_png(code)) for place, code in enumerate(codes, 1)}


def moment(local: datetime, wording: Wording) -> str:
    """Return a day and a time as they are said in the language."""
    return wording.say(
        "time.moment",
        weekday=wording.name("time.weekdays", local.weekday()),
        day=str(local.day) if local.day > 1 else wording.say("time.first"),
        month=wording.name("time.months", local.month - 1),
        year=str(local.year),
        hour=f"{local:%H}",
        hour12=str((local.hour - 1) % 12 + 1),
        minute=f"{local:%M}",
        half=wording.name("time.halves", local.hour // 12),
    )
