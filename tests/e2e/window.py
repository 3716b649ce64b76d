"""A kiosk in a real terminal: foot, on a compositor without a screen, typed at through the keyboard of that compositor.

What a pty can't show: the bytes that a terminal really sends for signs, capitals and Enter.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.e2e.program import KIOSK, ROOT, environment
from tests.e2e.scanned import history
from tests.scanner.codes import Codes
from tests.scanner.traffic import Day, Scanner
from tests.scanner.truth import differences

NEEDED = ("sway", "foot", "wtype")
MISSING = " ".join(tool for tool in NEEDED if shutil.which(tool) is None)
"""What this machine lacks."""

LAYOUT = "xwayland disable\noutput HEADLESS-1 resolution 1280x720\ndefault_border none\n"
PATIENCE = 60.0
KEY_MILLISECONDS = 2
NOBODY = 65534


def through_a_window(seed: int, count: int) -> list[str]:
    """Scan so many codes in a terminal; return how the journal differs from them once the kiosk has ended."""
    codes = Codes(random.Random(seed))
    labels = [label for label in (codes.draw() for _ in range(count)) if not label.is_of_dhl]
    today = Day(Scanner(), is_delayed=True, labels=labels)
    with tempfile.TemporaryDirectory(prefix="window-") as name:
        folder = Path(name)
        with _desktop(folder) as desktop, _running(["foot", *KIOSK], environment(folder) | desktop) as process:
            _until(lambda: bool([*folder.rglob("journal.sqlite")]), "a journal")
            time.sleep(2)  # the first frame, of which nothing outside the window tells
            for begin in range(0, len(labels), 20):
                _type(desktop, [label.text for label in labels[begin : begin + 20]])
            _until(lambda: len(history(folder)) >= len(labels) or process.poll() is not None, "parcels", needed=False)
        return differences(history(folder), today)


def _type(desktop: Mapping[str, str], texts: Sequence[str]) -> None:
    """Type each text and Enter, sign by sign as a scanner does."""
    keys = [part for text in texts for part in ("-d", str(KEY_MILLISECONDS), text, "-k", "Return")]
    subprocess.run(["wtype", *keys], env=os.environ | desktop, check=True, timeout=PATIENCE)  # noqa: S603, S607 - as installed


@contextmanager
def _desktop(folder: Path) -> Iterator[dict[str, str]]:
    """Run a compositor, and yield the environment of what is drawn in it; it runs as nobody where this is root."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    (folder / "layout").write_text(LAYOUT)
    desktop = {
        "XDG_RUNTIME_DIR": str(runtime),
        "WLR_BACKENDS": "headless",
        "WLR_RENDERER": "pixman",
        "WLR_LIBINPUT_NO_DEVICES": "1",
        "LANG": "C.UTF-8",
        "WAYLAND_DISPLAY": "",
        "DISPLAY": "",
    }
    other: tuple[str, ...] = ()
    if os.getuid() == 0:
        folder.chmod(0o755)
        os.chown(runtime, NOBODY, NOBODY)
        other = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    with ExitStack() as running:
        running.enter_context(_running([*other, "sway", "-c", str(folder / "layout")], desktop))

        def displays() -> list[str]:
            return [each.name for each in runtime.glob("wayland-*") if each.suffix != ".lock"]

        _until(lambda: bool(displays()), "a display")
        desktop["WAYLAND_DISPLAY"] = displays()[0]
        time.sleep(0.5)
        running.enter_context(_running(["wtype", "-s", "3600000"], desktop))  # foot looks for a keyboard at once
        time.sleep(0.3)
        yield desktop


@contextmanager
def _running(command: Sequence[str], settings: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 - our own commands
        command, env=os.environ | settings, cwd=ROOT, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(8)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _until(condition: Callable[[], bool], what: str, *, needed: bool = True) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            if needed:
                raise TimeoutError(f"{what} never came")
            return
        time.sleep(0.2)
