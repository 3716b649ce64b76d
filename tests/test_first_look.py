"""What is seen of the settings before they are read: language, colours and signs, wherever they are set."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.first_look import FirstLook, look
from kiosk.settings import load_settings


def written(folder: Path, text: str) -> str:
    path = folder / "kiosk.toml"
    path.write_text(text, "utf-8")
    return str(path)


def test_nothing_is_set(tmp_path: Path) -> None:
    assert look([], {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}) == FirstLook("en", "")


@pytest.mark.parametrize("way", ["separate", "joined", "behind the command"])
def test_the_file_that_is_named_counts(tmp_path: Path, way: str) -> None:
    path = written(tmp_path, '[desk]\nlanguage = "de"\ntheme = "light"')
    arguments = {
        "separate": ["--config", path],
        "joined": [f"--config={path}"],
        "behind the command": ["find", "--config", path],
    }
    assert look(arguments[way], {}) == FirstLook("de", "light")


def test_the_sources_win_in_the_order_of_the_settings(tmp_path: Path) -> None:
    environ = {"KIOSK_CONFIG": written(tmp_path, '[desk]\nlanguage = "de"\ntheme = "light"\nsigns = "wide"')}
    assert look([], environ) == FirstLook("de", "light", "wide")

    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "desk__language").write_text("fr\n", "utf-8")
    environ["KIOSK_SECRETS_DIR"] = str(secrets)
    assert look([], environ) == FirstLook("fr", "light", "wide")

    environ["KIOSK_DESK__LANGUAGE"] = "es"
    assert look([], environ) == FirstLook("es", "light", "wide")

    desk = load_settings(environ=environ).desk
    assert FirstLook(desk.language, desk.theme.value, desk.signs.value) == look([], environ)


@pytest.mark.parametrize(
    "text",
    ['[desk]\nlanguage = "xx"', "[desk]\nlanguage = 3", 'desk = "de"', "no toml", '[desk]\nlanguage = "../../de"'],
    ids=["no catalogue", "a number", "no section", "no file of settings", "a path"],
)
def test_what_is_wrong_is_left_to_the_reading_of_the_settings(tmp_path: Path, text: str) -> None:
    assert look(["--config", written(tmp_path, text)], {}) == FirstLook("en", "")


def test_a_file_that_is_missing_or_named_wrongly_is_left_to_it_too(tmp_path: Path) -> None:
    assert look(["--config", str(tmp_path / "none.toml")], {}) == FirstLook("en", "")
    assert look([], {"KIOSK_CONFIG": "kiosk.toml"}) == FirstLook("en", "")
    assert look(["--config"], {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}) == FirstLook("en", "")
