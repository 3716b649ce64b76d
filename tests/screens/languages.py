"""The screens of the picture tests in every language: drawn at both sizes and in every theme, measured, kept as text.

A test that has `snap_compare` runs once more for each language that `--languages` names; what it then draws is measured
(`measuring.py`) and, but for the pseudo-language, compared with the text in `__texts__`.
"""

from __future__ import annotations

import asyncio
import fcntl
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from kiosk.languages import ENGLISH
from kiosk.words import language
from screens.theme import THEMES, use_theme
from tests.house.pseudo import Pseudo
from tests.house.tagged import Tagged, without_tags
from tests.screens.kiosk_in_test import Desk
from tests.screens.measuring import faults
from tests.screens.widgets.harness import screen_text

PSEUDO = "pseudo"
SIZES = ((80, 24), (100, 30))
Way = Callable[[Pilot[Any]], Awaitable[None]]


def speak(spoken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be spoken in a language, and tagged."""
    read = language._catalogue

    @cache
    def catalogue(code: str) -> NullTranslations:
        return Tagged(Pseudo() if spoken == PSEUDO else read(code))

    monkeypatch.setattr(language, "_catalogue", catalogue)
    code = ENGLISH if spoken == PSEUDO else spoken
    monkeypatch.setattr(language, "_terminal", language._Terminal(catalogue(code), code))
    monkeypatch.setattr(Desk, "language", code)


def compare(app: App[Any], way: Way | None, spoken: str, text: Path, *, is_update: bool) -> bool:
    """Draw a screen and measure it; compare it with its text, or write that anew."""
    shown = asyncio.run(_shown(app, way))
    if spoken == PSEUDO:
        return True
    drawn = "\n".join(shown).rstrip("\n")
    if is_update:
        _write(text, spoken, drawn)
    kept = _sections(text.read_text() if text.exists() else "").get(spoken, "")
    assert drawn == kept, f"not as in {text}"
    return True


async def _shown(app: App[Any], way: Way | None) -> list[str]:
    shown = []
    async with app.run_test(size=SIZES[0]) as pilot:
        if way is not None:
            await way(pilot)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            drawn = await _rested(pilot)
            wrong = [without_tags(fault) for fault in faults(app)]
            assert not wrong, "\n".join([f"at {size[0]}x{size[1]}", *wrong, drawn])
            shown += [f"--- {size[0]}x{size[1]}", drawn]
            for theme in THEMES:
                use_theme(app, theme.name)
                assert await _rested(pilot) == drawn, theme.name
    return shown


async def _rested(pilot: Pilot[Any]) -> str:
    """Wait until nothing moves; return what is to be read."""
    before = None
    while before != (drawn := without_tags(screen_text(pilot.app))):
        before = drawn
        await pilot.pause(0.01)
    return drawn


def _sections(text: str) -> dict[str, str]:
    """Return what is kept for each language."""
    parts = re.split(r"^=== (\w+)\n", text, flags=re.MULTILINE)
    return {code: part.rstrip("\n") for code, part in zip(parts[1::2], parts[2::2], strict=True)}


def _write(text: Path, spoken: str, drawn: str) -> None:
    text.parent.mkdir(parents=True, exist_ok=True)
    with _alone(text):
        sections = _sections(text.read_text() if text.exists() else "") | {spoken: drawn}
        text.write_text("".join(f"=== {code}\n{sections[code]}\n" for code in sorted(sections)))


@contextmanager
def _alone(text: Path) -> Iterator[None]:
    """Hold a file against the other workers, which draw other languages of the same screen."""
    with (text.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
