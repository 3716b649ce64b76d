"""Which languages the kiosk speaks: English, and every one that has a catalogue in `kiosk/words/catalogues/`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ENGLISH: Final = "en"
_CATALOGUES: Final = Path(__file__).parent / "words" / "catalogues"


def languages() -> tuple[str, ...]:
    """Return the codes of all languages, English first."""
    return ENGLISH, *sorted(path.stem for path in _CATALOGUES.glob("*.mo"))


def compiled(language: str) -> Path:
    """Return where the compiled catalogue of a language lies."""
    return _CATALOGUES / f"{language}.mo"
