"""Makes personal fields unreadable to whoever lacks the key of their contact and month. Pure; keys are never kept."""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.errors import FleetError

_NONCE_BYTES: Final = 12


def new_key() -> str:
    """Return a key that nobody had before."""
    return secrets.token_hex(32)


def seal(key: str, desk: str, sequence: int, text: str) -> str:
    """Seal a text for one place: an event, or a parcel as of its last event."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(bytes.fromhex(key)).encrypt(nonce, text.encode(), _place(desk, sequence))
    return base64.b64encode(nonce + sealed).decode()


def opened(key: str, desk: str, sequence: int, sealed: str) -> str:
    """Return what was sealed for that place; raises FleetError where the key is another one, or something changed."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        text = AESGCM(bytes.fromhex(key)).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _place(desk, sequence))
        return text.decode()
    except (InvalidTag, ValueError, binascii.Error):
        raise FleetError("fleet_not_opened") from None


def _place(desk: str, sequence: int) -> bytes:
    return f"{desk}:{sequence}".encode()
