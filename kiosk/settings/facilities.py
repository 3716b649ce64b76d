"""The section `[facilities]`: the API that finds carrier facilities."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr

from kiosk.settings.section import Section
from kiosk.settings.web import Sendable, WebAddress


class Facilities(Section):
    """How to reach carrier-facility; without an account of its own the finder rests, and nothing else."""

    variant: Literal["shippingservices", "shipping360"] = "shippingservices"
    """Which of the API's two families is asked."""
    url: WebAddress | None = None
    """Wins over the environment's address; ends before `/v1` (shippingservices) or `/api/v1` (shipping360)."""
    token_url: WebAddress | None = None
    """Wins over the token address on the same host; the whole address of the operation."""
    api_key: str = ""
    api_secret: SecretStr = SecretStr("")
    partner_id: Sendable = ""
    """Sent as X-PB-PartnerId, where the account has one."""
    language: Sendable = Field("en-US", pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    """Sent as Accept-Language: in what language and country the service answers."""
