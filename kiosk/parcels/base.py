"""What all models share: frozen, the API's camelCase names on the wire, tolerant reading, UTC times."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
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


class Answer(Value):
    """A frozen value read off an answer: unknown fields are ignored, nulls are absent, numbers may stand for ids."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, raw: Any) -> Any:
        # A field with a default of another type, such as an empty text, would refuse a null.
        return {key: value for key, value in raw.items() if value is not None} if isinstance(raw, dict) else raw


_DATETIME: TypeAdapter[datetime] = TypeAdapter(datetime)


def format_timestamp(moment: datetime) -> str:
    """Write a time as the API's samples do: RFC 3339, UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read_timestamp(raw: Any) -> datetime | None:
    if raw is None or raw == "":
        return None
    try:
        moment = _DATETIME.validate_python(raw)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValidationError, OverflowError):
        # OverflowError: a time at the edge of the calendar, moved to UTC beyond it.
        return None


Timestamp = Annotated[
    datetime | None,
    BeforeValidator(_read_timestamp),
    PlainSerializer(lambda moment: format_timestamp(moment) if moment else None, return_type=str | None),
]
"""A time on the wire; one without a zone counts as UTC, an unreadable one as absent (no page promises its form)."""
