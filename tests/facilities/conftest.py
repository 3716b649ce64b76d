"""The fixtures of the rooms that the finder works with: a scripted server, and a simulated world on a clock."""

from __future__ import annotations

from tests.api.conftest import server
from tests.desk.conftest import clock, world

__all__ = ["clock", "server", "world"]
