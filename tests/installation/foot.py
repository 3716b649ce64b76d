"""The desk's terminal on an installed machine: what its configuration takes away, and that it is that which does it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.e2e.foot_keys import KEYS, MIDDLE_BUTTON, OSC_52
from tests.installation.machine import Machine

FILES = ("tests/e2e/foot_keys.py", "tests/e2e/pointer.py")
ROOT = Path(__file__).parents[2]
NOTHING_TO_SEE = {"scroll up", "scroll down", "the prompt before", "the next prompt"}
"""What does nothing in a foot as it comes either, while a program fills its screen."""


def try_every_key(machine: Machine) -> None:
    for name in FILES:
        (machine.root / "srv" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, machine.root / "srv" / name)
    shipped = tried(machine, "/etc/parcel-kiosk/foot.ini")
    assert shipped.keys() == {*KEYS, MIDDLE_BUTTON, OSC_52}
    assert not {name: found for name, found in shipped.items() if set(found) - {"no key"}}, shipped
    as_it_comes = tried(machine, "/dev/null")
    assert {name for name, found in as_it_comes.items() if not found} == NOTHING_TO_SEE, as_it_comes


def tried(machine: Machine, config: str) -> dict[str, list[str]]:
    """Return what came of each way out of a foot with this configuration."""
    found: dict[str, list[str]] = json.loads(machine.run(f"cd /srv; python3 -m tests.e2e.foot_keys {config}"))
    return found
