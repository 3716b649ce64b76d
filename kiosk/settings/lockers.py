"""The section `[lockers]`: the ParcelPoint API."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, SecretStr

from kiosk.settings.section import Section
from kiosk.settings.web import WebAddress


class AuthKind(StrEnum):
    """How the kiosk proves who it is."""

    OAUTH = "oauth"
    BEARER = "bearer"
    BASIC = "basic"


class Lockers(Section):
    """How to reach the ParcelPoint API."""

    url: WebAddress | None = None
    """Wins over the environment's address; ends before `/api/v1`."""
    token_url: WebAddress | None = None
    """Wins over the environment's token address; the whole address of the operation."""
    auth: AuthKind = AuthKind.OAUTH
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    """A fixed token, for `auth = "bearer"`."""
    connect_seconds: float = Field(5, gt=0, le=120)
    read_seconds: float = Field(30, gt=0, le=300)
    calls_per_day: int = Field(2000, ge=0)
    """How many calls the plan allows in a day; 0 where it allows any number."""
