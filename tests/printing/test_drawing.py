"""What is drawn is what was meant: codes that a scanner reads, nothing cut off, any name in any script."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from kiosk.printing.drawing import draw
from kiosk.printing.encoding import encoded
from kiosk.printing.fonts import Fonts
from kiosk.printing.papers import (
    Bars,
    Big,
    Block,
    Code,
    Mark,
    Qr,
    Rule,
    ShelfLabel,
    Size,
    Slip,
    Text,
    label_layout,
    slip_layout,
)
from kiosk.printing.picture import Picture
from kiosk.printing.typesetting import Paragraph
from kiosk.settings.printer import PaperSize, PrinterLanguage
from tests.printing.paper import WIDTHS, Paper, from_esc_pos, from_png, from_zpl, paper_of

FONTS = Fonts()
NAMES = (
    "Isla Stanton",
    "Zoë Ångström-Müller",
    "Łukasz Żółć",
    "Nguyễn Thị Minh Khai",
    "Dvořák, Růžena",
    "Иван Щербаков",
    "Ольга Ёлкина",
    "Ευάγγελος Παπαδόπουλος",
    "Άννα Ξένου",
    "محمد عبد الله",
    "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627 42",
    "פאטימה בן-דוד",
    "שרה Levi 12",
    "山田 太郎",
    "王小明",
    "김민준",
    "Ana 山田 محمد",
    "Giorgi გიორგი",
    "नेहा शर्मा",
    "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine the Elder of Philadelphia",
)
names = st.text(max_size=60) | st.sampled_from(NAMES)
numbers = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40)
codes = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", min_size=4, max_size=12)
widths = st.sampled_from(WIDTHS)
some = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def drawn(*layout: Block, width: int = 576) -> Picture:
    return draw(layout, PaperSize(width, None), FONTS)


@some
@given(name=names, line=names, code=codes, mark=st.sampled_from(["", "COPY"]), width=widths)
@example(name="\ud800\u202e\x1b[31m\x00", line="a" * 200, code="NR8PBW", mark="", width=384)
@example(name="ﷺ" * 40, line="\u0301" * 30, code="WWWWWWWWWWWW", mark="COPY", width=384)
def test_the_code_on_a_slip_is_read_back_and_nothing_is_cut_off(
    name: str, line: str, code: str, mark: str, width: int
) -> None:
    slip = Slip("Your parcel is here", name, (line,), SecretStr(code), (line,), mark)
    picture = draw(slip_layout(slip), PaperSize(width, None), FONTS)
    printed = from_esc_pos(encoded(picture, PrinterLanguage.ESC_POS), width)
    assert printed.is_cut
    assert printed.codes().get(code) == "QR Code"
    assert printed.edges_are_blank()


@some
@given(place=names, name=names, number=numbers, width=widths)
@example(place="B-12", name="Isla Stanton", number="0" * 40, width=384)
@example(place="B-12", name="Isla Stanton", number="9" * 34, width=812)
def test_the_number_on_a_label_is_read_back_and_nothing_is_cut_off(
    place: str, name: str, number: str, width: int
) -> None:
    picture = draw(label_layout(ShelfLabel(place, name, number)), PaperSize(width, None), FONTS)
    printed = from_zpl(encoded(picture, PrinterLanguage.ZPL))
    assert printed.image.size == (width, picture.height)
    assert number in printed.codes()
    assert printed.edges_are_blank()


@some
@given(name=names, line=names, code=codes, number=numbers)
def test_everything_fits_a_label_of_a_fixed_height(name: str, line: str, code: str, number: str) -> None:
    size = PaperSize(812, 406)
    slip = paper_of(draw(slip_layout(Slip("Your parcel", name, (line[:30],), SecretStr(code))), size, FONTS))
    label = paper_of(draw(label_layout(ShelfLabel("B-12", name, number)), size, FONTS))
    for each, text in ((slip, code), (label, number)):
        assert each.image.size == (812, 406)
        assert text in each.codes()


@pytest.mark.parametrize("language", PrinterLanguage)
def test_each_language_says_the_same_picture(language: PrinterLanguage) -> None:
    # A width that is no whole number of bytes, and more rows than one band.
    picture = drawn(Text(NAMES[0], Size.LARGE, bold=True), Qr(SecretStr("NR8PBW")), Bars("T1"), Rule(), width=401)
    read = {
        PrinterLanguage.ESC_POS: lambda data: from_esc_pos(data, 401),
        PrinterLanguage.ZPL: from_zpl,
        PrinterLanguage.PNG: from_png,
    }[language]
    printed = read(encoded(picture, language))
    assert printed.image.tobytes() == paper_of(picture).image.tobytes()
    assert printed.codes() == {"NR8PBW": "QR Code", "T1": "Code 128"}


@pytest.mark.parametrize(
    ("number", "width", "kind"),
    [
        ("1Z999AA10123456784", 576, "Code 128"),
        ("1Z999AA10123456784", 384, "QR Code"),
        ("9400111202555842332669", 384, "Code 128"),
        ("Ä-17", 576, "QR Code"),
        ("", 576, None),
        ("\ud800", 576, None),
        ("x" * 301, 576, None),
    ],
)
def test_a_number_is_bars_where_they_can_be_read_and_else_a_qr_code(number: str, width: int, kind: str | None) -> None:
    assert paper_of(drawn(Bars(number), width=width)).codes() == ({number: kind} if kind else {})


def test_modules_are_whole_dots_with_their_quiet_zone() -> None:
    (rows,) = [paper_of(drawn(Qr(SecretStr("NR8PBW")))).image]
    left, top, right, bottom = rows.point(lambda value: 255 - value).getbbox() or (0, 0, 0, 0)
    side = (right - left) // 21
    assert (right - left, bottom - top) == (21 * side, 21 * side)
    assert top >= 4 * side
    assert rows.height - bottom >= 4 * side
    for at in range(left, right, side):
        for row in range(top, bottom, side):
            assert len(set(rows.crop((at, row, at + side, row + side)).tobytes())) == 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_names_of_any_script_are_drawn_whole(name: str, width: int) -> None:
    printed = paper_of(drawn(Text(name, Size.LARGE, bold=True), width=width))
    assert printed.has_ink()
    assert printed.edges_are_blank()


def test_a_long_name_takes_more_lines() -> None:
    def height(text: str) -> int:
        return drawn(Text(text), width=384).height

    assert height(NAMES[-1]) > 2 * height("Isla")
    assert height("x" * 100) > 2 * height("x")


def test_a_sign_that_is_wider_than_the_paper_is_drawn_smaller() -> None:
    (line,) = Paragraph("W", 300, FONTS, 100, bold=True).lines
    assert 50 < line.width <= 100


def test_the_code_is_drawn_in_groups_as_large_as_the_paper_allows() -> None:
    code, grouped = drawn(Code(SecretStr("NR8PBW"))), drawn(Big("NR8 PBW"))
    assert code.rows == grouped.rows
    assert code.rows != drawn(Big("NR8PBW")).rows
    assert code.height > 2 * drawn(Text("NR8 PBW", Size.LARGE)).height


def test_a_copy_is_marked_and_the_first_print_is_not() -> None:
    first, copy = Slip("Parcel", "Isla"), Slip("Parcel", "Isla", copy_mark="COPY")
    assert slip_layout(copy) == (Mark("COPY"), *slip_layout(first))
    label = ShelfLabel("B-12", "Isla", "T1", copy_mark="COPY")
    assert label_layout(label)[0] == Mark("COPY")
    paper = paper_of(drawn(Mark("COPY"))).image
    histogram = paper.histogram()
    assert histogram[0] > histogram[255], "white on black"


def test_what_is_empty_takes_no_room() -> None:
    assert slip_layout(Slip("Parcel", " \n", ("", "Locker 7"), None, ("\x00",))) == (
        Text("Parcel", Size.LARGE, bold=True),
        Rule(),
        Text("Locker 7"),
        Rule(),
    )
    assert drawn(Text("")).height < drawn(Text("x")).height


def test_no_value_shows_the_code() -> None:
    slip = Slip("Parcel", "Isla", (), SecretStr("NR8PBW"))
    assert "NR8" not in f"{slip!r}{slip_layout(slip)!r}"


def test_a_sign_that_no_font_has_is_a_box_and_one_box_for_each(tmp_path: Path) -> None:
    bare = Fonts(folders=[tmp_path])
    assert bare.first is None

    def ink(text: str) -> int:
        return paper_of(draw((Text(text),), PaperSize(576, None), bare)).image.histogram()[0]

    assert ink("山") > 0
    assert ink("山田 太郎") == 4 * ink("山")


def test_the_direction_of_a_text_decides_its_side() -> None:
    def middle_of_ink(text: str) -> float:
        box = paper_of(drawn(Text(text))).image.point(lambda value: 255 - value).getbbox()
        assert box
        return (box[0] + box[2]) / 2

    assert middle_of_ink("Isla 12") < 288
    assert middle_of_ink("שרה 12") > 288


def test_text_from_right_to_left_is_in_its_order_and_joined() -> None:
    if not FONTS.orders_leftward:
        pytest.skip("no libfribidi: install libfribidi0")

    def image(text: str) -> bytes:
        return paper_of(drawn(Text(text))).image.tobytes()

    # Between two letters a joiner changes nothing where they are joined anyway; what keeps them apart does.
    assert image("مح") == image("م\u200dح")
    assert image("مح") != image("م\u200cح")
    assert Paper(paper_of(drawn(Text("אב"))).image).has_ink()
    assert image("אב") != image("בא")
