"""What a mutation is: one promise of the product broken in its source, and the tests that must notice."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Mutation(NamedTuple):
    """A change of one place in one file."""

    name: str
    """What is broken, in words."""
    file: str
    source: str
    """What stands there; it stands there once."""
    instead: str
    caught_by: str
    """The test that must fail: its node id below `tests/`, without parameters."""

    def applied_to(self, text: str) -> str:
        """Return the file's text with the mutation; raises ValueError where its place is not there exactly once."""
        if text.count(self.source) != 1:
            raise ValueError(f"{self.file} has {text.count(self.source)} places for: {self.name}")
        return text.replace(self.source, self.instead)
