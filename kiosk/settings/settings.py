"""Every setting of the kiosk, in one frozen value, and how it is read.

Sources, the later winning: the defaults here, a TOML file, a folder of secret files, environment variables
(`KIOSK_LOCKERS__URL`). What a single section holds is in its own file; what a wrong value is called, in `errors.py`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from platformdirs import site_config_path, user_config_path, user_data_path
from pydantic import ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from kiosk.settings.console import Console
from kiosk.settings.desk import Desk
from kiosk.settings.directory import Directory
from kiosk.settings.environments import SHIPPING_360_HOSTS, SHIPPINGSERVICES_HOSTS, Environment
from kiosk.settings.errors import wrong_setting
from kiosk.settings.facilities import Facilities
from kiosk.settings.lockers import AuthKind, Lockers
from kiosk.settings.section import WrongValueError
from kiosk.settings.sources import merge, read_environ, read_secrets, read_toml
from kiosk.settings.storage import Storage
from kiosk.settings.web import host_of

APPLICATION = "parcel-kiosk"


DEMO_ADDRESS = {"lines": "6525 Greenway Dr", "city": "Roanoke", "state": "VA"}
"""The address of a published sample."""


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
    directory: Directory = Directory()

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
        # All of it or nothing: a city of one's own must not get the sample's street.
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
            raise WrongValueError("settings_incomplete", environment=self.environment.value, missing=tuple(missing))
        return self


def load_settings(config: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from all sources; raises SettingsError.

    The TOML file is `config`, or the one KIOSK_CONFIG names, or the platform's (`kiosk.toml`); the folder of secret
    files is the one KIOSK_SECRETS_DIR or systemd's CREDENTIALS_DIRECTORY names (`lockers__client_secret`).
    """
    path = _config_path(config, environ)
    secrets = environ.get("KIOSK_SECRETS_DIR") or environ.get("CREDENTIALS_DIRECTORY")
    sources = [read_environ(Settings, environ)]
    if secrets:
        sources.append(read_secrets(Settings, secrets))
    if path:
        sources.append(read_toml(path))
    merged: dict[str, Any] = {}
    for source in reversed(sources):
        merged = merge(merged, source.values)
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        raise wrong_setting(error, sources) from error


def _config_path(config: Path | None, environ: Mapping[str, str]) -> Path | None:
    named = config or (Path(environ["KIOSK_CONFIG"]) if environ.get("KIOSK_CONFIG") else None)
    if named:
        return named
    places = (user_config_path(APPLICATION) / "kiosk.toml", site_config_path(APPLICATION) / "kiosk.toml")
    return next((place for place in places if place.is_file()), None)
