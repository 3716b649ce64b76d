"""`kiosk simulator`: the simulated locker service in the foreground."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from kiosk.cli.exits import DONE
from kiosk.cli.output import Output
from kiosk.simulator.command import serve
from kiosk.words.language import _

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace, output: Output) -> int:
    """Print the address and answer until SIGINT or SIGTERM."""

    def announce(url: str) -> None:
        output.line(url)
        output.words(_("The simulated locker service is running. Press Ctrl-C to stop it."))

    serve(
        options.port,
        options.data or _demo_folder(options.config),
        options.seed,
        options.faults,
        options.pickups_per_hour,
        announce=announce,
    )
    return DONE


def _demo_folder(config: Path | None) -> Path:
    """Return where the demo keeps its simulated world, whatever environment the settings name."""
    from kiosk.settings import APPLICATION, Environment, load_settings  # noqa: PLC0415 - only without --data

    settings = load_settings(config)
    is_demo = settings.environment is Environment.DEMO
    folder = settings.data_dir if is_demo else user_data_path(APPLICATION) / Environment.DEMO
    return folder / "simulator"
