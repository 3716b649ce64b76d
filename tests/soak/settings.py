"""Anything in the place of the settings: they are read, or a sentence says what is wrong, without a secret.

`python -m tests.soak settings`. One example is one file, some values in it, or some variables.
"""

from __future__ import annotations

import json
import tempfile
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kiosk.api.transport import create_transport
from kiosk.errors import SettingsError
from kiosk.locker_service import credentials_of
from kiosk.settings import Settings, load_settings
from kiosk.settings.keys import keys_of
from kiosk.words.errors import explain
from tests.bench.figure import Figure
from tests.soak.border import figure_of, many

ROUNDS = 20_000
"""Examples of each kind."""

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
files = st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="replace"))


def measure(rounds: int) -> list[Figure]:
    """Give each kind so many examples."""
    return [figure_of(name, kind, rounds) for name, kind in KINDS.items()]


def read(path: Path, environ: Mapping[str, str]) -> None:
    """Read the settings and build what they are for, or be told a whole sentence without a secret."""
    wrong = wrong_in(path, environ)
    if wrong is not None:
        said = explain(wrong)
        assert said.sentence
        assert said.hint
        assert SECRET not in f"{said} {''.join(traceback.format_exception(wrong))}"


def wrong_in(path: Path, environ: Mapping[str, str]) -> SettingsError | None:
    """Return what is wrong with the settings."""
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


def any_files(rounds: int) -> None:
    """Read so many files in the place of the settings' own."""

    @many(rounds)
    @given(files)
    def given_one(content: bytes) -> None:
        path.write_bytes(content)
        read(path, {})

    with tempfile.TemporaryDirectory(prefix="settings-") as folder:
        path = Path(folder, "kiosk.toml")
        given_one()


def any_values(rounds: int) -> None:
    """Read so many files of settings with any values."""

    @many(rounds)
    @given(st.dictionaries(st.sampled_from(KEYS), values, max_size=5))
    def given_one(chosen: dict[tuple[str, ...], object]) -> None:
        # What JSON calls a text, a number or a list is one in TOML too, as good as always.
        path.write_text("".join(f"{'.'.join(key)} = {json.dumps(value)}\n" for key, value in chosen.items()))
        read(path, {})

    with tempfile.TemporaryDirectory(prefix="settings-") as folder:
        path = Path(folder, "kiosk.toml")
        given_one()


def any_variables(rounds: int) -> None:
    """Read so many environments with any values."""

    @many(rounds)
    @given(st.dictionaries(st.sampled_from(KEYS), texts, max_size=5))
    def given_one(chosen: dict[tuple[str, ...], str]) -> None:
        read(path, {f"KIOSK_{'__'.join(key).upper()}": value for key, value in chosen.items()})

    with tempfile.TemporaryDirectory(prefix="settings-") as folder:
        path = Path(folder, "kiosk.toml")
        path.touch()
        given_one()


KINDS: dict[str, Callable[[int], None]] = {
    "files in the place of the settings": any_files,
    "settings with any values": any_values,
    "variables with any values": any_variables,
}
