"""Each operation: what it sends, to the letter, and how it reads the documented samples."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import JsonValue

from kiosk import __version__
from kiosk.errors import NotFoundError, NotSentError, RefusedError
from kiosk.parcels.lockers import CreateReservationRequest, LockerBank, LockerSize, ParcelReference
from kiosk.parcels.states import ContactType, UnitState
from tests.api.scripted import ScriptedServer, answer

BANKS = "/parcelpoint/api/v1/lockerBanks"
CONTACT = "684a6b7bbc85e1bce7392b9e"
UNIT: dict[str, JsonValue] = {
    "lockerBankId": "AOne",
    "lockerUnitId": "7",
    "size": "medium",
    "accessible": True,
    "unitInService": True,
    "unitReserved": True,
    "unitOccupied": True,
    "parcelsReserved": [{"trackingNumber": "T1", "secondaryTrackingNumber": "S1"}],
    "parcelsDeposited": [{"trackingNumber": "T1", "secondaryTrackingNumber": "S1"}],
    "contactId": CONTACT,
    "contactType": "recipient",
    "contactName": "Ada Young",
    "reservationTime": "2025-11-26T11:23:26Z",
    "reservationExpiryTime": "2025-11-28T11:23:26Z",
    "depositTime": "2025-11-27T11:23:26Z",
    "depositExpiryTime": "2025-11-28T11:23:26Z",
}
REQUEST = CreateReservationRequest(
    user_id="thirdpartyuser@gmail.com",
    size=LockerSize("small"),
    accessible=True,
    contact_id=CONTACT,
    contact_type=ContactType.RECIPIENT,
    tracking_number="TrackigID137",
    secondary_tracking_number="Piece1_PBIL",
    reservation_expiry_time=datetime(2027, 12, 1, tzinfo=UTC),
)
T1 = ParcelReference(tracking_number="T1", secondary_tracking_number="S1")


async def test_get_locker_banks_lists_banks_without_a_filter(server: ScriptedServer) -> None:
    server.on(
        f"GET {BANKS}",
        answer({"lockerBanks": [{"lockerBankId": "AOne", "lockerBankName": "Lobby", "locationId": "L1"}]}),
    )
    banks = await server.api().get_locker_banks()
    assert banks == (LockerBank(locker_bank_id="AOne", locker_bank_name="Lobby", location_id="L1"),)


async def test_get_locker_banks_sends_both_filters_as_query(server: ScriptedServer) -> None:
    server.on(f"GET {BANKS}?locationId=Main%20St%20%26%20%C3%9C&lockerBankId=A%2B1", answer([]))
    assert await server.api().get_locker_banks(location_id="Main St & Ü", locker_bank_id="A+1") == ()


async def test_locker_sizes_reads_counts(server: ScriptedServer) -> None:
    server.on(f"GET {BANKS}/AOne/lockers/sizes", answer({"sizes": [{"size": "small", "available": 3}]}))
    (size,) = await server.api().locker_sizes("AOne")
    assert (size.size, size.free) == ("small", 3)


async def test_get_locker_bank_details_reads_bank_and_units(server: ScriptedServer) -> None:
    server.on(f"GET {BANKS}/AOne", answer({"lockerBankId": "AOne", "lockerBankName": "Lobby", "lockerUnits": [UNIT]}))
    details = await server.api().get_locker_bank_details("AOne")
    assert details.label == "Lobby"
    assert [unit.locker_unit_id for unit in details.locker_units] == ["7"]


async def test_create_reservation_sends_the_documented_sample(server: ScriptedServer) -> None:
    server.on(
        f"POST {BANKS}/Axxx/lockers/reserve",
        answer({"lockerBankId": "Axxx", "lockerUnitId": "2", "size": "small", "contactId": CONTACT}),
    )
    made = await server.api().create_reservation("Axxx", REQUEST, transaction_id="0190-ab:1")
    assert server.sent_json == {
        "userId": "thirdpartyuser@gmail.com",
        "size": "small",
        "accessible": True,
        "contactId": CONTACT,
        "contactType": "recipient",
        "trackingNumber": "TrackigID137",
        "secondaryTrackingNumber": "Piece1_PBIL",
        "reservationExpiryTime": "2027-12-01T00:00:00Z",
    }
    assert made.locker_unit_id == "2"
    assert dict(server.sent.headers) == {
        "host": "lockers.example",
        "accept": "application/json",
        "accept-encoding": server.sent.headers["accept-encoding"],
        "connection": "keep-alive",
        "user-agent": f"parcel-kiosk/{__version__}",
        "content-type": "application/json",
        "content-length": str(len(server.sent.content)),
        "x-pb-transactionid": "0190-ab:1",
        "authorization": "Bearer fixed-token",
    }


async def test_free_reservation_without_parcels_leaves_the_key_out(server: ScriptedServer) -> None:
    server.on(f"POST {BANKS}/AOne/lockers/7/free", answer({"lockerUnitId": "7", "unitReserved": False}))
    freed = await server.api().free_reservation("AOne", "7", user_id="desk@example.com", transaction_id="x")
    assert server.sent_json == {"userId": "desk@example.com"}
    assert freed.unit_reserved is False


async def test_free_reservation_names_the_parcels_to_take_off(server: ScriptedServer) -> None:
    server.on(
        f"POST {BANKS}/Axxx/lockers/2/free",
        answer(
            {
                "lockerBankId": "Axxx",
                "lockerUnitId": "2",
                "unitReserved": True,
                "contactId": "ThirdParty",
                "contactType": "recipient",
                "parcelsReserved": [{"trackingNumber": "26112025_1", "secondaryTrackingNumber": "Piece1_PBIL"}],
            }
        ),
    )
    freed = await server.api().free_reservation("Axxx", "2", user_id="ThirdParty", parcels=[T1], transaction_id="x")
    assert server.sent_json == {
        "userId": "ThirdParty",
        "parcels": [{"trackingNumber": "T1", "secondaryTrackingNumber": "S1"}],
    }
    assert freed.unit_reserved
    assert freed.parcels_reserved[0].tracking_number == "26112025_1"


async def test_get_reservation_of_a_plain_number_sends_no_query(server: ScriptedServer) -> None:
    server.on(f"GET {BANKS}/AOne/lockers/reserved/1Z999AA10123456784", answer(UNIT))
    unit = await server.api().get_reservation("AOne", "1Z999AA10123456784")
    assert unit.state is UnitState.OCCUPIED
    assert unit.has_deposited("T1")
    assert unit.contact_name == "Ada Young"
    assert unit.deposit_expiry_time == datetime(2025, 11, 28, 11, 23, 26, tzinfo=UTC)


async def test_get_reservation_says_so_when_encoding_changed_the_number(server: ScriptedServer) -> None:
    route = f"GET {BANKS}/AOne/lockers/reserved/contact%2F7%25?isTrackNumUrlEncoded=true&includeAllParcels=true"
    server.on(route, answer(UNIT))
    await server.api().get_reservation("AOne", "contact/7%", include_all_parcels=True)


async def test_get_reservation_of_an_unknown_number_is_not_found(server: ScriptedServer) -> None:
    server.on(f"GET {BANKS}/AOne/lockers/reserved/T9", answer([{"errorCode": "not_found"}], 404))
    with pytest.raises(NotFoundError) as caught:
        await server.api().get_reservation("AOne", "T9")
    assert caught.value.service_code == "not_found"


async def test_get_reservation_list_reads_every_unit_and_fills_in_the_bank(server: ScriptedServer) -> None:
    server.on(
        f"GET {BANKS}/AOne/lockers/reserved/contact/{CONTACT}",
        answer({"reservedUnits": [UNIT, {"lockerUnitId": 8, "unitReserved": True}]}),
    )
    units = await server.api().get_reservation_list("AOne", CONTACT)
    assert [(unit.locker_bank_id, unit.locker_unit_id) for unit in units] == [("AOne", "7"), ("AOne", "8")]


async def test_get_reservation_list_reads_404_as_none(server: ScriptedServer) -> None:
    server.on(f"GET {BANKS}/AOne/lockers/reserved/contact/C1", answer({"message": "nothing"}, 404))
    assert await server.api().get_reservation_list("AOne", "C1") == ()


async def test_update_deposit_sends_the_parcels_and_reads_the_code(server: ScriptedServer) -> None:
    server.on(
        f"PATCH {BANKS}/AOne/lockers/7/deposit",
        answer(
            {
                "lockerBankId": "AOne",
                "lockerUnitId": "7",
                "userId": "user@gmail.com",
                "pickupCode": "NR8PBW",
                "depositTime": "2025-11-27T11:23:26Z",
                "depositExpiryTime": "2025-11-28T11:23:26Z",
                "parcelsDeposited": [{"trackingNumber": "T1"}],
            }
        ),
    )
    made = await server.api().update_deposit("AOne", "7", parcels=[T1], user_id="user@gmail.com", transaction_id="x")
    assert server.sent_json == {
        "userId": "user@gmail.com",
        "parcels": [{"trackingNumber": "T1", "secondaryTrackingNumber": "S1"}],
    }
    assert made.pickup_code is not None
    assert made.pickup_code.get_secret_value() == "NR8PBW"
    assert made.deposit_expiry_time == datetime(2025, 11, 28, 11, 23, 26, tzinfo=UTC)
    assert "NR8PBW" not in repr(made)


async def test_update_reservation_sends_utc_and_only_what_is_given(server: ScriptedServer) -> None:
    route = f"PATCH {BANKS}/AOne/lockers/7/reservation/update"
    done = answer(
        {
            "lockerUnitId": "7",
            "reservationExpiryTime": "2027-12-02T00:00:00Z",
            "parcelsReserved": [{"trackingNumber": "T1"}],
        }
    )
    server.on(route, done, answer({"lockerUnitId": "7"}))
    moved = await server.api().update_reservation(
        "AOne",
        "7",
        parcels=[T1],
        user_id="u",
        reservation_expiry_time=datetime.fromisoformat("2027-12-02T02:00:00+02:00"),
        transaction_id="x",
    )
    parcels: JsonValue = [{"trackingNumber": "T1", "secondaryTrackingNumber": "S1"}]
    assert server.sent_json == {"userId": "u", "reservationExpiryTime": "2027-12-02T00:00:00Z", "parcels": parcels}
    assert moved.reservation_expiry_time == datetime(2027, 12, 2, tzinfo=UTC)
    await server.api().update_reservation("AOne", "7", parcels=[T1], transaction_id="x")
    assert server.sent_json == {"parcels": parcels}


@pytest.mark.parametrize("number", ["", "\ud800", "x" * 70_000])
async def test_a_number_that_can_not_stand_in_an_address_is_refused_and_nothing_leaves(
    server: ScriptedServer, number: str
) -> None:
    with pytest.raises(RefusedError):
        await server.api().get_reservation("AOne", number)
    assert server.requests == []


async def test_text_that_is_no_text_in_a_body_is_refused_and_nothing_leaves(server: ScriptedServer) -> None:
    broken = REQUEST.model_copy(update={"contact_id": "\ud800"})
    with pytest.raises(RefusedError):
        await server.api().create_reservation("AOne", broken, transaction_id="x")
    assert server.requests == []


async def test_after_closing_nothing_is_sent(server: ScriptedServer) -> None:
    async with server.api() as api:
        pass
    with pytest.raises(NotSentError):
        await api.get_locker_banks()
