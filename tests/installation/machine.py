"""A bare Debian that runs in a container of its own, with systemd and without a network, and commands in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SUITE = "trixie"
NEEDED = ("debootstrap", "systemd-nspawn", "nsenter")
DOCUMENTED = ("python3", "python3-venv", "seatd", "cage", "foot", "fonts-dejavu-core", "openssh-server")
"""What docs/install.md says to install."""
FOR_TESTS = ("systemd-sysv", "sway", "wtype", "wl-clipboard")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PATIENCE = 120.0


def missing() -> str:
    """Return why no such machine can be had here; empty if it can."""
    if os.getuid():
        return "needs root"
    tools = [tool for tool in NEEDED if shutil.which(tool) is None]
    return f"not installed: {' '.join(tools)}" if tools else ""


def bootstrap(root: Path) -> None:
    """Make a bare Debian in a folder, with the packages that the documents name."""
    packages = ",".join((*DOCUMENTED, *FOR_TESTS))
    command = ["debootstrap", "--variant=minbase", f"--include={packages}", SUITE, str(root)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command


class Machine:
    """One that runs."""

    def __init__(self, root: Path, leader: int) -> None:
        self.root = root
        self._leader = leader

    def run(self, command: str, *, fails: bool = False) -> str:
        """Run a command of the shell as root; return what it printed, and fail if it ends otherwise than expected."""
        inside = ["nsenter", f"--target={self._leader}", "--all", "env", "-i", f"PATH={PATH}", "LANG=C.UTF-8"]
        ended = subprocess.run(  # noqa: S603 - our own command
            [*inside, "sh", "-euc", command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=300,
            check=False,
        )
        if (ended.returncode != 0) != fails:
            raise AssertionError(f"{command}\nended with {ended.returncode}:\n{ended.stdout}")
        return ended.stdout

    def until(self, command: str) -> str:
        """Run a command again and again until it succeeds."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self.run(command)
            except AssertionError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)


@contextmanager
def booted(root: Path) -> Iterator[Machine]:
    """Boot it, yield it once it is up, and switch it off."""
    unified = {"SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1", "UNIFIED_CGROUP_HIERARCHY": "1"}
    container = ("systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--private-network", "--boot")
    with _control_group() as group:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [
                *("sh", "-c", 'echo $$ > "$0"; exec "$@"', str(group / "cgroup.procs")),
                *container,
                f"--directory={root}",
            ],
            env=os.environ | unified,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            machine = Machine(root, _leader_of(process))
            machine.until("systemctl is-system-running | grep -E 'running|degraded'")
            yield machine
        finally:
            process.terminate()  # it lets what runs inside shut down; killed, it would leave that behind
            process.wait(PATIENCE)


@contextmanager
def _control_group() -> Iterator[Path]:
    """Yield a control group of its own: in a shared one, a machine waits for the processes of another to end."""
    mounts = (line.split() for line in Path("/proc/self/mounts").read_text("utf-8").splitlines())
    group = Path(next(mount[1] for mount in mounts if mount[2] == "cgroup2")) / f"kiosk-installation-{os.getpid()}"
    group.mkdir()
    try:
        yield group
    finally:
        for path in (*sorted(group.rglob("*/"), reverse=True), group):
            path.rmdir()


def _leader_of(process: subprocess.Popen[bytes]) -> int:
    """Return the first process in the container, once there is one that has its own root."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        for child in children.read_text("ascii").split():
            if Path(f"/proc/{child}/comm").read_text("ascii").strip() == "systemd":
                return int(child)
        time.sleep(0.1)
    raise TimeoutError("the machine did not boot")
