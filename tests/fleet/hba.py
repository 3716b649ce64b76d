"""Whom a server lets in, and how: lines in front of those of its pg_hba.conf, for as long as a test takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.fleet.postgres import Postgres


@contextmanager
def rules(server: Postgres, *lines: str) -> Iterator[None]:
    """Put lines first, and take them out again."""
    path = server.folder / "data" / "pg_hba.conf"
    before = path.read_text("utf-8")
    try:
        path.write_text("\n".join([*lines, before]), "utf-8")
        reload(server)
        yield
    finally:
        path.write_text(before, "utf-8")
        reload(server)


def reload(server: Postgres) -> None:
    """Let the server read its files, and wait until it has."""
    with server.admin() as admin:
        before = _loaded(server)
        admin.execute("SELECT pg_reload_conf()")
    while _loaded(server) == before:
        pass


def _loaded(server: Postgres) -> object:
    with server.admin() as new:
        row = new.execute("SELECT pg_conf_load_time()").fetchone()
        return row and row[0]
