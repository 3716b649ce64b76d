"""Which languages the kiosk speaks: English, and every one that has a compiled catalogue.

Catalogues lie in `kiosk/words/catalogues/`, and in the folder that KIOSK_CATALOGUES names: those win.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ENGLISH: Final = "en"
_CATALOGUES: Final = Path(__file__).parent / "words" / "catalogues"
_CODE: Final = re.compile("[a-z]{2,3}(_[A-Z]{2})?")


def languages() -> tuple[str, ...]:
    """Return the codes of all languages, English first."""
    found = {path.stem for folder in _folders() for path in folder.glob("*.mo") if is_code(path.stem)}
    return ENGLISH, *sorted(found - {ENGLISH})


def is_code(text: str) -> bool:
    """Tell whether a text is written like the code of a language: `de`, `pt_BR`."""
    return _CODE.fullmatch(text) is not None


def has_language(code: str) -> bool:
    """Tell whether a language can be spoken."""
    return code == ENGLISH or (is_code(code) and compiled(code).is_file())


def compiled(language: str) -> Path:
    """Return where the compiled catalogue of a language lies, or would lie."""
    places = [folder / f"{language}.mo" for folder in _folders()]
    return next((place for place in places if place.is_file()), places[-1])


def _folders() -> Iterator[Path]:
    own = os.environ.get("KIOSK_CATALOGUES", "")
    if own:
        yield Path(own)
    yield _CATALOGUES
