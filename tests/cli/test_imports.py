"""What is loaded when: the first frame and the small answers wait for nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.conftest import Service
from tests.cli.harness import PERSON

HEAVY = {"pydantic", "httpx", "textual", "rich", "asyncio", "sqlite3"}

NOT_FOR_A_DEPOSIT = {
    "kiosk.barcodes",
    "kiosk.facilities.finder",
    "kiosk.facilities.values",
    "kiosk.recipients.reading",
    "kiosk.scanner",
    "kiosk.simulator",
    "kiosk.words.facilities",
    "qrcode",
    "screens",
    "textual",
}
"""What another command or a screen needs; the simulator is another process's here. httpx may bring rich by itself."""


def modules_of(code: str) -> set[str]:
    """Return every module that a program has loaded by its end."""
    program = f"import sys\nimport atexit\natexit.register(lambda: print(*sys.modules, file=sys.stderr))\n{code}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # noqa: S603
    return set(done.stderr.splitlines()[-1].split())


def loaded_by(code: str) -> set[str]:
    return {name.partition(".")[0] for name in modules_of(code)}


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_small_answers_load_nothing_heavy(argument: str) -> None:
    loaded = loaded_by(f"sys.argv = ['kiosk', {argument!r}]\nfrom kiosk.__main__ import main\nsys.exit(main())")
    assert "argparse" in loaded
    assert not loaded & HEAVY


def test_the_bare_kiosk_loads_no_client_and_no_models_before_its_first_frame() -> None:
    loaded = loaded_by("import kiosk.cli.command, kiosk.cli.screen, screens.app")
    assert "textual" in loaded
    assert not loaded & {"pydantic", "httpx", "sqlite3"}


def test_the_screens_bring_neither_client_nor_journal() -> None:
    assert not loaded_by("import screens.app") & {"pydantic", "httpx", "sqlite3"}


def test_the_journal_brings_no_screens() -> None:
    loaded = loaded_by("import kiosk.journal.store")
    assert "sqlite3" in loaded
    assert "textual" not in loaded


def test_a_start_without_a_search_does_not_load_the_finder() -> None:
    code = "import kiosk.wiring, sys; assert 'kiosk.wiring' in sys.modules; print([*sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert "kiosk.desk.lockers" in done.stdout
    loaded = {name for name in done.stdout.split("'") if name.startswith("kiosk.facilities.")}
    assert loaded == {"kiosk.facilities.door", "kiosk.facilities.setup"}


def test_the_commands_bring_no_screens() -> None:
    code = "from kiosk.cli import banks, change, check, deposit, find, journal, recipients, simulator"
    assert "textual" not in loaded_by(code)


def test_a_deposit_loads_nothing_that_it_does_not_need(service: Service) -> None:
    assert service.url
    command = ["kiosk", "deposit", "T1", "--contact", PERSON, "--bank", "AOne", "--reason", "a trial", "--json"]
    # The first command of a demo's folder imports the names.
    modules_of(f"sys.argv = {command!r}\nfrom kiosk.__main__ import main\nsys.exit(main())")
    command[2] = "T2"
    loaded = modules_of(f"sys.argv = {command!r}\nfrom kiosk.__main__ import main\nsys.exit(main())")
    assert "kiosk.desk.intake" in loaded
    assert service.units_of("T2")
    assert not loaded & NOT_FOR_A_DEPOSIT


def test_a_desk_on_its_own_loads_nothing_of_a_centre() -> None:
    loaded = modules_of("import kiosk.cli.check, kiosk.cli.report, kiosk.cli.command, kiosk.wiring, screens.app")
    assert "sqlite3" in loaded
    assert not loaded & {"psycopg", "cryptography", "kiosk.fleet"}


def test_a_desk_on_its_own_needs_nothing_of_the_extras(service: Service) -> None:
    command = ["kiosk", "deposit", "T3", "--contact", PERSON, "--bank", "AOne", "--reason", "a trial", "--json"]
    none = "sys.modules.update({name: None for name in ('psycopg', 'cryptography', 'escpos', 'aiosmtplib', 'evdev')})"
    modules_of(f"{none}\nsys.argv = {command!r}\nfrom kiosk.__main__ import main\nsys.exit(main())")
    assert service.units_of("T3")
