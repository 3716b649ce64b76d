"""Notices at the desk: sent again, to an address that is put right first if need be, and printed once more.

What is owed, and when, is decided in `kiosk/parcels/notices.py`; what goes out, in `kiosk/notify`.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto
from typing import NamedTuple

from kiosk.desk.permission import allowed, check
from kiosk.errors import PrinterError, UnknownPersonError
from kiosk.journal import reading
from kiosk.journal.notice_store import NoticeStore
from kiosk.journal.notices import Owed
from kiosk.journal.recording import Allowed
from kiosk.journal.store import Journal
from kiosk.parcels.contacts import Contact
from kiosk.parcels.notice_events import AddressCorrected, NoticeFailed, NoticeSent
from kiosk.parcels.notices import Unreached
from kiosk.parcels.parcel import Cause, Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import NoticeKind
from kiosk.parcels.steps import Step
from kiosk.recipients.directory import Directory


class PaperState(Enum):
    """How far a slip or a label is."""

    WAITS = auto()
    PRINTED = auto()
    GIVEN_UP = auto()


class Paper(NamedTuple):
    """A slip or a label that was asked for."""

    state: PaperState
    cause: Cause | None = None
    """What hindered it, where something did."""


class Notices:
    """What recipients are told and what is printed, as far as somebody at the desk has a hand in it."""

    def __init__(self, store: NoticeStore, journal: Journal, directory: Directory, *, has_printer: bool) -> None:
        self._store = store
        self._journal = journal
        self._directory = directory
        self.has_printer = has_printer
        """Whether the settings name a printer."""

    async def send_again(self, parcel: Parcel, person: Person) -> Parcel:
        """Owe the recipient notices anew, of this parcel and of all that are here and of which none reached them.

        Raises what `permission.allowed` says, and WrongStateError where there is nothing to send.
        """
        return await self._store.send_again(parcel.parcel_id, person, allowed=allowed(Step.SEND_AGAIN, person))

    async def correct_address(self, parcel: Parcel, address: str, person: Person) -> Parcel:
        """Put the recipient's address right in the directory, then owe what `send_again` owes.

        One that is right already only does the latter. Raises what `send_again` raises, WrongStateError for an address
        that is none, and UnknownPersonError where the directory does not have the recipient.
        """
        may = allowed(Step.CORRECT_ADDRESS, person)
        check(Step.CORRECT_ADDRESS, parcel, person)
        contact = await self.told(parcel)
        behind = None
        if address != contact.email:
            await self._directory.correct_address(contact.contact_id, address)
            behind = AddressCorrected()
        return await self._store.send_again(parcel.parcel_id, person, allowed=may, behind=behind)

    async def told(self, parcel: Parcel) -> Contact:
        """Return the recipient whom notices about a parcel tell, as the directory has them now.

        Raises UnknownPersonError where it does not have them.
        """
        contact_id = parcel.contact.contact_id if parcel.contact is not None else ""
        contact = await self._directory.by_id(contact_id)
        if contact is None:
            raise UnknownPersonError("not_in_directory", contact_id=contact_id)
        return contact

    async def print_slip(self, parcel: Parcel, person: Person) -> None:
        """Owe the printer the slip for the recipient.

        Raises WrongStateError where its code is kept no longer, PrinterError without a printer.
        """
        await self._print(parcel, NoticeKind.SLIP, person, allowed(Step.PRINT_SLIP, person))

    async def print_label(self, parcel: Parcel, person: Person) -> None:
        """Owe the printer the label for the shelf; raises PrinterError without a printer."""
        await self._print(parcel, NoticeKind.LABEL, person, allowed(Step.PRINT_LABEL, person))

    async def _print(self, parcel: Parcel, kind: NoticeKind, person: Person, may: Allowed) -> None:
        if not self.has_printer:
            raise PrinterError("printer_not_set")
        await self._store.print(parcel.parcel_id, kind, person, allowed=may)

    async def paper(self, parcel: Parcel, kind: NoticeKind) -> Paper | None:
        """Return what became of the slip or label that was asked for last; None where none ever was."""
        for owed in await self._store.of_parcel(parcel.parcel_id):
            if owed.kind is kind:
                return Paper(PaperState.WAITS, owed.cause)
        events = (record.event for record in await reading.of_parcel(self._journal.connection, parcel.parcel_id))
        ends = [each for each in events if isinstance(each, NoticeSent | NoticeFailed) and each.kind is kind]
        match ends[-1:]:
            case [NoticeFailed() as failed]:
                return Paper(PaperState.GIVEN_UP, failed.cause)
            case [_]:
                return Paper(PaperState.PRINTED)
            case _:
                return None

    async def owed(self) -> tuple[Owed, ...]:
        """Return everything that has not gone out, the oldest first."""
        return await self._store.owed()

    async def hurry(self, now: datetime, parcel: Parcel | None = None) -> None:
        """Let what waits for its time, or to be tried again, be due now: of one parcel, or of all."""
        await self._store.hurry(now, parcel.parcel_id if parcel is not None else None)

    async def unreached(self) -> tuple[Parcel, ...]:
        """Return the parcels that are here and about which nobody could be told, the oldest first."""
        return await self._store.unreached()

    async def unreached_of(self, contact_id: str) -> Unreached | None:
        """Return since when no notice reaches a contact, and why; None where nothing is known to be wrong."""
        return await self._store.unreached_of(contact_id)

    async def owed_of(self, parcel: Parcel) -> tuple[Owed, ...]:
        """Return what has not gone out about one parcel, the oldest first."""
        return await self._store.of_parcel(parcel.parcel_id)

    @property
    def are_sent(self) -> bool:
        """Tell whether this desk sends notices."""
        return self._store.tells_recipients
