"""The desk's terminal on an installed machine: what its configuration takes away, and that it is that which does it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.foot_keys import BUTTONS, KEYS, OSC_52
from tests.installation.machine import Machine

SCRIPT = Path(__file__).parents[1] / "e2e" / "foot_keys.py"
NOTHING_TO_SEE = {"scroll up", "scroll down", "the prompt before", "the next prompt", *BUTTONS}
"""What does nothing in a foot as it comes either, as far as can be seen from here."""


def try_every_key(machine: Machine) -> None:
    (machine.root / "srv" / SCRIPT.name).write_bytes(SCRIPT.read_bytes())
    shipped = json.loads(machine.run(f"cd /; python3 /srv/{SCRIPT.name} /etc/parcel-kiosk/foot.ini"))
    assert shipped.keys() == {*KEYS, *BUTTONS, OSC_52}
    assert not {name: found for name, found in shipped.items() if set(found) - {"no key"}}
    as_it_comes = json.loads(machine.run(f"cd /; python3 /srv/{SCRIPT.name} /dev/null"))
    assert {name for name, found in as_it_comes.items() if not set(found)} <= NOTHING_TO_SEE
