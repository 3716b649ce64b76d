"""Commands speak the language that is set, with what argparse says itself; JSON does not. A missing one is English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from kiosk.cli.check_language import check_language
from kiosk.settings import Desk
from kiosk.words.language import _catalogue, language, speak
from tests.cli.harness import Kiosk
from tests.cli.test_imports import modules_of
from tests.words.catalogues import CODE, write_angular


@pytest.fixture(autouse=True)
def folder(kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:  # noqa: ARG001 - its environment comes first
    monkeypatch.setenv("KIOSK_CATALOGUES", str(tmp_path))
    yield tmp_path
    speak("en")
    _catalogue.cache_clear()


def test_a_command_and_argparse_speak_the_language(kiosk: Kiosk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_angular(folder)
    monkeypatch.setenv("KIOSK_DESK__LANGUAGE", CODE)
    helped = kiosk("find", "--help")
    assert helped.out.startswith("«usage: »kiosk find")
    assert "«show this help message and exit»" in helped.out
    assert "«tracking number»" in helped.out
    assert "«one of the arguments «NUMBER» --contact --text is required»" in kiosk("find").err
    assert "«Nobody is listed yet.»" in kiosk("people", "list").err
    assert "«" not in kiosk("people", "list", "--json").out
    assert kiosk("--config", "/nowhere.toml", "people", "list").err.startswith("«")


def test_english_reads_no_catalogue() -> None:
    command = ["kiosk", "people", "--help"]
    loaded = modules_of(
        "from pathlib import Path\n"
        "import sys, gettext\n"
        "def refuse(*_): raise AssertionError('a catalogue is read')\n"
        "gettext.GNUTranslations._parse = refuse\n"
        f"sys.argv = {command!r}\nfrom kiosk.__main__ import main\nsys.exit(main())"
    )
    assert "kiosk.words.language" in loaded
    assert "tomllib" not in loaded


@pytest.mark.parametrize(
    "content", [None, b"", b"no catalogue", b"\xde\x12\x04\x95\0\0"], ids=["none", "empty", "other", "cut"]
)
def test_a_language_without_a_catalogue_that_can_be_read_is_english(
    kiosk: Kiosk, folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    if content is not None:
        (folder / "zz.mo").write_bytes(content)
    monkeypatch.setenv("KIOSK_DESK__LANGUAGE", "zz")
    assert kiosk("people", "list").err.startswith("Nobody is listed yet.")
    assert language() == "en"
    step = check_language(Desk(language="zz"))
    assert step.ok is False
    assert step.code == ("language_missing" if content is None else "language_unreadable")


def test_the_check_names_a_text_that_can_not_be_used(folder: Path) -> None:
    catalogue = Catalog(locale="en")
    catalogue.add("{name} is signed in.", "{nom} hier")
    catalogue.add("{number} is here.", "{number} da")
    catalogue.add("{day} {month}", "{dd}.{mm}.", context="date")
    with (folder / "zz.mo").open("wb") as file:
        write_mo(file, catalogue)
    step = check_language(Desk(language="zz"))
    assert step.code == "language_wrong"
    assert "{name} is signed in." in step.message
    assert "{number}" not in step.message
    assert check_language(Desk(language="en")).ok
    assert check_language(Desk(language="de")).code == "language_spoken"
