"""A real sshd on a loopback port, set up with the files of `deploy/ssh/`, and clients with keys made for the test."""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from tests.e2e.terminal import PATIENCE, Terminal

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy" / "ssh"
SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
KIOSK = Path(sys.executable).with_name("kiosk")
USER = getpass.getuser()

# As Debian ships it, which allows all that the kiosk's part must take away.
GLOBAL = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
PidFile none
LogLevel {log_level}
UsePAM no
# The test's folder lies in one that everybody may write to.
StrictModes no
PermitRootLogin yes
X11Forwarding yes
AcceptEnv LANG LC_*
Subsystem sftp internal-sftp
# The login shell here is not the shipped one. A bash would read the account's own files first, but not at this depth.
SetEnv SHLVL=2
"""


class SshServer:
    """One sshd for operators of the kiosk whose settings file is `config`; without one, for anybody and anything."""

    def __init__(self, folder: Path, config: Path | None, *, log_level: str = "VERBOSE") -> None:
        self._folder = folder
        folder.mkdir(mode=0o700)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        make_key(folder / "host_key")
        self._keys = folder / "authorized_keys"
        self._keys.touch(0o600)
        settings = GLOBAL.format(port=self.port, folder=folder, log_level=log_level)
        if config is not None:
            settings += self._deployed(config)
        else:
            settings += f"AuthorizedKeysFile {self._keys}\n"
        (folder / "sshd_config").write_text(settings, "utf-8")
        host = (folder / "host_key.pub").read_text("utf-8").split()[:2]
        (folder / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {' '.join(host)}\n", "utf-8")
        self.log: list[str] = []

    def _deployed(self, config: Path) -> str:
        """Copy what an administrator copies, with this test's paths in it; return sshd's part."""
        wrapper = self._folder / "console"
        text = (DEPLOY / "console").read_text("utf-8")
        text = _put(text, "/opt/parcel-kiosk/current/bin/kiosk", str(KIOSK))
        text = _put(text, "/etc/parcel-kiosk/kiosk.toml", str(config))
        wrapper.write_text(_put(text, "/etc/parcel-kiosk/authorized_keys", str(self._keys)), "utf-8")
        wrapper.chmod(0o755)
        part = (DEPLOY / "sshd_config.d" / "kiosk.conf").read_text("utf-8")
        part = _put(part, "Match User operator", f"Match User {USER}")
        part = _put(part, "/etc/parcel-kiosk/authorized_keys", str(self._keys))
        return _put(part, "/usr/local/lib/parcel-kiosk/console", str(wrapper))

    @contextmanager
    def serving(self) -> Iterator[Self]:
        """Serve; it listens once this begins."""
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # sshd wants it, and in a container nobody makes it
        command = [str(SSHD), "-D", "-e", "-f", str(self._folder / "sshd_config")]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own command
            listens = threading.Event()
            listener = threading.Thread(target=self._listen, args=(process.stderr, listens))
            listener.start()
            try:
                if not listens.wait(PATIENCE) or process.poll() is not None:
                    raise AssertionError(f"sshd did not start: {''.join(self.log)}")
                yield self
            finally:
                process.terminate()
                process.wait(PATIENCE)
                listener.join(PATIENCE)

    def _listen(self, lines: Iterable[str], listens: threading.Event) -> None:
        for line in lines:
            self.log.append(line)
            if line.startswith("Server listening"):
                listens.set()
        listens.set()

    def let_in(self, name: str, *, line: str | None = None) -> Path:
        """Make a key for somebody, write it down as the example shows, and return its path."""
        key = make_key(self._folder / f"key_{name}")
        example = (DEPLOY / "authorized_keys").read_text("utf-8")
        shown = next(each for each in example.splitlines() if each.endswith("PUBLIC-KEY ana"))
        public = key.with_suffix(".pub").read_text("utf-8").split()[1]
        entry = _put(line or shown.lstrip("# "), "PUBLIC-KEY", public).replace(" ana", f" {name}")
        with self._keys.open("a", encoding="utf-8") as keys:
            keys.write(f"{entry}\n")
        return key

    def command(self, key: Path, *arguments: str, program: str = "ssh") -> list[str]:
        """Return a client's command line, which asks nobody anything."""
        settings = {
            "UserKnownHostsFile": str(self._folder / "known_hosts"),
            "StrictHostKeyChecking": "yes",
            "IdentitiesOnly": "yes",
            "BatchMode": "yes",
            "ConnectTimeout": "20",
            "LogLevel": "INFO",
            "Port": str(self.port),
            "User": USER,
        }
        options = [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
        return [program, "-F", "none", "-i", str(key), *options, *arguments]

    def run(
        self, key: Path, *arguments: str, program: str = "ssh", says: str = "", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a client without a terminal until it ends."""
        return subprocess.run(  # noqa: S603 - our own command
            self.command(key, *arguments, program=program),
            input=says,
            env=os.environ | variables,
            capture_output=True,
            text=True,
            timeout=PATIENCE * 2,
            check=False,
        )

    def login(
        self, key: Path, *arguments: str, size: tuple[int, int] = (80, 24), environment: Mapping[str, str] | None = None
    ) -> Terminal:
        """Open a client in a terminal of its own; use it as a context manager."""
        variables = {"PATH": os.environ["PATH"], "HOME": str(self._folder), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        command = self.command(key, *(arguments or ("-t", "127.0.0.1")))
        return Terminal(command, environment=variables | dict(environment or {}), folder=self._folder, size=size)


def make_key(path: Path) -> Path:
    """Make a key without a passphrase."""
    command = f"ssh-keygen -q -t ed25519 -N '' -C test -f {shlex.quote(str(path))}"
    subprocess.run(shlex.split(command), check=True, stdin=subprocess.DEVNULL)  # noqa: S603 - our own command
    return path


def _put(text: str, found: str, put: str) -> str:
    """Replace what the shipped file must hold."""
    assert found in text, f"{found} is not in the shipped file"
    return text.replace(found, put)
