"""What becomes of the notices that are owed: each begun, then sent, tried again later or given up, in one transaction.

A notice is begun before it leaves: should this process end then, it goes out once more, as the same message.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta

from kiosk.errors import UnknownParcelError, WrongStateError
from kiosk.journal import codes, notices, recording, stored
from kiosk.journal.notices import Owed
from kiosk.journal.projection import read_parcel, written
from kiosk.journal.recording import Allowed, Stamp
from kiosk.journal.store import Journal
from kiosk.parcels.base import format_timestamp
from kiosk.parcels.notice_events import AddressCorrected, NoticeFailed, NoticeSent
from kiosk.parcels.notices import (
    STAYS_OWED,
    Unreached,
    Wanted,
    bears_code,
    can_be_told,
    reminder,
    takes_code,
    unreached,
)
from kiosk.parcels.parcel import Cause, Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Channel, NoticeKind

_LATEST = 100
"""So many of a contact's parcels tell since when nothing reaches them."""

_REACHED, _UNREACHED, _END = (
    f"iif(json_valid(body), json_extract(body, '$.{field}'), NULL)"
    for field in ("reached_at", "unreached_at", "deposit_expiry")
)
"""As the indexes have them: SQLite uses an index for its own expression only."""

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class NoticeStore:
    """The notices of one journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def owed(self, *channels: Channel) -> tuple[Owed, ...]:
        """Return everything that is owed, on these channels or on any, the oldest first."""
        of_all = channels or tuple(Channel)
        where = f"notices.channel IN ({', '.join('?' * len(of_all))})"
        return await self._journal.connection.read(lambda database: notices.read(database, where, of_all))

    async def due(self, now: datetime, channels: Collection[Channel]) -> tuple[Owed, ...]:
        """Return what is to go out now on these channels, the oldest first."""
        marks = ", ".join("?" * len(channels))
        # Made later than now: the clock was ahead then, and what it says of when something is due is nothing.
        where = f"notices.channel IN ({marks}) AND (notices.due_at <= ? OR notices.made_at > ?)"
        values = (*channels, written(now), written(now))
        return await self._journal.connection.read(lambda database: notices.read(database, where, values))

    async def next_due(self, channels: Collection[Channel]) -> datetime | None:
        """Return when the next one is due; None where nothing is owed."""
        marks = ", ".join("?" * len(channels))
        ask = f"SELECT min(due_at) FROM notices WHERE channel IN ({marks})"
        rows = await self._journal.connection.read(lambda database: database.execute(ask, tuple(channels)).fetchone())
        return stored.moment(rows[0]) if rows[0] else None

    async def remind(
        self, now: datetime, after: timedelta, before_end: timedelta, channels: Collection[Channel]
    ) -> None:
        """Owe the reminders that are due; see `kiosk.parcels.notices.reminder`."""

        def work(database: sqlite3.Connection) -> None:
            for parcel, kind in _to_remind(database, now, after, before_end):
                for channel in channels:
                    if parcel.contact is not None and can_be_told(parcel.contact, channel):
                        wanted = Wanted(kind, channel, parcel.contact.contact_id)
                        notices.owe(database, parcel.parcel_id, wanted, now, timedelta(0))

        # Looked at first without the lock that writing takes: mostly there is nothing.
        if await self._journal.connection.read(lambda database: _to_remind(database, now, after, before_end)):
            await self._journal.change(work)

    async def begin(self, owed: Sequence[Owed], message_id: str, again_at: datetime) -> tuple[Owed, ...]:
        """Note that these are about to go out as one message; return those that are this process's to send, with codes.

        What another process began meanwhile, or is owed no longer, is not among them. Until it is heard what became of
        one it has no cause; should nobody hear, it is due again at `again_at`.
        """

        def work(database: sqlite3.Connection) -> tuple[Owed, ...]:
            begun = [each.notice_id for each in owed if _begin(database, each, message_id, again_at)]
            marks = ", ".join("?" * len(begun))
            return notices.read(database, f"notices.notice_id IN ({marks})", begun, with_codes=True)

        return await self._journal.change(work)

    async def sent(self, owed: Sequence[Owed], person: Person) -> None:
        """Record that they went out; their codes are gone with this."""

        def event(_: sqlite3.Connection, each: Owed) -> NoticeSent:
            told, with_code = each.contact_id or None, each.code is not None
            return NoticeSent(kind=each.kind, channel=each.channel, told=told, with_code=with_code)

        await self._end(owed, event, person)

    async def given_up(self, owed: Sequence[Owed], cause: Cause, person: Person) -> None:
        """Record that they are given up; their codes are gone with this."""

        def event(database: sqlite3.Connection, each: Owed) -> NoticeFailed:
            elsewhere = _goes_elsewhere(database, each)
            return NoticeFailed(kind=each.kind, channel=each.channel, cause=cause, goes_elsewhere=elsewhere)

        await self._end(owed, event, person)

    async def delayed(self, owed: Sequence[Owed], cause: Cause, again_at: datetime) -> None:
        """Note why they did not go out, and when they are tried again."""

        def work(database: sqlite3.Connection) -> None:
            database.executemany(
                "UPDATE notices SET cause = ?, due_at = ? WHERE notice_id = ?",
                [(cause.model_dump_json(), written(again_at), each.notice_id) for each in owed],
            )

        await self._journal.change(work)

    async def hurry(self, now: datetime, parcel_id: str | None = None) -> None:
        """Let what waits be due now, of one parcel or of all; what is on its way at this moment is left alone."""
        which = "due_at > ? AND (attempts = 0 OR cause IS NOT NULL) AND parcel_id = coalesce(?, parcel_id)"
        await self._journal.change(
            lambda database: database.execute(
                f"UPDATE notices SET due_at = ? WHERE {which}", (written(now), written(now), parcel_id)
            )
        )

    async def send_again(
        self, parcel_id: str, person: Person, *, allowed: Allowed, behind: AddressCorrected | None = None
    ) -> Parcel:
        """Owe the recipient notices anew.

        They tell of this parcel, if it lies where it can be collected, and of every one of which none reached them.
        `behind` says that their address was put right before. Without it, raises WrongStateError where there is
        nothing to send.
        """

        def work(database: sqlite3.Connection, stamp: Stamp) -> Parcel:
            recording.check(database, parcel_id, allowed)
            parcel = _known(database, parcel_id)
            others = [
                each
                for each in _undeliverable(database)
                if notices.contact_id_of(each) == notices.contact_id_of(parcel)
            ]
            told = {each.parcel_id: each for each in (*others, parcel)}
            if behind is not None:
                told = {each: recording.record(database, each, behind, stamp) for each in told}
            owed = [self._owe_anew(database, each, stamp.at) for each in told.values()]
            if behind is None and not any(owed):
                raise WrongStateError("nothing_to_send")
            return told[parcel_id]

        return await self._journal.write(person, work)

    def _owe_anew(self, database: sqlite3.Connection, parcel: Parcel, at: datetime) -> bool:
        """Owe the recipient a notice of one parcel, with its code where that is still kept; tell whether it is owed."""
        rules, contact = self._journal.rules, parcel.contact
        if contact is None or not (parcel.is_in_locker or parcel.is_on_shelf):
            return False
        channels = [each for each in sorted(rules.channels) if can_be_told(contact, each)]
        code = codes.waiting(database, parcel.parcel_id) or codes.kept(database, parcel.parcel_id)
        for channel in channels:
            wanted = Wanted(NoticeKind.ARRIVED, channel, contact.contact_id)
            notice_id = notices.owe(database, parcel.parcel_id, wanted, at, timedelta(0))
            if code is not None and takes_code(NoticeKind.ARRIVED, channel, rules):
                notices.put_code(database, notice_id, code)
        return bool(channels)

    async def print(self, parcel_id: str, kind: NoticeKind, person: Person, *, allowed: Allowed) -> None:
        """Owe the printer a slip or a label.

        Raises WrongStateError where the slip would have to bear a code that is kept no longer.
        """

        def work(database: sqlite3.Connection, stamp: Stamp) -> None:
            recording.check(database, parcel_id, allowed)
            parcel = _known(database, parcel_id)
            code = codes.waiting(database, parcel_id) or codes.kept(database, parcel_id)
            has_code = bears_code(kind, parcel)
            if has_code and code is None:
                raise WrongStateError("code_not_kept")
            contact_id = parcel.contact.contact_id if parcel.contact else ""
            notice_id = notices.owe(
                database, parcel_id, Wanted(kind, Channel.PAPER, contact_id), stamp.at, timedelta(0)
            )
            if has_code and code is not None:
                notices.put_code(database, notice_id, code)

        await self._journal.write(person, work)

    async def unreached(self) -> tuple[Parcel, ...]:
        """Return the parcels that are here and about which nobody could be told, the oldest first."""
        return await self._journal.connection.read(_undeliverable)

    async def unreached_of(self, contact_id: str) -> Unreached | None:
        """Return since when no notice reaches a contact, as `kiosk.parcels.notices.unreached` says."""
        return unreached(await self._journal.of_contact(contact_id, _LATEST))

    async def of_parcel(self, parcel_id: str) -> tuple[Owed, ...]:
        """Return what is owed about one parcel, the oldest first."""
        return await self._journal.connection.read(
            lambda database: notices.read(database, "notices.parcel_id = ?", (parcel_id,))
        )

    @property
    def tells_recipients(self) -> bool:
        """Tell whether this desk sends notices."""
        return bool(self._journal.rules.channels)

    async def _end(
        self,
        owed: Sequence[Owed],
        event: Callable[[sqlite3.Connection, Owed], NoticeSent | NoticeFailed],
        person: Person,
    ) -> None:
        def work(database: sqlite3.Connection, stamp: Stamp) -> None:
            for each in owed:
                is_owed = database.execute("DELETE FROM notices WHERE notice_id = ?", (each.notice_id,)).rowcount == 1
                end, parcel = event(database, each), _known(database, each.parcel.parcel_id)
                # Of who was forgotten meanwhile nothing is recorded, and of somebody else's parcel nothing about it.
                if is_owed or each.channel is Channel.PAPER or each.contact_id == notices.contact_id_of(parcel):
                    recording.record(database, parcel.parcel_id, end, stamp)
                if isinstance(end, NoticeSent) and not is_owed and _is_somebody_elses(parcel, each):
                    wanted = Wanted(NoticeKind.GIVEN_ON, each.channel, each.contact_id)
                    notices.owe(database, parcel.parcel_id, wanted, stamp.at, timedelta(0))

        await self._journal.write(person, work)


def _begin(database: sqlite3.Connection, owed: Owed, message_id: str, again_at: datetime) -> bool:
    done = database.execute(
        "UPDATE notices SET message_id = ?, due_at = ?, attempts = attempts + 1, cause = NULL"
        " WHERE notice_id = ? AND attempts = ?",
        (message_id, written(again_at), owed.notice_id, owed.attempts),
    )
    return done.rowcount == 1


def _is_somebody_elses(parcel: Parcel, told: Owed) -> bool:
    """Tell whether a parcel became somebody else's while its recipient was told that it is here."""
    is_news = told.channel is not Channel.PAPER and told.kind not in STAYS_OWED
    return is_news and (parcel.moved_to is not None or notices.contact_id_of(parcel) not in {"", told.contact_id})


def _known(database: sqlite3.Connection, parcel_id: str) -> Parcel:
    parcel = read_parcel(database, parcel_id)
    if parcel is None:
        raise UnknownParcelError(parcel_id=parcel_id)
    return parcel


def _undeliverable(database: sqlite3.Connection) -> tuple[Parcel, ...]:
    where = f"present = 1 AND {_UNREACHED} IS NOT NULL"
    ask = f"SELECT {stored.COLUMNS} FROM parcels WHERE {where} ORDER BY taken_in_at, rowid"
    return tuple(each for each in stored.parcels(database.execute(ask)) if each.is_undeliverable)


def _to_remind(
    database: sqlite3.Connection, now: datetime, after: timedelta, before_end: timedelta
) -> list[tuple[Parcel, NoticeKind]]:
    """Return the parcels whose recipients are to be reminded, and of what."""
    long_ago = now - after if after else _NEVER
    rows = database.execute(
        f"SELECT {stored.COLUMNS} FROM parcels WHERE present = 1 AND {_REACHED} <= ?"
        f" UNION SELECT {stored.COLUMNS} FROM parcels WHERE present = 1 AND {_END} > ? AND {_END} <= ?",
        tuple(map(format_timestamp, (long_ago, now, now + before_end))),
    )
    found = ((parcel, reminder(parcel, now, after, before_end)) for parcel in stored.parcels(rows))
    return [(parcel, kind) for parcel, kind in found if kind is not None and not _is_owed(database, parcel)]


def _is_owed(database: sqlite3.Connection, parcel: Parcel) -> bool:
    found = database.execute(
        "SELECT 1 FROM notices WHERE parcel_id = ? AND channel <> ?", (parcel.parcel_id, Channel.PAPER)
    )
    return found.fetchone() is not None


def _goes_elsewhere(database: sqlite3.Connection, owed: Owed) -> bool:
    """Tell whether the same contact is told of the parcel on another channel, or was since the notice was made."""
    found = database.execute(
        "SELECT 1 FROM notices WHERE parcel_id = ? AND contact_id = ? AND channel NOT IN (?, ?)",
        (owed.parcel.parcel_id, owed.contact_id, owed.channel, Channel.PAPER),
    )
    reached = owed.parcel.reached_at
    return found.fetchone() is not None or (reached is not None and reached >= owed.made_at)
