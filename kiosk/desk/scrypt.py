"""How a PIN and a badge's code are kept: by scrypt with its parameters and salt beside it, never as they are.

Each digest takes a third of a second and 32 MB, so that whoever has the file can't try many; it is made in a thread.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from typing import NamedTuple, Self

from pydantic import SecretStr

from kiosk.errors import StorageDamagedError

_NAME = "scrypt"
_SALT_BYTES = 16
_MOST_MEMORY = 256 * 2**20
"""Bytes; parameters that want more were not written by this program."""


class Cost(NamedTuple):
    """How much work and memory a digest takes: the three parameters of scrypt."""

    n: int = 2**15
    r: int = 8
    p: int = 3


class Way(NamedTuple):
    """By which parameters and which salt something is kept."""

    cost: Cost
    salt: bytes

    @classmethod
    def new(cls, cost: Cost) -> Self:
        """Return a way with a salt of its own."""
        return cls(cost, secrets.token_bytes(_SALT_BYTES))

    async def digest(self, secret: SecretStr) -> bytes:
        """Return what is kept of a secret; raises StorageDamagedError where the parameters are none."""
        text = secret.get_secret_value().encode()
        n, r, p = self.cost
        try:
            return await asyncio.to_thread(
                hashlib.scrypt, text, salt=self.salt, n=n, r=r, p=p, maxmem=_MOST_MEMORY, dklen=32
            )
        except (ValueError, OverflowError) as error:
            raise StorageDamagedError("row_unreadable", path="people") from error


class Kept(NamedTuple):
    """What is kept of a secret, and by which way."""

    way: Way
    digest: bytes

    @classmethod
    async def of(cls, secret: SecretStr, way: Way) -> Self:
        """Return what is kept of a secret."""
        return cls(way, await way.digest(secret))

    @classmethod
    def read(cls, text: str) -> Self:
        """Return what a row tells; raises StorageDamagedError."""
        name, *rest = text.split("$")
        try:
            n, r, p, salt, digest = rest
            way = Way(Cost(int(n), int(r), int(p)), bytes.fromhex(salt))
            kept = cls(way, bytes.fromhex(digest))
        except ValueError as error:
            raise StorageDamagedError("row_unreadable", path="people") from error
        if name != _NAME:
            raise StorageDamagedError("row_unreadable", path="people")
        return kept

    @property
    def text(self) -> str:
        """How a row tells it."""
        (n, r, p), salt = self.way
        return f"{_NAME}${n}${r}${p}${salt.hex()}${self.digest.hex()}"

    async def is_of(self, secret: SecretStr) -> bool:
        """Tell whether it was made of this secret."""
        return self.has(await self.way.digest(secret))

    def has(self, digest: bytes) -> bool:
        """Tell whether it is this digest, in constant time."""
        return hmac.compare_digest(self.digest, digest)
