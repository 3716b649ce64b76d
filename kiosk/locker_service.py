"""From the settings to the locker service: its address, the credentials for it, and the simulator of the demo."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from kiosk.api.auth import BasicLogin, BearerToken, Credentials, OAuthClient
from kiosk.api.lockers import LockersApi
from kiosk.api.transport import create_transport
from kiosk.clock import Clock
from kiosk.desk.activity import Activity
from kiosk.desk.call_budget import CallBudget
from kiosk.recipients.directory import Directory
from kiosk.settings import AuthKind, Environment, Settings

if TYPE_CHECKING:
    import httpx

    from kiosk.demo import Demo


async def open_demo(opened: AsyncExitStack, settings: Settings, directory: Directory, clock: Clock) -> Demo | None:
    """Give a demo its people and its simulated service; return that one, None where the service is elsewhere."""
    wants_people = settings.environment is Environment.DEMO and directory.imported_at is None
    if not (wants_people or settings.embeds_simulator):
        return None
    from kiosk import demo  # noqa: PLC0415 - a desk with an account, or with a simulator elsewhere, loads none of it

    if wants_people:
        await demo.fill_directory(directory, settings.data_dir, clock)
    if not settings.embeds_simulator:
        return None
    return await opened.enter_async_context(demo.simulator(settings.data_dir, clock, directory))


def lockers_api(
    settings: Settings,
    address: str | None,
    credentials: Credentials,
    clock: Clock,
    transport: httpx.AsyncBaseTransport | None,
    activity: Activity,
    budget: CallBudget,
    sleep: Callable[[float], Awaitable[None]],
) -> LockersApi:
    """Return the API of the lockers at that address, watched by activity and budget."""
    way = create_transport(
        url=settings.lockers_url(address),
        credentials=credentials,
        network=settings.network,
        clock=clock,
        connect_seconds=settings.lockers.connect_seconds,
        read_seconds=settings.lockers.read_seconds,
        transport=transport,
        on_connection=activity.connected,
        on_call=budget.count,
        sleep=sleep,
    )
    return LockersApi(way)


def credentials_of(settings: Settings, simulator: str | None) -> Credentials:
    """Return how this desk proves to the service who it is."""
    lockers = settings.lockers
    match lockers.auth:
        case AuthKind.OAUTH:
            return OAuthClient(settings.token_url(simulator), lockers.client_id, lockers.client_secret)
        case AuthKind.BEARER:
            return BearerToken(lockers.token)
        case AuthKind.BASIC:
            return BasicLogin(lockers.client_id, lockers.client_secret)
