"""Sending what is owed: gathered by recipient, in its hours, again where it did not go, until it is given up."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable
from datetime import UTC, time, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from kiosk.background.notices import AGAIN_AFTER, Outcome, SendNotices, When
from kiosk.clock import ManualClock
from kiosk.desk.trusted_time import TrustedTime
from kiosk.errors import DeliveryDelayedError, DeliveryError
from kiosk.journal.notice_store import NoticeStore
from kiosk.journal.store import Journal
from kiosk.notify.hours import Rules
from kiosk.notify.message import Message
from kiosk.parcels import events as happened
from kiosk.parcels.contacts import Contact
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import Channel, NoticeKind
from kiosk.recipients.directory import Directory
from tests.journal.book import BY_MAIL, CLERK, DEPOSITED, PERSON, START, journal, taken_in
from tests.recipients.people import directory_of, row

OTHER = Contact(contact_id="p2", name="Mario Smith", email="mario@example.com")
CODE = SecretStr("NR8PBW")
ALWAYS = Rules(UTC, time(0), time(0), frozenset(range(7)))
WHEN = When(ALWAYS, timedelta(0), timedelta(0), timedelta(hours=48))
DELAYED, REFUSED = DeliveryDelayedError("mail_unreachable"), DeliveryError("address_refused", status=550)


class Line:
    """A channel that notes what it is given, and answers what a test wants: None for what goes out."""

    def __init__(self, *answers: DeliveryError | None, gathers: bool = True) -> None:
        self.gathers = gathers
        self.answers = list(answers)
        self.tried: list[Message] = []
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        """What happens while each message goes out."""

    async def send(self, messages: AsyncIterable[Message]) -> AsyncIterator[tuple[Message, DeliveryError | None]]:
        async for message in messages:
            self.tried.append(message)
            if self.meanwhile is not None:
                await self.meanwhile()
            yield message, self.answers.pop(0) if self.answers else None


def sending(
    book: Journal,
    directory: Directory,
    clock: ManualClock,
    line: Line,
    when: When = WHEN,
) -> SendNotices:
    return SendNotices(
        NoticeStore(book),
        directory,
        lambda bank: {"AOne": "Lobby"}[bank],
        [Channel.MAIL],
        lambda: {Channel.MAIL: line},
        when,
        clock,
        TrustedTime(clock, START),
        CLERK,
    )


async def put_in(book: Journal, parcel_id: str, contact: Contact = PERSON) -> Parcel:
    await book.append(parcel_id, taken_in(f"1Z-{parcel_id}-4321"), CLERK)
    await book.append(parcel_id, happened.RecipientChosen(contact=contact), CLERK)
    return await book.append(parcel_id, DEPOSITED.model_copy(update={"intent_id": f"i-{parcel_id}"}), CLERK, code=CODE)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


async def test_all_that_waits_for_one_recipient_goes_out_as_one_message(tmp_path: Path, clock: ManualClock) -> None:
    line = Line()
    async with journal(tmp_path, clock, rules=BY_MAIL) as book, Directory(tmp_path) as directory:
        await put_in(book, "a")
        await put_in(book, "x", OTHER)
        clock.live(timedelta(minutes=4))
        await put_in(book, "b")
        send = sending(book, directory, clock, line)
        assert await send.run() == Outcome()
        clock.live(timedelta(minutes=1))
        assert await send.run() == Outcome(sent=3)
        assert [(each.contact.contact_id, len(each.told)) for each in line.tried] == [("p1", 2), ("p2", 1)]
        assert len({each.message_id for each in line.tried}) == 2
        first = line.tried[0].told[0]
        assert (first.number_end, first.bank, first.locker, first.kind) == ("4321", "Lobby", "7", NoticeKind.ARRIVED)
        assert await send.run() == Outcome()


async def test_what_did_not_go_is_tried_again_as_the_same_message_later_and_later(
    tmp_path: Path, clock: ManualClock
) -> None:
    line = Line(*[DELAYED] * 5)
    async with journal(tmp_path, clock, rules=BY_MAIL) as book, Directory(tmp_path) as directory:
        await put_in(book, "a")
        clock.live(BY_MAIL.gather)
        send = sending(book, directory, clock, line)
        for wait in (*AGAIN_AFTER, AGAIN_AFTER[-1]):
            assert await send.run() == Outcome(delayed=1)
            (owed,) = await NoticeStore(book).owed()
            assert owed.cause is not None
            assert owed.cause.code == "mail_unreachable"
            clock.live(wait - timedelta(seconds=1))
            assert await send.run() == Outcome(), "not yet"
            clock.live(timedelta(seconds=1))
        await put_in(book, "b")
        assert await send.run() == Outcome(sent=1), "a message stays as it was begun"
        assert len({each.message_id for each in line.tried}) == 1
        assert [each.told[0].code for each in line.tried] == [*[CODE] * 5, None], "a further parcel has ended the code"


async def test_what_still_does_not_go_after_its_time_is_given_up(tmp_path: Path, clock: ManualClock) -> None:
    line = Line(DELAYED, DELAYED)
    async with journal(tmp_path, clock, rules=BY_MAIL) as book, Directory(tmp_path) as directory:
        await put_in(book, "a")
        clock.live(BY_MAIL.gather)
        send = sending(book, directory, clock, line)
        await send.run()
        clock.live(timedelta(hours=48))
        assert await send.run() == Outcome(given_up=1)
        assert [each.parcel_id for each in await NoticeStore(book).unreached()] == ["a"]


async def test_what_is_refused_is_given_up_at_once_and_costs_no_other(tmp_path: Path, clock: ManualClock) -> None:
    line = Line(REFUSED)
    async with journal(tmp_path, clock, rules=BY_MAIL) as book, Directory(tmp_path) as directory:
        await put_in(book, "a")
        await put_in(book, "x", OTHER)
        clock.live(BY_MAIL.gather)
        assert await sending(book, directory, clock, line).run() == Outcome(sent=1, given_up=1)
        assert await NoticeStore(book).owed() == ()


async def test_nothing_goes_out_in_quiet_hours(tmp_path: Path, clock: ManualClock) -> None:
    night = Rules(UTC, time(8), time(11), frozenset(range(7)))
    line = Line()
    async with journal(tmp_path, clock, rules=BY_MAIL) as book, Directory(tmp_path) as directory:
        await put_in(book, "a")
        send = sending(book, directory, clock, line, WHEN._replace(hours=night))
        clock.live(timedelta(hours=1, minutes=59))
        assert await send.run() == Outcome()
        clock.live(timedelta(minutes=1))
        assert await send.run() == Outcome(sent=1)


async def test_a_round_that_lasts_ends_with_the_day_and_leaves_the_rest_as_it_was(
    tmp_path: Path, clock: ManualClock
) -> None:
    night = Rules(UTC, time(9, 6), time(23), frozenset(range(7)))
    line = Line()

    async def take_a_minute() -> None:
        clock.live(timedelta(minutes=1))

    line.meanwhile = take_a_minute
    async with journal(tmp_path, clock, rules=BY_MAIL) as book, Directory(tmp_path) as directory:
        await put_in(book, "a")
        await put_in(book, "x", OTHER)
        clock.live(BY_MAIL.gather)
        assert await sending(book, directory, clock, line, WHEN._replace(hours=night)).run() == Outcome(sent=1)
        (owed,) = await NoticeStore(book).owed()
        assert (owed.attempts, owed.message_id) == (0, "")


async def test_what_is_collected_while_others_are_told_is_not_told_of(tmp_path: Path, clock: ManualClock) -> None:
    line = Line()
    async with journal(tmp_path, clock, rules=BY_MAIL) as book, Directory(tmp_path) as directory:
        await put_in(book, "a")
        await put_in(book, "x", OTHER)
        clock.live(BY_MAIL.gather)
        line.meanwhile = lambda: book.append("x", happened.ParcelFoundGone(), CLERK)
        assert await sending(book, directory, clock, line).run() == Outcome(sent=1)


async def test_a_kiosk_that_was_off_until_night_wakes_nobody(tmp_path: Path, clock: ManualClock) -> None:
    night = Rules(UTC, time(22), time(7), frozenset(range(7)))
    line = Line()
    async with journal(tmp_path, clock, rules=BY_MAIL) as book, Directory(tmp_path) as directory:
        await put_in(book, "a")
        clock.advance(timedelta(hours=14))
        assert await sending(book, directory, clock, line, WHEN._replace(hours=night)).run() == Outcome()
        clock.live(timedelta(hours=8))
        assert await sending(book, directory, clock, line, WHEN._replace(hours=night)).run() == Outcome(sent=1)


async def test_a_kiosk_that_was_off_for_long_waits_between_two_tries_all_the_same(
    tmp_path: Path, clock: ManualClock
) -> None:
    line = Line(DELAYED, DELAYED)
    async with journal(tmp_path, clock, rules=BY_MAIL) as book, Directory(tmp_path) as directory:
        send = sending(book, directory, clock, line)
        clock.advance(timedelta(hours=14))
        await put_in(book, "a")
        assert await send.run() == Outcome(), "gathered all the same"
        clock.live(BY_MAIL.gather)
        assert await send.run() == Outcome(delayed=1)
        assert await send.run() == Outcome()
        clock.live(AGAIN_AFTER[0])
        assert await send.run() == Outcome(delayed=1)


async def test_a_channel_that_does_not_gather_gets_each_notice_by_itself(tmp_path: Path, clock: ManualClock) -> None:
    line = Line(None, DELAYED, gathers=False)
    async with journal(tmp_path, clock, rules=BY_MAIL) as book, Directory(tmp_path) as directory:
        await put_in(book, "a")
        await put_in(book, "b")
        clock.live(BY_MAIL.gather)
        assert await sending(book, directory, clock, line).run() == Outcome(sent=1, delayed=1)
        assert [len(each.told) for each in line.tried] == [1, 1]


async def test_the_address_is_the_one_that_the_directory_has_by_now(tmp_path: Path, clock: ManualClock) -> None:
    line = Line()
    listed = row(PERSON.name, PERSON.contact_id, email="wrong@example.com")
    async with journal(tmp_path, clock, rules=BY_MAIL) as book, directory_of(tmp_path, listed) as directory:
        await put_in(book, "a")
        await put_in(book, "x", OTHER)
        await directory.correct_address(PERSON.contact_id, "right@example.com")
        clock.live(BY_MAIL.gather)
        await sending(book, directory, clock, line).run()
        assert [each.contact.email for each in line.tried] == ["right@example.com", OTHER.email]


async def test_a_reminder_goes_out_once(tmp_path: Path, clock: ManualClock) -> None:
    line = Line()
    async with journal(tmp_path, clock, rules=BY_MAIL) as book, Directory(tmp_path) as directory:
        await put_in(book, "a")
        reminded = WHEN._replace(remind_after=timedelta(days=3), remind_before_end=timedelta(hours=2))
        send = sending(book, directory, clock, line, reminded)
        for _ in range(30):
            clock.live(timedelta(hours=1))
            await send.run()
        assert [each.told[0].kind for each in line.tried] == [NoticeKind.ARRIVED, NoticeKind.EXPIRES]
        assert [each.told[0].code for each in line.tried] == [CODE, None]


async def test_a_clock_that_jumps_gives_nothing_up(tmp_path: Path, clock: ManualClock) -> None:
    line = Line(DELAYED, DELAYED, DELAYED)
    async with journal(tmp_path, clock, rules=BY_MAIL) as book, Directory(tmp_path) as directory:
        await put_in(book, "a")
        clock.live(BY_MAIL.gather)
        send = sending(book, directory, clock, line)
        await send.run()
        clock.advance(timedelta(days=400))
        clock.live(AGAIN_AFTER[0])
        assert await send.run() == Outcome(delayed=1)
