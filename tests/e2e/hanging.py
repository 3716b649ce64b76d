"""A kiosk whose event loop hangs from F12 on, as it would at a fault of ours: `python -m tests.e2e.hanging`."""

from __future__ import annotations

import sys
import threading

from kiosk.__main__ import main
from screens.app import KioskApp


def hang(_: KioskApp) -> None:
    threading.Event().wait()


if __name__ == "__main__":
    KioskApp.action_next_theme = hang  # type: ignore[method-assign, assignment]
    sys.exit(main())
