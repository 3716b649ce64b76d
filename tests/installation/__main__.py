"""Installs the package on a bare Debian and lives through its life there: `python -m tests.installation`.

The machine runs in a container with systemd and without a network. What it has in the place of a screen is cage's
headless output; everything else, from the units to foot's configuration, is what an administrator has.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk import __version__
from tests.installation import desk, foot, versions
from tests.installation.machine import Machine, booted, bootstrap, missing
from tests.package import download, pack
from tests.wheel import ROOT, build

SIZE = "3g"
"""Of the machine's disk, which lies in memory."""
PARTS = ("deploy", "kiosk", "screens", "styles", "pyproject.toml", "README.md", "LICENSE")
"""What a wheel is made of."""
Chapter = Callable[[Machine], None]
DAYS: tuple[tuple[Chapter, ...], ...] = (
    (
        versions.install,
        desk.work_without_a_screen,
        desk.check_units,
        desk.run_session,
        desk.lose_kiosk,
        desk.say_what_is_wrong,
        desk.lose_screen,
        desk.run_timers,
        desk.let_operators_in,
    ),
    (
        desk.be_there_in_the_morning,
        versions.update_and_go_back,
        versions.update_without_room,
        versions.lose_power,
        versions.refuse_newer_journal,
        foot.try_every_key,
        versions.remove,
    ),
)
"""The machine is switched off between them."""


def main() -> None:
    if why := missing():
        sys.stdout.write(f"Not tried here: an installation on a bare Debian ({why})\n")
        return
    with tempfile.TemporaryDirectory(prefix="kiosk-installation-") as name:
        folder = Path(name)
        packages = make_packages(folder)
        with disk(folder / "root") as root:
            bootstrap(root)
            for package in packages:
                shutil.copy(package, root / "srv")
            for day in DAYS:
                with booted(root) as machine:
                    live_through(day, machine)
    sys.stdout.write(f"{sum(map(len, DAYS))} passed, 0 failed\n")


def live_through(chapters: Iterable[Chapter], machine: Machine) -> None:
    """Take one chapter after the other; the first that fails ends it, with what the machine's log says."""
    for chapter in chapters:
        begun = time.monotonic()
        try:
            chapter(machine)
        except AssertionError:
            sys.stdout.write(machine.run("journalctl --no-pager --lines=60"))
            raise
        sys.stdout.write(f"{chapter.__name__.replace('_', ' ')}: {time.monotonic() - begun:.0f} s\n")
        sys.stdout.flush()


def make_packages(folder: Path) -> list[Path]:
    """Make this version's package and those of two later ones."""
    wheels = folder / "wheels"
    download(wheels)
    made = [pack(build(new_folder(folder / "this")), wheels, folder)]
    for version in (versions.NEXT, versions.NEWER):
        sources = folder / "sources" / version
        for part in PARTS:
            copy(ROOT / part, sources / part)
        put(sources / "pyproject.toml", f'version = "{__version__}"', f'version = "{version}"')
        put(sources / "kiosk" / "__init__.py", f'"{__version__}"', f'"{version}"')
        if version == versions.NEWER:
            migrations = sources / "kiosk" / "journal" / "migrations.py"
            put(migrations, "\nSCHEMA_VERSION = ", f"\nSCHEMA_VERSION = {versions.NEWER_SCHEMA} + ")
            put(migrations, "                _migrate(database, version, now)\n", "")
        made.append(pack(build(new_folder(folder / version), sources), wheels, folder))
    return made


def new_folder(folder: Path) -> Path:
    folder.mkdir()
    return folder


def copy(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.copytree(path, to, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(path, to)


def put(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{path} has no {old}"
    path.write_text(text.replace(old, new, 1), "utf-8")


@contextmanager
def disk(folder: Path) -> Iterator[Path]:
    """Yield a folder that is a disk of its own, so that it can be full."""
    folder.mkdir()
    run("mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        run("umount", "--lazy", str(folder))


def run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603 - our own command


if __name__ == "__main__":
    main()
