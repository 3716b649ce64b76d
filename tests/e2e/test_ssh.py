"""The console over a real sshd with the shipped files: who gets in, what they see, and what nobody gets."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.e2e.ssh_house import House, needs_sshd, opened
from tests.e2e.ssh_server import SshServer
from tests.e2e.terminal import PATIENCE

pytestmark = needs_sshd


def test_a_login_shows_the_overview_and_stands_in_the_journal_with_its_end(house: House) -> None:
    with house.ssh.login(house.ssh.let_in("ana")) as terminal:
        opened(terminal)
        assert house.told() == [("ana", "operator_logged_in")]
        terminal.type("q")
        assert terminal.end() == 0
    came, left = house.events()
    assert came["body"] == {"role": "admin", "origin": "127.0.0.1"}
    assert (left["person"], left["type"], left["body"]) == ("ana", "operator_logged_out", {"origin": "127.0.0.1"})


@pytest.mark.parametrize("name", ["xterm-256color", "screen-256color", "linux", "vt100"])
def test_it_is_drawn_on_each_terminal_and_ends(house: House, name: str) -> None:
    with house.ssh.login(house.ssh.let_in("ben"), environment={"TERM": name}) as terminal:
        opened(terminal)
        assert house.variables()["TERM"] == name
        terminal.type("q")
        assert terminal.end() == 0


def test_it_follows_a_resize(house: House) -> None:
    with house.ssh.login(house.ssh.let_in("ben")) as terminal:
        opened(terminal)
        for columns, rows in [(120, 40), (20, 5), (80, 24)]:
            before = terminal.written
            terminal.resize(columns, rows)
            while terminal.written == before:
                assert terminal.read(PATIENCE)
            terminal.settle()
        opened(terminal)


@pytest.mark.parametrize("side", ["client", "server"])
def test_a_dropped_line_ends_it_with_the_logout_recorded(house: House, side: str) -> None:
    with house.ssh.login(house.ssh.let_in("ana")) as terminal:
        opened(terminal)
        (process,) = house.processes()
        if side == "client":
            terminal.kill()
        else:
            os.kill(parent_of(process), signal.SIGKILL)
        assert house.ends(process)
    assert house.told() == [("ana", "operator_logged_in"), ("ana", "operator_logged_out")]


def parent_of(process: int) -> int:
    """Return the sshd that serves a console."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return int(fields[1])


@pytest.mark.parametrize(
    "command",
    [
        "",
        "id",
        "sh -i",
        "report; id",
        "report\nid",
        "$(id)",
        "-c id",
        "kiosk free T1 --reason x",
        "free T1 --reason x",
        "kiosk console --as ana",
        "Report",
    ],
)
def test_no_command_but_the_report_is_carried_out(house: House, command: str) -> None:
    result = house.ssh.run(house.ssh.let_in("ana"), "-T", "--", "127.0.0.1", *([command] if command else []))
    assert result.returncode == 1
    assert not result.stdout
    assert "No terminal here" in result.stderr
    assert "report" in result.stderr
    assert house.events() == []


def test_a_command_with_a_terminal_gets_the_console_all_the_same(house: House) -> None:
    with house.ssh.login(house.ssh.let_in("ana"), "-t", "127.0.0.1", "sh", "-c", "id") as terminal:
        assert "uid=" not in opened(terminal).text


def test_a_terminal_that_can_not_draw_ends_it_with_a_hint(house: House) -> None:
    with house.ssh.login(house.ssh.let_in("ana"), environment={"TERM": "dumb"}) as terminal:
        terminal.wait("TERM is dumb")
        assert terminal.end() == 1


def test_the_report_is_for_everybody_with_a_role_and_tells_no_code_and_no_person(house: House) -> None:
    code = house.deposited("T1")
    watcher = house.ssh.let_in("eve", line="restrict ssh-ed25519 PUBLIC-KEY ana")
    result = house.ssh.run(watcher, "127.0.0.1", "report")
    assert (result.returncode, result.stderr) == (0, "")
    report = json.loads(result.stdout)
    assert report["parcels"]["here"] == 1
    assert report["parcels"]["takenInToday"] == 1
    assert {bank["lockerBankId"] for bank in report["lockerBanks"]} >= {"AOne"}
    sizes = [size for bank in report["lockerBanks"] for size in bank["sizes"]]
    assert sum(size["occupied"] for size in sizes) >= 1
    assert all(
        size["units"] == sum(count for key, count in size.items() if key not in {"size", "units"}) for size in sizes
    )
    assert code not in result.stdout
    assert "Abboud" not in result.stdout
    assert house.told()[-1] == ("eve", "report_read")


@pytest.mark.parametrize("wants", ["", "report"])
def test_a_key_whose_name_has_no_role_is_refused_and_recorded(house: House, wants: str) -> None:
    with house.ssh.login(house.ssh.let_in("mallory"), "-t", "127.0.0.1", *([wants] if wants else [])) as terminal:
        terminal.wait("mallory has no role")
        assert terminal.end() == 1
    (event,) = house.events()
    assert (event["person"], event["type"], event["body"]["origin"]) == ("mallory", "operator_refused", "127.0.0.1")


@pytest.mark.parametrize("line", ["restrict,pty ssh-ed25519 PUBLIC-KEY", 'command="id",pty ssh-ed25519 PUBLIC-KEY'])
def test_a_line_without_a_name_lets_nobody_in(house: House, line: str) -> None:
    result = house.ssh.run(house.ssh.let_in("ana", line=line), "127.0.0.1", "report")
    assert (result.returncode, result.stdout) == (1, "")
    assert "no key with a name" in result.stderr
    assert house.events() == []


def test_the_name_is_the_keys_own_whatever_the_client_says(house: House) -> None:
    house.ssh.let_in("ana")
    eve = house.ssh.let_in("eve", line='pty,command="kiosk console --as ana" ssh-ed25519 PUBLIC-KEY eve')
    sent = ["USER=ana", "LOGNAME=ana", "SSH_USER_AUTH=/dev/null", "KIOSK_CONSOLE__ROLES__EVE=admin", "PYTHONPATH=/tmp"]
    options = [part for each in sent for part in ("-o", f"SetEnv={each}")]
    with house.ssh.login(eve, "-t", *options, "127.0.0.1", "ana") as terminal:
        opened(terminal)
        variables = house.variables()
    assert not {"KIOSK_CONSOLE__ROLES__EVE", "PYTHONPATH"} & set(variables)
    assert house.events()[0]["body"]["role"] == "viewer"
    assert house.told()[0] == ("eve", "operator_logged_in")


def test_a_key_that_is_not_written_down_is_not_let_in(house: House, tmp_path: Path) -> None:
    house.ssh.let_in("ana")
    (tmp_path / "other").mkdir()
    stranger = SshServer(tmp_path / "other" / "ssh", house.config).let_in("ana")
    result = house.ssh.run(stranger, "127.0.0.1", "report")
    assert result.returncode == 255
    assert "Permission denied (publickey)" in result.stderr
    assert house.events() == []


def test_the_wrapper_as_a_shell_looks_at_no_argument(tmp_path: Path) -> None:
    wrapper = Path(__file__).parents[2] / "deploy" / "ssh" / "console"
    marker = tmp_path / "made"
    for arguments in (["-c", f"touch {marker}"], ["-i"], [f"touch {marker}"]):
        result = subprocess.run(  # noqa: S603 - our own file
            [str(wrapper), *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        assert (result.returncode, result.stdout) == (1, "")
        assert result.stderr == "This login has no key with a name at this kiosk.\n"
    assert not marker.exists()


def test_the_setup_script_is_sound_and_changes_nothing_without_its_arguments() -> None:
    script = Path(__file__).parents[2] / "deploy" / "ssh" / "setup.sh"
    assert subprocess.run(["/bin/sh", "-n", str(script)], check=False).returncode == 0  # noqa: S603 - our own file
    result = subprocess.run(  # noqa: S603 - our own file
        ["/bin/sh", str(script)], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert "ACCOUNT KIOSK CONFIG" in result.stderr
