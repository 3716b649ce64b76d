"""The nine operations of the ParcelPoint Lockers API, one method each; how open answers are read stands in `reading`.

Every method raises an ApiError: NotSentError and RefusedError (NotAuthorizedError, NotFoundError, ThrottledError) mean
that nothing happened there, AnswerLostError that nobody knows. Reads are repeated by the transport, writes never.
Overview: https://docs.shipping360.pitneybowes.com/openapi/parcelpoint
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Self

from pydantic import JsonValue

from kiosk.api import reading
from kiosk.api.transport import Connection, Transport, encoding_changes
from kiosk.errors import NotFoundError
from kiosk.parcels.base import Value, format_timestamp
from kiosk.parcels.lockers import (
    CreateReservationAnswer,
    CreateReservationRequest,
    FreeReservationAnswer,
    LockerBank,
    LockerBankDetails,
    LockerUnit,
    ParcelReference,
    SizeAvailability,
    UpdateDepositAnswer,
    UpdateReservationAnswer,
)

_BANKS = ("api", "v1", "lockerBanks")


class LockersApi:
    """The lockers of one account; `async with` closes its connections."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @property
    def connection(self) -> Connection:
        """Whether the service was reached by the last exchange, and since when that is so."""
        return self._transport.connection

    def hear_dates(self, hear: Callable[[datetime], None]) -> None:
        """Call `hear` with the time that each answer says it was given at."""
        self._transport.on_date = hear

    def hear_answers(self, hear: Callable[[], None]) -> None:
        """Call `hear` after each usable answer."""
        self._transport.on_answer = hear

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def get_locker_banks(
        self, *, location_id: str | None = None, locker_bank_id: str | None = None
    ) -> tuple[LockerBank, ...]:
        """List the banks this account may deposit in, of one location or all.

        https://docs.shipping360.pitneybowes.com/openapi/parcelpoint/operation/getLockerBanks
        """
        filters = {"locationId": location_id, "lockerBankId": locker_bank_id}
        query = {name: value for name, value in filters.items() if value is not None}
        return reading.read_banks(await self._transport.request("GET", _BANKS, query=query, operation="getLockerBanks"))

    async def locker_sizes(self, locker_bank_id: str) -> tuple[SizeAvailability, ...]:
        """List the bank's sizes with the number of free units, as far as the answer tells it.

        https://docs.shipping360.pitneybowes.com/openapi/parcelpoint/operation/lockerSizes
        """
        return reading.read_sizes(
            await self._transport.request("GET", (*_BANKS, locker_bank_id, "lockers", "sizes"), operation="lockerSizes")
        )

    async def get_locker_bank_details(self, locker_bank_id: str) -> LockerBankDetails:
        """Return a bank with its units; NotFoundError where there is no such bank.

        https://docs.shipping360.pitneybowes.com/openapi/parcelpoint/operation/getLockerBankDetails
        """
        answer = await self._transport.request("GET", (*_BANKS, locker_bank_id), operation="getLockerBankDetails")
        return reading.read_bank_details(answer, locker_bank_id)

    async def create_reservation(
        self, locker_bank_id: str, request: CreateReservationRequest, *, transaction_id: str
    ) -> CreateReservationAnswer:
        """Reserve a unit for one parcel; the answer's unit is the truth. Any RefusedError: nothing was reserved.

        https://docs.shipping360.pitneybowes.com/openapi/parcelpoint/operation/createReservation
        """
        path = (*_BANKS, locker_bank_id, "lockers", "reserve")
        answer = await self._transport.request(
            "POST", path, body=_wire(request), transaction_id=transaction_id, operation="createReservation"
        )
        return reading.read_written(CreateReservationAnswer, answer)

    async def free_reservation(
        self,
        locker_bank_id: str,
        locker_unit_id: str,
        *,
        user_id: str,
        parcels: Sequence[ParcelReference] = (),
        transaction_id: str,
    ) -> FreeReservationAnswer:
        """Take parcels off a unit, or release the whole unit where none are named. No door opens by it.

        https://docs.shipping360.pitneybowes.com/openapi/parcelpoint/operation/freeReservation
        """
        path = (*_BANKS, locker_bank_id, "lockers", locker_unit_id, "free")
        body: JsonValue = {"userId": user_id, **({"parcels": _wire_all(parcels)} if parcels else {})}
        answer = await self._transport.request(
            "POST", path, body=body, transaction_id=transaction_id, operation="freeReservation"
        )
        return reading.read_written(FreeReservationAnswer, answer)

    async def get_reservation(
        self, locker_bank_id: str, tracking_number: str, *, include_all_parcels: bool = False
    ) -> LockerUnit:
        """Return the unit that holds a parcel, with all its parcels if asked; NotFoundError where none does.

        https://docs.shipping360.pitneybowes.com/openapi/parcelpoint/operation/getReservation
        """
        query = {}
        if encoding_changes(tracking_number):
            query["isTrackNumUrlEncoded"] = "true"
        if include_all_parcels:
            query["includeAllParcels"] = "true"
        path = (*_BANKS, locker_bank_id, "lockers", "reserved", tracking_number)
        return reading.read_unit(
            await self._transport.request("GET", path, query=query, operation="getReservation"), locker_bank_id
        )

    async def get_reservation_list(self, locker_bank_id: str, contact_id: str) -> tuple[LockerUnit, ...]:
        """List the units held for a contact in a bank. A 404 counts as none: no page says which of the two comes.

        https://docs.shipping360.pitneybowes.com/openapi/parcelpoint/operation/getReservationList
        """
        path = (*_BANKS, locker_bank_id, "lockers", "reserved", "contact", contact_id)
        try:
            answer = await self._transport.request("GET", path, operation="getReservationList")
        except NotFoundError:
            return ()
        return reading.read_units(answer, locker_bank_id)

    async def update_deposit(
        self,
        locker_bank_id: str,
        locker_unit_id: str,
        *,
        parcels: Sequence[ParcelReference],
        user_id: str | None = None,
        transaction_id: str,
    ) -> UpdateDepositAnswer:
        """Record that parcels lie in a unit. For a recipient the answer is the only sight of the pickup code.

        https://docs.shipping360.pitneybowes.com/openapi/parcelpoint/operation/updateDeposit
        """
        path = (*_BANKS, locker_bank_id, "lockers", locker_unit_id, "deposit")
        body = _present({"userId": user_id, "parcels": _wire_all(parcels)})
        answer = await self._transport.request(
            "PATCH", path, body=body, transaction_id=transaction_id, operation="updateDeposit"
        )
        return reading.read_written(UpdateDepositAnswer, answer)

    async def update_reservation(
        self,
        locker_bank_id: str,
        locker_unit_id: str,
        *,
        parcels: Sequence[ParcelReference],
        user_id: str | None = None,
        reservation_expiry_time: datetime | None = None,
        transaction_id: str,
    ) -> UpdateReservationAnswer:
        """Add parcels to a reservation or move its expiry (sent as UTC); to move it alone, name the parcels there.

        https://docs.shipping360.pitneybowes.com/openapi/parcelpoint/operation/updateReservation
        """
        path = (*_BANKS, locker_bank_id, "lockers", locker_unit_id, "reservation", "update")
        expiry = format_timestamp(reservation_expiry_time) if reservation_expiry_time else None
        body = _present({"userId": user_id, "reservationExpiryTime": expiry, "parcels": _wire_all(parcels)})
        answer = await self._transport.request(
            "PATCH", path, body=body, transaction_id=transaction_id, operation="updateReservation"
        )
        return reading.read_written(UpdateReservationAnswer, answer)


def _wire(value: Value) -> JsonValue:
    wire: JsonValue = value.model_dump(mode="json", by_alias=True, exclude_none=True)
    return wire


def _wire_all(parcels: Sequence[ParcelReference]) -> JsonValue:
    return [_wire(parcel) for parcel in parcels]


def _present(body: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    return {name: value for name, value in body.items() if value is not None}
