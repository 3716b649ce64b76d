"""What the journal owes to recipients and to the printer: from the event that causes it until it is out or given up."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from kiosk.clock import ManualClock
from kiosk.errors import WrongStateError
from kiosk.journal.audit import verify
from kiosk.journal.notice_store import NoticeStore
from kiosk.journal.notices import Owed
from kiosk.journal.people import PeopleInJournal
from kiosk.journal.store import Journal
from kiosk.parcels import events as happened
from kiosk.parcels.contacts import Contact
from kiosk.parcels.leaving import ParcelHandedOver, ParcelMadeOutgoing
from kiosk.parcels.notice_events import AddressCorrected
from kiosk.parcels.notices import Unreached
from kiosk.parcels.parcel import Cause, Parcel
from kiosk.parcels.states import Channel, ContactType, IdentityCheck, NoticeKind, OutgoingReason, ShelfReason
from tests.journal.book import (
    BY_MAIL,
    CLERK,
    DEPOSITED,
    LATER,
    PERSON,
    PLACE,
    START,
    journal,
    raw,
    taken_in,
)

CODE, NEWER = SecretStr("NR8PBW"), SecretStr("KX4TRZ")
OTHER = Contact(contact_id="p2", name="Mario Smith", email="mario@example.com")
OFFICE = Contact(contact_id="d1", name="Office", contact_type=ContactType.DEPARTMENT)
ON_SHELF = happened.ParcelPutOnShelf(shelf="S1", reason=ShelfReason.NO_UNIT)
GIVEN_UP = Cause(code="address_refused", parameters={"status": 550})
MAIL = frozenset({Channel.MAIL})
PRINTS = BY_MAIL._replace(slips=True, labels=True)


def allow(_: Parcel) -> None:
    """Let every step be taken."""


async def chosen(book: Journal, parcel_id: str = "a", contact: Contact = PERSON) -> None:
    await book.append(parcel_id, taken_in(f"T-{parcel_id}"), CLERK)
    await book.append(parcel_id, happened.RecipientChosen(contact=contact), CLERK)


async def put_in(book: Journal, parcel_id: str = "a", code: SecretStr = CODE, intent: str = "i2") -> None:
    await book.append(parcel_id, DEPOSITED.model_copy(update={"intent_id": intent}), CLERK, code=code)


async def owed(book: Journal) -> list[tuple[str, NoticeKind]]:
    return [(each.parcel.parcel_id, each.kind) for each in await NoticeStore(book).owed()]


async def send(book: Journal, at: datetime = LATER) -> list[SecretStr | None]:
    """Let everything that is due go out; return the codes that went with it."""
    store = NoticeStore(book)
    begun = await store.begin(await store.due(at, set(Channel)), "<m@example.com>", at + timedelta(minutes=1))
    await store.sent(begun, CLERK)
    return [each.code for each in begun]


async def test_a_parcel_that_was_put_in_is_told_of_with_its_code_a_little_later(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await chosen(book)
        await put_in(book)
        store = NoticeStore(book)
        (notice,) = await store.owed()
        assert (notice.kind, notice.channel, notice.contact_id) == (NoticeKind.ARRIVED, Channel.MAIL, PERSON.contact_id)
        assert notice.due_at == START + BY_MAIL.gather
        assert await store.due(START, MAIL) == ()
        assert notice.code is None, "only what is about to go out has it"
        assert await send(book) == [CODE]
        assert await owed(book) == []
        parcel = await book.parcel("a")
        assert parcel is not None
        assert (parcel.told, parcel.told_to) == ((NoticeKind.ARRIVED,), PERSON.contact_id)
        assert (await verify(book.connection)).sound
    with raw(tmp_path) as database:
        assert database.execute("SELECT count(*) FROM notice_codes").fetchone() == (0,)


async def test_what_was_begun_and_never_heard_of_goes_out_again_as_the_same_message(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await chosen(book)
        await put_in(book)
        store = NoticeStore(book)
        (begun,) = await store.begin(await store.due(LATER, MAIL), "<m@example.com>", LATER + timedelta(minutes=1))
    async with journal(tmp_path, rules=BY_MAIL) as book:
        store = NoticeStore(book)
        assert await store.due(LATER, MAIL) == ()
        (again,) = await store.due(LATER + timedelta(minutes=1), MAIL)
        assert again.message_id == begun.message_id == "<m@example.com>"
        assert again.attempts == 1


async def test_of_two_processes_that_would_send_it_one_does(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book, journal(tmp_path, rules=BY_MAIL) as other:
        await chosen(book)
        await put_in(book)
        due = await NoticeStore(book).due(LATER, MAIL)
        begun = [await NoticeStore(each).begin(due, "<m@x>", LATER) for each in (book, other)]
        assert [len(each) for each in begun] == [1, 0]


async def test_a_code_that_a_clerk_has_seen_still_goes_out_and_one_that_was_replaced_does_not(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await chosen(book)
        await put_in(book)
        await book.append("a", happened.PickupCodeSeen(intent_id="i2"), CLERK)
        await put_in(book, code=NEWER, intent="i3")
        assert await owed(book) == [("a", NoticeKind.ARRIVED)], "nobody has heard of the first one"
        assert await send(book) == [NEWER]


@pytest.mark.parametrize("is_seen", [False, True])
async def test_a_further_parcel_in_the_locker_ends_the_code_that_was_to_go_out(
    tmp_path: Path, *, is_seen: bool
) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await chosen(book, "a")
        await put_in(book, "a", CODE, "i-a")
        if is_seen:
            await book.append("a", happened.PickupCodeSeen(intent_id="i-a"), CLERK)
        await chosen(book, "b")
        await put_in(book, "b", NEWER, "i-b")
        assert await send(book) == [None, NEWER]


async def test_the_code_that_stays_with_the_other_parcel_is_told_of(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        for parcel_id, code in (("a", CODE), ("b", NEWER)):
            await chosen(book, parcel_id)
            await put_in(book, parcel_id, code, f"i-{parcel_id}")
        await book.append("b", happened.UnitFreed(intent_id="i9", place=PLACE), CLERK)
        assert await owed(book) == [("a", NoticeKind.ARRIVED)]
        assert await send(book) == [NEWER]


@pytest.mark.parametrize("event", [happened.ParcelFoundGone(), happened.UnitFreed(intent_id="i9", place=PLACE)])
async def test_no_code_goes_out_of_a_parcel_that_left_its_locker(tmp_path: Path, event: happened.Event) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await chosen(book)
        await put_in(book)
        await book.append("a", event, CLERK)
        assert CODE not in await send(book)


async def test_nothing_is_owed_any_more_once_a_parcel_was_collected(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=PRINTS) as book:
        await chosen(book)
        await put_in(book)
        await book.append("a", happened.ParcelFoundGone(), CLERK)
        assert await owed(book) == []


async def test_a_parcel_that_moves_before_anybody_heard_of_it_has_arrived_and_no_more(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await chosen(book)
        await book.append("a", ON_SHELF, CLERK)
        await book.append("a", happened.ParcelTakenOffShelf(), CLERK)
        await put_in(book)
        assert await owed(book) == [("a", NoticeKind.ARRIVED)]
        assert await send(book) == [CODE]


async def test_a_parcel_that_moves_after_that_has_moved(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await chosen(book)
        await book.append("a", ON_SHELF, CLERK)
        await send(book)
        await put_in(book)
        assert await owed(book) == [("a", NoticeKind.MOVED)]
        assert await send(book) == [CODE]


async def test_one_that_was_not_collected_has_ended_wherever_it_goes(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await chosen(book)
        await put_in(book)
        await send(book)
        await book.append("a", happened.UnitFreed(intent_id="i9", place=PLACE), CLERK)
        assert await owed(book) == []
        await book.append("a", ON_SHELF.model_copy(update={"reason": ShelfReason.NOT_COLLECTED}), CLERK)
        assert await owed(book) == [("a", NoticeKind.ENDED)]
        await book.append("a", ParcelMadeOutgoing(destination="Sender", reason=OutgoingReason.TO_SENDER), CLERK)
        assert await owed(book) == [("a", NoticeKind.ENDED)], "one notice says both"


async def test_who_was_told_by_mistake_hears_that_it_is_somebody_elses(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await chosen(book)
        await book.append("a", ON_SHELF, CLERK)
        await send(book)
        await book.append("a", happened.RecipientChosen(contact=OTHER), CLERK)
        told = {(each.kind, each.contact_id) for each in await NoticeStore(book).owed()}
        assert told == {(NoticeKind.GIVEN_ON, PERSON.contact_id), (NoticeKind.ARRIVED, OTHER.contact_id)}
        await send(book)
        parcel = await book.parcel("a")
        assert parcel is not None
        assert parcel.told_to == OTHER.contact_id
        assert (await verify(book.connection)).sound


def told_in(folder: Path) -> set[str | None]:
    """Return the contacts of whom a journal's file says that they were told something."""
    told = "SELECT json_extract(body, '$.told') FROM personal UNION SELECT json_extract(body, '$.told_to') FROM parcels"
    with raw(folder) as database:
        return {row[0] for row in database.execute(told)}


async def begun(book: Journal) -> tuple[Owed, ...]:
    """Let what is owed be on its way."""
    return await NoticeStore(book).begin(await NoticeStore(book).owed(), "m1", LATER)


@pytest.mark.parametrize(
    "event",
    [happened.RecipientChosen(contact=OTHER), happened.ParcelMovedOn(to_parcel_id="b")],
    ids=["chosen anew", "moved on"],
)
async def test_who_is_told_while_a_parcel_becomes_somebody_elses_hears_of_that_too(
    tmp_path: Path, event: happened.Event
) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await chosen(book)
        await book.append("a", ON_SHELF, CLERK)
        on_its_way = await begun(book)
        await book.append("a", event, CLERK)
        await NoticeStore(book).sent(on_its_way, CLERK)
        told = [each.contact_id for each in await NoticeStore(book).owed() if each.kind is NoticeKind.GIVEN_ON]
        assert told == [PERSON.contact_id]
        assert (await verify(book.connection)).sound


async def test_what_becomes_of_a_notice_to_somebody_else_says_nothing_of_the_recipient(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        for parcel_id in "ab":
            await chosen(book, parcel_id)
            await book.append(parcel_id, ON_SHELF.model_copy(update={"shelf": parcel_id}), CLERK)
        one, other = await begun(book)
        for parcel_id in "ab":
            await book.append(parcel_id, happened.RecipientChosen(contact=OTHER), CLERK)
        await NoticeStore(book).sent([one], CLERK)
        await NoticeStore(book).given_up([other], GIVEN_UP, CLERK)
        parcels = [await book.parcel(each) for each in "ab"]
        assert [(each.reached_at, each.unreached_at) for each in parcels if each] == [(None, None)] * 2


async def test_a_notice_on_its_way_to_who_was_forgotten_leaves_no_trace_of_them(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await chosen(book)
        await book.append("a", ON_SHELF, CLERK)
        on_its_way = await begun(book)
        await book.append("a", ParcelHandedOver(to="whoever came", checked=IdentityCheck.KNOWN), CLERK)
        await PeopleInJournal(book).forget(PERSON.contact_id, CLERK)
        await NoticeStore(book).sent(on_its_way, CLERK)
        assert await NoticeStore(book).owed() == ()
        assert (await verify(book.connection)).sound
    assert PERSON.contact_id not in told_in(tmp_path)


async def test_who_was_not_told_yet_hears_nothing_of_the_mistake(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await chosen(book)
        await book.append("a", ON_SHELF, CLERK)
        await book.append("a", happened.RecipientChosen(contact=OTHER), CLERK)
        assert {(each.kind, each.contact_id) for each in await NoticeStore(book).owed()} == {
            (NoticeKind.ARRIVED, OTHER.contact_id)
        }


async def test_a_department_without_an_address_is_owed_no_mail_and_one_with_it_gets_no_code(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=PRINTS) as book:
        for parcel_id, contact in (("a", OFFICE), ("b", OFFICE.model_copy(update={"email": "office@example.com"}))):
            await chosen(book, parcel_id, contact)
            await book.append(parcel_id, DEPOSITED.model_copy(update={"code_received": False}), CLERK)
        assert await owed(book) == [("b", NoticeKind.ARRIVED)]
        assert await send(book) == [None]


async def test_a_reminder_is_owed_once_and_only_to_whom_was_told(tmp_path: Path) -> None:
    after, before_end = timedelta(days=3), timedelta(hours=2)
    clock = ManualClock(START)
    async with journal(tmp_path, clock, rules=BY_MAIL) as book:
        store = NoticeStore(book)
        for parcel_id in ("a", "b"):
            await chosen(book, parcel_id)
        await put_in(book)
        await book.append("b", ON_SHELF, CLERK)
        await store.remind(START + timedelta(days=9), after, before_end, MAIL)
        assert {kind for _, kind in await owed(book)} == {NoticeKind.ARRIVED}
        await send(book)
        await store.remind(LATER - before_end - timedelta(seconds=1), after, before_end, MAIL)
        assert await owed(book) == []
        for _ in range(2):
            await store.remind(LATER - before_end, after, before_end, MAIL)
            assert await owed(book) == [("a", NoticeKind.EXPIRES)]
        await send(book)
        clock.advance(timedelta(hours=1))
        await store.remind(LATER - timedelta(hours=1), after, before_end, MAIL)
        assert await owed(book) == []
        await store.remind(START + timedelta(days=3), after, before_end, MAIL)
        assert ("b", NoticeKind.REMINDER) in await owed(book)
        await store.remind(START + timedelta(days=9), timedelta(0), timedelta(0), MAIL)
        await book.append("b", happened.ParcelTakenOffShelf(), CLERK)
        await book.append("b", happened.ParcelCancelled(), CLERK)
        assert ("b", NoticeKind.REMINDER) not in await owed(book), "nobody is reminded of what is gone"


async def test_one_that_reaches_nobody_stands_as_such_until_one_does(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        store = NoticeStore(book)
        await chosen(book)
        await put_in(book)
        assert await store.unreached_of(PERSON.contact_id) is None
        await store.given_up(await store.begin(await store.due(LATER, MAIL), "<m@x>", LATER), GIVEN_UP, CLERK)
        assert [each.parcel_id for each in await store.unreached()] == ["a"]
        assert await store.unreached_of(PERSON.contact_id) == Unreached(START, GIVEN_UP)
        await store.send_again("a", CLERK, allowed=allow, behind=AddressCorrected())
        assert await send(book) == [CODE], "it waits to be seen, so it can still go out"
        assert await store.unreached() == ()
        assert await store.unreached_of(PERSON.contact_id) is None
        assert (await verify(book.connection)).sound


async def given_up(book: Journal) -> None:
    """Let everything that is due be given up."""
    store = NoticeStore(book)
    await store.given_up(await store.begin(await store.due(LATER, MAIL), "<m@x>", LATER), GIVEN_UP, CLERK)


async def test_an_address_put_right_at_one_parcel_sends_for_all_that_did_not_reach_the_same_person(
    tmp_path: Path,
) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        store = NoticeStore(book)
        for parcel_id, contact in (("a", PERSON), ("b", PERSON), ("c", OTHER)):
            await chosen(book, parcel_id, contact)
            await book.append(parcel_id, ON_SHELF.model_copy(update={"shelf": f"S-{parcel_id}"}), CLERK)
        await given_up(book)
        await chosen(book, "d")
        parcel = await store.send_again("d", CLERK, allowed=allow, behind=AddressCorrected())
        assert parcel.address_corrected_at == START
        assert await owed(book) == [("a", NoticeKind.ARRIVED), ("b", NoticeKind.ARRIVED)], (
            "one in hand waits for nobody"
        )
        assert [each.parcel_id for each in await store.unreached()] == ["c"]
        assert await store.unreached_of(PERSON.contact_id) is None
        assert await store.unreached_of(OTHER.contact_id) == Unreached(START, GIVEN_UP)
        assert (await verify(book.connection)).sound


async def test_who_collected_a_parcel_without_a_notice_is_asked_for_the_address_all_the_same(tmp_path: Path) -> None:
    clock = ManualClock(START)
    async with journal(tmp_path, clock, rules=BY_MAIL) as book:
        store = NoticeStore(book)
        await chosen(book)
        await book.append("a", ON_SHELF, CLERK)
        await given_up(book)
        await book.append("a", ParcelHandedOver(to=PERSON.name, checked=IdentityCheck.BADGE), CLERK)
        assert await store.unreached() == (), "it waits for nobody"
        assert await store.unreached_of(PERSON.contact_id) == Unreached(START, GIVEN_UP)
        clock.advance(timedelta(days=1))
        await chosen(book, "b")
        await store.send_again("b", CLERK, allowed=allow, behind=AddressCorrected())
        assert await store.unreached_of(PERSON.contact_id) is None


async def test_where_there_is_nothing_to_send_that_is_said(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        store = NoticeStore(book)
        await chosen(book)
        with pytest.raises(WrongStateError, match="nothing_to_send"):
            await store.send_again("a", CLERK, allowed=allow)
        await book.append("a", ON_SHELF, CLERK)
        await send(book)
        await store.send_again("a", CLERK, allowed=allow)
        assert await owed(book) == [("a", NoticeKind.ARRIVED)]


async def test_one_that_goes_out_on_another_channel_does_not_stand_as_undeliverable(tmp_path: Path) -> None:
    both = BY_MAIL._replace(channels=frozenset({Channel.MAIL, Channel.WEBHOOK}))
    async with journal(tmp_path, rules=both) as book:
        store = NoticeStore(book)
        await chosen(book)
        await put_in(book)
        await store.given_up(await store.begin(await store.due(LATER, MAIL), "<m@x>", LATER), GIVEN_UP, CLERK)
        assert await store.unreached() == (), "the webhook has it still to do"
        other = await store.begin(await store.due(LATER, {Channel.WEBHOOK}), "w", LATER)
        assert [each.code for each in other] == [None], "a code goes by mail only"
        await store.given_up(other, GIVEN_UP, CLERK)
        assert [each.parcel_id for each in await store.unreached()] == ["a"]


async def test_slip_and_label_are_owed_by_setting_and_by_hand(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=PRINTS._replace(channels=frozenset())) as book:
        store = NoticeStore(book)
        await chosen(book)
        await book.append("a", ON_SHELF, CLERK)
        assert await owed(book) == [("a", NoticeKind.LABEL)]
        await put_in(book)
        assert await send(book) == [None, CODE]
        await store.print("a", NoticeKind.SLIP, CLERK, allowed=allow)
        assert await send(book) == [CODE]
        await book.append("a", happened.PickupCodeSeen(intent_id="i2"), CLERK)
        with pytest.raises(WrongStateError, match="code_not_kept"):
            await store.print("a", NoticeKind.SLIP, CLERK, allowed=allow)
        assert await owed(book) == []


async def test_nothing_is_owed_to_who_was_forgotten_and_nothing_tells_of_them(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await chosen(book)
        await book.append("a", ON_SHELF, CLERK)
        await send(book)
        await book.append("a", happened.RecipientChosen(contact=OTHER), CLERK)
        await PeopleInJournal(book).forget(PERSON.contact_id, CLERK)
        assert {each.contact_id for each in await NoticeStore(book).owed()} == {OTHER.contact_id}
        assert (await verify(book.connection)).sound
    assert PERSON.contact_id not in told_in(tmp_path)


async def test_a_clock_that_was_ahead_holds_nothing_back(tmp_path: Path) -> None:
    clock = ManualClock(START + timedelta(days=400))
    async with journal(tmp_path, clock, rules=BY_MAIL) as book:
        await chosen(book)
        await put_in(book)
        assert len(await NoticeStore(book).due(START, MAIL)) == 1


async def test_what_is_owed_is_sealed(tmp_path: Path) -> None:
    async with journal(tmp_path, rules=BY_MAIL) as book:
        await chosen(book)
        await put_in(book)
    with raw(tmp_path) as database:
        database.execute("DELETE FROM notices")
    async with journal(tmp_path, rules=BY_MAIL) as book:
        assert not (await verify(book.connection)).sound
