"""Fonts: which one draws what, and in which order its parts stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import PrinterError
from kiosk.printing.fonts import Fonts, _rank
from kiosk.printing.typesetting import Line

DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
SERIF, SANS = DEJAVU / "DejaVuSerif.ttf", DEJAVU / "DejaVuSans.ttf"
"""The first has no Hebrew."""
with_dejavu = pytest.mark.skipif(not SERIF.exists(), reason="no DejaVu: install fonts-dejavu-core")
HEBREW, LATIN = "\u05e9\u05e8\u05d4", "Levi"


@pytest.fixture
def only_own(tmp_path: Path) -> Fonts:
    """Return the fonts of a machine that has none."""
    return Fonts(folders=[tmp_path])


def test_families_that_read_well_go_first_in_the_weight_that_is_asked_for() -> None:
    names = ("Zapf.ttf", "NotoSans-Bold.ttf", "DejaVuSansMono.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans.ttf")
    paths = [Path(name) for name in names]
    assert [path.stem for path in sorted(paths, key=lambda path: _rank(path, bold=False))] == [
        "DejaVuSans",
        "DejaVuSans-Bold",
        "NotoSans-Bold",
        "Zapf",
        "DejaVuSansMono",
    ]
    assert min(paths, key=lambda path: _rank(path, bold=True)).stem == "DejaVuSans-Bold"


@with_dejavu
def test_the_font_that_is_named_goes_first_and_others_have_what_it_lacks() -> None:
    fonts = Fonts(SERIF, [DEJAVU])
    assert fonts.first == SERIF
    latin, hebrew = fonts.face_for("L", bold=False), fonts.face_for(HEBREW[0], bold=False)
    assert latin
    assert hebrew
    assert (latin.path, hebrew.path) == (SERIF, SANS)


@with_dejavu
def test_one_font_that_has_the_whole_text_draws_all_of_it() -> None:
    (run,) = Fonts(SERIF, [DEJAVU]).runs(f"{LATIN} {HEBREW}", bold=False)
    assert run.face
    assert run.face.path == SANS


def test_what_clings_to_a_sign_and_blanks_stay_with_its_font(only_own: Fonts) -> None:
    runs = only_own.runs(f"{LATIN} {HEBREW}\u05b8 1", bold=False)
    assert [(run.text, run.face is None) for run in runs] == [
        (f"{LATIN} ", False),
        (f"{HEBREW}\u05b8 ", True),
        ("1", False),
    ]


@pytest.mark.parametrize("leftward", [True, False])
def test_the_parts_of_a_line_stand_in_its_direction(only_own: Fonts, *, leftward: bool) -> None:
    line = Line(f"{HEBREW} {LATIN}", 30, only_own, bold=False, leftward=leftward)
    parts = [piece.run.text for piece in line._pieces]
    assert parts == ([LATIN, f"{HEBREW} "] if leftward else [f"{HEBREW} ", LATIN])
    assert [piece.at for piece in line._pieces] == sorted(piece.at for piece in line._pieces)


def test_a_folder_may_hold_anything(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"\x00\x01\x00\x00nonsense")
    (tmp_path / "folder.ttf").mkdir()
    (tmp_path / "dangling.otf").symlink_to(tmp_path / "nowhere")
    assert Fonts(folders=[tmp_path, tmp_path / "nowhere"]).first is None
    with pytest.raises(PrinterError):
        Fonts(tmp_path / "broken.ttf", [tmp_path])
