"""A parcel as the journal knows it now: one physical package, from its scan to its end."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from kiosk.parcels.base import KnownTime, Value
from kiosk.parcels.carriers import Carrier
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.states import (
    Finding,
    NoticeKind,
    NumberQuestion,
    Operation,
    OutgoingReason,
    ParcelState,
    ShelfReason,
)


class UnitPlace(Value):
    """A unit as the kiosk points to it."""

    locker_bank_id: str
    locker_unit_id: str
    size: LockerSize | None = None

    def is_same_unit(self, other: UnitPlace) -> bool:
        """Tell whether both point to the same unit, whatever is known of its size."""
        return (self.locker_bank_id, self.locker_unit_id) == (other.locker_bank_id, other.locker_unit_id)


class Cause(Value):
    """Why something failed or is in doubt, as an error has it: what is said of it is made at the edge."""

    code: str
    parameters: dict[str, str | int | float | bool | tuple[str, ...] | None] = Field(default_factory=dict)


class AttentionItem(Value):
    """One finding to look at, until somebody closes it with a reason."""

    finding: Finding
    place: UnitPlace | None = None
    """The unit it is about, where it is not the parcel's own."""
    cause: Cause | None = None
    """The service's refusal, where that brought it up."""
    since: KnownTime = None
    """Since when the service has it so: the deposit after the one whose code was shown, the further unit's reservation.

    What somebody looked into and what happened after that differ by it.
    """


class OpenWrite(Value):
    """A write that was recorded as asked and has no recorded outcome: on its way, or in doubt."""

    intent_id: str
    """Minted before the first request and kept by every repeat; travels as X-PB-TransactionId for tracing."""
    owner: str
    """The process that asked (`kiosk/journal/owners.py`); only a dead owner's write is taken over."""
    user_id: str = ""
    """As whom it was asked for at the API; each repeat says the same."""
    operation: Operation
    place: UnitPlace
    expiry: KnownTime = None
    """The reservation expiry that was asked for."""
    parcels: tuple[str, ...] = ()
    """Numbers of other parcels in the unit that an update shall name again."""
    ends_intake: bool = False
    """Once the unit is given back, the parcel is given up."""
    cause: Cause | None = None
    """What kept its outcome from being known; None while it is on its way."""
    may_be_done: bool = True
    """False while it certainly never left."""
    was_done: bool = False
    """A reading showed that it was done, and it was repeated for its answer."""


class Parcel(Value):
    """One package: what it is, for whom, where, and what is still open about it."""

    parcel_id: str
    tracking_number: str
    scanned: str
    """The raw scan; empty where the kiosk made the number."""
    carrier: Carrier | None = None
    """Who brought it, as far as the number says so."""
    question: NumberQuestion | None = None
    other_codes: tuple[str, ...] = ()
    """Numbers of further barcodes on the box, the likeliest first; each finds the parcel."""
    taken_in_at: datetime
    state: ParcelState = ParcelState.TAKEN_IN
    contact: Contact | None = None
    recipient_read: str = ""
    """The name on the label, while nobody was found for it in the directory."""
    place: UnitPlace | None = None
    shared: bool = False
    """It was added to a unit that its contact had already."""
    unfit_units: tuple[UnitPlace, ...] = ()
    """Units at whose door something was wrong for this parcel; they are not proposed for it again."""
    reservation_expiry: KnownTime = None
    deposited_at: KnownTime = None
    deposit_time: KnownTime = None
    """When it was deposited by the service's own clock; None where the answer did not say."""
    deposit_expiry: KnownTime = None
    open_write: OpenWrite | None = None
    shelf: str | None = None
    """The place where a parcel on the shelf lies."""
    shelf_reason: ShelfReason | None = None
    wanted_size: LockerSize | None = None
    """The size that a parcel on the shelf waits for, if somebody said so."""
    handed_to: str = ""
    """Who was given it at the desk."""
    destination: str = ""
    """Where one that leaves with a carrier is to go: the drop-off place, or whom it goes to."""
    outgoing_reason: OutgoingReason | None = None
    attention: tuple[AttentionItem, ...] = ()
    looked_into: tuple[AttentionItem, ...] = ()
    """Items that somebody closed: a reading that shows the same again raises nothing."""
    code_waiting: bool = False
    """A pickup code was received and nobody has confirmed that it was seen."""
    told: tuple[NoticeKind, ...] = ()
    """Which notices have gone out, or were given up, since it was put where it lies."""
    told_to: str = ""
    """The id of the contact who was told last that it is here."""
    reached_at: KnownTime = None
    """When a notice about it last reached its recipient, as far as can be known."""
    unreached_at: KnownTime = None
    """Since when notices about it reach nobody."""
    unreached_cause: Cause | None = None
    """Why the last of them did not."""
    address_corrected_at: KnownTime = None
    """When the address of its recipient was put right."""
    wrong_recipient: bool = False
    """The recipient was found to be the wrong one: once out of its unit, it is taken in anew."""
    joined_to: str | None = None
    """The parcel id of the box on which its barcode is too."""
    moved_to: str | None = None
    """The parcel id under which it was taken in anew for the right person."""
    moved_from: str | None = None
    """The parcel id under which it lay in the wrong person's unit."""

    @property
    def second_number(self) -> str | None:
        """The API's `secondaryTrackingNumber`: the likeliest of the other codes."""
        return self.other_codes[0] if self.other_codes else None

    @property
    def second_place(self) -> UnitPlace | None:
        """The other unit that is held for it by mistake, where an attention item says so."""
        return next((item.place for item in self.attention if item.finding is Finding.TWO_UNITS), None)

    @property
    def is_unreadable(self) -> bool:
        """Tell whether only its number is known, because the journal's row of it can't be read."""
        return any(item.finding is Finding.ROW_UNREADABLE for item in self.attention)

    @property
    def is_in_doubt(self) -> bool:
        """Tell whether something was asked for, and no usable answer came yet."""
        return self.open_write is not None

    @property
    def is_in_hand(self) -> bool:
        """Tell whether the clerk has it, and no unit is held for it."""
        return self.state is ParcelState.TAKEN_IN

    @property
    def is_on_shelf(self) -> bool:
        """Tell whether it lies at a shelf place."""
        return self.state is ParcelState.ON_SHELF

    @property
    def is_reserved(self) -> bool:
        """Tell whether a unit is held for it, into which nobody has said that it was put."""
        return self.state is ParcelState.RESERVED

    @property
    def is_in_locker(self) -> bool:
        """Tell whether it lies in its unit."""
        return self.state is ParcelState.IN_LOCKER

    @property
    def is_undeliverable(self) -> bool:
        """Tell whether it waits for its recipient, and notices about it reach nobody."""
        return self.unreached_at is not None and (self.is_in_locker or self.is_on_shelf)

    @property
    def is_unrecorded(self) -> bool:
        """Tell whether it was put into a unit in which the service does not have it."""
        return self.state is ParcelState.UNRECORDED

    @property
    def has_unit(self) -> bool:
        """Tell whether it is in a unit or on its way into one."""
        return self.state in {ParcelState.RESERVED, ParcelState.IN_LOCKER}

    @property
    def has_left_unit(self) -> bool:
        """Tell whether it lies elsewhere or is gone, and its unit is still to be given back."""
        write = self.open_write
        return (
            write is not None and write.operation is Operation.FREE and not self.has_unit and write.place == self.place
        )

    @property
    def is_gone(self) -> bool:
        """Tell whether it came to its end: collected, handed over, sent, or its intake given up."""
        return self.state in GONE

    @property
    def is_outgoing(self) -> bool:
        """Tell whether it is to leave with a carrier."""
        return self.state is ParcelState.OUTGOING

    @property
    def is_sent(self) -> bool:
        """Tell whether it left with a carrier."""
        return self.state is ParcelState.SENT

    @property
    def is_cancelled(self) -> bool:
        """Tell whether its intake was given up."""
        return self.state is ParcelState.CANCELLED

    @property
    def unfinished(self) -> bool:
        """Tell whether somebody still has to do something about it."""
        return (
            self.open_write is not None
            or self.code_waiting
            or bool(self.attention)
            or self.state not in {*GONE, ParcelState.IN_LOCKER}
        )

    @property
    def present(self) -> bool:
        """Tell whether it is here as far as is known: in hand, on the shelf or in a unit."""
        # Unfinished counts whatever the state: a cancelled parcel with an open finding may still hold a unit.
        return self.unfinished or self.state is ParcelState.IN_LOCKER


GONE = frozenset({ParcelState.COLLECTED, ParcelState.CANCELLED, ParcelState.HANDED_OVER, ParcelState.SENT})
"""The states in which a parcel came to its end."""
