"""Every setting of the kiosk, in one frozen value, and how it is read.

Sources, the later winning: the defaults here, a TOML file, a folder of secret files, environment variables
(`KIOSK_LOCKERS__URL`). What a single section holds is in its own file; what a wrong value is called, in `errors.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from pydantic import ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from kiosk.errors import SettingsError
from kiosk.first_look import APPLICATION, config_path, own_folder, secrets_path
from kiosk.parcels.states import Channel
from kiosk.settings.backup import Backup
from kiosk.settings.console import Console
from kiosk.settings.desk import Desk
from kiosk.settings.devices import Devices
from kiosk.settings.directory import Directory
from kiosk.settings.environments import SHIPPING_360_HOSTS, SHIPPINGSERVICES_HOSTS, Environment
from kiosk.settings.errors import together, unknown_setting, wrong_settings
from kiosk.settings.facilities import Facilities
from kiosk.settings.fleet import Fleet
from kiosk.settings.keys import keys_of
from kiosk.settings.lockdown import Lockdown
from kiosk.settings.lockers import AuthKind, Lockers
from kiosk.settings.mail import Mail, MailDelivery
from kiosk.settings.network import Network
from kiosk.settings.notices import Notices, what_channels_lack
from kiosk.settings.people import People
from kiosk.settings.printer import Printer
from kiosk.settings.sources import Source, merge, read_environ, read_secrets, read_toml, unknown_variables
from kiosk.settings.storage import Storage
from kiosk.settings.touch import Touch
from kiosk.settings.web import host_of
from kiosk.settings.webhook import Webhook

DEMO_ADDRESS = {"lines": "6525 Greenway Dr", "city": "Roanoke", "state": "VA"}
"""The address of a published sample."""

SEEN_AT_ONCE = {"gather_minutes": 0, "quiet_from": "00:00", "quiet_until": "00:00"}
"""How the demo sends notices: a newcomer looks for them now."""


class Settings(BaseSettings):
    """All settings, checked; `load_settings` makes one."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, env_prefix="KIOSK_", env_nested_delimiter="__"
    )

    environment: Environment = Environment.DEMO
    desk: Desk = Desk()
    lockers: Lockers = Lockers()
    facilities: Facilities = Facilities()
    network: Network = Network()
    storage: Storage = Storage()
    console: Console = Console()
    directory: Directory = Directory()
    notices: Notices = Notices()
    mail: Mail = Mail()
    webhook: Webhook = Webhook()
    printer: Printer = Printer()
    people: People = People()
    lockdown: Lockdown = Lockdown()
    backup: Backup = Backup()
    devices: Devices = Devices()
    touch: Touch = Touch()
    fleet: Fleet = Fleet()

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

    @property
    def notice_language(self) -> str:
        """The language of notices to whoever has none of their own."""
        return self.notices.language or self.desk.language

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
        return _with_account(raw)


def load_settings(config: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from all sources; raises SettingsError.

    The TOML file is `config`, or the one KIOSK_CONFIG names, or the platform's (`kiosk.toml`); the folder of secret
    files is the one KIOSK_SECRETS_DIR or systemd's CREDENTIALS_DIRECTORY names (`lockers__client_secret`).
    """
    sources = _read_sources(config, environ)
    raw: dict[str, Any] = {}
    for source in reversed(sources):
        raw = merge(raw, source.values)
    wrong = [unknown_setting(key, sources[0], Settings) for key in unknown_variables(Settings, environ)]
    settings = None
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as invalid:
        wrong += wrong_settings(invalid, sources, Settings)
    wrong += _missing(_with_account(raw))
    wrong += what_channels_lack(_with_account(raw))
    if settings is None or wrong:
        raise together(wrong)
    if settings.storage.data_dir is None and own_folder(user_data_path) is None:
        raise SettingsError("home_unknown")
    return settings


def files_with_secrets(config: Path | None = None, environ: Mapping[str, str] = os.environ) -> list[Path]:
    """Return the files that secrets are read from; raises SettingsError where one can't be read."""
    secrets = [key for key, is_secret in keys_of(Settings) if is_secret]
    files: list[Path] = []
    for source in _read_sources(config, environ):
        held = [key for key in secrets if source.path and source.holds(key)]
        path = Path(source.path)
        files += [path / "__".join(key) for key in held] if path.is_dir() else [path for _ in held[:1]]
    return files


def _read_sources(config: Path | None, environ: Mapping[str, str]) -> list[Source]:
    """Read all sources, in the order in which they win."""
    sources = [read_environ(Settings, environ)]
    secrets = secrets_path(environ)
    if secrets:
        sources.append(read_secrets(Settings, str(secrets)))
    path = config_path(config, environ)
    if path:
        sources.append(read_toml(path))
    return sources


def _with_account(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the settings with the account, the address and the notices that the demo has, where nobody signs in."""
    if raw.get("environment", Environment.DEMO) != Environment.DEMO:
        return raw
    demo: dict[str, Any] = {
        "lockers": {"client_id": "demo", "client_secret": "demo", "token": "demo-token"},
        "facilities": {"api_key": "demo", "api_secret": "demo"},
        "notices": {"channels": [Channel.MAIL.value], "code": "mail", **SEEN_AT_ONCE},
        "mail": {"delivery": MailDelivery.FOLDER.value, "sender": "mailroom@example.com"},
        "people": {"sign_in": False, "idle_minutes": 0},
    }
    desk = raw.get("desk", {})
    # All of it or nothing: a city of one's own must not get the sample's street.
    if isinstance(desk, dict) and not desk.get("address"):
        demo["desk"] = {"address": DEMO_ADDRESS}
    return merge(demo, raw)


def _missing(raw: dict[str, Any]) -> Iterator[SettingsError]:
    """Yield the error about what the environment can't do without; what is wrong itself is told by others."""
    environment, lockers, desk = raw.get("environment", Environment.DEMO), raw.get("lockers", {}), raw.get("desk", {})
    if environment not in list(Environment) or not (isinstance(lockers, dict) and isinstance(desk, dict)):
        return
    wanted = ("token",) if lockers.get("auth") == AuthKind.BEARER else ("client_id", "client_secret")
    missing = [f"lockers.{name}" for name in wanted if not lockers.get(name)]
    if environment != Environment.DEMO and not desk.get("user_id"):
        missing.append("desk.user_id")
    if missing:
        yield SettingsError("settings_incomplete", environment=str(environment), missing=tuple(missing))
