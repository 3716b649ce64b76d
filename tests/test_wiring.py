"""Everything opened together: the demo from scan to code, and nothing begun or left over when something is wrong."""

from __future__ import annotations

import socket
import subprocess
import sys
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from kiosk.clock import ManualClock
from kiosk.desk.progress import Progress
from kiosk.errors import FinderNotSetUpError, NotAuthorizedError, SettingsError, StorageError, StorageForeignError
from kiosk.facilities.addresses import Address
from kiosk.facilities.values import Question
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.people import Person
from kiosk.parcels.states import ParcelState, Role
from kiosk.settings import Settings, load_settings
from kiosk.wiring import Background, open_services, person_at_desk

ROOT = Path(__file__).parents[1]
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def demo(folder: Path, **environ: str) -> Settings:
    return load_settings(environ={"KIOSK_STORAGE__DATA_DIR": str(folder), **environ})


def account(folder: Path, **environ: str) -> Settings:
    return demo(
        folder,
        KIOSK_ENVIRONMENT="sandbox",
        KIOSK_DESK__USER_ID="desk@example.com",
        KIOSK_LOCKERS__CLIENT_ID="me",
        KIOSK_LOCKERS__CLIENT_SECRET="open-sesame",
        KIOSK_LOCKERS__TOKEN="fixed",
        **environ,
    )


async def test_the_demo_takes_a_parcel_from_its_scan_to_its_code(tmp_path: Path) -> None:
    async with open_services(demo(tmp_path), clock=ManualClock(START)) as services:
        clerk = person_at_desk(services.settings)
        assert clerk == Person(name="demo-desk@example.com", role=Role.CLERK, user_id="demo-desk@example.com")
        recipient = (await services.queries.directory.search("samira abboud")).contacts[0]
        taken = await services.desk.scans.take_in("T1", clerk)
        parcel = await services.desk.intake.choose_recipient(taken.parcel, recipient, clerk)
        bank = (await services.queries.lockers.banks())[0].locker_bank_id
        told: list[Progress] = []
        parcel = await services.desk.intake.reserve(parcel, bank, LockerSize("small"), clerk, told.append)
        assert parcel.reservation_expiry == START + timedelta(hours=24)
        parcel = await services.desk.intake.deposit(parcel, clerk)
        assert await services.desk.pickup_codes.waiting(parcel) is not None
        assert services.queries.activity.online
        assert told

    async with open_services(demo(tmp_path), clock=ManualClock(START)) as services:
        assert await services.queries.journal.unfinished() == (parcel,)
        assert await services.desk.lockers.refresh(parcel, clerk) == parcel
        assert parcel.state is ParcelState.IN_LOCKER


async def test_everything_is_closed_in_the_end(tmp_path: Path) -> None:
    addresses: list[str] = []

    async def note(services_settings: Settings) -> None:
        async with open_services(services_settings) as services:
            await services.queries.lockers.banks()
            addresses.append(str(services.desk.write_path._api._transport._client.base_url))
            raise LookupError("in the middle")

    with pytest.raises(LookupError, match="in the middle"):
        await note(demo(tmp_path))
    port = urlsplit(addresses[0]).port
    assert port
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    assert list((tmp_path / "owners").iterdir()) == []


async def test_nothing_begins_on_a_data_folder_of_another_environment(tmp_path: Path) -> None:
    async with open_services(demo(tmp_path)):
        pass
    with pytest.raises(StorageForeignError):
        async with open_services(account(tmp_path)):
            pytest.fail("nothing may begin")


async def test_nothing_begins_on_an_unusable_data_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        async with open_services(demo(tmp_path / "file")):
            pytest.fail("nothing may begin")
    assert not (tmp_path / "simulator").exists()


async def test_a_simulator_that_can_not_start_closes_the_journal(tmp_path: Path) -> None:
    (tmp_path / "simulator").write_text("in the way")
    with pytest.raises(SettingsError):
        async with open_services(demo(tmp_path)):
            pytest.fail("nothing may begin")
    assert list((tmp_path / "owners").iterdir()) == []


async def test_certificates_that_are_missing_are_refused_and_the_journal_closed(tmp_path: Path) -> None:
    variables = {"KIOSK_LOCKERS__URL": "https://lockers.example", "KIOSK_NETWORK__CA_FILE": "/nowhere.pem"}
    with pytest.raises(SettingsError, match=r"certificates_missing .*network\.ca_file"):
        async with open_services(demo(tmp_path, **variables)):
            pytest.fail("nothing may begin")
    assert list((tmp_path / "owners").iterdir()) == []


@pytest.mark.parametrize(
    ("auth", "wanted"), [("oauth", "Bearer fresh"), ("bearer", "Bearer fixed"), ("basic", "Basic bWU6b3Blbi1zZXNhbWU=")]
)
async def test_each_kind_of_credentials_is_sent_to_the_account_host(tmp_path: Path, auth: str, wanted: str) -> None:
    seen: list[tuple[str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/auth/api/v1/token":
            return httpx.Response(200, json={"access_token": "fresh", "expires_in": 14400})
        seen.append((str(request.url), request.headers["Authorization"]))
        return httpx.Response(200, json={"lockerBanks": [{"lockerBankId": "AOne"}]})

    settings = account(tmp_path, KIOSK_LOCKERS__AUTH=auth, KIOSK_DESK__LOCATION_ID="HQ")
    async with open_services(settings, transport=httpx.MockTransport(answer)) as services:
        assert [bank.label for bank in await services.queries.lockers.banks()] == ["AOne"]
        assert services.queries.directory.size == 0
    base = "https://api-sandbox.sendpro360.pitneybowes.com/parcelpoint"
    assert seen == [(f"{base}/api/v1/lockerBanks?locationId=HQ", wanted)]
    assert not (tmp_path / "simulator").exists()


async def test_the_board_shows_a_refused_credential_as_a_line_that_works(tmp_path: Path) -> None:
    refuse = httpx.MockTransport(lambda _: httpx.Response(401, json={"message": "Unauthorized"}))
    async with open_services(account(tmp_path), transport=refuse) as services:
        with pytest.raises(NotAuthorizedError):
            await services.queries.lockers.banks()
        assert services.queries.activity.online


@pytest.mark.parametrize(
    ("background", "jobs"),
    [
        (Background.NOTHING, []),
        (Background.OWN_WRITES, ["settle", "calls"]),
        (
            Background.DESK,
            [
                "settle",
                "successes",
                "line",
                "calls",
                "clock",
                "seen codes",
                "unseen codes",
                "names",
                "heads",
                "room",
                "notices",
                "paper",
            ],
        ),
    ],
)
async def test_a_process_does_by_itself_what_it_is_there_for_and_nothing_before_it_is_started(
    tmp_path: Path, background: Background, jobs: list[str]
) -> None:
    async with open_services(demo(tmp_path), background=background) as services:
        assert [job.name for job in services.background._jobs] == jobs
        assert services.settling._only_own is (background is not Background.DESK)
        assert services.background._tasks == []
        services.background.start()
        running = services.background._tasks
        assert len(running) == len(jobs)
    assert all(task.done() for task in running)


def test_services_start_without_the_screens_toolkit() -> None:
    code = "import sys, kiosk.wiring; sys.exit(bool({'textual', 'qrcode'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=60)  # noqa: S603 - our own code
    assert done.returncode == 0


class Requests:
    """A network that notes where requests go, and answers each with an empty search."""

    def __init__(self) -> None:
        self.sent: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        token = {"access_token": "t", "expiresIn": "35999"}
        return httpx.Response(200, json=token if "token" in request.url.path else {"carrierFacilitySuggestions": []})


@pytest.mark.parametrize(
    ("environ", "login", "addresses"),
    [
        (
            {"KIOSK_FACILITIES__API_KEY": "key", "KIOSK_FACILITIES__API_SECRET": "secret"},
            "key:secret",
            [
                "https://shipping-api-sandbox.pitneybowes.com/oauth/token",
                "https://shipping-api-sandbox.pitneybowes.com/shippingservices/v1/carrier-facility",
            ],
        ),
        (
            {"KIOSK_FACILITIES__VARIANT": "shipping360"},
            "me:open-sesame",
            [
                "https://api-sandbox.sendpro360.pitneybowes.com/auth/api/v1/token",
                "https://api-sandbox.sendpro360.pitneybowes.com/shipping/api/v1/carrier-facility",
            ],
        ),
        (
            {
                "KIOSK_FACILITIES__VARIANT": "shipping360",
                "KIOSK_FACILITIES__API_KEY": "key",
                "KIOSK_FACILITIES__API_SECRET": "secret",
                "KIOSK_FACILITIES__TOKEN_URL": "https://tokens.example/token",
            },
            "key:secret",
            [
                "https://tokens.example/token",
                "https://api-sandbox.sendpro360.pitneybowes.com/shipping/api/v1/carrier-facility",
            ],
        ),
    ],
)
async def test_the_finder_uses_its_own_account_or_in_the_lockers_family_theirs(
    tmp_path: Path, environ: dict[str, str], login: str, addresses: list[str]
) -> None:
    network = Requests()
    async with open_services(account(tmp_path, **environ), transport=httpx.MockTransport(network)) as services:
        assert network.sent == []
        answer = await services.facilities.open().near(Question(address=Address(postal_code="06880")))
    assert answer.facilities == ()
    api = services.facilities.open()._api
    assert api is not None
    assert api._transport._client.is_closed
    assert [str(request.url) for request in network.sent] == addresses
    token = network.sent[0]
    assert token.headers["Authorization"] == "Basic " + b64encode(login.encode()).decode()
    is_shipping_360 = environ.get("KIOSK_FACILITIES__VARIANT") == "shipping360"
    assert (b"scope=psapi" in token.content) is is_shipping_360


async def test_without_an_account_only_the_finder_rests(tmp_path: Path) -> None:
    network = Requests()
    async with open_services(account(tmp_path), transport=httpx.MockTransport(network)) as services:
        with pytest.raises(
            FinderNotSetUpError, match=r"finder_account_missing .*facilities\.api_key.*facilities\.api_secret"
        ):
            await services.facilities.open().near(Question(address=Address(postal_code="06880")))
        assert (
            await services.desk.scans.take_in("T1", person_at_desk(services.settings))
        ).parcel.tracking_number == "T1"
    assert network.sent == []
