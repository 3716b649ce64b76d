"""What sections of the settings are made of, and those of the finder: the desk's address and `[facilities]`.

Where values come from, and what follows from them together, is in `settings.py`.
"""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("a web address such as https://host/path is wanted")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("http is allowed on this machine only (127.0.0.1); elsewhere use https")
    return url.rstrip("/")


WebAddress = Annotated[str, AfterValidator(_web_address)]


def _country(code: str) -> str:
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise ValueError("two letters such as US are wanted")
    return code.upper()


def _sendable(text: str) -> str:
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("blanks, control characters and letters beyond ASCII can't be sent")
    return text


def tells_a_scan(prefix: str) -> bool:
    """Tell whether signs in front of a code can't be the beginning of a number, nor stand inside one."""
    return any(not (sign.isalnum() or sign in "- ") for sign in prefix)


def _scanner_prefix(prefix: str) -> str:
    if prefix and not tells_a_scan(prefix):
        raise ValueError("a sign that no number has is wanted, such as ~: letters and digits would cut numbers")
    return prefix


ScannerPrefix = Annotated[str, Field(max_length=10), AfterValidator(_scanner_prefix)]


def host_of(url: str) -> str:
    """Return a web address without its path."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class Section(BaseModel):
    """A section of the settings; unknown keys are refused, so that a slip of the pen is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class DeskAddress(Section):
    """Where the desk is; facilities are looked for around it."""

    lines: str = ""
    """Street and more, as one text; `;` stands between lines."""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: Annotated[str, AfterValidator(_country)] = "US"

    @property
    def is_set(self) -> bool:
        """Tell whether any part of it is set."""
        return bool(self.lines or self.city or self.state or self.postal_code)


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
    partner_id: Annotated[str, AfterValidator(_sendable)] = ""
    """Sent as X-PB-PartnerId, where the account has one."""
