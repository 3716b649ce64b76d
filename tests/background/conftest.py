"""The same world and desk as in the tests of the desk."""

from tests.desk.conftest import clock, desk, world

__all__ = ["clock", "desk", "world"]
