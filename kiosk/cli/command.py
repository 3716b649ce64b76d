"""Reads the arguments of the `kiosk` command and starts the front end they ask for."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, FAILED, WRONG_USAGE, UNFINISHED = 0, 1, 2, 3
"""Exit codes: done; refused or failed; wrong usage; taken in but not finished (nothing lost)."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    return open_kiosk(options.config)


def open_kiosk(config: Path | None) -> int:
    """Open the clerk's kiosk in this terminal."""
    from screens.app import KioskApp  # noqa: PLC0415 - cli opens a screen inside a function: the one edge upwards

    app = KioskApp(lambda: _services(config))
    app.run()
    if app.failure is not None:
        pass
    return app.return_code or DONE


def _services(config: Path | None):
    from kiosk.services import open_services
    from kiosk.settings import load_settings
    return open_services(load_settings(config))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk", description="The parcel kiosk.")
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings file (TOML)")
    return parser
