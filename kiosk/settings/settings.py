"""Every setting of the kiosk, in one frozen value, and how it is read.

Sources, the later winning: the defaults here, a TOML file, a folder of secret files, environment variables
(`KIOSK_LOCKERS__URL`). A wrong setting becomes a SettingsError that names key, source and what is allowed.
"""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from platformdirs import site_config_path, user_config_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from kiosk.errors import SettingsError
from kiosk.parcels.states import Role
from kiosk.settings.sections import DeskAddress, Facilities, ScannerPrefix, Section, WebAddress, host_of
from kiosk.settings.sources import merge, read_environ, read_secrets, read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

APPLICATION = "parcel-kiosk"


class Environment(StrEnum):
    """Which lockers the kiosk works on; only `demo` needs no account."""

    DEMO = "demo"
    SANDBOX = "sandbox"
    PRODUCTION = "production"
    DEV = "dev"
    QA = "qa"


SHIPPING_360_HOSTS = {
    Environment.SANDBOX: "https://api-sandbox.sendpro360.pitneybowes.com",
    Environment.PRODUCTION: "https://api.sendpro360.pitneybowes.com",
    Environment.DEV: "https://api-dev.sendpro360.pitneycloud.com",
    Environment.QA: "https://api-qa.sendpro360.pitneycloud.com",
}
"""The hosts of the ParcelPoint family (servers of the published overview)."""

SHIPPINGSERVICES_HOSTS = {
    Environment.SANDBOX: "https://shipping-api-sandbox.pitneybowes.com",
    Environment.PRODUCTION: "https://shipping-api.pitneybowes.com",
}
"""The hosts of the other family, which finds facilities; none is published for the rest."""

DEMO_ADDRESS = {"lines": "6525 Greenway Dr", "city": "Roanoke", "state": "VA"}
"""The address of a published sample."""


class AuthKind(StrEnum):
    """How the kiosk proves who it is."""

    OAUTH = "oauth"
    BEARER = "bearer"
    BASIC = "basic"


class Theme(StrEnum):
    """The colours of the screens."""

    DARK = "dark"
    LIGHT = "light"
    CONTRAST = "contrast"


class ScannerEnd(StrEnum):
    """What ends a scan."""

    ENTER = "enter"
    """Enter, Tab or a line feed."""
    SILENCE = "silence"


class Desk(Section):
    """The desk at which the kiosk stands."""

    name: str = Field("Mailroom", min_length=1)
    """Shown on the screen and written to every event."""
    user_id: str = ""
    """Who reserves and deposits, as the API knows this desk; an e-mail address as a rule."""
    location_id: str = ""
    """Only banks of this location are offered."""
    default_bank: str = ""
    """The bank that is proposed; empty: the first one."""
    reservation_hours: float = Field(24, gt=0, le=24 * 90)
    """How long a unit is held until the parcel is in."""
    own_prefix: str = Field("IH-", min_length=1, max_length=10, pattern=r"^[A-Z0-9-]+$")
    """How the in-house numbers of this mailroom begin: those are taken without a question, and made by `+`."""
    scanner_end: ScannerEnd = ScannerEnd.ENTER
    """How the scanner ends a code; silence only for one that sends nothing at the end."""
    scanner_prefix: ScannerPrefix = ""
    """What the scanner puts in front of each code, if anything; a code begins wherever it comes."""
    bell: bool = True
    """Whether the terminal's bell tells taken, look here and refused apart."""
    theme: Theme = Theme.DARK
    names_minutes: float = Field(15, ge=0, le=60 * 24 * 7)
    """After how long without a change a parcel's name fades to initials on the home screen; 0 at once."""
    code_minutes: float = Field(10, ge=0, le=60)
    """How long a pickup code that was seen can be shown again; 0 deletes it at once."""
    address: DeskAddress = DeskAddress()
    directory_days: float = Field(30, gt=0)
    """After so many days without an import the screen says how old the names are."""


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


class Storage(Section):
    """Where journal and directory lie, and how long they keep what is personal."""

    data_dir: Path | None = None
    """Empty: the platform's place for this user, one folder for each environment."""
    personal_days: float = Field(90, gt=0)
    """So many days after a parcel's end its personal fields are blanked."""


class Console(Section):
    """Who may use the operator's console."""

    roles: dict[str, Role] = Field(default_factory=dict)
    """By the name of the key or of the login. Over SSH a name without a role is refused."""


class Settings(BaseSettings):
    """All settings, checked; `load_settings` makes one."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, env_prefix="KIOSK_", env_nested_delimiter="__"
    )

    environment: Environment = Environment.DEMO
    desk: Desk = Desk()
    lockers: Lockers = Lockers()
    facilities: Facilities = Facilities()
    storage: Storage = Storage()
    console: Console = Console()

    @property
    def embeds_simulator(self) -> bool:
        """Tell whether the kiosk starts its own simulator."""
        return self.environment is Environment.DEMO and self.lockers.url is None

    @property
    def data_dir(self) -> Path:
        """The folder of the journal and, in the demo, of the simulator."""
        return self.storage.data_dir or user_data_path(APPLICATION) / self.environment

    @property
    def user_id(self) -> str:
        """Who reserves and deposits."""
        return self.desk.user_id or "demo-desk@example.com"

    def lockers_url(self, simulator: str | None = None) -> str:
        """Return the address before `/api/v1`; `simulator` is the embedded one's address."""
        if self.lockers.url:
            return self.lockers.url
        return f"{simulator or SHIPPING_360_HOSTS[self.environment]}/parcelpoint"

    def token_url(self, simulator: str | None = None) -> str:
        """Return the address of the token operation: as set, or on the host of the lockers' address."""
        if self.lockers.token_url:
            return self.lockers.token_url
        return f"{host_of(self.lockers_url(simulator))}/auth/api/v1/token"

    def facilities_url(self, simulator: str | None = None) -> str | None:
        """Return the address before the finder's operation; None where none is set or published."""
        if self.facilities.url:
            return self.facilities.url
        if self.facilities.variant == "shipping360":
            return f"{host_of(self.lockers_url(simulator))}/shipping"
        if self.environment is Environment.DEMO:
            return f"{host_of(self.lockers_url(simulator))}/shippingservices"
        host = SHIPPINGSERVICES_HOSTS.get(self.environment)
        return f"{host}/shippingservices" if host else None

    @classmethod
    def settings_customise_sources(cls, *_: Any, **sources: Any) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take the values as given: `load_settings` reads the sources, and knows which value came from where."""
        return (sources["init_settings"],)

    @model_validator(mode="before")
    @classmethod
    def _demo_needs_no_account(cls, raw: dict[str, Any]) -> dict[str, Any]:
        if raw.get("environment", Environment.DEMO) != Environment.DEMO:
            return raw
        demo: dict[str, Any] = {
            "lockers": {"client_id": "demo", "client_secret": "demo", "token": "demo-token"},
            "facilities": {"api_key": "demo", "api_secret": "demo"},
        }
        desk = raw.get("desk", {})
        if isinstance(desk, dict) and not desk.get("address"):
            demo["desk"] = {"address": DEMO_ADDRESS}
        return merge(demo, raw)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        wanted = ("token",) if self.lockers.auth is AuthKind.BEARER else ("client_id", "client_secret")
        missing = [f"lockers.{name}" for name in wanted if not getattr(self.lockers, name)]
        if self.environment is not Environment.DEMO and not self.desk.user_id:
            missing.append("desk.user_id")
        if missing:
            raise ValueError(f"the environment {self.environment.value} needs {' and '.join(missing)}")
        return self


def load_settings(config: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from all sources; raises SettingsError.

    The TOML file is `config`, or the one KIOSK_CONFIG names, or the platform's (`kiosk.toml`); the folder of secret
    files is the one KIOSK_SECRETS_DIR or systemd's CREDENTIALS_DIRECTORY names (`lockers__client_secret`).
    """
    path = _config_path(config, environ)
    secrets = environ.get("KIOSK_SECRETS_DIR") or environ.get("CREDENTIALS_DIRECTORY")
    sources: list[tuple[str, dict[str, Any]]] = [("environment variables", read_environ(Settings, environ))]
    if secrets:
        sources.append((f"secret files in {secrets}", read_secrets(Settings, secrets)))
    if path:
        sources.append((str(path), read_toml(path)))
    merged: dict[str, Any] = {}
    for _, values in reversed(sources):
        merged = merge(merged, values)
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        raise SettingsError(_sentence(error.errors()[0], sources)) from error


def _config_path(config: Path | None, environ: Mapping[str, str]) -> Path | None:
    named = config or (Path(environ["KIOSK_CONFIG"]) if environ.get("KIOSK_CONFIG") else None)
    if named:
        return named
    places = (user_config_path(APPLICATION) / "kiosk.toml", site_config_path(APPLICATION) / "kiosk.toml")
    return next((place for place in places if place.is_file()), None)


def _sentence(error: ErrorDetails, sources: list[tuple[str, dict[str, Any]]]) -> str:
    key = ".".join(str(part) for part in error["loc"])
    message = error["msg"].removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    if not key:
        return f"{message[:1].upper()}{message[1:]}."
    if error["type"] == "extra_forbidden":
        message = "there is no such setting"
    source = next((name for name, values in sources if _holds(values, error["loc"])), "the defaults")
    return f"{key} (from {source}): {message}."


def _holds(values: Any, location: tuple[int | str, ...]) -> bool:
    for part in location:
        if not isinstance(values, dict) or part not in values:
            return False
        values = values[part]
    return True
