"""Builds the package that an administrator installs: `python -m tests.package [FOLDER]`, by default into `dist/`.

It holds the wheel of this checkout, the wheels that `requirements.lock` names, and `deploy/kiosk-setup`. Whoever makes
it from the same checkout makes the same file.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import platform
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tests.wheel import ROOT, build

PYTHON = os.environ.get("PACKAGE_PYTHON", "3.13")
"""The Python of Debian 13."""
LOCK = ROOT / "requirements.lock"
GLIBC = ("2_28", "2_17", "2_5")
"""Wheels that were built for one of these run on it."""


def main() -> None:
    folder = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "dist"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kiosk-package-") as name:
        wheels = Path(name) / "wheels"
        download(wheels)
        package = pack(build(Path(name)), wheels, folder)
    sys.stdout.write(f"{hashlib.sha256(package.read_bytes()).hexdigest()}  {package}\n")


def download(wheels: Path) -> None:
    """Fetch the wheels that the lock names, each proved by its hash."""
    machine = platform.machine()
    subprocess.run(  # noqa: S603 - our own command
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"),
            *(f"--python-version={PYTHON}", "--implementation=cp"),
            *(f"--platform=manylinux_{version}_{machine}" for version in GLIBC),
            *("--require-hashes", f"--requirement={LOCK}", f"--dest={wheels}"),
        ],
        check=True,
    )


def pack(wheel: Path, wheels: Path, folder: Path) -> Path:
    """Pack the kiosk's wheel with those that it needs; return the package, named by the version."""
    version = wheel.name.split("-")[1]
    name = f"parcel-kiosk-{version}"
    files = {f"wheels/{path.name}": path.read_bytes() for path in (*wheels.glob("*.whl"), wheel)}
    files |= {
        "kiosk-setup": (ROOT / "deploy" / "kiosk-setup").read_bytes(),
        "requirements.lock": LOCK.read_bytes(),
        "python": f"{PYTHON} {platform.machine()}\n".encode(),
        "version": f"{version}\n".encode(),
    }
    path = folder / f"{name}.tar.gz"
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        for inside, content in sorted(files.items()):
            _add(archive, f"{name}/{inside}", content)
    return path


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    """Add a file without a time and an owner."""
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o755 if name.endswith("kiosk-setup") else 0o644
    archive.addfile(entry, io.BytesIO(content))


if __name__ == "__main__":
    main()
