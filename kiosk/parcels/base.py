"""What all models share: frozen, the API's camelCase names on the wire, tolerant reading, UTC times."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic.alias_generators import to_camel


class Value(BaseModel):
    """A frozen value; unknown fields are refused, because we made it ourselves."""

    # Built when the first one is made: a command uses a quarter of the models that its imports bring.
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        defer_build=True,
    )


LONGEST_TEXT: Final = 1000
"""Characters of one text in an answer; a longer one is no name, number or id."""

LONGEST_PICKUP_CODE: Final = 64
"""Characters of a pickup code; nobody types a longer one at a locker bank."""

CREDIBLE_YEARS: Final = range(2000, 2100)
"""Years in which parcels are put in, collected and expire. A service's date for "none" lies outside them."""


def credible(moment: datetime | None) -> datetime | None:
    """Return a time that parcels can have; None for one without a zone, or so far off that no clock can mean it.

    At the edges of the calendar a time can't even be told in another zone.
    """
    return moment if moment is not None and moment.tzinfo is not None and moment.year in CREDIBLE_YEARS else None


KnownTime = Annotated[datetime | None, AfterValidator(credible)]
"""A time that a service told, as it is kept; one that was not credible is absent, also in what was kept long ago."""


class Answer(Value):
    """A frozen value read off an answer: unknown fields are ignored, nulls are absent, numbers may stand for ids.

    A text that is too long to be one is absent too.
    """

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _present(cls, raw: Any) -> Any:
        # A field with a default of another type, such as an empty text, would refuse a null.
        return {key: value for key, value in raw.items() if not _is_absent(value)} if isinstance(raw, dict) else raw


def _is_absent(value: Any) -> bool:
    return value is None or (isinstance(value, str) and len(value) > LONGEST_TEXT)


_DATETIME: TypeAdapter[datetime] = TypeAdapter(datetime)


def format_timestamp(moment: datetime) -> str:
    """Write a time as the API's samples do: RFC 3339, UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read_timestamp(raw: Any) -> datetime | None:
    if raw is None or raw == "":
        return None
    try:
        moment = _DATETIME.validate_python(raw)
        return credible(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC))
    except (ValidationError, OverflowError):
        # OverflowError: a time at the edge of the calendar, moved to UTC beyond it.
        return None


Timestamp = Annotated[
    datetime | None,
    BeforeValidator(_read_timestamp),
    PlainSerializer(lambda moment: format_timestamp(moment) if moment else None, return_type=str | None),
]
"""A time on the wire; one without a zone counts as UTC, one that is unreadable or not credible as absent."""
