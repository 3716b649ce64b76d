"""Anything in the place of what comes from outside, at the border itself: answers, dates, the directory's file, lists.

`python -m tests.soak border`. One example is one answer to one operation of either API, one date in one zone, one file
in the directory's place, or one list to import. Whatever comes of it can be said, and errors are the kiosk's own, with
their words. What the screens make of it is in `answers`; any settings are in `settings`.
"""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from kiosk.api.lockers import LockersApi
from kiosk.api.transport import create_transport
from kiosk.clock import ManualClock
from kiosk.errors import KioskError
from kiosk.facilities.addresses import Address
from kiosk.facilities.api import create_facilities_api
from kiosk.facilities.values import Facility, Question
from kiosk.facilities.variants import FacilityVariant
from kiosk.parcels.base import Answer, Timestamp
from kiosk.parcels.lockers import CreateReservationRequest, LockerBankDetails, ParcelReference
from kiosk.parcels.states import ContactType
from kiosk.recipients.directory import Directory
from kiosk.recipients.file import FILE_NAME
from kiosk.recipients.importing import import_rows
from kiosk.recipients.reading import read_rows
from kiosk.words.errors import explain
from kiosk.words.facilities import facility_name, service_words
from kiosk.words.plain import plain
from kiosk.words.times import day_and_time, local_time, time_of_day
from tests.api.scripted import BEARER
from tests.bench.figure import Figure
from tests.house.desk import START, no_sleep
from tests.soak.answers import ZONES, in_zone, spoiled

ROUNDS = 20_000
"""Examples of each kind."""

T1 = (ParcelReference(tracking_number="T1"),)
RESERVATION = CreateReservationRequest(
    user_id="desk@example.com",
    locker_unit_id="7",
    contact_id="C1",
    contact_type=ContactType.RECIPIENT,
    tracking_number="T1",
)
UNIT = {
    "lockerBankId": "AOne", "lockerUnitId": "7", "size": "medium", "accessible": True, "unitInService": True,
    "unitReserved": True, "unitOccupied": True, "parcelsReserved": [{"trackingNumber": "T1"}],
    "parcelsDeposited": [{"trackingNumber": "T1"}], "contactId": "C1", "contactType": "recipient",
    "contactName": "Ada Young", "reservationTime": "2025-11-26T11:23:26Z", "pickupCode": "123456",
    "reservationExpiryTime": "2025-11-28T11:23:26Z", "depositTime": "2025-11-27T11:23:26Z",
    "depositExpiryTime": "2025-11-28T11:23:26Z",
}  # fmt: skip
PLACE = {
    "address": {"addressLines": ["1 Main St"], "cityTown": "Roanoke", "postalCode": "24011", "phone": "5405551234"},
    "carrierFacilityAttributes": [
        {"name": "LOCATION_NAME", "value": "ROANOKE"}, {"name": "LATITUDE", "value": "37.27"},
        {"name": "LONGITUDE", "value": "-79.94"}, {"name": "DISTANCE", "value": "1.2"},
    ],
    "facilityHours": [{"day": "MONDAY", "facilityTimings": [{"opensAt": "08:00", "closesAt": "17:00"}]}],
    "facilityParking": "LOT",
}  # fmt: skip
TRUE_ANSWERS: dict[str, Any] = {
    "get_locker_banks": {"lockerBanks": [{"lockerBankId": "AOne", "lockerBankName": "Lobby", "locationId": "L1"}]},
    "locker_sizes": {"sizes": [{"size": "small", "available": 3}]},
    "get_locker_bank_details": {"lockerBankId": "AOne", "lockerBankName": "Lobby", "lockerUnits": [UNIT, UNIT]},
    "get_reservation": UNIT,
    "get_reservation_list": {"reservedUnits": [UNIT]},
    "create_reservation": UNIT,
    "update_deposit": UNIT,
    "update_reservation": UNIT,
    "free_reservation": UNIT,
    "shippingservices": {"carrier": "USPS", "carrierFacilitySuggestions": [PLACE, PLACE]},
    "shipping360": {"carrier": "USPS", "carrierFacilitySuggestions": [PLACE, PLACE]},
}
"""What each operation of the two APIs answers when all is well."""

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.text('[{\\"\ud800', max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=15,
)
seeds = st.integers(0, 2**32)
answers = st.tuples(
    st.sampled_from(ZONES),
    st.sampled_from([*TRUE_ANSWERS]),
    # Mostly true answers with something absurd in them: any JSON is refused as a whole too soon.
    seeds | seeds | seeds | json_values | st.binary(max_size=100),
)
zones: st.SearchStrategy[Any] = st.timezones() | st.none()
moments: st.SearchStrategy[datetime] = (
    st.datetimes(timezones=zones)
    # At the edges of the calendar a date can't be told in every zone.
    | st.datetimes(max_value=datetime(1, 1, 2), timezones=zones)  # noqa: DTZ001 - as the strategy wants it
    | st.datetimes(min_value=datetime(9999, 12, 31), timezones=zones)  # noqa: DTZ001 - the same
)
dates = st.tuples(
    moments.map(datetime.isoformat) | st.text(max_size=30) | st.integers() | st.floats(), st.sampled_from(ZONES)
)
damages = st.lists(st.tuples(st.integers(0, 2**20), st.binary(min_size=1, max_size=40)), min_size=1, max_size=6)
lists = st.binary(max_size=300) | damages


class Told(Answer):
    at: Timestamp = None


def measure(rounds: int) -> list[Figure]:
    """Give each kind so many examples."""
    return [figure_of(name, kind, rounds) for name, kind in KINDS.items()]


def figure_of(name: str, kind: Callable[[int], None], rounds: int) -> Figure:
    """Give a kind so many examples, and say whether all of them ended well."""
    try:
        kind(rounds)
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not happen
        return Figure(
            f"{rounds:,} {name}: ended badly", f"{type(error).__name__}: {error}"[:300], "none", reached=False
        )
    return Figure(f"{rounds:,} {name}: ended badly", "none", "none", reached=True)


FEW = 1_000
"""Rounds of the short run, at most."""


def many(rounds: int) -> settings:
    """Return the settings of so many examples."""
    return settings(
        max_examples=rounds,
        deadline=None,
        database=None,
        # The short run repeats itself, so that it fails for what was changed; the long one looks for what is new.
        derandomize=rounds <= FEW,
        suppress_health_check=list(HealthCheck),
    )


def any_answers(rounds: int) -> None:
    """Give so many absurd answers to the operations of both APIs."""
    bodies: list[bytes] = []
    calls = _calls(httpx.MockTransport(lambda _: httpx.Response(200, content=bodies[-1])))
    with asyncio.Runner() as runner:

        @many(rounds)
        @given(answers)
        def given_one(answer: tuple[str, str, Any]) -> None:
            zone, operation, what = answer
            bodies[:] = [_body(operation, what)]
            with in_zone(zone):
                runner.run(_answered(calls[operation]))

        given_one()


def _body(operation: str, what: Any) -> bytes:
    if isinstance(what, bytes):
        return what
    if isinstance(what, int) and not isinstance(what, bool) and 0 <= what <= 2**32:
        return spoiled(json.dumps(TRUE_ANSWERS[operation]).encode(), random.Random(what))
    return json.dumps(what).encode()


async def _answered(call: Callable[[], Awaitable[object]]) -> None:
    try:
        _said(await call())
    except KioskError as error:
        check_words(error)


def _calls(wire: httpx.AsyncBaseTransport) -> dict[str, Callable[[], Awaitable[object]]]:
    more: dict[str, Any] = {"credentials": BEARER, "clock": ManualClock(START), "transport": wire, "sleep": no_sleep}
    lockers = LockersApi(create_transport(url="https://lockers.example", **more))
    finders = {
        variant: create_facilities_api(url="https://lockers.example", variant=variant, **more)
        for variant in FacilityVariant
    }
    question = Question(address=Address(postal_code="24011", country_code="US"), radius_miles=10, count=5)
    written: dict[str, Any] = {"parcels": T1, "transaction_id": "x"}
    return {
        "get_locker_banks": lockers.get_locker_banks,
        "locker_sizes": partial(lockers.locker_sizes, "AOne"),
        "get_locker_bank_details": partial(lockers.get_locker_bank_details, "AOne"),
        "get_reservation": partial(lockers.get_reservation, "AOne", "T1"),
        "get_reservation_list": partial(lockers.get_reservation_list, "AOne", "C1"),
        "create_reservation": partial(lockers.create_reservation, "AOne", RESERVATION, transaction_id="x"),
        "update_deposit": partial(lockers.update_deposit, "AOne", "7", **written),
        "update_reservation": partial(lockers.update_reservation, "AOne", "7", **written),
        "free_reservation": partial(lockers.free_reservation, "AOne", "7", user_id="desk@example.com", **written),
        "shippingservices": partial(finders[FacilityVariant.SHIPPINGSERVICES].find, question),
        "shipping360": partial(finders[FacilityVariant.SHIPPING360].find, question),
    }


def _said(value: object) -> None:
    """Say all that was read of an answer, as screens and commands do."""
    for each in value if isinstance(value, tuple) else (value,):
        assert isinstance(each, BaseModel)
        json.dumps(each.model_dump(mode="json", by_alias=True), allow_nan=False).encode()
        if isinstance(each, Facility):
            _plain(facility_name(each), each.address.one_line, *service_words(each))
        if isinstance(each, LockerBankDetails):
            _plain(each.label)
            _said(each.locker_units)
        for moment in (field for _, field in each if isinstance(field, datetime)):
            _told(moment)


def _plain(*words: str) -> None:
    for each in words:
        assert plain(each).isprintable(), each


def any_dates(rounds: int) -> None:
    """Tell so many dates of a service in the zones of desks."""

    @many(rounds)
    @given(dates)
    def given_one(date: tuple[Any, str]) -> None:
        raw, zone = date
        with in_zone(zone):
            read = Told.model_validate({"at": raw}).at
            if read is not None:
                _told(read)

    given_one()


def _told(moment: datetime) -> None:
    for words in (local_time(moment), time_of_day(moment), day_and_time(moment, START)):
        assert words.isprintable()


def any_directories(rounds: int) -> None:
    """Open so many files in the place of the directory, and ask them."""
    with tempfile.TemporaryDirectory(prefix="border-") as name, asyncio.Runner() as runner:
        folder = Path(name)

        @many(rounds)
        @given(lists)
        def given_one(what: Any) -> None:
            (folder / FILE_NAME).write_bytes(what if isinstance(what, bytes) else damaged(_directory(), what))
            runner.run(_asked(folder))

        given_one()


async def _asked(folder: Path) -> None:
    try:
        async with Directory(folder) as directory:
            for contact in (await directory.search("ad")).contacts:
                _plain(contact.name)
            await directory.by_id("7")
    except KioskError as error:
        check_words(error)


def any_lists(rounds: int) -> None:
    """Import so many lists, and search what came of them."""
    with tempfile.TemporaryDirectory(prefix="border-") as name, asyncio.Runner() as runner:
        folder, path = Path(name), Path(name, "people.csv")

        @many(rounds)
        @given(lists)
        def given_one(what: Any) -> None:
            path.write_bytes(what if isinstance(what, bytes) else damaged(PEOPLE, what))
            try:
                import_rows(folder, read_rows(path), datetime.now(UTC), most_removed=100)
            except KioskError as error:
                check_words(error)
            runner.run(_asked(folder))

        given_one()


PEOPLE = b"id,name,department,room,email\n" + b"".join(
    f"{number},Ada{number} Müller,Library,L{number},a{number}@example.com\n".encode() for number in range(20)
)


@cache
def _directory() -> bytes:
    """Return the file of a directory of a few people."""
    with tempfile.TemporaryDirectory(prefix="border-") as name:
        path = Path(name, "people.csv")
        path.write_bytes(PEOPLE)
        import_rows(Path(name), read_rows(path), START)
        return Path(name, FILE_NAME).read_bytes()


def damaged(whole: bytes, damage: list[tuple[int, bytes]]) -> bytes:
    """Return a file with something else written over it here and there; the last place is where it ends, at times."""
    file = bytearray(whole)
    for at, what in damage:
        begin = at % len(file)
        file[begin : begin + len(what)] = what
    return bytes(file[: damage[0][0] % len(file)] if damage[0][0] % 4 == 0 else file)


def check_words(error: KioskError) -> None:
    """Raise AssertionError for an error that can't be said."""
    said = explain(error)
    assert said.sentence, error
    assert "can't explain" not in said.sentence, error


KINDS: dict[str, Callable[[int], None]] = {
    "answers of both APIs": any_answers,
    "dates in any zone": any_dates,
    "files in the place of the directory": any_directories,
    "lists to import": any_lists,
}
