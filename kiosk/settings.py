"""Every setting of the kiosk, in one frozen value, and how it is read.

Sources, the later winning: the defaults here, a TOML file, a folder of secret files, environment variables
(`KIOSK_LOCKERS__URL`). A wrong setting becomes a SettingsError that names key, source and what is allowed.
"""

from __future__ import annotations

import os
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self
from urllib.parse import urlsplit

from platformdirs import site_config_path, user_config_path, user_data_path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings import SettingsError as UnreadableValueError

from kiosk.errors import SettingsError
from kiosk.models.operators import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

APPLICATION = "parcel-kiosk"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


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


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("a web address such as https://host/path is wanted")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("http is allowed on this machine only (127.0.0.1); elsewhere use https")
    return url.rstrip("/")


WebAddress = Annotated[str, AfterValidator(_web_address)]


class Section(BaseModel):
    """A section of the settings; unknown keys are refused, so that a slip of the pen is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


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
    theme: Theme = Theme.DARK


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
    """Where the journal lies."""

    data_dir: Path | None = None
    """Empty: the platform's place for this user, one folder for each environment."""


class Console(Section):
    """Who may use the operator's console."""

    roles: dict[str, Role] = {}
    """By the name of the key or of the login. Over SSH a name without a role is refused."""


class Settings(BaseSettings):
    """All settings, checked; `load_settings` makes one."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, env_prefix="KIOSK_", env_nested_delimiter="__"
    )

    environment: Environment = Environment.DEMO
    desk: Desk = Desk()
    lockers: Lockers = Lockers()
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
        parts = urlsplit(self.lockers_url(simulator))
        return f"{parts.scheme}://{parts.netloc}/auth/api/v1/token"

    @classmethod
    def settings_customise_sources(cls, *_: Any, **sources: Any) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take the values as given: `load_settings` reads the sources, and knows which value came from where."""
        return (sources["init_settings"],)

    @model_validator(mode="before")
    @classmethod
    def _demo_needs_no_account(cls, raw: dict[str, Any]) -> dict[str, Any]:
        if raw.get("environment", Environment.DEMO) != Environment.DEMO:
            return raw
        demo = {"client_id": "demo", "client_secret": "demo", "token": "demo-token"}
        lockers = raw.get("lockers", {})
        return _merge({"lockers": demo}, raw) if isinstance(lockers, dict) else raw

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
    sources: list[tuple[str, dict[str, Any]]] = [("environment variables", _read_environ(environ))]
    if secrets:
        sources.append((f"secret files in {secrets}", _read_secrets(secrets)))
    if path:
        sources.append((str(path), _read_toml(path)))
    merged: dict[str, Any] = {}
    for _, values in reversed(sources):
        merged = _merge(merged, values)
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        raise SettingsError(_sentence(error.errors()[0], sources)) from error


class _Environ(EnvSettingsSource):
    """Environment variables from a given mapping, so that a test need not change the process's own."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = {name.lower(): value for name, value in environ.items()}
        super().__init__(Settings)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return self._environ


def _read_environ(environ: Mapping[str, str]) -> dict[str, Any]:
    try:
        return dict(_Environ(environ)())
    except UnreadableValueError as error:
        raise SettingsError(f"In the environment variables: {error}; sections are set key by key.") from error


def _config_path(config: Path | None, environ: Mapping[str, str]) -> Path | None:
    named = config or (Path(environ["KIOSK_CONFIG"]) if environ.get("KIOSK_CONFIG") else None)
    if named:
        return named
    places = (user_config_path(APPLICATION) / "kiosk.toml", site_config_path(APPLICATION) / "kiosk.toml")
    return next((place for place in places if place.is_file()), None)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"The settings file {path} can't be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings file {path} is not valid TOML: {error}.") from error


def _read_secrets(folder: str) -> dict[str, Any]:
    if not Path(folder).is_dir():
        raise SettingsError(f"The folder of secrets {folder} does not exist.")
    base = EnvSettingsSource(Settings)
    try:
        return NestedSecretsSettingsSource(base, secrets_dir=folder, secrets_nested_delimiter="__", env_prefix="")()
    except OSError as error:
        raise SettingsError(f"A file in the folder of secrets {folder} can't be read: {error.strerror}.") from error
    except (UnreadableValueError, UnicodeDecodeError):
        # Without the cause: it quotes the file.
        wrong = SettingsError(f"The folder of secrets {folder} holds something else than a few short texts in UTF-8.")
    raise wrong


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        merged[key] = _merge(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return merged


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
