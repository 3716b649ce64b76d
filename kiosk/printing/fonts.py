"""Which font draws each sign: the one that is set, else the best of those installed, at last Pillow's own.

Looks into the usual folders itself, so that it needs no fontconfig.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from PIL import ImageFont, features

from kiosk.errors import PrinterError
from kiosk.printing.texts import clings

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts"),
    Path("~/.fonts"),
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
)
_ENDINGS = {".ttf", ".otf", ".ttc", ".otc"}
_FAMILIES = ("dejavusans", "notosans", "liberationsans", "freesans", "droidsans", "arial")
"""Whose names begin like this is tried first: plain, and legible in black and white."""
_FANCY = ("mono", "italic", "oblique", "condensed", "light", "thin", "serif", "display")
_MOST_FILES = 1000

_NO_SIGN = "\U0010ffff"
"""Stands for no sign in any font, so it is drawn as each font draws what it lacks."""
_PROBED_AT = 20


class Face:
    """A font of any size."""

    def __init__(self, path: Path | None) -> None:
        """Take a file, or with None the font that comes with Pillow; raises OSError where the file is no font."""
        if path is not None and not path.is_file():  # a pipe, for one, would be waited for
            raise FileNotFoundError(path)
        self.path = path
        self._probe = _font(path, _PROBED_AT)
        self._known: dict[str, bool] = {}

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """Return the font at a size in dots."""
        return _font(self.path, size)

    def has(self, sign: str) -> bool:
        """Tell whether the font has a shape for a sign."""
        if sign not in self._known:
            self._known[sign] = self._drawn(sign) != self._drawn(_NO_SIGN)
        return self._known[sign]

    def _drawn(self, sign: str) -> tuple[object, bytes]:
        mask = self._probe.getmask(sign, mode="1")
        return mask.size, bytes(mask)


@lru_cache(maxsize=2 * _MOST_FILES)
def _font(path: Path | None, size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size) if path is None else ImageFont.truetype(str(path), size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise OSError("no_freetype")
    return font


@lru_cache(maxsize=_MOST_FILES)
def _face(path: Path) -> Face | None:
    try:
        return Face(path)
    except OSError:  # damaged, or of pictures in one size only
        return None


class Run(NamedTuple):
    """A part of a text that one font draws."""

    text: str
    face: Face | None
    """None: no font has it."""


class Fonts:
    """The fonts of this machine, in the order in which they are asked for a sign."""

    def __init__(self, named: Path | None = None, folders: Iterable[Path] | None = None) -> None:
        """Open the named font and find those in the folders, or the usual ones; raises PrinterError for no font."""
        try:
            self._named = [Face(named)] if named else []
        except OSError as error:
            raise PrinterError("printer_font_unreadable", path=str(named)) from error
        files = _installed(FOLDERS if folders is None else folders)
        self._files = {bold: sorted(files, key=partial(_rank, bold=bold)) for bold in (False, True)}
        self._own = Face(None)
        self.orders_leftward = bool(features.check("raqm"))
        """Whether text from right to left comes out in its order, and Arabic letters joined."""
        self._found: dict[tuple[str, bool], Face | None] = {}

    @property
    def first(self) -> Path | None:
        """The file that is asked first; None where it is Pillow's own."""
        return next(self._in_order(bold=False)).path

    def face_for(self, sign: str, *, bold: bool) -> Face | None:
        """Return the first font that has a sign; None where none has it."""
        if (sign, bold) not in self._found:
            self._found[sign, bold] = next((face for face in self._in_order(bold=bold) if face.has(sign)), None)
        return self._found[sign, bold]

    def runs(self, text: str, *, bold: bool) -> list[Run]:
        """Cut a text where the font changes; blanks and what clings to a sign stay with the sign before them.

        One font for the whole text goes first, for only within one font are letters joined and ordered.
        """
        signs = dict.fromkeys(sign for sign in text if not (sign == " " or clings(sign)))
        faces = (self.face_for(sign, bold=bold) for sign in signs)
        whole = next((face for face in faces if face and all(map(face.has, signs))), None)
        if whole:
            return [Run(text, whole)]
        found: list[Run] = []
        for sign in text:
            stays = bool(found) and (sign == " " or clings(sign))
            face = found[-1].face if stays else self.face_for(sign, bold=bold)
            if found and found[-1].face is face:
                found[-1] = Run(found[-1].text + sign, face)
            else:
                found.append(Run(sign, face))
        return found

    def _in_order(self, *, bold: bool) -> Iterator[Face]:
        return chain(self._named, filter(None, map(_face, self._files[bold])), [self._own])


def _installed(folders: Iterable[Path]) -> list[Path]:
    """Return the files of fonts in some folders and those below."""
    files = (
        Path(above, name)
        for folder in folders
        for above, _, names in os.walk(folder.expanduser())
        for name in sorted(names)
        if Path(name).suffix.lower() in _ENDINGS
    )
    return [path for path, _ in zip(files, range(_MOST_FILES), strict=False)]


def _rank(path: Path, *, bold: bool) -> tuple[object, ...]:
    """Return where a font stands among others: families that read well, the weight that is asked for, plain styles."""
    name = path.stem.lower().replace("-", "").replace("_", "").replace(" ", "")
    family = next((at for at, each in enumerate(_FAMILIES) if name.startswith(each)), len(_FAMILIES))
    is_fancy = any(each in name for each in _FANCY)
    return is_fancy, family, ("bold" in name) is not bold, len(name), name
