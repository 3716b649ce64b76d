"""The words of notices: a file of texts for each language, and the layouts of a letter, which hold no words.

An administrator's file stands in for ours of the same name, text by text. What can't be used of it is a fault: ours
counts in its place, so that no notice fails for it. What a letter tells with these words is decided in `letter.py`.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any, Final

from kiosk.errors import SettingsError
from kiosk.parcels.contacts import Contact
from kiosk.settings import Settings

_log = logging.getLogger(__name__)

FALLBACK: Final = "en"
"""The language whose file names every text that there is."""

_OURS: Final = Path(__file__).parent / "templates"
_LANGUAGE: Final = re.compile("[a-z]{2,3}")
_SUBJECT: Final = frozenset({"count", "place", "where"})
_LABELS: Final = frozenset({"where_label", "until_label", "carrier_label", "number_label", "code_label"})
_PARCEL: Final = _LABELS | {"said", "where", "until", "carrier", "number", "code"}
_LETTER: Final = frozenset({"greeting", "intro", "parcels", "advice", "closing"})

LAYOUTS: Final[Mapping[str, frozenset[str]]] = {
    "letter.txt": _LETTER,
    "letter.html": _LETTER | {"language", "subject"},
    "parcel.txt": _PARCEL,
    "parcel.html": _PARCEL | {"picture", "picture_label"},
}
"""The fields that each layout may have."""

_FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "greeting": frozenset({"name", "place"}),
    "closing": frozenset({"place"}),
    "paper.until": frozenset({"until"}),
    "paper.number": frozenset({"number"}),
    "paper.department": frozenset({"name"}),
    "where.locker": frozenset({"bank", "locker", "place"}),
    "where.shelf": frozenset({"place", "shelf"}),
    "where.desk": frozenset({"place"}),
    "subject": _SUBJECT,
    "subject_several": _SUBJECT,
    "said": frozenset({"place"}),
    "said_several": frozenset({"count", "place"}),
    "advice": frozenset({"place"}),
    "time.moment": frozenset({"weekday", "day", "month", "year", "hour", "hour12", "minute", "half"}),
}
"""The fields that each text may have: under its key, or else what its key begins or ends with."""

Text = str | tuple[str, ...]
"""A text, or names in their order: the days of the week."""


@dataclass(frozen=True)
class Wording:
    """The words of one language, and the layouts."""

    language: str
    texts: Mapping[str, Text]
    """By section and name: `arrived.said`."""
    layouts: Mapping[str, str]
    faults: tuple[SettingsError, ...] = ()
    """What can't be used of the administrator's files."""

    def say(self, key: str, **values: str) -> str:
        """Return a text with its fields filled."""
        text = self.texts[key]
        return fill(text, values) if isinstance(text, str) else ""

    def name(self, key: str, place: int) -> str:
        """Return one of several names."""
        return self.texts[key][place]


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put values into the fields of a template; a line with a field that has nothing to say is left out."""
    lines = [Template(line) for line in template.splitlines()]
    return "\n".join(line.substitute(values) for line in lines if all(values[name] for name in line.get_identifiers()))


def wording_for(contact: Contact | None, settings: Settings) -> Wording:
    """Return the words in which somebody is written to: in their language, or in the desk's.

    The desk's also where there are no words of theirs.
    """
    theirs, folder = contact.language if contact is not None else "", settings.notices.templates
    return wording_in(theirs if theirs in languages(folder) else settings.notice_language, folder)


def wording_in(language: str, folder: Path | None) -> Wording:
    """Return the words of a language (`de`, `de-AT`), in English if nobody wrote them; `folder` holds changed files.

    What can't be used of those is logged, and returned as faults.
    """
    code = language.partition("-")[0].lower()
    code = code if code in languages(folder) else FALLBACK
    faults: list[SettingsError] = []
    if folder and not _is_folder(folder):
        faults.append(SettingsError("templates_missing", path=str(folder)))
    changed = _changed_texts(folder / f"{code}.toml", faults) if folder else {}
    layouts = {name: _changed_layout(folder / name, faults) for name in LAYOUTS} if folder else {}
    for fault in faults:
        _log.warning("%s", fault)
    return Wording(
        code,
        {**_our_texts(FALLBACK), **_our_texts(code), **changed},
        {name: layouts.get(name) or _our_layout(name) for name in LAYOUTS},
        tuple(faults),
    )


def languages(folder: Path | None) -> tuple[str, ...]:
    """Return the languages that there are files for."""
    folders = (_OURS, folder) if folder else (_OURS,)
    found = {path.stem for each in folders for path in each.glob("*.toml")}
    return tuple(sorted(code for code in found if _LANGUAGE.fullmatch(code)))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # in a folder that others closed
        return False


@cache
def _our_texts(language: str) -> Mapping[str, Text]:
    path = _OURS / f"{language}.toml"
    return dict(_flat(tomllib.loads(path.read_text("utf-8")))) if path.exists() else {}


@cache
def _our_layout(name: str) -> str:
    return (_OURS / name).read_text("utf-8")


def _flat(texts: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in texts.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", tuple(value) if isinstance(value, list) else value


def _changed_texts(path: Path, faults: list[SettingsError]) -> dict[str, Text]:
    """Return what can be used of an administrator's texts."""
    raw = _read(path, faults)
    try:
        found = dict(_flat(tomllib.loads(raw)))
    except (ValueError, RecursionError):
        faults.append(SettingsError("template_not_toml", path=str(path)))
        return {}
    wrong = {key: fault for key, text in found.items() if (fault := _fault_of(path, key, text))}
    faults += wrong.values()
    return {key: text for key, text in found.items() if key not in wrong}


def _changed_layout(path: Path, faults: list[SettingsError]) -> str:
    """Return an administrator's layout; empty where there is none that can be used."""
    layout = _read(path, faults)
    fault = _fault_in_fields(layout, LAYOUTS[path.name], path=str(path), key=path.stem)
    if fault is None:
        return layout
    faults.append(fault)
    return ""


def _read(path: Path, faults: list[SettingsError]) -> str:
    """Return a file's text; empty where there is none, or none that can be read."""
    try:
        # A pipe would be waited for.
        return path.read_text("utf-8-sig") if path.is_file() else ""
    except (OSError, ValueError) as error:
        text = error.strerror or "" if isinstance(error, OSError) else type(error).__name__
        faults.append(SettingsError("template_unreadable", path=str(path), text=text))
        return ""


def _fault_of(path: Path, key: str, text: object) -> SettingsError | None:
    """Return what is wrong with one text of an administrator."""
    ours = _our_texts(FALLBACK).get(key)
    if ours is None:
        return SettingsError("template_unknown_text", path=str(path), key=key)
    if isinstance(ours, str):
        if isinstance(text, str):
            return _fault_in_fields(text, _fields_of(key), path=str(path), key=key)
        return SettingsError("template_no_text", path=str(path), key=key)
    if isinstance(text, tuple) and len(text) == len(ours) and all(isinstance(name, str) for name in text):
        return None
    return SettingsError("template_no_names", path=str(path), key=key, count=len(ours))


def _fields_of(key: str) -> frozenset[str]:
    first, _, last = key.partition(".")
    return next((_FIELDS[each] for each in (key, last, first) if each in _FIELDS), frozenset())


def _fault_in_fields(text: str, allowed: frozenset[str], *, path: str, key: str) -> SettingsError | None:
    template = Template(text)
    if not template.is_valid():
        return SettingsError("template_broken_field", path=path, key=key)
    unknown = sorted({*template.get_identifiers()} - allowed)
    if not unknown:
        return None
    if not allowed:
        return SettingsError("template_without_fields", path=path, key=key, field=unknown[0])
    return SettingsError("template_unknown_field", path=path, key=key, field=unknown[0], allowed=tuple(sorted(allowed)))
