"""A kiosk that breaks whenever F12 is pressed, over a pickup code and a name: `python -m tests.e2e.crashing`."""

from __future__ import annotations

import sys

from kiosk.__main__ import main
from screens.app import KioskApp

SECRETS = ("code-483920", "Wanjiru-Kamau")
"""What the error quotes, and nobody may find in the log."""


def crash(_: KioskApp) -> None:
    code, name = SECRETS
    raise ValueError(f"{code} of {name}")


if __name__ == "__main__":
    KioskApp.action_next_theme = crash  # type: ignore[method-assign, assignment]
    sys.exit(main())
