"""`kiosk journal fits`: whether this program can work with the desk's files as they are. It changes none of them.

Asked of a program before it is put in the place of another one: a newer program may have brought the files on.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.cli.exits import DONE
from kiosk.cli.output import Output
from kiosk.journal import migrations, store
from kiosk.recipients import file as directory
from kiosk.settings import load_settings
from kiosk.storage import Connection
from kiosk.words.language import _

if TYPE_CHECKING:
    import sqlite3


def run(options: argparse.Namespace, output: Output) -> int:
    """Tell that the files fit; raises StorageForeignError for one that is newer, SettingsError for settings."""
    folder = load_settings(options.config).data_dir
    schemas = {
        "journal": _schema(folder / store.FILE_NAME, migrations.known_schema),
        "directory": _schema(folder / directory.FILE_NAME, directory.known_schema),
    }
    if output.as_json:
        output.json(schemas)
    else:
        output.line(_("This program can work with the journal and the directory that are there."))
    return DONE


def _schema(path: Path, known: Callable[[sqlite3.Connection], int]) -> int | None:
    """Return the schema of a file; None where there is none, for opening would make one."""
    return asyncio.run(_schema_in(path, known)) if path.exists() else None


async def _schema_in(path: Path, known: Callable[[sqlite3.Connection], int]) -> int:
    found: list[int] = []
    connection = Connection(path)
    await connection.open(lambda database: found.append(known(database)))
    await connection.close()
    return found[0]
