"""The desk on an installed machine: without a screen, in its session, watched, by timers, and over SSH."""

from __future__ import annotations

import json

from tests.cli.harness import PERSON
from tests.installation.machine import Machine

MOST_EXPOSED = 30
"""In tenths of the points that systemd-analyze security gives."""
NUMBERS = ("1Z999AA10123456784", "9400111202555842332669")
HEADLESS = """
[Service]
Environment=WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1
WatchdogSec=4
"""
"""What the session has here in the place of a screen; and less patience, so that the run need not have much."""
AT_THE_DESK = "runuser -u kiosk -- env XDG_RUNTIME_DIR=/run/parcel-kiosk-desk WAYLAND_DISPLAY=wayland-0"
KIOSK = "pgrep -u kiosk -f /opt/parcel-kiosk/current/bin/kiosk"


def work_without_a_screen(machine: Machine) -> None:
    steps = {step["name"]: step["ok"] for step in json.loads(machine.run("kiosk check --json"))["steps"]}
    assert False not in steps.values(), steps
    assert {"storage", "network"} <= {name for name, is_good in steps.items() if is_good}
    parcel = json.loads(machine.run(f"kiosk deposit {NUMBERS[0]} --contact {PERSON} --reason installed --json"))
    assert (parcel["state"], bool(parcel["pickupCode"])) == ("in_locker", True)
    # A secret reaches a command of root's as it reaches a service, and is gone with it.
    machine.run("printf swordfish > /etc/credstore/parcel-kiosk.mail__password; chmod 600 /etc/credstore/*")
    checked = {step["name"]: step for step in json.loads(machine.run("kiosk check --json"))["steps"]}
    assert "mail__password" in checked["secrets"]["values"]["files"]
    assert machine.run("ls -d /run/parcel-kiosk.* || true").strip().endswith("No such file or directory")


def check_units(machine: Machine) -> None:
    units = machine.run("ls -d /usr/local/lib/systemd/system/parcel-kiosk-*.service").split()
    assert len(units) >= 3
    assert machine.run(f"systemd-analyze verify {' '.join(units)}") == ""
    for unit in units:
        machine.run(f"systemd-analyze security --offline=yes --threshold={MOST_EXPOSED} {unit}")


def run_session(machine: Machine) -> None:
    """Begin it, which succeeds once the kiosk itself has told that it is there; scan a parcel into the window."""
    place = "/etc/systemd/system/parcel-kiosk-desk.service.d"
    machine.run(f"mkdir -p {place}; echo '{HEADLESS}' > {place}/headless.conf; systemctl daemon-reload")
    machine.run("systemctl enable --quiet --now parcel-kiosk-desk")
    machine.run("test -r /run/credentials/parcel-kiosk-desk.service/mail__password")
    assert machine.run("ps -o user= -C cage,foot,kiosk | sort -u") == "kiosk\n"
    machine.until(f"{AT_THE_DESK} wtype -d 5 {NUMBERS[1]} -k Return; sleep 1; kiosk find {NUMBERS[1]}")


def lose_kiosk(machine: Machine) -> None:
    """Let it hang, then kill it: it comes back by itself both times."""
    for signal in ("STOP", "KILL"):
        before = machine.run(KIOSK)
        machine.run(f"kill -{signal} {before}")
        machine.until(f"systemctl is-active parcel-kiosk-desk && {KIOSK} | grep -vx {before}")
    assert "watchdog" in machine.run("journalctl --unit=parcel-kiosk-desk --no-pager").lower()
    machine.run("kiosk journal verify")


def say_what_is_wrong(machine: Machine) -> None:
    """Give it settings that it can't use: it tries again and again, and stays on its screen with the sentence."""
    machine.run("systemctl stop parcel-kiosk-desk; systemctl reset-failed parcel-kiosk-desk || true")
    machine.run("echo 'wrong = 1' >> /etc/parcel-kiosk/kiosk.toml; systemctl start --no-block parcel-kiosk-desk")
    machine.until("systemctl show --property=NRestarts parcel-kiosk-desk | grep =[1-9]")
    machine.run("! systemctl is-active parcel-kiosk-tty; sed -i '/^wrong/d' /etc/parcel-kiosk/kiosk.toml")
    machine.until("systemctl is-active parcel-kiosk-desk")


def lose_screen(machine: Machine) -> None:
    """Let cage fail for good: the first console is tried, which this machine has not, until the session is started."""
    machine.run("mv /usr/bin/cage /usr/bin/cage.away; systemctl restart parcel-kiosk-desk || true")
    machine.until("systemctl show --property=NRestarts parcel-kiosk-tty | grep -v =0")
    machine.run("mv /usr/bin/cage.away /usr/bin/cage; systemctl reset-failed; systemctl start parcel-kiosk-desk")
    machine.run("systemctl is-active parcel-kiosk-desk; ! systemctl is-active parcel-kiosk-tty")


def run_timers(machine: Machine) -> None:
    machine.run("systemctl enable --quiet --now parcel-kiosk-backup.timer parcel-kiosk-report.timer")
    machine.run("systemctl start parcel-kiosk-backup.service parcel-kiosk-report.service")
    assert machine.run("stat -c '%U %a' /var/backups/parcel-kiosk/*").splitlines() == ["kiosk 600"]
    machine.run("runuser -u nobody -- grep -q ^parcel_kiosk_ /run/parcel-kiosk/parcel-kiosk.prom")


def let_operators_in(machine: Machine) -> None:
    """Set the console over SSH up, log in, and read the report; the secrets are those of the desk's session."""
    setup = "/opt/parcel-kiosk/current/share/parcel-kiosk/deploy/ssh/setup.sh"
    machine.run(
        f"""
        sh {setup} kiosk /opt/parcel-kiosk/current/bin/kiosk /etc/parcel-kiosk/kiosk.toml
        sshd -t
        systemctl restart ssh
        ssh-keygen -q -t ed25519 -N '' -f /srv/key
        echo "restrict,pty $(cut -d' ' -f1,2 /srv/key.pub) ana" >> /etc/parcel-kiosk/authorized_keys
        printf '[console.roles]\nana = "viewer"\n' >> /etc/parcel-kiosk/kiosk.toml
        """
    )
    machine.run("runuser -u kiosk -- test -r /run/credentials/parcel-kiosk-desk.service/mail__password")
    login = "ssh -i /srv/key -o StrictHostKeyChecking=no -o LogLevel=ERROR operator@127.0.0.1"
    assert json.loads(machine.run(f"{login} report"))["journalHead"]


def be_there_in_the_morning(machine: Machine) -> None:
    """Find the desk in its session after the machine was switched on, without a network and without anybody."""
    machine.until("systemctl is-active parcel-kiosk-desk")
    assert json.loads(machine.run("kiosk journal verify --json"))["sound"]
