"""Encryption by age (https://age-encryption.org), an installed program between two pipes.

The desk knows the public key only, and so can't read its own backups. A private key is a file that age reads itself.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from io import BufferedReader, BufferedWriter
from pathlib import Path
from typing import IO, Final, Self, cast

from kiosk.backup.archive import CHUNK, Sink
from kiosk.errors import BackupError, RestoreError

SUFFIX: Final = ".age"
_PROGRAM: Final = "age"
_BEGIN: Final = b"age-encryption.org/"
_LONGEST_WORD: Final = 200


@contextmanager
def encrypted(target: Sink, public_key: str) -> Iterator[Sink]:
    """Yield what takes the plain bytes; what age makes of them goes to `target`. Raises BackupError, and OSError."""
    program = shutil.which(_PROGRAM)
    if program is None:
        raise BackupError("backup_without_age")
    with ThreadPoolExecutor(1) as thread, _Age(program, "--encrypt", "--recipient", public_key) as age:
        carried = thread.submit(_carry, age.out, target)
        is_whole = False
        with suppress(BrokenPipeError):  # age has ended, or what it writes to; the reason follows
            yield age.into
            age.into.close()
            is_whole = True
        carried.result()
        if age.failed or not is_whole:
            raise BackupError("backup_not_encrypted", text=age.words)


@contextmanager
def readable(file: Path, private_key: Path | None) -> Iterator[BufferedReader]:
    """Yield a backup's plain bytes, whether or not it is encrypted; raises RestoreError, and OSError."""
    with file.open("rb") as source:
        if not source.peek(len(_BEGIN)).startswith(_BEGIN):
            yield source
            return
    program = shutil.which(_PROGRAM)
    if private_key is None:
        raise RestoreError("backup_is_encrypted")
    if program is None:
        raise RestoreError("restore_without_age")
    with _Age(program, "--decrypt", "--identity", str(private_key), "--", str(file)) as age:
        try:
            yield age.out
        except RestoreError as error:
            # What ends too early looks damaged or like no backup; age knows better why.
            if age.failed:
                raise RestoreError("backup_not_decrypted", text=age.words) from error
            raise
        if age.failed:
            raise RestoreError("backup_not_decrypted", text=age.words)


class _Age:
    """The program at work; it and its pipes are gone at the end, whatever happens."""

    def __init__(self, program: str, *arguments: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - no shell; a public key that was checked, and names of files
            [program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.into = cast("BufferedWriter", self._process.stdin)
        self.out = cast("BufferedReader", self._process.stdout)
        self._errors = cast("BufferedReader", self._process.stderr)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self.into, self.out, self._errors):
            with suppress(BrokenPipeError):
                pipe.close()

    @property
    def failed(self) -> bool:
        """Wait for its end, and tell whether that was a bad one."""
        return self._process.wait() != 0

    @property
    def words(self) -> str:
        """The first line of what it said."""
        said = self._errors.read().decode(errors="replace").strip()
        line = said.partition("\n")[0].removeprefix("age: error: ")[:_LONGEST_WORD]
        return "".join(sign for sign in line if sign.isprintable()).rstrip(".") or "?"


def _carry(source: IO[bytes], target: Sink) -> None:
    # Closed also where the target takes nothing more: else age would wait for ever, and with it whoever writes to it.
    with source:
        shutil.copyfileobj(source, target, CHUNK)
