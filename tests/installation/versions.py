"""One version after the other on the same machine: installed, updated, gone back from, cut off, refused, removed."""

from __future__ import annotations

import json
import time

from kiosk import __version__
from tests.installation.machine import Machine

NEXT, NEWER = "90.0.0", "91.0.0"
"""Versions that the run makes: one like this one, and one that brings the journal on."""
NEWER_SCHEMA = 1000
"""What the schema of the newer one is counted from."""
CUTS = (0.1, 0.4, 0.7)
"""When the power is cut, in parts of what a whole update takes on this machine."""


def install(machine: Machine) -> None:
    machine.run(
        f"cd /srv && tar xf parcel-kiosk-{__version__}.tar.gz && sh parcel-kiosk-{__version__}/kiosk-setup install"
    )
    check_version(machine, __version__)
    assert machine.run("find /opt/parcel-kiosk ! -user root") == ""
    assert machine.run("find /opt/parcel-kiosk ! -type l -perm /022") == ""
    assert machine.run("stat -c '%U %a' /var/lib/parcel-kiosk /var/backups/parcel-kiosk") == "kiosk 700\n" * 2
    assert machine.run("stat -c '%U %G %a' /etc/parcel-kiosk/kiosk.toml") == "root kiosk 640\n"
    said = machine.run(f"sh /srv/parcel-kiosk-{__version__}/kiosk-setup install", fails=True)
    assert "installed already" in said, said


def update_and_go_back(machine: Machine) -> None:
    before = machine.run("systemctl show --property=MainPID parcel-kiosk-desk")
    backups = machine.run("ls /var/backups/parcel-kiosk")
    update(machine, NEXT)
    check_version(machine, NEXT)
    machine.until("systemctl is-active parcel-kiosk-desk")
    assert machine.run("systemctl show --property=MainPID parcel-kiosk-desk") != before
    assert machine.run("ls /var/backups/parcel-kiosk") != backups
    assert "in_locker" in machine.run("kiosk find 1Z999AA10123456784 --json")
    machine.run("kiosk-setup rollback")
    check_version(machine, __version__)
    machine.until("systemctl is-active parcel-kiosk-desk")
    machine.run("kiosk-setup rollback")
    check_version(machine, NEXT)
    machine.run("kiosk-setup rollback")


def update_without_room(machine: Machine) -> None:
    """Leave 60 MB: an update begins with that, and can't end."""
    machine.run("fallocate -l $(( $(df --output=avail -B1 /opt | tail -1) - 60000000 )) /srv/full")
    said = machine.run(f"kiosk-setup update /srv/parcel-kiosk-{NEWER}.tar.gz", fails=True)
    machine.run("rm /srv/full")
    assert "No space left on device" in said, said
    assert f"Not updated. {__version__} works on" in said, said
    check_version(machine, __version__)
    assert machine.run("ls /opt/parcel-kiosk /opt/parcel-kiosk/versions").count(NEWER) == 0
    machine.run("systemctl is-active parcel-kiosk-desk && kiosk journal verify")


def lose_power(machine: Machine) -> None:
    """Kill an update with all that it started, at several moments; the last one is let go on."""
    begin = time.monotonic()
    update(machine, NEXT)
    whole = time.monotonic() - begin
    machine.run("kiosk-setup rollback")
    for part in CUTS:
        unit = f"systemd-run --quiet --unit=update kiosk-setup update /srv/parcel-kiosk-{NEXT}.tar.gz"
        machine.run(f"{unit}; sleep {whole * part:.1f}; systemctl kill --signal=KILL update")
        machine.until("! systemctl is-active update; systemctl reset-failed update || true")
        check_version(machine, __version__)
        machine.run("systemctl is-active parcel-kiosk-desk && kiosk journal verify")
    machine.run("ln -sfn versions/" + __version__ + " /opt/parcel-kiosk/previous")  # between the one link and the other
    assert "no version to go back to" in machine.run("kiosk-setup rollback", fails=True)
    update(machine, NEXT)
    check_version(machine, NEXT)


def refuse_newer_journal(machine: Machine) -> None:
    update(machine, NEWER)
    machine.until("systemctl is-active parcel-kiosk-desk")
    machine.run("systemctl stop parcel-kiosk-desk")
    assert json.loads(machine.run("kiosk journal fits --json"))["journal"] > NEWER_SCHEMA
    said = machine.run("kiosk-setup rollback", fails=True)
    assert "newer version of this program" in said, said
    assert f"Not gone back. {NEWER} works on" in said, said
    check_version(machine, NEWER)
    # The documented way: the backup from before the update, under the version that made it.
    machine.run(
        """
        mv /var/lib/parcel-kiosk /var/lib/parcel-kiosk.newer
        install -d -o kiosk -g kiosk -m 700 /var/lib/parcel-kiosk
        kiosk-setup rollback
        kiosk restore --reason back "$(ls -t /var/backups/parcel-kiosk/* | head -1)"
        systemctl start parcel-kiosk-desk
        rm -r /var/lib/parcel-kiosk.newer
        """
    )
    check_version(machine, NEXT)
    assert "1Z999AA10123456784" in machine.run("kiosk find --text 1Z999 --json")


def remove(machine: Machine) -> None:
    machine.run("kiosk-setup uninstall")
    assert machine.run("test ! -e /opt/parcel-kiosk && ls /usr/local/bin /usr/local/sbin").count("kiosk") == 0
    machine.run("test -e /var/lib/parcel-kiosk/journal.sqlite -a -e /etc/parcel-kiosk/kiosk.toml")
    machine.run(f"sh /srv/parcel-kiosk-{__version__}/kiosk-setup install && kiosk journal verify")
    machine.run("kiosk-setup uninstall --purge")
    left = machine.run("find / -xdev -name '*parcel-kiosk*' ! -path '/srv/*'")
    assert left == "", left
    machine.run("id kiosk || id operator", fails=True)
    machine.run("systemctl daemon-reload; systemctl is-active parcel-kiosk-desk", fails=True)


def update(machine: Machine, version: str) -> None:
    machine.run(f"kiosk-setup update /srv/parcel-kiosk-{version}.tar.gz")


def check_version(machine: Machine, version: str) -> None:
    assert machine.run("kiosk --version") == f"kiosk {version}\n"
