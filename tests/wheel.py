"""Builds the wheel, installs it into an empty environment outside this checkout, and uses it: `python -m tests.wheel`.

What the tests read from the checkout (stylesheets, migrations, the demo's world) must be in the wheel as well, and what
an administrator copies.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from tests.cli.harness import PERSON
from tests.e2e.terminal import Terminal

ROOT = Path(__file__).parents[1]
NUMBER = "1Z999AA10123456784"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="kiosk-wheel-") as folder:
        kiosk = install(build(Path(folder)), Path(folder))
        look(kiosk.parents[1])
        use(kiosk, Path(folder))


def build(folder: Path, sources: Path = ROOT) -> Path:
    """Build the wheel of this checkout, or of a changed copy, and nothing of its dependencies."""
    options = ("--quiet", "--no-deps", f"--wheel-dir={folder}")
    _run(sys.executable, "-m", "pip", "wheel", *options, str(sources), folder=folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Path:
    """Install the wheel with what it depends on and no more; return its `kiosk` command."""
    programs = folder / "environment" / "bin"
    venv.create(programs.parent, with_pip=True)
    constraints = f"--constraint={ROOT / 'constraints.txt'}"
    _run(str(programs / "python"), "-m", "pip", "install", "--quiet", constraints, str(wheel), folder=folder)
    return programs / "kiosk"


def look(environment: Path) -> None:
    """See that every file of the product is in the environment, and what an administrator copies, programs as such."""
    (installed,) = environment.glob("lib/python*/site-packages")
    for folder in ("kiosk", "screens", "styles"):
        for path in (ROOT / folder).rglob("*"):
            if (
                path.is_file()
                and path.suffix not in {".pyc", ".po"}
                and not (installed / path.relative_to(ROOT)).exists()
            ):
                sys.exit(f"not in the wheel: {path}")
    if not any(installed.rglob("*.mo")) or any(installed.glob("kiosk/**/*.po")):
        sys.exit("the wheel brings catalogues that nothing reads, or none")
    deployed = environment / "share" / "parcel-kiosk" / "deploy"
    for path in (ROOT / "deploy").rglob("*"):
        there = deployed / path.relative_to(ROOT / "deploy")
        if not there.exists() or os.access(there, os.X_OK) != os.access(path, os.X_OK):
            sys.exit(f"not in the wheel as it is here: {path}")


def use(kiosk: Path, folder: Path) -> None:
    """Check the demo, take a parcel in without a screen, and look at it on the screen."""
    _run(str(kiosk), "check", folder=folder)
    command = ("deposit", NUMBER, f"--contact={PERSON}", "--reason=a trial", "--json")
    deposited = json.loads(_run(str(kiosk), *command, folder=folder))
    with Terminal([str(kiosk)], environment=_variables(folder), folder=folder) as terminal:
        terminal.wait("Scan the parcel", "Today: 1 parcel")
        terminal.press("\x11")
        terminal.wait("Leave the kiosk?")
        terminal.press("\x1b[21~")
        if terminal.end() != 0:
            sys.exit(f"the screen did not end well: {terminal.text}")
    sys.stdout.write(f"{NUMBER} went into locker {deposited['lockerUnitId']}, by a wheel outside the checkout\n")


def _run(*command: str, folder: Path) -> str:
    """Run a program in the folder and return what it printed; end with that, if the program fails."""
    ended = subprocess.run(  # noqa: S603 - our own command
        command,
        cwd=folder,
        env=_variables(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if ended.returncode:
        sys.exit(f"{' '.join(command)} ended with {ended.returncode}\n{ended.stdout}")
    return ended.stdout


def _variables(folder: Path) -> dict[str, str]:
    """Return an environment in which nothing leads to this checkout, its settings or this account's data."""
    unwanted = ("KIOSK_", "PYTHON", "VIRTUAL_ENV", "XDG_", "NO_COLOR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    places = {"XDG_CONFIG_HOME": str(folder / "config"), "KIOSK_STORAGE__DATA_DIR": str(folder / "data")}
    return kept | places | {"TERM": "xterm-256color", "LANG": "C.UTF-8"}


if __name__ == "__main__":
    main()
