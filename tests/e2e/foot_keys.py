"""Tries each way out of a terminal in a real foot, on a compositor without a screen, and prints what came of it.

`python3 -m tests.e2e.foot_keys CONFIG` needs sway, wtype, wl-clipboard, `pointer.py` and the standard library, so that
it can run on a bare machine; as root it runs as nobody, as sway wants it. What it prints is JSON: for each way the list
of what happened, empty where nothing did.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.e2e.pointer import MIDDLE, Pointer

NOBODY = 65534
PATIENCE = 20.0
COPIED = "WAS-COPIED"
AFTER = "k"
"""Typed after each key: it arrives, unless something of the terminal's has taken the keyboard."""
CODES = "o"
"""Asks the program in the terminal to write and read the clipboard by OSC 52."""
LAYOUT = "xwayland disable\noutput HEADLESS-1 resolution 1280x720\ndefault_border none\n"

KEYS = {
    "a new window": ("ctrl", "shift", "n"),
    "search": ("ctrl", "shift", "r"),
    "addresses": ("ctrl", "shift", "o"),
    "signs by number": ("ctrl", "shift", "u"),
    "larger letters": ("ctrl", "plus"),
    "larger letters, too": ("ctrl", "KP_Add"),
    "smaller letters": ("ctrl", "minus"),
    "smaller letters, too": ("ctrl", "KP_Subtract"),
    "paste": ("ctrl", "shift", "v"),
    "paste by a key of its own": ("XF86Paste",),
    "paste what is selected": ("shift", "Insert"),
    "copy": ("ctrl", "shift", "c"),
    "scroll up": ("shift", "Page_Up"),
    "scroll down": ("shift", "Page_Down"),
    "the prompt before": ("ctrl", "shift", "z"),
    "the next prompt": ("ctrl", "shift", "x"),
}
MIDDLE_BUTTON = "paste by the middle button"
OSC_52 = "OSC 52"

PROGRAM = f"""
import base64, fcntl, os, signal, struct, sys, termios, time, tty
told = open(sys.argv[1], "ab", buffering=0)
def size(*_):
    told.write(b"<size %dx%d>" % struct.unpack("HHHH", fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8)))[:2])
signal.signal(signal.SIGWINCH, size)
tty.setraw(0)
os.write(1, b"\\x1b[?1049hhttps://example.com/ \\r\\n")
time.sleep(0.5)
told.write(b"<ready>")
while data := os.read(0, 1000):
    told.write(data)
    if data == b"{CODES}":
        os.write(1, b"\\x1b]52;c;" + base64.b64encode(b"by OSC 52") + b"\\x07\\x1b]52;c;?\\x07")
"""


def main() -> None:
    if os.getuid() == 0:
        nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        os.execvp("setpriv", [*nobody, *sys.orig_argv])  # noqa: S606, S607 - as installed
    with (
        tempfile.TemporaryDirectory(prefix="foot-keys-") as folder,
        Desktop(Path(folder)).showing(sys.argv[1]) as desktop,
    ):
        found = {name: desktop.tried(keys) for name, keys in KEYS.items()}
        found[MIDDLE_BUTTON] = desktop.clicked(MIDDLE)
        found[OSC_52] = desktop.tried((CODES,)) + (
            ["clipboard"] if desktop.run("wl-paste", "--no-newline") != COPIED else []
        )
    sys.stdout.write(json.dumps(found))


class Desktop:
    """One foot that fills a headless compositor."""

    def __init__(self, folder: Path) -> None:
        self._told = folder / "told"
        self._folder = folder
        self._environment = os.environ | {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "WLR_BACKENDS": "headless",
            "WLR_RENDERER": "pixman",
            "WLR_LIBINPUT_NO_DEVICES": "1",
            "SWAYSOCK": str(folder / "sway"),
            "LANG": "C.UTF-8",
        }

    @contextmanager
    def showing(self, config: str) -> Iterator[Desktop]:
        """Show foot with this configuration until the end."""
        (self._folder / "layout").write_text(LAYOUT)
        running = [self._start("sway", "-c", str(self._folder / "layout"))]
        try:
            until(lambda: [*self._folder.glob("wayland-*")], "a display")
            self._environment["WAYLAND_DISPLAY"] = "wayland-1"
            until((self._folder / "sway").exists, "the compositor")
            running.append(self._start("wtype", "-s", "3600000"))  # foot looks for a keyboard at once
            time.sleep(0.3)
            running += [self._start("wl-copy", "--foreground", *which, COPIED) for which in ((), ("--primary",))]
            running.append(self._start("foot", f"--config={config}", sys.executable, "-c", PROGRAM, str(self._told)))
            until(lambda: self._told.exists() and b"<ready>" in self._told.read_bytes(), "the terminal")
            yield self
        finally:
            for process in reversed(running):
                process.terminate()
                process.wait()

    def tried(self, keys: tuple[str, ...]) -> list[str]:
        """Press a key, type what follows it, and return what came of both."""
        *held, key = keys
        modifiers = [part for each in held for part in ("-M", each)]
        return self._came_of(lambda: self.run("wtype", *modifiers, "-k", key))

    def clicked(self, button: int) -> list[str]:
        """Press a button of the mouse, and go on like that."""
        with closing(Pointer(self._folder / self._environment["WAYLAND_DISPLAY"])) as pointer:
            time.sleep(0.3)  # foot has to hear of it
            return self._came_of(lambda: pointer.click(button))

    def _came_of(self, act: Callable[[], object]) -> list[str]:
        begin, windows = self._told.stat().st_size, self._windows()
        act()
        time.sleep(0.25)
        self.run("wtype", AFTER)
        time.sleep(0.15)
        told = self._told.read_bytes()[begin:]
        happened = {
            "window": self._windows() != windows,
            "letters": b"<size" in told,
            "paste": COPIED.encode() in told,
            "answer": b"]52" in told,
            "swallowed": not told.endswith(AFTER.encode()),
            "no key": told == AFTER.encode(),
        }
        self.run("wtype", "-k", "Escape")  # out of whatever it is
        time.sleep(0.1)
        return [name for name, is_so in happened.items() if is_so]

    def run(self, *command: str) -> str:
        """Run a program on this desktop and return what it printed."""
        return subprocess.run(  # noqa: S603 - our own command
            command, env=self._environment, check=True, stdout=subprocess.PIPE, text=True, timeout=PATIENCE
        ).stdout

    def _windows(self) -> int:
        return self.run("swaymsg", "-t", "get_tree").count('"app_id": "foot')

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, env=self._environment, stdout=quiet, stderr=quiet)  # noqa: S603 - our own


def until(condition: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} never came")
        time.sleep(0.05)


if __name__ == "__main__":
    main()
