"""The exit codes of the `kiosk` command."""

from __future__ import annotations

DONE, FAILED, WRONG_USAGE, UNFINISHED = 0, 1, 2, 3
"""Done; refused or failed; wrong usage; not finished, nothing lost (held or in doubt; an import stopped)."""

INTERRUPTED = 130
"""Ended by Ctrl-C, as shells count it."""
