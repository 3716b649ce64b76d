"""The entry point of the `kiosk` command."""

from __future__ import annotations

import resource
import sys

from kiosk.cli.exits import INTERRUPTED


def main() -> int:
    """Run the command with the process's arguments and return its exit code."""
    # Pickup codes and secrets are in the memory of which a crash would write a copy to the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        from kiosk.cli.command import run  # noqa: PLC0415 - the clerk's kiosk starts without the rest

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
