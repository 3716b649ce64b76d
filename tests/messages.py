"""Brings every catalogue up to the texts of the source, and compiles it: `python -m tests.messages`.

A text that is new stands there without a translation, one that is gone is gone. No translation is ever guessed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
CATALOGUES = ROOT / "kiosk" / "words" / "catalogues"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def main() -> None:
    template = extracted()
    for path in sorted(CATALOGUES.glob("*.po")):
        catalogue = read(path)
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        write(catalogue, path)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


def extracted() -> Catalog:
    """Return every text of the source that is marked, with the files in which it stands."""
    catalogue = Catalog()
    for room in ("kiosk", "screens"):
        found = extract_from_dir(
            ROOT / room, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        )
        for name, line, text, comments, context in found:
            catalogue.add(text, None, [(f"{room}/{name}", line)], auto_comments=comments, context=context)
        for path in sorted((ROOT / room).rglob("*.py")):
            for text, line, context in marked_in(ast.parse(path.read_text("utf-8"))):
                if catalogue.get(text, context) is None:
                    catalogue.add(text, None, [(path.relative_to(ROOT).as_posix(), line)], context=context)
    return catalogue


def marked_in(tree: ast.AST) -> Iterator[tuple[str | tuple[str, str], int, str | None]]:
    """Yield each marked text, its line and its context; Babel misses those in f-strings, and in calls in a mark."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="_" | "N_"), args=[ast.Constant(value=str(text))]):
                yield text, node.lineno, None
            case ast.Call(
                func=ast.Name(id="ngettext"), args=[ast.Constant(value=str(one)), ast.Constant(value=str(many)), _]
            ):
                yield (one, many), node.lineno, None
            case ast.Call(
                func=ast.Name(id="pgettext"), args=[ast.Constant(value=str(context)), ast.Constant(value=str(text))]
            ):
                yield text, node.lineno, context


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem, abort_invalid=True)


def write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue so that from one commit to the next only the translations differ: no dates, no names."""
    headers = {"Language", "Plural-Forms", "Content-Type"}
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in catalogue.mime_headers if name in headers)
    with path.open("wb") as file:
        file.write(f'{catalogue.header_comment}\nmsgid ""\nmsgstr ""\n{lines}\n'.encode())
        write_po(file, catalogue, width=120, sort_by_file=True, include_lineno=False, omit_header=True)


if __name__ == "__main__":
    main()
