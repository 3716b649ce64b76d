"""A language for tests: every text in quotation marks, so that one which is not translated is seen."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from tests.messages import extracted

CODE = "xx"
NAME = "Angular"


def write_angular(folder: Path, code: str = CODE) -> None:
    """Compile the language into a folder, for KIOSK_CATALOGUES."""
    catalogue = Catalog(locale="en")
    for message in extracted():
        if message.id:
            texts = message.id if isinstance(message.id, tuple) else (message.id,)
            said = tuple(NAME if message.context == "this language" else f"«{text}»" for text in texts)
            catalogue.add(message.id, said if len(said) > 1 else said[0], context=message.context)
    with (folder / f"{code}.mo").open("wb") as file:
        write_mo(file, catalogue)
