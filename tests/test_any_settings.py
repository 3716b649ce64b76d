"""Anything in the place of the settings: they are read, or a sentence says what is wrong, without a secret."""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.api.transport import create_transport
from kiosk.errors import SettingsError
from kiosk.locker_service import credentials_of
from kiosk.settings import Settings, load_settings
from kiosk.settings.keys import keys_of
from kiosk.words.errors import explain

KEYS = [key for key, _ in keys_of(Settings)]
SECRET = "Geheim7sesame"

addresses = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["", "http://", "https://", "socks5://", "://"]),
    st.sampled_from(["", f"user:{SECRET}@", f"user:{SECRET}#", "@"]),
    st.sampled_from(["", "localhost", "127.0.0.1", "[::1]", "host.example", "[", "ü..x", "1.2.3.999", "x y"]),
    st.sampled_from(["", ":8800", ":0", ":99999", ":x"]),
    st.sampled_from(["", "/", "/api", "/?a=b", "/#", "\x00", "\u202e"]),
)
texts = (
    st.text(max_size=40) | addresses | st.sampled_from(["~", "~nobody-here/x", "/srv/kiosk", "none", "demo", "sandbox"])
)
values = st.recursive(
    texts | st.integers() | st.floats() | st.booleans(), lambda inner: st.lists(inner, max_size=3), max_leaves=5
)
many = settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def read(path: Path, environ: Mapping[str, str]) -> None:
    """Read the settings and build what they are for, or be told a whole sentence without a secret."""
    wrong = wrong_in(path, environ)
    if wrong is not None:
        said = explain(wrong)
        assert said.sentence
        assert said.hint
        assert SECRET not in f"{said} {''.join(traceback.format_exception(wrong))}"


def wrong_in(path: Path, environ: Mapping[str, str]) -> SettingsError | None:
    try:
        loaded = load_settings(path, environ)
        create_transport(
            url=loaded.lockers_url("http://127.0.0.1:1"),
            credentials=credentials_of(loaded, "http://127.0.0.1:1"),
            network=loaded.network,
        )
    except SettingsError as error:
        return error
    return None


@many
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="replace")))
def test_any_file_is_read_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_bytes(content)
    read(path, {})


@many
@given(chosen=st.dictionaries(st.sampled_from(KEYS), values, max_size=5))
def test_any_value_in_the_file_is_read_or_a_sentence(tmp_path: Path, chosen: dict[tuple[str, ...], object]) -> None:
    path = tmp_path / "kiosk.toml"
    # What JSON calls a text, a number or a list is one in TOML too, as good as always.
    path.write_text("".join(f"{'.'.join(key)} = {json.dumps(value)}\n" for key, value in chosen.items()))
    read(path, {})


@many
@given(chosen=st.dictionaries(st.sampled_from(KEYS), texts, max_size=5))
def test_any_value_of_a_variable_is_read_or_a_sentence(tmp_path: Path, chosen: dict[tuple[str, ...], str]) -> None:
    path = tmp_path / "kiosk.toml"
    path.touch()
    read(path, {f"KIOSK_{'__'.join(key).upper()}": value for key, value in chosen.items()})


@pytest.mark.parametrize("value", ["true", '"text"', "[]", "{}", "1979-05-27", "07:32:00", "inf", "-nan"])
def test_any_kind_of_value_of_any_setting_is_read_or_a_sentence(tmp_path: Path, value: str) -> None:
    path = tmp_path / "kiosk.toml"
    for key in (*KEYS, ("desk",), ("console", "roles", "ana")):
        path.write_text(f"{'.'.join(key)} = {value}\n")
        read(path, {})
