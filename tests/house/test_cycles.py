"""No module needs another one that needs it: imports for types and inside functions count like any other."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]


def module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield each module that is imported from, with the name taken from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.module, alias.name) for alias in node.names)


def graph(root: Path, *folders: str) -> dict[str, set[str]]:
    """Return which modules below some folders each of them imports."""
    trees = {
        module_name(path, root): ast.parse(path.read_text("utf-8"))
        for folder in folders
        for path in sorted((root / folder).rglob("*.py"))
    }
    found: dict[str, set[str]] = {}
    for name, tree in trees.items():
        targets = {f"{module}.{taken}" if f"{module}.{taken}" in trees else module for module, taken in imported(tree)}
        found[name] = targets & set(trees)
    return found


def cycles(edges: Mapping[str, set[str]]) -> list[list[str]]:
    """Return each set of modules that reach one another (Tarjan's strongly connected components)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for target in sorted(edges[name]):
            if target not in index:
                visit(target)
                low[name] = min(low[name], low[target])
            elif target in stack:
                low[name] = min(low[name], index[target])
        if low[name] == index[name]:
            knot = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(knot) > 1 or name in edges[name]:
                found.append(sorted(knot))

    for name in edges:
        if name not in index:
            visit(name)
    return found


def test_nothing_imports_in_a_circle() -> None:
    found = cycles(graph(ROOT, "kiosk", "screens"))
    assert not found, "\n".join(f"these modules need one another: {', '.join(knot)}" for knot in found)


def test_a_circle_through_an_import_for_types_is_found(tmp_path: Path) -> None:
    package = tmp_path / "house"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "door.py").write_text("if TYPE_CHECKING:\n    from house import key\n")
    (package / "key.py").write_text("def turn() -> None:\n    from house.lock import Lock\n")
    (package / "lock.py").write_text("from house.door import Door\n")
    (package / "roof.py").write_text("from house.door import Door\n")
    assert cycles(graph(tmp_path, "house")) == [["house.door", "house.key", "house.lock"]]
