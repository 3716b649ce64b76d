"""Ways past the console, tried through a real sshd: none leads anywhere, and each would without the shipped files."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.e2e.ssh_house import House, needs_sshd, opened
from tests.e2e.ssh_server import SshServer
from tests.e2e.terminal import PATIENCE

pytestmark = needs_sshd

GREETING = b"you came through\n"
BOTH = pytest.mark.parametrize("restricted", [True, False], ids=["with the shipped files", "without them"])
"""Each attempt succeeds without the files: a test that could not fail would prove nothing."""


FREE = "ssh-ed25519 PUBLIC-KEY ana"
"""A key's line that takes nothing away."""


@pytest.fixture
def line(tmp_path: Path, restricted: bool) -> Iterator[tuple[SshServer, Path]]:  # noqa: FBT001 - the parameter itself
    """Return a server and a key that it lets in. The key's line takes nothing away in either case."""
    house = House(tmp_path, log_level="DEBUG1")
    server = house.ssh if restricted else SshServer(tmp_path / "open", None, log_level="DEBUG1")
    with server.serving():
        yield server, server.let_in("ana", line=FREE)


@pytest.fixture
def behind() -> Iterator[int]:
    """Listen on a port that must not be reached, and greet whoever comes."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def greet() -> None:
            while True:
                try:
                    visitor, _ = listener.accept()
                except OSError:
                    return
                with visitor:
                    visitor.sendall(GREETING)

        threading.Thread(target=greet, daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def forwarding(server: SshServer, key: Path, *options: str, until: str) -> Iterator[None]:
    """Run a client that only forwards, from the moment at which it says `until`."""
    command = server.command(key, "-v", "-N", *options, "127.0.0.1")
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as client:  # noqa: S603
        try:
            assert client.stderr
            said = ""
            for each in client.stderr:
                said += each
                if until in each:
                    break
            assert until in said, said
            drain = threading.Thread(target=client.stderr.read)
            drain.start()
            yield
        finally:
            client.kill()
            client.wait(PATIENCE)
            drain.join(PATIENCE)


def received(port: int, say: bytes = b"") -> bytes:
    """Connect to a port and return all that comes before the line ends."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)) as visitor:
        visitor.sendall(say)
        got = b""
        while piece := _read(visitor):
            got += piece
            if GREETING in got:
                break
        return got


def _read(visitor: socket.socket) -> bytes:
    try:
        return visitor.recv(1000)
    except ConnectionResetError:
        return b""


@BOTH
def test_a_local_port_leads_nowhere(line: tuple[SshServer, Path], behind: int, *, restricted: bool) -> None:
    port = free_port()
    with forwarding(*line, "-L", f"{port}:127.0.0.1:{behind}", until="Entering interactive session"):
        assert (received(port) == b"") is restricted


@BOTH
def test_a_dynamic_port_leads_nowhere(line: tuple[SshServer, Path], behind: int, *, restricted: bool) -> None:
    port = free_port()
    asks = b"\x04\x01" + behind.to_bytes(2) + bytes([127, 0, 0, 1]) + b"\0"  # SOCKS 4
    with forwarding(*line, "-D", str(port), until="Entering interactive session"):
        assert (GREETING not in received(port, asks)) is restricted


@BOTH
def test_a_stream_to_a_port_leads_nowhere(line: tuple[SshServer, Path], behind: int, *, restricted: bool) -> None:
    server, key = line
    result = server.run(key, "-W", f"127.0.0.1:{behind}", "127.0.0.1")
    assert (result.stdout == "") is restricted
    assert ("administratively prohibited" in result.stderr) is restricted


@BOTH
@pytest.mark.parametrize("kind", ["port", "socket"])
def test_nothing_listens_at_the_kiosk(
    line: tuple[SshServer, Path], behind: int, tmp_path: Path, *, restricted: bool, kind: str
) -> None:
    there = "127.0.0.1:0" if kind == "port" else str(tmp_path / "there")
    server, key = line
    options = ["-o", "ExitOnForwardFailure=yes", "-R", f"{there}:127.0.0.1:{behind}"]
    result = server.run(key, "-T", *options, "127.0.0.1", "true")
    assert ("remote port forwarding failed" in result.stderr) is restricted
    assert (result.returncode == 255) is restricted
    assert (tmp_path / "there").exists() is (kind == "socket" and not restricted)


@BOTH
def test_there_is_no_sftp(line: tuple[SshServer, Path], *, restricted: bool) -> None:
    server, key = line
    assert (server.run(key, "-b", "/dev/null", "127.0.0.1", program="sftp").returncode != 0) is restricted


@BOTH
@pytest.mark.parametrize("protocol", ["-s", "-O"])
@pytest.mark.parametrize("way", ["in", "out"])
def test_no_file_is_copied(
    line: tuple[SshServer, Path], tmp_path: Path, protocol: str, way: str, *, restricted: bool
) -> None:
    server, key = line
    here, there = tmp_path / "here", tmp_path / "there"
    (here if way == "in" else there).write_text("a secret", "utf-8")
    remote = f"127.0.0.1:{there}"
    result = server.run(key, protocol, *((str(here), remote) if way == "in" else (remote, str(here))), program="scp")
    assert (result.returncode != 0) is restricted
    assert (here.exists() and there.exists()) is not restricted


@BOTH
def test_no_command_is_carried_out(line: tuple[SshServer, Path], tmp_path: Path, *, restricted: bool) -> None:
    server, key = line
    server.run(key, "127.0.0.1", f"touch {tmp_path / 'made'}")
    assert (tmp_path / "made").exists() is not restricted


@BOTH
def test_no_shell_listens_to_what_comes(line: tuple[SshServer, Path], tmp_path: Path, *, restricted: bool) -> None:
    server, key = line
    server.run(key, "-T", "127.0.0.1", says=f"touch {tmp_path / 'made'}\nexit\n")
    assert (tmp_path / "made").exists() is not restricted


@BOTH
def test_no_password_is_asked_for(line: tuple[SshServer, Path], *, restricted: bool) -> None:
    server, key = line
    result = server.run(key, "-o", "PubkeyAuthentication=no", "127.0.0.1")
    assert ("Permission denied (publickey).\n" in result.stderr) is restricted
    assert ("password" in result.stderr) is not restricted


@BOTH
def test_no_agent_is_brought_along(line: tuple[SshServer, Path], tmp_path: Path, *, restricted: bool) -> None:
    server, key = line
    path = tmp_path / "agent"
    with subprocess.Popen(["ssh-agent", "-D", "-a", str(path)], stdout=subprocess.PIPE) as agent:  # noqa: S603, S607
        try:
            assert agent.stdout
            assert agent.stdout.readline()  # it listens by then
            result = server.run(key, "-A", "-o", f"IdentityAgent={path}", "127.0.0.1", "env")
        finally:
            agent.kill()
    assert ("SSH_AUTH_SOCK" in result.stdout) is not restricted
    assert any("agent forwarding disabled" in each for each in server.log) is restricted


@BOTH
def test_no_window_comes_over_the_line(line: tuple[SshServer, Path], *, restricted: bool) -> None:
    server, key = line
    server.run(key, "-Y", "127.0.0.1", "report", DISPLAY=":99")
    assert any("X11 forwarding disabled in server configuration" in each for each in server.log) is restricted


def test_the_environment_of_a_console_shows_no_way_out(tmp_path: Path) -> None:
    house = House(tmp_path)
    asks = ["-A", "-Y", "-t", "127.0.0.1"]
    with house.ssh.serving():
        key = house.ssh.let_in("ana", line=FREE)
        with house.ssh.login(key, *asks, environment={"DISPLAY": ":99"}) as terminal:
            opened(terminal)
            assert not {"SSH_AUTH_SOCK", "DISPLAY"} & set(house.variables())
