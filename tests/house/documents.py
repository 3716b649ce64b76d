"""Reads the documents as their readers do: their tables, links, code and commands. Knows nothing of the program."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README, ARCHITECTURE = ROOT / "README.md", ROOT / "ARCHITECTURE.md"
CONTRIBUTING, DOCS = ROOT / "CONTRIBUTING.md", ROOT / "docs"
DOCUMENTS = (README, ARCHITECTURE, CONTRIBUTING, ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md")))
FOR_ALL = (*DOCUMENTS, ROOT / "deploy" / "ssh" / "README.md")
"""Every document, with the one that an administrator copies from."""

_FENCED = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def text_of(document: Path) -> str:
    return document.read_text("utf-8")


def name_of(document: Path) -> str:
    return str(document.relative_to(ROOT))


def table(document: Path, head: str) -> list[list[str]]:
    """Return the rows of the table whose first column has this head, cell by cell."""
    _, found, rest = text_of(document).partition(f"\n| {head} |")
    assert found, f"{name_of(document)} has no table that begins with | {head} |"
    rows = rest.partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


def first_column(document: Path, head: str) -> list[str]:
    """Return what stands in backticks in the first column of a table."""
    return [re.findall(r"`([^`]+)`", row[0])[0] for row in table(document, head)]


def fenced(document: Path) -> list[str]:
    """Return the lines of all blocks of code."""
    return [line for block in _FENCED.findall(text_of(document)) for line in block.splitlines()]


def quoted(document: Path) -> list[str]:
    """Return what stands in backticks in the running text."""
    return re.findall(r"`([^`\n]+)`", _FENCED.sub("", text_of(document)))


def links(document: Path) -> list[str]:
    """Return the targets of all links and pictures."""
    return _LINK.findall(_FENCED.sub("", text_of(document)))


def anchors(document: Path) -> set[str]:
    """Return the anchors of a document's headings, as they are made from them."""
    headings = re.findall(r"^#+ (.+)$", _FENCED.sub("", text_of(document)), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
