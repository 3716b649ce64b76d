"""Reads the answers of the lockers API into models. What can't be read is unknown: never free, and never a guess.

One broken item does not lose the others; an answer that makes no sense as a whole is an AnswerLostError, whose text
never quotes the answer (it may hold a pickup code). The names of fields stand in `field_names`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import Final, TypeVar

from pydantic import JsonValue, ValidationError

from kiosk.api import field_names
from kiosk.api.error_bodies import clean
from kiosk.api.field_names import Fields, find_list, find_object, find_only_list, read_flag, read_word, renamed
from kiosk.errors import AnswerLostError
from kiosk.parcels.base import LONGEST_PICKUP_CODE, Answer
from kiosk.parcels.lockers import (
    SIZES,
    CreateReservationAnswer,
    LockerBank,
    LockerBankDetails,
    LockerUnit,
    SizeAvailability,
)

_log = logging.getLogger(__name__)

Model = TypeVar("Model", bound=Answer)

_PARCEL_LISTS: Final = ("parcelsReserved", "parcelsDeposited")
_MOST_UNITS: Final = 99_999
"""More free units of a size than any bank has."""
_STATUS_FLAGS: Final[dict[str, Fields]] = {
    "available": {"unitReserved": False, "unitOccupied": False},
    "free": {"unitReserved": False, "unitOccupied": False},
    "reserved": {"unitReserved": True},
    "occupied": {"unitOccupied": True},
    "out of service": {"unitInService": False},
    "disabled": {"unitInService": False},
}


def read_banks(answer: JsonValue) -> tuple[LockerBank, ...]:
    """Read getLockerBanks: a list, an object with one, or one bank; raise AnswerLostError for anything else."""
    items = find_list(answer, field_names.BANK_LISTS)
    if items is None:
        alone = find_object(answer, field_names.BANK_OBJECTS)
        # The only list in a bank that comes alone may be its units, which must not be read as banks.
        items = [alone] if alone and _bank(alone) else find_only_list(answer)
    return _each(items, _bank, "banks_unreadable")


def read_sizes(answer: JsonValue) -> tuple[SizeAvailability, ...]:
    """Read lockerSizes: a list, an object with one, or one field a size; raise AnswerLostError for anything else."""
    items = find_list(answer, field_names.SIZE_LISTS)
    if items is None:
        counts = find_object(answer, field_names.SIZE_LISTS) or {}
        items = [{"size": size, "available": counts[size]} for size in SIZES if size in counts] or find_only_list(
            answer
        )
    return _each(items, _size, "sizes_unreadable")


def read_bank_details(answer: JsonValue, locker_bank_id: str) -> LockerBankDetails:
    """Read getLockerBankDetails; the id asked for stands in where the answer names none.

    Raise AnswerLostError where the answer holds neither a bank nor units.
    """
    raw = find_object(answer, field_names.BANK_OBJECTS) or {}
    # A list of one is taken for the bank itself, a longer one for its units.
    units = find_list(answer if isinstance(answer, list) and not raw else raw, field_names.UNIT_LISTS)
    bank = _scalars(renamed(raw, field_names.BANK_FIELDS))
    details = _validated(LockerBankDetails, {**bank, "lockerBankId": bank.get("lockerBankId") or locker_bank_id})
    if details is None or (units is None and not bank):
        raise _unreadable("bank_unreadable")
    read = [unit for item in units or [] if (unit := _unit(item, details.locker_bank_id)) is not None]
    if len(read) < len(units or []):
        _log.warning("units_unreadable: left out %d", len(units or []) - len(read))
    return details.model_copy(update={"locker_units": tuple(read)})


def read_unit(answer: JsonValue, locker_bank_id: str) -> LockerUnit:
    """Read getReservation; raise AnswerLostError where the answer names no unit."""
    listed = find_list(answer, field_names.UNIT_LISTS)
    raw = find_object(listed if listed is not None else answer, field_names.UNIT_OBJECTS)
    unit = _unit(raw, locker_bank_id)
    if unit is None:
        raise _unreadable("reservation_unreadable")
    return unit


def read_units(answer: JsonValue, locker_bank_id: str) -> tuple[LockerUnit, ...]:
    """Read getReservationList; raise AnswerLostError where no list can be made out."""
    items = find_list(answer, field_names.UNIT_LISTS)
    return _each(items, lambda item: _unit(item, locker_bank_id), "reservations_unreadable")


def read_written(model: type[Model], answer: JsonValue) -> Model:
    """Read what a write answers; raise AnswerLostError where none of the answer's own fields is there.

    An unreadable extra is left out, but not the unit of a reservation, nor a pickup code: then the outcome is unknown.
    """
    raw = find_object(answer, field_names.UNIT_OBJECTS) or {}
    names = {field.alias or name for name, field in model.model_fields.items()}
    fields: Fields = {name: value for name, value in raw.items() if name in names and value is not None}
    for name in _PARCEL_LISTS:
        if name in fields:
            fields[name] = _parcels(fields[name])[0]
    code = fields.get("pickupCode")
    # A number must not leave a deposit in doubt.
    if isinstance(code, int) and not isinstance(code, bool):
        fields["pickupCode"] = code = str(code)
    # A code without a sign that can be seen is none; kept, it would be shown as a code.
    if isinstance(code, str) and not clean(code):
        del fields["pickupCode"]
    elif isinstance(code, str) and (len(code) > LONGEST_PICKUP_CODE or "\ufffd" in code):
        raise _unreadable("written_unreadable")  # shown, it would open nothing
    read = _validated(model, fields) if fields else None
    if read is None or (isinstance(read, CreateReservationAnswer) and not read.locker_unit_id.strip()):
        raise _unreadable("written_unreadable")
    return read


def _bank(item: JsonValue) -> LockerBank | None:
    raw: JsonValue = {"lockerBankId": item} if isinstance(item, str) else item
    fields = _scalars(renamed(raw, field_names.BANK_FIELDS)) if isinstance(raw, dict) else {}
    return _validated(LockerBank, fields) if fields.get("lockerBankId") else None


def _size(item: JsonValue) -> SizeAvailability | None:
    raw: JsonValue = {"size": item} if isinstance(item, str) else item
    fields = renamed(raw, field_names.SIZE_FIELDS) if isinstance(raw, dict) else {}
    size, available = fields.get("size"), fields.get("available")
    if not isinstance(size, str) or not size.strip():
        return None
    if isinstance(available, dict):
        available = renamed(available, field_names.SIZE_FIELDS).get("available")
    # isdigit alone takes `²`, which int refuses, as it refuses thousands of digits.
    if isinstance(available, str) and (digits := available.strip()).isascii() and digits.isdigit():
        available = int(digits[:9])
    if isinstance(available, int) and not isinstance(available, bool):
        return _validated(
            SizeAvailability, {"size": size, "free": available if 0 <= available <= _MOST_UNITS else None}
        )
    return _validated(SizeAvailability, {"size": size, "someFree": read_flag(available)})


def _unit(item: JsonValue, locker_bank_id: str) -> LockerUnit | None:
    if not isinstance(item, dict):
        return None
    fields: Fields = {**_scalars(item), **renamed(item, field_names.UNIT_FIELDS)}
    # If a parcel or a flag can't be read, the unit may be taken: shown as free, it would get a second parcel.
    sure = True
    for name in _PARCEL_LISTS:
        fields[name], whole = _parcels(item.get(name))
        sure = sure and whole
    told = {name: fields.pop(name) for name in ("unitInService", "unitReserved", "unitOccupied") if name in fields}
    flags: Fields = {name: read_flag(value) for name, value in told.items()}
    sure = sure and None not in flags.values()
    if not {"unitReserved", "unitOccupied"} & set(flags):
        flags |= _STATUS_FLAGS.get(read_word(fields.get("status")), {})
    if not sure or flags.get("unitReserved") is None or flags.get("unitOccupied") is None:
        # Half a picture shows that a unit is taken, but never that it is free.
        flags |= {name: None for name in ("unitReserved", "unitOccupied") if not flags.get(name)}
    fields["accessible"] = read_flag(fields.get("accessible")) or False
    if not fields.get("lockerBankId"):
        fields["lockerBankId"] = locker_bank_id
    return _validated(LockerUnit, {**fields, **flags}) if fields.get("lockerUnitId") else None


def _parcels(raw: JsonValue) -> tuple[JsonValue, bool]:
    """Return the parcels that have a number, and whether that is all of them; a bare string is a number."""
    if raw is None:
        return [], True
    if not isinstance(raw, list):
        return [], False
    kept: list[JsonValue] = []
    for item in raw:
        fields: Fields = _scalars(item) if isinstance(item, dict) else {"trackingNumber": item}
        number = fields.get("trackingNumber")
        if isinstance(number, str | int) and not isinstance(number, bool) and str(number):
            kept.append(fields)
    return kept, len(kept) == len(raw)


def _scalars(raw: Fields) -> Fields:
    return {name: value for name, value in raw.items() if isinstance(value, str | int | float)}


def _validated(model: type[Model], fields: Fields) -> Model | None:
    """Build a model, without the optional fields that are not of their kind; None where a needed one is not."""
    try:
        return _noted(model.model_validate(fields), fields)
    except ValidationError as error:
        bad = {str(each["loc"][0]) for each in error.errors(include_input=False, include_url=False) if each["loc"]}
    if "pickupCode" in bad:
        return None
    try:
        return model.model_validate({name: value for name, value in fields.items() if name not in bad})
    except ValidationError:
        return None


def _noted(read: Model, fields: Fields) -> Model:
    """Log what is in the answer and absurd; the model is without it."""
    for name, field in type(read).model_fields.items():
        alias = field.alias or name
        if fields.get(alias) not in (None, "") and getattr(read, name) is None:
            _log_once(alias)
    return read


@cache
def _log_once(name: str) -> None:
    """Log a field once: a service that sends an absurd value sends it with each answer."""
    _log.warning("value_not_credible: %s", name)


def _each(items: list[JsonValue] | None, read: Callable[[JsonValue], Model | None], code: str) -> tuple[Model, ...]:
    found = [value for item in items or [] if (value := read(item)) is not None]
    if items is None or (items and not found):
        raise _unreadable(code)
    if len(found) < len(items):
        _log.warning("%s: left out %d of %d", code, len(items) - len(found), len(items))
    return tuple(found)


def _unreadable(code: str) -> AnswerLostError:
    return AnswerLostError(code, status=200)
