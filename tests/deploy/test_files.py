"""What an administrator copies or runs, as far as can be told without a machine to install it on."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.installation.machine import DOCUMENTED

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SCRIPTS = sorted(path for path in DEPLOY.rglob("*") if path.is_file() and path.read_bytes().startswith(b"#!/bin/sh"))
LEAST_FOOT = (1, 20)
"""The first foot that lets OSC 52 be turned off."""


def foot_is_new_enough() -> bool:
    if shutil.which("foot") is None:
        return False
    told = subprocess.run(["foot", "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S607
    major, minor = re.findall(r"version: (\d+)\.(\d+)", told)[0]
    return (int(major), int(minor)) >= LEAST_FOOT


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="no shellcheck: install shellcheck")
def test_the_shell_scripts_are_sound() -> None:
    assert len(SCRIPTS) >= 4
    told = subprocess.run(["shellcheck", *map(str, SCRIPTS)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    assert told.stdout == ""


@pytest.mark.skipif(not foot_is_new_enough(), reason="no foot 1.20: install foot of Debian 13 or later")
def test_foot_takes_its_configuration() -> None:
    subprocess.run(["foot", "--check-config", f"--config={DEPLOY / 'foot.ini'}"], check=True)  # noqa: S603, S607


def test_the_setup_tells_how_it_is_used_and_does_nothing_else() -> None:
    told = subprocess.run(  # noqa: S603 - our own script
        ["/bin/sh", str(DEPLOY / "kiosk-setup"), "upgrade"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 2
    assert "kiosk-setup rollback" in told.stderr


def test_the_documented_packages_are_those_that_the_installation_is_tried_with() -> None:
    (command,) = re.findall(r"^apt-get install (.+)$", (ROOT / "docs" / "install.md").read_text("utf-8"), re.MULTILINE)
    assert command.split() == list(DOCUMENTED)
