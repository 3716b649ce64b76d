"""Parcels that share a unit share its code: a newer one replaces it, and it outlives the parcel that brought it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from kiosk.errors import UnknownParcelError, WrongStateError
from kiosk.journal.code_store import CodeStore
from kiosk.journal.store import Journal
from kiosk.parcels import events as happened
from kiosk.parcels.parcel import AttentionItem, Parcel
from kiosk.parcels.states import Finding, Operation, ParcelState
from tests.journal.book import CHOSEN, CLERK, DEPOSITED, PERSON, PLACE, contents, export, journal, taken_in, waiting

OTHER_PLACE = PLACE.model_copy(update={"locker_unit_id": "8"})
FREED = happened.UnitFreed(intent_id="i9", place=PLACE)


async def lie_together(book: Journal, *codes: str) -> None:
    """Deposit parcels p0, p1, ... of one person in one unit, each with the code that came with it."""
    for number, code in enumerate(codes):
        await book.append(f"p{number}", taken_in(f"T{number}"), CLERK)
        await book.append(f"p{number}", CHOSEN, CLERK)
        await book.append(f"p{number}", deposit_of(f"p{number}"), CLERK, code=SecretStr(code))


def deposit_of(parcel_id: str) -> happened.ParcelDeposited:
    return DEPOSITED.model_copy(update={"intent_id": f"i-{parcel_id}"})


async def all_waiting(book: Journal) -> dict[str, str]:
    """Return the codes that wait, by parcel; the flag and the code always agree."""
    found = {}
    for number in range(3):
        parcel = await book.parcel(f"p{number}")
        code = await waiting(book, f"p{number}") if parcel else None
        assert (parcel is not None and parcel.code_waiting) is (code is not None)
        if code is not None:
            found[f"p{number}"] = code.get_secret_value()
    return found


async def test_a_further_deposit_replaces_the_code_that_waits_with_an_earlier_parcel(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await lie_together(book, "AAA111", "BBB222")
        assert await all_waiting(book) == {"p1": "BBB222"}
        last = (await export(book.connection))[-1]
        assert (last["type"], last["parcel_id"], last["body"]) == (
            "pickup_code_replaced",
            "p0",
            {"byParcelId": "p1", "intentId": "i-p0"},
        )
    assert b"AAA111" not in contents(tmp_path)


@pytest.mark.parametrize("leaves", [FREED, happened.ParcelFoundGone()])
async def test_a_doubt_about_the_code_stays_with_those_that_stay(tmp_path: Path, leaves: happened.Event) -> None:
    async with journal(tmp_path) as book:
        await lie_together(book, "AAA111", "BBB222")
        await book.append("p1", happened.PickupCodeSeen(intent_id="i-p1"), CLERK)
        dead = AttentionItem(finding=Finding.CODE_MAY_BE_DEAD)
        await book.append("p1", happened.AttentionRaised(item=dead), CLERK)
        await book.append("p1", leaves, CLERK)
        staying = await book.parcel("p0")
        assert staying is not None
        assert staying.attention == (dead,)


async def test_a_deposit_without_a_code_leaves_the_earlier_one(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await lie_together(book, "AAA111")
        await book.append("p1", taken_in("T1"), CLERK)
        await book.append("p1", DEPOSITED.model_copy(update={"code_received": False}), CLERK)
        assert await all_waiting(book) == {"p0": "AAA111"}


async def test_a_deposit_in_another_unit_replaces_nothing(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await lie_together(book, "AAA111")
        await book.append("p1", taken_in("T1"), CLERK)
        elsewhere = DEPOSITED.model_copy(update={"place": PLACE.model_copy(update={"locker_bank_id": "BTwo"})})
        await book.append("p1", elsewhere, CLERK, code=SecretStr("BBB222"))
        assert await all_waiting(book) == {"p0": "AAA111", "p1": "BBB222"}


@pytest.mark.parametrize("leaves", [FREED, happened.ParcelFoundGone()])
async def test_the_code_stays_with_the_unit_when_the_parcel_that_brought_it_leaves(
    tmp_path: Path, leaves: happened.Event
) -> None:
    async with journal(tmp_path) as book:
        await lie_together(book, "AAA111", "BBB222", "CCC333")
        await book.append("p2", leaves, CLERK)
        assert await all_waiting(book) == {"p0": "CCC333"}
        codes = await CodeStore(book).of("p0")
        assert codes is not None
        assert codes.waiting is not None
        assert codes.waiting.intent_id == "i-p2", "it goes on being the code of the deposit that brought it"
        assert (await export(book.connection))[-1]["body"]["intentId"] == "i-p2"
        await book.append("p0", leaves, CLERK)
        assert await all_waiting(book) == {"p1": "CCC333"}
        await book.append("p1", leaves, CLERK)
        assert not await all_waiting(book)
    assert b"CCC333" not in contents(tmp_path)


async def test_the_code_is_not_handed_to_somebody_elses_parcel_that_was_collected_unnoticed(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await lie_together(book, "AAA111")
        await book.append("p0", happened.PickupCodeSeen(), CLERK)
        await book.append("p1", taken_in("T1"), CLERK)
        stranger = PERSON.model_copy(update={"contact_id": "p9"})
        await book.append("p1", happened.RecipientChosen(contact=stranger), CLERK)
        await book.append("p1", DEPOSITED, CLERK, code=SecretStr("BBB222"))
        await book.append("p1", FREED, CLERK)
        assert not await all_waiting(book)


def never(parcel: Parcel) -> None:
    raise WrongStateError("not_now", parcel=parcel.parcel_id)


async def test_several_events_are_recorded_together_or_not_at_all(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await lie_together(book, "AAA111")
        steps: list[tuple[str, happened.Event]] = [("p0", happened.ParcelCancelled()), ("p1", taken_in("T0"))]
        before = await export(book.connection)
        with pytest.raises(UnknownParcelError, match="p1"):
            await book.append_together(steps[::-1], CLERK, allowed=lambda _: None)
        with pytest.raises(WrongStateError, match="here_already"):
            await book.append_together([*steps, ("p2", taken_in("T0"))], CLERK, allowed=lambda _: None)
        with pytest.raises(WrongStateError, match=r"not_now .parcel=p0"):
            await book.append_together(steps, CLERK, allowed=never)
        assert await export(book.connection) == before
        assert await all_waiting(book) == {"p0": "AAA111"}

        new = await book.append_together(steps, CLERK, allowed=lambda _: None)
        assert (new.parcel_id, new.state) == ("p1", ParcelState.TAKEN_IN)


async def test_what_a_contact_had_comes_the_latest_first_and_no_more_than_asked_for(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await lie_together(book, "AAA111", "BBB222", "CCC333")
        assert [each.parcel_id for each in await book.of_contact(PERSON.contact_id, 2)] == ["p2", "p1"]
        assert await book.of_contact("nobody", 2) == ()
        assert [each.parcel_id for each in await book.in_unit(PLACE)] == ["p0", "p1", "p2"]
        plan = await book.connection.read(
            lambda database: database.execute(
                "EXPLAIN QUERY PLAN SELECT body FROM parcels WHERE json_extract(body, '$.contact.contact_id') = ?"
                " ORDER BY changed_at DESC LIMIT ?",
                ("p1", 2),
            ).fetchall()
        )
        assert "parcels_by_contact" in plan[0][-1]
        assert len(plan) == 1


@pytest.mark.parametrize(("shared", "waits"), [(True, True), (False, True), (True, False)])
async def test_a_code_that_nobody_saw_is_missed_where_parcels_of_another_desk_stay(
    tmp_path: Path, *, shared: bool, waits: bool
) -> None:
    add = happened.WriteAsked(intent_id="i1", owner="o", operation=Operation.ADD, place=PLACE)
    reserved = happened.UnitReserved(intent_id="i1", place=PLACE, expiry=None)
    async with journal(tmp_path) as book:
        for event in (taken_in("T0"), CHOSEN, *((add, reserved) if shared else (reserved,))):
            await book.append("p0", event, CLERK)
        code = SecretStr("AAA111") if waits else None
        await book.append("p0", deposit_of("p0").model_copy(update={"code_received": waits}), CLERK, code=code)
        parcel = await book.append("p0", FREED, CLERK)
        item = AttentionItem(finding=Finding.CODE_ENDED_UNSEEN, place=PLACE)
        assert parcel.attention == ((item,) if shared and waits else ())
        again = await book.append("p0", reserved.model_copy(update={"place": OTHER_PLACE}), CLERK)
        new = deposit_of("p0").model_copy(update={"place": OTHER_PLACE})
        again = await book.append("p0", new, CLERK, code=SecretStr("BBB222"))
        assert again.attention == parcel.attention
