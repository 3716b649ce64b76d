"""One desk for all tests, by the product's own wiring on a real simulator: its line watched, its waits noted."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr

from kiosk.background.codes import ExpireCodes
from kiosk.background.settle import Settle
from kiosk.clock import ManualClock
from kiosk.desk.open_lockers import OpenLocker
from kiosk.desk.progress import Progress
from kiosk.desk.scrypt import Cost
from kiosk.desk.writes.wanted import Wanted
from kiosk.journal.audit import verify
from kiosk.journal.code_store import CodeStore
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.pickup_code import PickupCode
from kiosk.parcels.states import ContactType, Operation, Role
from kiosk.parcels.steps import Step
from kiosk.settings import AuthKind, Desk, Environment, Lockers, Settings, Storage
from kiosk.settings.fleet import Fleet
from kiosk.settings.notices import Notices
from kiosk.settings.printer import Printer
from kiosk.wiring import Background, Services, open_services
from tests.journal.book import export

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
BANK = "AOne"
NO_PRINTER = Printer()
ALONE = Fleet()
KEEP_CODES_FOR = timedelta(minutes=10)
SMALL = LockerSize("small")
DESK_NAME = "Mailroom"
CLERK = Person(name="clerk@example.com", role=Role.CLERK, user_id="clerk@example.com")
OWNER = Person(name="root", role=Role.OWNER, user_id="clerk@example.com")
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
            headers = {"Authorization": "Bearer demo-token", "Content-Type": "application/json"}
            line.request(method, path, raw, headers)
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

    def free(self, unit_id: str, bank: str = BANK) -> None:
        """Free as another kiosk does."""
        self.ask("POST", f"/parcelpoint/api/v1/lockerBanks/{bank}/lockers/{unit_id}/free", {"userId": "somebody"})

    def collect(self, unit_id: str, bank: str = BANK) -> None:
        """Let the recipient take everything out."""
        self.ask("POST", "/_simulator/pickup", {"lockerBankId": bank, "lockerUnitId": unit_id})


_NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def loopback() -> httpx.AsyncHTTPTransport:
    """Return a wire to a service on this machine, without the certificates of others, which take long to read."""
    return httpx.AsyncHTTPTransport(verify=_NO_CERTIFICATES)


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


async def no_line(request: httpx.Request) -> None:
    """Let nothing leave: for `Line.before`."""
    raise httpx.ConnectError("no route", request=request)


def what(request: httpx.Request) -> str:
    """Return which operation a request is: `reserve`, `deposit`, `free`, `update`, `get` or `other`."""
    end = request.url.path.rpartition("/")[2]
    if WRITE_ENDS.get(end) == request.method:
        return end
    return "get" if "/reserved/" in request.url.path else "other"


STEP_OF = {
    Operation.RESERVE: Step.RESERVE,
    Operation.DEPOSIT: Step.DEPOSIT,
    Operation.FREE: Step.CANCEL,
    Operation.EXTEND: Step.EXTEND,
    Operation.ADD: Step.ADD_TO_LOCKER,
}
"""As part of which step a test asks for a write."""


class OpenDesk:
    """What one kiosk process has open, with short names for its parts."""

    def __init__(self, folder: Path, world: World, clock: ManualClock, line: Line, services: Services) -> None:
        self.folder = folder
        self.world = world
        self.clock = clock
        self.line = line
        self.services = services
        self.desk, self.queries = services.desk, services.queries
        self.journal, self.activity = self.queries.journal, self.queries.activity
        self.lockers, self.directory = self.desk.lockers, self.queries.directory
        self.scans, self.boxes, self.intake = self.desk.scans, self.desk.boxes, self.desk.intake
        self.open_lockers, self.shelf, self.pickup_codes = (
            self.desk.open_lockers,
            self.desk.shelf,
            self.desk.pickup_codes,
        )
        self.reassignment, self.findings = self.desk.reassignment, self.desk.findings
        self.corrections, self.privacy, self.write_path = self.desk.corrections, self.desk.privacy, self.desk.write_path
        self.proposals, self.history = self.queries.proposals, self.queries.recipient_history
        self.searching, self.console = self.queries.searching, self.queries.console
        self.settling = services.settling
        # A digest as it is in the product takes a third of a second, and tests make hundreds.
        self.desk.people._cost = Cost(n=2**4)
        self.codes = CodeStore(self.journal)
        self.time = self.privacy._time
        self.expiring = ExpireCodes(self.journal, self.codes, self.lockers, self.time, CLERK)
        self.told: list[Progress] = []
        self.waits: list[float] = []
        """The seconds for which the write path waited before it looked into a lost answer."""
        self.write_path._sleep = self._wait
        self.put_in: list[Parcel] = []
        # The second look is a task of its own that asks the service: tests of the desk would race with it.
        self.intake._on_deposited = lambda parcel, _: self.put_in.append(parcel)

    async def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        await asyncio.sleep(0)

    def settling_own(self) -> Settle:
        """Return what a console does: it settles what its own process asked for."""
        return Settle(self.journal, self.write_path, self.findings, self.activity, CLERK, only_own=True)

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

    async def own_lockers(self, parcel: Parcel, bank: str = BANK) -> tuple[OpenLocker, ...]:
        """Return the lockers of the recipient's to which the parcel could be added, by a reading of now."""
        return await self.open_lockers.of(parcel, await self.lockers.bank(bank, fresh=True))

    async def take_out(self, parcel: Parcel) -> Parcel:
        """Give the parcel's unit and its intake up, whatever is in the unit."""
        return await self.intake.end(parcel, OWNER, Step.TAKE_OUT)

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
        person = OWNER if operation is Operation.EXTEND else CLERK
        wanted = Wanted(operation, place, expiry)
        return await self.write_path.perform(parcel, wanted, person, STEP_OF[operation])

    async def now(self, parcel: Parcel) -> Parcel:
        """Return the parcel as the journal has it now."""
        known = await self.journal.parcel(parcel.parcel_id)
        assert known is not None
        return known

    async def events(self) -> list[str]:
        """Return the codes of all events in order, once the chain was proved sound."""
        verdict = await verify(self.journal.connection)
        assert verdict.sound, verdict
        return [event["type"] for event in await export(self.journal.connection)]

    async def code(self, parcel: Parcel) -> str | None:
        """Return the code that waits for the parcel."""
        code = await self.waiting(parcel)
        return code.secret.get_secret_value() if code else None

    async def waiting(self, parcel: Parcel) -> PickupCode | None:
        """Return that code with its deposit, also while another one may be on its way."""
        codes = await self.codes.of(parcel.parcel_id)
        return codes.waiting if codes else None

    async def seen(self, parcel: Parcel, person: Person = CLERK) -> Parcel:
        """Confirm the code that waits for the parcel."""
        return await self.pickup_codes.confirm(parcel, await self.waiting(parcel), person)


class FurtherUnits(httpx.AsyncBaseTransport):
    """The real line to a service that has a parcel in further units too, in every list of units."""

    def __init__(self, number: str, *unit_ids: str) -> None:
        self._wire = loopback()
        self._number = number
        self.unit_ids = unit_ids

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._wire.handle_async_request(request)
        if request.method != "GET" or response.status_code != 200:
            return response
        body: dict[str, Any] = json.loads(await response.aread())
        for units in (body.get("lockerUnits", []), body.get("reservedUnits", [])):
            own = [
                unit for unit in units if self._number in {each["trackingNumber"] for each in unit["parcelsReserved"]}
            ]
            for unit_id in self.unit_ids if own else ():
                units[:] = [unit for unit in units if unit["lockerUnitId"] != unit_id]
                units.append({**own[0], "lockerUnitId": unit_id})
        return httpx.Response(200, json=body)

    async def aclose(self) -> None:
        await self._wire.aclose()


async def no_sleep(_: float) -> None:
    """Wait for nothing, but let others go on."""
    await asyncio.sleep(0)


def settings_of(folder: Path, world: World, printer: Printer = NO_PRINTER, fleet: Fleet = ALONE) -> Settings:
    """Return the settings of a desk that works with that world."""
    return Settings(
        environment=Environment.DEMO,
        storage=Storage(data_dir=folder, personal_days=90),
        desk=Desk(name=DESK_NAME, user_id=CLERK.name, own_prefix="IH-", reservation_hours=24, code_minutes=10),
        lockers=Lockers(url=f"{world.url}/parcelpoint", auth=AuthKind.BEARER, token=SecretStr("demo-token")),
        notices=Notices(channels=()),
        printer=printer,
        fleet=fleet,
    )


@asynccontextmanager
async def open_desk(
    folder: Path,
    world: World,
    clock: ManualClock,
    wire: httpx.AsyncBaseTransport | None = None,
    printer: Printer = NO_PRINTER,
    fleet: Fleet = ALONE,
) -> AsyncIterator[OpenDesk]:
    line = Line(wire or loopback())

    async def wait(_: float) -> None:
        await asyncio.sleep(0)

    # Nothing is started: what the scheduler would do is called by the test that is about it.
    async with open_services(
        settings_of(folder, world, printer, fleet), clock=clock, background=Background.DESK, transport=line, sleep=wait
    ) as services:
        opened = OpenDesk(folder, world, clock, line, services)
        yield opened


def free_place(world: World, size: LockerSize = SMALL) -> UnitPlace:
    """Return a free unit of the bank."""
    return UnitPlace(locker_bank_id=BANK, locker_unit_id=world.free_units(size)[0], size=size)


def unit_of(parcel: Parcel) -> str:
    assert parcel.place is not None
    return parcel.place.locker_unit_id
