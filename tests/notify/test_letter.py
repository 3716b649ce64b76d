"""What a letter says, and that nothing from outside becomes a header, a line or markup of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.notify.letter import LONGEST_SUBJECT, Letter, write_letter
from kiosk.notify.told import Told, number_end
from kiosk.notify.wording import languages, wording_in
from kiosk.parcels.notices import NoticeKind
from tests.notify.samples import CODE, KINDS, PARCEL, anything, parcels

LANGUAGES = languages(None)
NEW_YORK = ZoneInfo("America/New_York")
VOID = {"meta", "br", "img"}
FRAME = {"html", "head", "meta", "title", "body", "div", "p", "b", "br", "img"}


class Page(HTMLParser):
    """The elements of a page, which must close in the order in which they were opened."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.shown = ""
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.shown += data


def letter_of(*told: Told, language: str = "en", name: str = "Samira Abboud", place: str = "Mailroom") -> Letter:
    return write_letter(told, wording_in(language, None), name=name, place=place, zone=NEW_YORK)


def test_a_parcel_in_a_locker_is_told_with_all_that_its_recipient_needs() -> None:
    letter = letter_of(PARCEL)
    assert letter.subject == "A parcel for you: Lobby A, locker 12"
    for told in (letter.text, Page(letter.html).shown):
        for fact in (
            "Samira Abboud",
            "Lobby A, locker 12",
            "Tuesday, December 1, 6:00 p.m.",
            "UPS",
            "…5784",
            "NR8 PBW",
        ):
            assert fact in told
    assert re.search('<img src="cid:code1@parcel-kiosk" ', letter.html)


def test_the_qr_code_of_the_letter_is_read() -> None:
    (picture,) = letter_of(PARCEL).pictures
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture.png)))
    assert found.text == CODE


@pytest.mark.parametrize(
    ("language", "time"),
    [
        ("de-AT", "Dienstag, 1. Dezember, 18:00 Uhr"),
        ("es", "martes, 1 de diciembre, 18:00"),
        ("fr", "mardi 1er décembre à 18 h 00"),
        ("xx", "Tuesday, December 1, 6:00 p.m."),
        ("../en", "Tuesday, December 1, 6:00 p.m."),
    ],
)
def test_times_are_told_in_the_form_of_the_language_and_in_the_zone_of_the_desk(language: str, time: str) -> None:
    assert f": {time}\n" in letter_of(PARCEL, language=language).text


@pytest.mark.parametrize("hour", [0, 1, 11, 12, 13, 23])
def test_an_hour_reads_like_on_a_clock_of_twelve(hour: int) -> None:
    at = PARCEL.until and PARCEL.until.astimezone(NEW_YORK).replace(hour=hour)
    half = "a.m." if hour < 12 else "p.m."
    assert f", {hour % 12 or 12}:00 {half}\n" in letter_of(replace(PARCEL, until=at)).text


def test_several_parcels_are_one_letter_that_says_what_they_share_once() -> None:
    letter = letter_of(PARCEL, replace(PARCEL, number_end="1111"), replace(PARCEL, number_end="2222", bank="B"))
    assert letter.subject == "3 parcels for you: Mailroom"
    assert letter.text.count("have arrived") == 1
    assert [letter.text.count(part) for part in ("…5784", "…1111", "…2222", "Hold the QR")] == [1, 1, 1, 1]
    assert len(letter.pictures) == 1, "parcels with one code share its picture"


def test_different_messages_in_one_letter_keep_their_sentences() -> None:
    letter = letter_of(
        replace(PARCEL, kind=NoticeKind.REMINDER), replace(PARCEL, kind=NoticeKind.ENDED, goes_back=True)
    )
    assert letter.subject.startswith("2 messages about parcels")
    assert "still waiting" in letter.text
    assert "goes back to its sender" in letter.text


@pytest.mark.parametrize("kind", [NoticeKind.ENDED, NoticeKind.GIVEN_ON])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_over_has_no_code_and_no_end(kind: NoticeKind, language: str) -> None:
    letter = letter_of(replace(PARCEL, kind=kind), language=language)
    assert not letter.pictures
    assert "NR8" not in letter.text + letter.html
    assert "18" not in letter.text
    assert "6:00" not in letter.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_elses_parcel_is_not_told_where(language: str) -> None:
    letter = letter_of(replace(PARCEL, kind=NoticeKind.GIVEN_ON, shelf="C3"), language=language)
    assert "Lobby" not in letter.subject + letter.text + letter.html
    assert "…5784" in letter.text


def test_no_more_than_four_signs_of_a_number_are_told() -> None:
    assert (number_end("1Z999AA10123456784"), number_end("T1")) == ("6784", "T1")


@settings(deadline=None, max_examples=1000)
@given(st.lists(parcels, min_size=1, max_size=4), st.sampled_from(LANGUAGES), anything, anything)
def test_nothing_from_outside_becomes_a_line_a_field_or_markup(
    told: list[Told], language: str, name: str, place: str
) -> None:
    letter = letter_of(*told, language=language, name=name, place=place)
    assert len(letter.subject) <= LONGEST_SUBJECT
    assert "\n" not in letter.subject
    signs = {unicodedata.category(sign) for sign in letter.subject + letter.text + letter.html if sign != "\n"}
    assert not signs & {"Cc", "Cs", "Zl", "Zp"}
    assert "\nBcc:" not in letter.text + letter.html
    page = Page(letter.html)
    assert page.seen <= FRAME
    assert page.attributes <= {"lang", "charset", "name", "content", "style", "src", "width", "height", "alt"}
    letter.text.encode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 2])
def test_every_text_of_every_language_is_whole(language: str, kind: NoticeKind, count: int) -> None:
    for change in ({}, {"code": None}, {"locker": "", "shelf": "C3"}, {"locker": ""}, {"goes_back": True}):
        letter = letter_of(*[replace(PARCEL, kind=kind, **change)] * count, language=language)
        assert letter.subject
        assert len(letter.subject) <= LONGEST_SUBJECT - 10, "no room is left for a place with a longer name"
        assert "$" not in letter.subject + letter.text + letter.html
        assert not re.search(r"^ .*: *$|\n\n\n| {3}", letter.text, re.MULTILINE)
        assert letter.text.startswith(letter.text.strip()[:5])


def test_what_looks_like_a_field_in_a_name_is_left_as_it_is() -> None:
    assert "Hello $code $place," in letter_of(PARCEL, name="$code $place").text
