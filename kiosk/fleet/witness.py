"""What the centre says of heads: what it has of this desk, and what the heads of all desks come to on a day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import Field, ValidationError

from kiosk.errors import FleetError
from kiosk.fleet.centre import Centre
from kiosk.fleet.refusals import refusal
from kiosk.parcels.base import Answer
from kiosk.parcels.desk_events import HeadsWitnessed
from kiosk.parcels.records import Head

T = TypeVar("T", bound=Answer)
_Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class _Root(Answer):
    day: date
    root: _Hash
    desks: Annotated[int, Field(ge=0)]


class _KnownHead(Answer):
    sequence: Annotated[int, Field(ge=0)]
    hash: _Hash
    day: date | None = None


class _OwnHeads(Answer):
    desk: Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
    head: _KnownHead
    days: tuple[_KnownHead, ...]


class OwnHeads(NamedTuple):
    """What the centre has of this desk's chain."""

    newest: Head
    days: tuple[tuple[date, Head], ...]
    """The last head of each day on which something came, the oldest first; none of a branch that was left."""


async def root_of(centre: Centre, day: date) -> HeadsWitnessed | None:
    """Return what all heads of a day (UTC) come to; None while it is not over. Raises FleetError."""
    answer = await centre.call("root_of", day)
    if answer is None:
        return None
    root = read_answer(_Root, answer)
    if root.day != day:
        raise FleetError("fleet_answer_unreadable")
    return HeadsWitnessed(day=root.day, root=root.root, desks=root.desks)


async def own_heads(centre: Centre) -> OwnHeads:
    """Return what the centre has of the desk that asks; raises FleetError."""
    known = read_answer(_OwnHeads, outcome(await centre.call("own_heads"), "heads"))
    days = ((each.day, Head(known.desk, each.sequence, each.hash)) for each in known.days)
    return OwnHeads(
        Head(known.desk, known.head.sequence, known.head.hash), tuple((day, head) for day, head in days if day)
    )


def root_made_of(heads: Iterable[Head]) -> str:
    """Return what heads come to: the hash of a line for each, sorted, as `fleet.root_of` makes it."""
    return hashlib.sha256("".join(f"{line}\n" for line in sorted(map(str, heads))).encode()).hexdigest()


def outcome(answer: Any, expected: str) -> Any:
    """Return an answer that has the outcome which is asked for; raises FleetRefusedError for any other."""
    match answer:
        case {"outcome": str(found)} if found == expected:
            return answer
        case {"outcome": str(found)}:
            raise refusal(found, answer.get("sequence"))
        case _:
            raise FleetError("fleet_answer_unreadable")


def read_answer(kind: type[T], answer: Any) -> T:
    """Read an answer; raises FleetError where it is none that the centre gives."""
    try:
        return kind.model_validate(answer)
    except ValidationError:
        raise FleetError("fleet_answer_unreadable") from None
