"""The words of notices: every language is whole, and what an administrator changes never costs a notice."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from kiosk.notify.letter import write_letter
from kiosk.notify.wording import _FIELDS, LAYOUTS, Wording, _fault_of, _our_layout, _our_texts, languages, wording_in
from kiosk.parcels.notices import NoticeKind
from kiosk.words.errors import explain
from tests.notify.samples import KINDS, PARCEL


def said(wording: Wording) -> str:
    letter = write_letter([PARCEL], wording, name="Ann", place="Mailroom")
    return f"{letter.subject}\n{letter.text}\n{letter.html}"


def codes(wording: Wording) -> list[str]:
    return [fault.code for fault in wording.faults]


@pytest.mark.parametrize("language", languages(None))
def test_every_language_has_every_text_and_only_fields_that_there_are(language: str) -> None:
    texts = _our_texts(language)
    assert list(texts) == list(_our_texts("en"))
    assert not [key for key, text in texts.items() if _fault_of(Path("x"), key, text)]


def test_every_kind_of_notice_has_its_texts() -> None:
    texts = _our_texts("en")
    assert {key for kind in KINDS for key in texts if key == f"{kind}.said"} == {f"{kind}.said" for kind in KINDS}
    assert not [kind for kind in NoticeKind if kind not in KINDS and f"{kind}.said" in texts]
    assert set(_FIELDS) <= {part for key in texts for part in (key, *key.split("."))}


def test_our_own_layouts_show_every_field_that_there_is() -> None:
    for name, fields in LAYOUTS.items():
        assert {field for field in fields if f"${field}" in _our_layout(name)} == fields


def test_a_changed_text_counts_and_all_others_stay(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text('[arrived]\nsubject = "Post at $where"\n')
    (tmp_path / "parcel.txt").write_text("$said ($number)")
    wording = wording_in("en", tmp_path)
    assert said(wording).startswith("Post at Lobby A, locker 12\nHello Ann,\n\nA parcel has arrived for you. (5784)\n")
    assert not wording.faults


def test_a_language_of_ones_own_needs_only_the_texts_that_differ(tmp_path: Path) -> None:
    (tmp_path / "nl.toml").write_text('greeting = "Dag $name,"')
    assert languages(tmp_path) == ("de", "en", "es", "fr", "nl")
    assert "Dag Ann,\n\nA parcel" in said(wording_in("nl-BE", tmp_path))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("en.toml", 'greeting = "Hi $nmae"', "template_unknown_field"),
        ("en.toml", 'greeting = "Hi $name, pay $5"', "template_broken_field"),
        ("en.toml", "greeting = 5", "template_no_text"),
        ("en.toml", 'greting = "Hi"', "template_unknown_text"),
        ("en.toml", '[label]\nwhere = "At $place"', "template_without_fields"),
        ("en.toml", '[time]\nhalves = ["am"]', "template_no_names"),
        ("en.toml", "[time]\nhalves = 5", "template_no_names"),
        ("en.toml", "greeting = ", "template_not_toml"),
        ("en.toml", "a = " + "[" * 100_000, "template_not_toml"),
        ("en.toml", b"greeting = '\xff'", "template_unreadable"),
        ("letter.html", "<p>$parcels $sender</p>", "template_unknown_field"),
        ("letter.txt", "$parcels costs $ 5", "template_broken_field"),
        ("parcel.txt", b"\xff", "template_unreadable"),
    ],
)
def test_what_can_not_be_used_is_told_and_ours_counts(
    tmp_path: Path, name: str, content: str | bytes, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    with caplog.at_level(logging.WARNING):
        wording = wording_in("en", tmp_path)
    assert codes(wording) == [code]
    assert said(wording) == said(wording_in("en", None))
    assert len(caplog.records) == 1
    told = explain(wording.faults[0])
    assert str(tmp_path) in told.sentence
    assert told.hint


def test_one_wrong_text_does_not_cost_the_others(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text('greeting = "Hi $nmae"\n[arrived]\nsaid = "Post!"\n')
    assert "Hello Ann,\n\nPost!" in said(wording_in("en", tmp_path))


def test_a_folder_that_is_none_and_files_that_are_none_cost_nothing(tmp_path: Path) -> None:
    assert codes(wording_in("en", tmp_path / "nowhere")) == ["templates_missing"]
    (tmp_path / "en.toml").mkdir()
    os.mkfifo(tmp_path / "letter.txt")
    assert said(wording_in("en", tmp_path)) == said(wording_in("en", None))
