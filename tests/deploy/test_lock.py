"""The lock file pins what `constraints.txt` pins, all that an installed kiosk needs, by hashes, without addresses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
MAKE = "`make lock` makes it anew"


def locked() -> dict[str, str]:
    return {canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", LOCK, re.MULTILINE)}


def needed(requirement: Requirement) -> Iterator[str]:
    """Yield the names of what a requirement brings in, itself first."""
    yield canonicalize_name(requirement.name)
    for text in requires(requirement.name) or ():
        inner = Requirement(text)
        if inner.marker is None or any(inner.marker.evaluate({"extra": each}) for each in requirement.extras or {""}):
            yield from needed(inner)


def test_all_that_an_installed_kiosk_needs_is_locked_and_nothing_else() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    kiosk = Requirement(f"parcel-kiosk[{','.join(sorted(extras.keys() - {'test'}))}]")
    assert set(needed(kiosk)) - {"parcel-kiosk"} == locked().keys(), MAKE


def test_the_lock_pins_what_the_constraints_pin() -> None:
    constraints = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {canonicalize_name(name): version for name, version in (line.split("==") for line in constraints)}
    assert locked().items() <= pinned.items(), MAKE


def test_each_pin_has_hashes_and_none_an_address() -> None:
    pins = re.split(r"\n(?=\w)", LOCK.strip())
    assert len(pins) == len(locked())
    for pin in pins:
        assert re.fullmatch(r"[\w.-]+==\S+( \\\n    --hash=sha256:[0-9a-f]{64})+", pin), pin
