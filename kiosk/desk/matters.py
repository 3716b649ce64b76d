"""What needs somebody, one matter after the other: what is the matter, and what would mend it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.standing import Matter
from kiosk.parcels.parcel import HoldReason, Operation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from kiosk.desk.standing import Standing, UnitContent
    from kiosk.parcels.parcel import Parcel


def matters_of(standing: Standing, odd_units: Iterable[tuple[str, UnitContent]]) -> tuple[Matter, ...]:
    """Return everything that needs somebody, the most pressing first; `odd_units` are contradictions by bank id."""
    return (
        *_raised(standing),
        *_odd(odd_units),
        *(_unconfirmed(parcel) for parcel in standing.unconfirmed),
        *(_expired(parcel, since) for parcel, since in standing.expired),
        *(_held(parcel) for parcel in standing.held),
    )


def _raised(standing: Standing) -> Iterator[Matter]:
    for parcel in standing.attention:
        for item in parcel.attention:
            yield Matter(item.cause.value, item.sentence, item.proposal, parcel, cause=item.cause)


def _odd(odd_units: Iterable[tuple[str, UnitContent]]) -> Iterator[Matter]:
    for bank_id, content in odd_units:
        yield Matter(
            "contradiction",
            f"Locker {content.unit.locker_unit_id}: {content.contradiction}",
            "Look into the locker, then free what is not there.",
            content.parcels[0] if content.parcels else None,
            locker_bank_id=bank_id,
            locker_unit_id=content.unit.locker_unit_id,
        )


def _unconfirmed(parcel: Parcel) -> Matter:
    operation = parcel.open_write.operation if parcel.open_write else Operation.RESERVE
    return Matter(
        f"{operation.value} not confirmed",
        f"The {operation.value} was asked for, and its outcome is not known.",
        "Nothing to do: the kiosk goes on asking. If it stays, check the network.",
        parcel,
    )


def _expired(parcel: Parcel, since: datetime) -> Matter:
    if parcel.deposited_at is not None:
        mend = "Take it out of the locker, then free it; or give it a new code and so more time."
        return Matter("expired", "Nobody collected it in time.", mend, parcel, since)
    mend = "Extend the reservation, or free it."
    return Matter("expired", "The reservation is over, and nobody said that the parcel is in.", mend, parcel, since)


def _held(parcel: Parcel) -> Matter:
    reason = parcel.hold_reason or HoldReason.WISH
    return Matter(
        "on the shelf",
        f"It lies at {parcel.shelf}: {reason.value}.",
        _MENDS_HOLD[reason],
        parcel,
        parcel.taken_in_at,
    )


_MENDS_HOLD = {
    HoldReason.NO_NETWORK: "Off the shelf once the line is back; the clerk goes on with it.",
    HoldReason.NO_UNIT: "Off the shelf once a locker is free; the clerk goes on with it.",
    HoldReason.UNKNOWN_RECIPIENT: "Find out for whom it is, then give it back to the clerk.",
    HoldReason.WISH: "Off the shelf when it shall go on.",
}
