"""The steps of `kiosk check` about the way to the services: proxy, certificates, both services, and the clock."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kiosk.api.network import authorities, certificates_for, proxy_for
from kiosk.cli.output import Fields
from kiosk.cli.steps import Step, failed, found
from kiosk.errors import FinderNotSetUpError, KioskError, NotAuthorizedError, SettingsError, UnknownBankError
from kiosk.facilities.addresses import Address
from kiosk.facilities.values import Question
from kiosk.settings import AuthKind, Settings
from kiosk.settings.web import is_on_this_machine
from kiosk.wiring import Services, open_services
from kiosk.words.facilities import facility_name

MOST_APART: Final = timedelta(minutes=5)
"""With a clock further off, certificates and tokens are refused that are good, one day or the other."""


def check_proxy(settings: Settings) -> Step:
    """Say for each address whether it is asked through a proxy, and which setting or variable says so."""
    values: Fields = {}
    try:
        for name, url in _addresses(settings).items():
            proxy = proxy_for(url, settings.network, os.environ)
            values[name] = f"{proxy.host} ({proxy.setting})" if proxy else "direct"
    except SettingsError as error:
        return failed("proxy", error, values)
    is_needed = any(value != "direct" for value in values.values())
    return found("proxy", "proxy_readable" if is_needed else "proxy_not_needed", values=values)


def check_certificates(settings: Settings) -> Step:
    """Read the certificate authorities, where an address needs any."""
    urls = list(_addresses(settings).values())
    if not any(urlsplit(url).scheme == "https" for url in urls):
        return found("certificates", "certificates_not_needed")
    source, path = authorities(settings.network, os.environ)
    values: Fields = {"source": source or path}
    try:
        certificates_for(urls, settings.network, os.environ)
    except SettingsError as error:
        return failed("certificates", error, values)
    return found("certificates", "certificates_readable", values=values)


def _addresses(settings: Settings) -> dict[str, str]:
    """Return the addresses that are asked, without those of a simulator that is not started yet."""
    addresses = {"facilitiesUrl": settings.facilities.url}
    if not settings.embeds_simulator:
        is_oauth = settings.lockers.auth is AuthKind.OAUTH
        addresses = {
            "lockersUrl": settings.lockers_url(),
            "tokenUrl": settings.token_url() if is_oauth else None,
            "facilitiesUrl": settings.facilities_url(),
        }
    return {name: url for name, url in addresses.items() if url}


async def check_network(settings: Settings) -> tuple[Step, Step, Step]:
    """Ask for a token and the banks; return the steps *network*, *credentials* and *clock*."""
    values: Fields = {}
    if not settings.embeds_simulator:
        values = {"lockersUrl": settings.lockers_url(), "tokenUrl": settings.token_url()}
    started, behind = time.perf_counter(), None
    try:
        async with _services_elsewhere(settings) as services:
            banks = await services.queries.lockers.banks()
            behind = services.queries.health.clock_behind()
    except NotAuthorizedError as error:  # whoever refuses was reached
        network = found("network", "lockers_answered", values=values | {"seconds": _since(started)})
        return network, failed("credentials", error), check_clock(settings, behind)
    except KioskError as error:
        network = failed("network", error, values | {"seconds": _since(started)})
        return network, found("credentials", "credentials_not_asked", ok=None), check_clock(settings, behind)
    network = found("network", "lockers_answered", values=values | {"seconds": _since(started)})
    known = [bank.locker_bank_id for bank in banks]
    return network, _check_account(known, settings.desk.default_bank), check_clock(settings, behind)


def _check_account(known: Sequence[str], wanted: str) -> Step:
    """Look whether the account that was let in has what the settings name."""
    values: Fields = {"lockerBanks": " ".join(known)}
    if not known:
        return failed("credentials", UnknownBankError("no_bank_here"), values)
    if wanted and wanted not in known:
        return failed("credentials", UnknownBankError("default_bank_unknown", locker_bank_id=wanted), values)
    return found("credentials", "credentials_accepted", values=values)


def check_clock(settings: Settings, behind: timedelta | None) -> Step:
    """Compare the clock with the time that the locker service's answer had; None where it had none."""
    if settings.embeds_simulator or is_on_this_machine(settings.lockers_url()):
        return found("clock", "clock_of_this_machine", ok=None)
    if behind is None:
        return found("clock", "clock_not_told", ok=None)
    seconds = round(behind.total_seconds())
    values: Fields = {"secondsBehind": seconds}
    if abs(behind) <= MOST_APART:
        return found("clock", "clock_right", values=values)
    code = "clock_behind" if seconds > 0 else "clock_ahead"
    return failed("clock", SettingsError(code, minutes=abs(seconds) // 60), values)


async def check_finder(settings: Settings) -> Step:
    """Look for one facility near the desk; a kiosk without an account for that is sound too."""
    values: Fields = {}
    if not settings.embeds_simulator:
        values = {"facilitiesUrl": settings.facilities_url() or ""}
    started = time.perf_counter()
    try:
        async with _services_elsewhere(settings) as services:
            answer = await services.facilities.open().near(
                Question(address=Address.of_desk(settings.desk.address), count=1)
            )
    except FinderNotSetUpError as error:
        if not settings.facilities.api_key:
            return found("finder", "finder_not_set_up", ok=None, values=values)
        return failed("finder", error, values)
    except KioskError as error:
        if not settings.desk.address.is_set:
            return found("finder", "address_not_set", ok=None, values=values)
        return failed("finder", error, values | {"seconds": _since(started)})
    values |= {"seconds": _since(started)}
    if not answer.facilities:
        return found("finder", "finder_knows_none", values=values)
    return found("finder", "finder_answered", values=values | {"nearest": facility_name(answer.facilities[0])})


@asynccontextmanager
async def _services_elsewhere(settings: Settings) -> AsyncIterator[Services]:
    """Open the services on an empty folder, so that a bad storage does not hide a good network."""
    with tempfile.TemporaryDirectory(prefix="kiosk-check-") as folder:
        storage = settings.storage.model_copy(update={"data_dir": Path(folder)})
        async with open_services(settings.model_copy(update={"storage": storage})) as services:
            yield services


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 3)
