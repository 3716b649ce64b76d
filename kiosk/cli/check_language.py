"""The step of `kiosk check` about the language: a kiosk without its catalogue speaks English, and says so only here."""

from __future__ import annotations

from kiosk.cli.steps import Step, failed, found
from kiosk.errors import SettingsError
from kiosk.languages import ENGLISH, has_language, languages
from kiosk.settings import Desk
from kiosk.words.catalogue import can_be_read, unusable

NAME = "language"
MOST_NAMED = 5


def check_language(desk: Desk) -> Step:
    """Look whether the desk's language can be spoken, and whether each of its texts can be used."""
    code = desk.language
    values = {"language": code}
    if code == ENGLISH:
        return found(NAME, "language_english", values=values)
    if not has_language(code):
        return failed(NAME, SettingsError("language_missing", language=code, allowed=languages()))
    if not can_be_read(code):
        return failed(NAME, SettingsError("language_unreadable", language=code))
    if wrong := unusable(code):
        return failed(NAME, SettingsError("language_wrong", language=code, texts=tuple(wrong[:MOST_NAMED])))
    return found(NAME, "language_spoken", values=values)
