"""A mailroom desk on a real simulator: everything a flow needs, its line watched, its waits noted instead of slept."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr

from kiosk.api.auth import BearerToken
from kiosk.api.lockers import create_lockers_api
from kiosk.background.settle import Recovery
from kiosk.desk.activity import Activity
from kiosk.desk.console_queries import ConsoleQueries
from kiosk.desk.corrections import Corrections
from kiosk.desk.findings import Findings
from kiosk.desk.intake import Intake
from kiosk.desk.kept_codes import KeptCodes
from kiosk.desk.lockers import Lockers
from kiosk.desk.open_lockers import OpenLockers
from kiosk.desk.privacy import Privacy
from kiosk.desk.proposals import Proposals
from kiosk.desk.reassignment import Reassignment
from kiosk.desk.recipient_history import RecipientHistory
from kiosk.desk.requests import WritePath
from kiosk.desk.scanning import Scans
from kiosk.desk.shelf import Shelf
from kiosk.journal.audit import export, verify
from kiosk.journal.store import Actor, Journal
from kiosk.parcels.contacts import Contact, ContactType
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.states import Operation
from kiosk.recipients.directory import Directory

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from kiosk.clock import ManualClock

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
BANK = "AOne"
KEEP_CODES_FOR = timedelta(minutes=10)
SMALL = LockerSize("small")
CLERK = Actor(name="clerk@example.com", kiosk="Mailroom")
PERSON = Contact(contact_id="684a6b7bbc85e1bce7392b9e", name="Samira Abboud")
REACHING = Contact(contact_id="f9c5ed3fbf89966dc26412c3", name="Samira Abboud", accessible=True)
DEPARTMENT = Contact(contact_id="b1c111740cc1ba3d880a6f35", contact_type=ContactType.DEPARTMENT, name="Mailroom")

ON_THE_LINE = {
    Operation.RESERVE: "reserve",
    Operation.DEPOSIT: "deposit",
    Operation.FREE: "free",
    Operation.EXTEND: "update",
    Operation.ADD: "update",
}
"""How `what` calls the request of each write."""

WRITE_ENDS = {"reserve": "POST", "deposit": "PATCH", "free": "POST", "update": "PATCH"}
"""How the addresses of the four writes end."""


class World:
    """The simulator as it truly is, asked behind the kiosk's back."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._address = urlsplit(url)

    def ask(self, method: str, path: str, body: object = None) -> Any:
        raw = None if body is None else json.dumps(body)
        with closing(HTTPConnection(str(self._address.hostname), self._address.port, timeout=10)) as line:
            line.request(method, path, raw, {"Authorization": "Bearer demo-token"})
            answer = line.getresponse()
            read = json.loads(answer.read())
        assert answer.status == 200, read
        return read

    def fault(self, name: str, operation: str, times: int = 1, **more: str) -> None:
        """Spoil the next requests of an operation."""
        self.ask("POST", "/_simulator/faults", {"fault": name, "operation": operation, "times": times, **more})

    def no_more_faults(self) -> None:
        self.ask("DELETE", "/_simulator/faults")

    def units(self, bank: str = BANK) -> list[dict[str, Any]]:
        banks = self.ask("GET", "/_simulator/state")["lockerBanks"]
        (units,) = (each["lockerUnits"] for each in banks if each["lockerBankId"] == bank)
        return list(units)

    def unit(self, unit_id: str, bank: str = BANK) -> dict[str, Any]:
        (unit,) = (unit for unit in self.units(bank) if unit["lockerUnitId"] == unit_id)
        return unit

    def free_units(self, size: str = "small", bank: str = BANK) -> list[str]:
        return [
            unit["lockerUnitId"]
            for unit in self.units(bank)
            if unit["size"] == size and unit["unitInService"] and not unit["unitReserved"]
        ]

    def holding(self, number: str) -> list[dict[str, Any]]:
        """Return every unit of every bank that holds the number: one at most, if nothing went wrong."""
        banks = self.ask("GET", "/_simulator/state")["lockerBanks"]
        return [
            unit
            for bank in banks
            for unit in bank["lockerUnits"]
            if number in {parcel["trackingNumber"] for parcel in unit["parcelsReserved"]}
        ]

    def reserve(self, number: str, unit_id: str, contact: Contact = REACHING, bank: str = BANK) -> None:
        """Reserve as another kiosk does."""
        body = {
            "userId": "somebody@example.com",
            "lockerUnitId": unit_id,
            "contactId": contact.contact_id,
            "contactType": contact.contact_type.value,
            "trackingNumber": number,
        }
        self.ask("POST", f"/parcelpoint/api/v1/lockerBanks/{bank}/lockers/reserve", body)

    def deposit(self, number: str, unit_id: str, bank: str = BANK) -> None:
        path = f"/parcelpoint/api/v1/lockerBanks/{bank}/lockers/{unit_id}/deposit"
        self.ask("PATCH", path, {"parcels": [{"trackingNumber": number}]})

    def collect(self, unit_id: str, bank: str = BANK) -> None:
        """Let the recipient take everything out."""
        self.ask("POST", "/_simulator/pickup", {"lockerBankId": bank, "lockerUnitId": unit_id})


class Line(httpx.AsyncBaseTransport):
    """The network, with somebody looking: `before` and `after` are called around each request."""

    def __init__(self, wire: httpx.AsyncBaseTransport) -> None:
        self._wire = wire
        self.sent: Counter[str] = Counter()
        self.before: Callable[[httpx.Request], Awaitable[None]] | None = None
        self.after: Callable[[httpx.Request], Awaitable[None]] | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.sent[what(request)] += 1
        if self.before is not None:
            await self.before(request)
        response = await self._wire.handle_async_request(request)
        if self.after is not None:
            await response.aread()
            await self.after(request)
        return response

    async def aclose(self) -> None:
        await self._wire.aclose()


def what(request: httpx.Request) -> str:
    """Return which operation a request is: `reserve`, `deposit`, `free`, `update`, `get` or `other`."""
    end = request.url.path.rpartition("/")[2]
    if WRITE_ENDS.get(end) == request.method:
        return end
    return "get" if "/reserved/" in request.url.path else "other"


class Desk:
    """What one kiosk process has open."""

    def __init__(
        self, folder: Path, world: World, clock: ManualClock, wire: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.folder = folder
        self.world = world
        self.clock = clock
        self.line = Line(wire or httpx.AsyncHTTPTransport())
        self.waits: list[float] = []
        self.journal = Journal(folder, environment="demo", clock=clock)
        self.directory = Directory(folder)
        self.activity = Activity()
        self.api = create_lockers_api(
            url=f"{world.url}/parcelpoint",
            credentials=BearerToken(SecretStr("demo-token")),
            clock=clock,
            transport=self.line,
            on_connection=self.activity.connected,
            sleep=no_sleep,
        )
        self.write_path = WritePath(self.api, self.journal, self.activity, user_id=CLERK.name, sleep=self._wait)
        self.lookup = Lockers(self.api, self.journal, clock, location_id="")
        self.scans = Scans(self.journal, own_prefix="IH-")
        self.finding = Finding(self.journal, self.scans)
        self.intake = Intake(
            self.journal,
            self.write_path,
            self.lookup,
            self.directory,
            clock,
            reservation_for=timedelta(hours=24),
            keep_codes_for=KEEP_CODES_FOR,
        )
        self.lived = 0.0
        """Seconds that the process has lived through, whatever the clock says."""
        self.kept_codes = KeptCodes(self.journal, self.intake, clock, lived=lambda: self.lived)
        self.open_lockers = OpenLockers(
            self.journal, self.write_path, self.lookup, clock, reservation_for=timedelta(hours=24)
        )
        self.moving = Reassignment(self.journal, self.intake)
        self.memory = RecipientHistory(self.journal)
        self.proposing = Proposals(self.lookup, self.open_lockers, self.memory, default_bank="")
        self.oversight = Findings(self.api, self.journal)
        self.holding = Shelf(self.journal, self.lookup)
        self.privacy = Privacy(self.journal, self.directory, clock, days=90)
        self.recovery = Recovery(
            self.journal, self.write_path, self.oversight, self.activity, self.privacy, self.kept_codes, clock
        )
        self.repairs = Corrections(
            self.journal, self.write_path, self.intake, self.holding, self.oversight, self.lookup, kiosk=CLERK.kiosk
        )
        self.survey = ConsoleQueries(self.journal, self.lookup, clock)
        self.told: list[str] = []

    async def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def taken_in(self, number: str = "T1", contact: Contact = PERSON) -> Parcel:
        """Scan a parcel and choose its recipient."""
        taken = await self.scans.take_in(number, CLERK)
        return await self.intake.choose_recipient(taken.parcel, contact, CLERK)

    async def reserved(self, number: str = "T1", contact: Contact = PERSON) -> Parcel:
        return await self.reserve(await self.taken_in(number, contact))

    async def deposited(self, number: str = "T1", contact: Contact = PERSON) -> Parcel:
        return await self.intake.deposit(await self.reserved(number, contact), CLERK)

    async def reserve(self, parcel: Parcel, size: LockerSize = SMALL, bank: str = BANK) -> Parcel:
        return await self.intake.reserve(parcel, bank, size, CLERK, self.told.append)

    async def ready_for(self, operation: Operation, contact: Contact = PERSON) -> tuple[Parcel, UnitPlace]:
        """Bring a parcel to the step before a write, and return where the write shall go."""
        if operation is Operation.RESERVE:
            return await self.taken_in(contact=contact), free_place(self.world)
        older = await self.reserved("older" if operation is Operation.ADD else "T1", contact)
        assert older.place is not None
        return await self.taken_in(contact=contact) if operation is Operation.ADD else older, older.place

    async def perform(
        self, parcel: Parcel, operation: Operation, place: UnitPlace | None = None, expiry: datetime | None = None
    ) -> Parcel:
        place = place or parcel.place
        assert place is not None
        added = ("older", parcel.tracking_number) if operation is Operation.ADD else ()
        return await self.write_path.perform(parcel, operation, place, CLERK, expiry=expiry, parcels=added)

    async def now(self, parcel: Parcel) -> Parcel:
        """Return the parcel as the journal has it now."""
        known = await self.journal.parcel(parcel.parcel_id)
        assert known is not None
        return known

    async def events(self) -> list[str]:
        """Return the types of all events in order, once the chain was proved sound."""
        verdict = await verify(self.journal.connection)
        assert verdict.sound, verdict
        return [event["type"] for event in await export(self.journal.connection)]

    async def code(self, parcel: Parcel) -> str | None:
        kept = await self.journal.pickup_code(parcel.parcel_id)
        return kept.get_secret_value() if kept else None


async def no_sleep(_: float) -> None:
    await asyncio.sleep(0)


@asynccontextmanager
async def open_desk(
    folder: Path, world: World, clock: ManualClock, wire: httpx.AsyncBaseTransport | None = None
) -> AsyncIterator[Desk]:
    desk = Desk(folder, world, clock, wire)
    async with desk.journal, desk.directory, desk.api:
        yield desk


def free_place(world: World, size: LockerSize = SMALL) -> UnitPlace:
    """Return a free unit of the bank."""
    return UnitPlace(locker_bank_id=BANK, locker_unit_id=world.free_units(size)[0], size=size)


def unit_of(parcel: Parcel) -> str:
    assert parcel.place is not None
    return parcel.place.locker_unit_id
