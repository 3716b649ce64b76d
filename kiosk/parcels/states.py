"""The codes of the trade: what stands in events, in JSON and in exports, for ever. What is said of each is in `words`.

Standard library only: a front end reads a code without loading anything.
"""

from __future__ import annotations

from enum import StrEnum


class ParcelState(StrEnum):
    """Where a parcel is."""

    TAKEN_IN = "taken_in"
    """Scanned; in the clerk's hands, no unit yet."""
    RESERVED = "reserved"
    """A unit is held for it; the clerk has not said that it is in."""
    ON_SHELF = "on_shelf"
    """Taken in, not in a locker: it lies at a named shelf place."""
    IN_LOCKER = "in_locker"
    UNRECORDED = "unrecorded"
    """A clerk put it into a unit, and the service does not have it there: only a person can say where it is."""
    COLLECTED = "collected"
    """It was in a unit and is not any more, without our having taken it out."""
    CANCELLED = "cancelled"
    HANDED_OVER = "handed_over"
    """It was given out at the desk."""
    OUTGOING = "outgoing"
    """It is here, and is to leave with a carrier."""
    SENT = "sent"
    """It left with a carrier."""


class Operation(StrEnum):
    """The API's writes."""

    RESERVE = "reserve"
    DEPOSIT = "deposit"
    FREE = "free"
    EXTEND = "extend"
    ADD = "add"
    """Put one more parcel into a unit that is reserved already (updateReservation)."""


class UnitState(StrEnum):
    """What can be said of a unit from the API's three flags."""

    FREE = "free"
    RESERVED = "reserved"
    OCCUPIED = "occupied"
    OUT_OF_SERVICE = "out_of_service"
    UNKNOWN = "unknown"


class UnitProblem(StrEnum):
    """What a clerk can find at a door."""

    OCCUPIED = "occupied"
    DID_NOT_OPEN = "did_not_open"
    TOO_SMALL = "too_small"


class ShelfReason(StrEnum):
    """Why a parcel lies on the shelf and not in a locker."""

    NO_NETWORK = "no_network"
    NO_UNIT = "no_unit"
    """No locker that fits is free."""
    UNKNOWN_RECIPIENT = "unknown_recipient"
    PUT_ASIDE = "put_aside"
    """The clerk chose to."""
    NOT_COLLECTED = "not_collected"
    """Its time in the locker was over, and it was taken out."""


class IdentityCheck(StrEnum):
    """How it was checked who collects a parcel at the desk."""

    BADGE = "badge"
    DOCUMENT = "document"
    """An identity card, a passport, a licence."""
    KNOWN = "known"
    """The clerk knows the person."""
    NOT_CHECKED = "not_checked"


class OutgoingReason(StrEnum):
    """Why a parcel leaves with a carrier."""

    RETURN = "return"
    """Somebody dropped it at the desk to be sent."""
    TO_SENDER = "to_sender"
    """It goes back: nobody collected it, or nobody here is its recipient."""


class NoticeKind(StrEnum):
    """What is said of a parcel."""

    ARRIVED = "arrived"
    """It was put into a locker, or laid on the shelf."""
    CODE_CHANGED = "code_changed"
    """It lies where it lay, and its deposit was recorded again: an earlier code is void."""
    MOVED = "moved"
    """It lies elsewhere now."""
    REMINDER = "reminder"
    """It has lain here for days."""
    EXPIRES = "expires"
    """Its time in the locker is nearly over."""
    ENDED = "ended"
    """It was not collected in time, and was taken out of its locker."""
    GIVEN_ON = "given_on"
    """It is somebody else's: said to whom an earlier notice went by mistake."""
    SLIP = "slip"
    """Printed for the recipient: where the parcel is, and its code."""
    LABEL = "label"
    """Printed for the shelf: where the parcel lies, and whose it is."""


class Channel(StrEnum):
    """How a notice goes out."""

    MAIL = "mail"
    WEBHOOK = "webhook"
    PAPER = "paper"


class Finding(StrEnum):
    """What does not fit between a parcel, its unit and the service, so that somebody has to look."""

    TWO_UNITS = "two_units"
    UNIT_OF_SOMEBODY_ELSE = "unit_of_somebody_else"
    """Another contact's unit holds the number, or the unit that the parcel was put into is another contact's by now."""
    REFUSED_LATE = "refused_late"
    """The parcel is in, and its deposit was refused, or could not be sent before the reservation was over."""
    DEPOSIT_UNCLEAR = "deposit_unclear"
    """It was put in, the answer was lost, and nothing is held for it: it was collected, or it lies there unrecorded."""
    ROW_UNREADABLE = "row_unreadable"
    """What the journal keeps of the parcel can't be read."""
    LIES_ELSEWHERE = "lies_elsewhere"
    """Its unit does not hold the parcel any more; another one of its contact does."""
    CODE_MAY_BE_DEAD = "code_may_be_dead"
    """The service recorded a deposit after the one whose code was shown."""
    UNIT_GIVEN_TWICE = "unit_given_twice"
    """Its unit holds a parcel of another contact too."""
    CODE_ENDED_UNSEEN = "code_ended_unseen"
    """Nobody had seen the pickup code when its time was over, or when no new one came in its place."""
    NOT_FOUND = "not_found"
    """A stock-take did not find it in its unit, and the service still has it there."""
    NUMBER_AT_TWO_DESKS = "number_at_two_desks"
    """Another desk has a parcel of the same number."""
    UNIT_PROMISED_TWICE = "unit_promised_twice"
    """Another desk has its unit for somebody else."""


CLASHES = frozenset({Finding.NUMBER_AT_TWO_DESKS, Finding.UNIT_PROMISED_TWICE})
"""What does not fit between two desks: raised at both, and over by itself once either side is gone."""


class Contradiction(StrEnum):
    """What does not fit in what the service says of a unit, or between that and the journal."""

    EMPTY_BUT_LISTED = "empty_but_listed"
    """Reported as empty, and parcels are listed as deposited in it."""
    OCCUPIED_BY_NOTHING_KNOWN = "occupied_by_nothing_known"
    FREE_BUT_RESERVED = "free_but_reserved"
    """Reported as not reserved, and parcels are listed as reserved for it."""
    RESERVED_FOR_NOTHING_KNOWN = "reserved_for_nothing_known"
    FREE_BUT_SOMEBODYS = "free_but_somebodys"
    """Reported as free, and for a contact."""
    HELD_FOR_NOBODY = "held_for_nobody"
    """In use, and for no contact, in a bank whose units name theirs."""
    OUT_OF_SERVICE_IN_USE = "out_of_service_in_use"
    NOT_AT_SERVICE = "not_at_service"
    """The journal has a parcel in it that the service does not list there."""
    DEPOSIT_NOT_AT_SERVICE = "deposit_not_at_service"
    """The journal has a parcel deposited in it, and it is reported as empty."""
    OCCUPIED_NOT_DEPOSITED = "occupied_not_deposited"
    """Reported as occupied, and nobody has recorded that the parcel which it waits for is in."""
    FOR_SOMEBODY_ELSE = "for_somebody_else"
    """For another contact than the journal's parcel in it."""


class StocktakeOutcome(StrEnum):
    """What a stock-take shows about a parcel."""

    MISSING = "missing"
    """Recorded in a unit that was counted, and found nowhere so far."""
    MISPLACED = "misplaced"
    """Found in a unit, and recorded elsewhere, or as gone."""
    EXTRA = "extra"
    """Found in a unit, and known to nobody."""
    RIGHT = "right"


class Mismatch(StrEnum):
    """Where the journal and the service differ about one number."""

    NOT_AT_SERVICE = "not_at_service"
    """The journal has it in a unit, and the service holds none for it."""
    NOT_HERE = "not_here"
    """The service holds it, and it is not here as far as the journal knows."""
    IN_ANOTHER_UNIT = "in_another_unit"
    """The service holds it in another unit than the journal has it in, if in any."""
    FOR_ANOTHER_CONTACT = "for_another_contact"


class NumberQuestion(StrEnum):
    """What a person has to say about a parcel's number before the intake goes on."""

    TWO_CARRIERS = "two_carriers"
    CHECK_DIGIT = "check_digit"
    NO_CARRIER = "no_carrier"
    GUESS = "guess"
    """Its shape fits a carrier, and many other codes."""
    LOOK_ALIKE = "look_alike"
    """It fits a carrier, and it may be the number of goods or of a paper."""
    DAMAGED = "damaged"
    """Half of a number, another keyboard layout, a number that a spreadsheet has rounded."""
    TO_WRITE = "to_write"
    """The box bears no barcode; the kiosk made a number for it, which is to be written on it."""


class Role(StrEnum):
    """Who somebody is at this desk, and so which steps are theirs (`steps.py`)."""

    CLERK = "clerk"
    """Stands at the desk."""
    OWNER = "owner"
    """Runs commands in the account that owns the desk."""
    VIEWER = "viewer"
    """Sees everything on the console but pickup codes."""
    OPERATOR = "operator"
    """May also mend, with a reason."""
    ADMIN = "admin"
    """May also see a pickup code that waits for the clerk."""


LOCAL = "local"
"""The origin of somebody who sits at the machine itself."""


class SignIn(StrEnum):
    """By what somebody shows who they are at the desk."""

    PIN = "pin"
    BADGE = "badge"


class SignOut(StrEnum):
    """Why somebody is not signed in at the desk any more."""

    ASKED = "asked"
    IDLE = "idle"
    TAKEN_OVER = "taken_over"
    """Somebody else signed in."""


class ContactType(StrEnum):
    """The API's two kinds; a department gets no pickup code, its people use their personal id."""

    RECIPIENT = "recipient"
    DEPARTMENT = "department"


class Command(StrEnum):
    """What changes something from the command line, beside the corrections, of which each records its own reason."""

    DEPOSIT = "deposit"
    STOCKTAKE = "stocktake"
    NOTICES_SEND = "notices_send"
    PRINT_SLIP = "print_slip"
    PRINT_LABEL = "print_label"
    RECIPIENTS_IMPORT = "recipients_import"
    RECIPIENTS_FORGET = "recipients_forget"
    PEOPLE_ADD = "people_add"
    PEOPLE_CHANGE = "people_change"
    PEOPLE_REMOVE = "people_remove"
    JOURNAL_IMPORT = "journal_import"
    JOURNAL_REBUILD = "journal_rebuild"
    FLEET_INIT = "fleet_init"
    FLEET_JOIN = "fleet_join"
    FLEET_REJOIN = "fleet_rejoin"
    JOURNAL_NEW_DESK = "journal_new_desk"
