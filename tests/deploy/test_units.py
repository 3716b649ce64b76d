"""The units as far as a look at them tells; `make installation` runs them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.settings import Settings
from kiosk.settings.keys import keys_of
from tests.installation.desk import MOST_EXPOSED

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = DEPLOY / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
HERE = "/opt/parcel-kiosk/current/share/parcel-kiosk/deploy/"

systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze: install systemd")
one_by_one = pytest.mark.parametrize("service", SERVICES, ids=lambda path: path.stem)


def test_every_secret_reaches_the_services() -> None:
    hardening = (UNITS / "parcel-kiosk-.service.d" / "hardening.conf").read_text("utf-8")
    loaded = re.findall(r"^LoadCredential=(\w+):parcel-kiosk\.(\w+)$", hardening, re.MULTILINE)
    secrets = ["__".join(key) for key, is_secret in keys_of(Settings) if is_secret]
    assert loaded == [(secret, secret) for secret in secrets]


def test_what_the_units_name_is_there() -> None:
    named = {
        name for path in (*SERVICES, DEPLOY / "foot-here.ini") for name in re.findall(f"{HERE}(\\S+)", path.read_text())
    }
    assert named
    assert [name for name in named if not (DEPLOY / name).is_file()] == []


@systemd
@one_by_one
def test_no_service_is_exposed_more_than_it_may(service: Path, tmp_path: Path) -> None:
    shutil.copytree(UNITS, tmp_path, dirs_exist_ok=True)
    told = subprocess.run(  # noqa: S603 - as installed
        ["systemd-analyze", "security", "--offline=yes", f"--threshold={MOST_EXPOSED}", str(tmp_path / service.name)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
