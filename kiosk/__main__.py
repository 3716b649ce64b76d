"""The entry point of the `kiosk` command."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command with the process's arguments and return its exit code."""
    from kiosk.cli.command import run  # noqa: PLC0415 - the clerk's kiosk starts without the rest

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
