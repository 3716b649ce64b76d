"""A pickup code, known by the deposit that brought it: two codes of one parcel are never taken for each other."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import SecretStr


class PickupCode(NamedTuple):
    """What opens a unit for the recipient; printed, it shows stars."""

    intent_id: str
    """Of the deposit with whose answer it came."""
    secret: SecretStr


def grouped(code: str) -> str:
    """Write a code in groups of three, as it is read aloud: `NR8 PBW`."""
    return " ".join(code[at : at + 3] for at in range(0, len(code), 3)) if len(code) <= 12 else code
