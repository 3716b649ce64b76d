"""Slips and labels come out of a printer that works, wait for one that does not, and say what may be a copy."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import ImageOps

from kiosk.background.notices import Outcome
from kiosk.background.paper import AGAIN_AFTER, GIVE_UP_AFTER, LOOK_EVERY_SECONDS, PrintPaper
from kiosk.clock import ManualClock
from kiosk.desk.notices import Paper, PaperState
from kiosk.errors import PrinterError, WrongStateError
from kiosk.journal.notice_store import NoticeStore
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import Channel, NoticeKind, ShelfReason
from kiosk.settings.printer import Printer
from tests.house.desk import CLERK, DEPARTMENT, OWNER, OpenDesk, World, open_desk, unit_of
from tests.journal.book import contents
from tests.printing.paper import from_esc_pos
from tests.printing.printers import (
    CUT,
    GOOD,
    OUT_OF_PAPER,
    Connected,
    NetworkPrinter,
    drops_at_once,
    drops_midway,
    one_by_one,
    takes_nothing,
    tells,
)

ROOT = Path(__file__).parents[2]
SLIP = NoticeKind.SLIP
WIDTH = 576


@asynccontextmanager
async def printing_desk(
    tmp_path: Path, world: World, clock: ManualClock, printer: NetworkPrinter, *, by_itself: bool = True
) -> AsyncIterator[OpenDesk]:
    settings = Printer(address=printer.address, slips=by_itself, labels=by_itself)
    async with open_desk(tmp_path / "desk", world, clock, printer=settings) as desk:
        yield desk


def paper(desk: OpenDesk) -> PrintPaper:
    return desk.services.paper


def sheets(printer: NetworkPrinter) -> list[bytes]:
    """Return each job that came out whole."""
    return [part + CUT for part in bytes(printer.received).split(CUT)[:-1]]


def codes(sheet: bytes) -> dict[str, str]:
    return from_esc_pos(sheet, WIDTH).codes()


async def causes(desk: OpenDesk) -> list[str | None]:
    return [each.cause.code if each.cause else None for each in await desk.desk.notices.owed()]


async def given_up(desk: OpenDesk, parcel: Parcel) -> str:
    """Return why the parcel's slip was given up."""
    found = await desk.desk.notices.paper(parcel, SLIP)
    assert found is not None
    assert found.cause is not None
    assert found.state is PaperState.GIVEN_UP
    return found.cause.code


def is_marked(sheet: bytes) -> bool:
    """Tell whether the uppermost word stands white on black."""
    image = from_esc_pos(sheet, WIDTH).image
    _, top, _, _ = ImageOps.invert(image).getbbox() or (0, 0, 0, 0)
    return image.crop((0, top, WIDTH, top + 10)).histogram()[0] > WIDTH * 5


async def test_a_deposit_prints_its_slip_with_the_code_and_leaves_no_copy_of_it(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    with NetworkPrinter(tells(GOOD)) as printer:
        async with printing_desk(tmp_path, world, clock, printer) as desk:
            parcel = await desk.deposited()
            code = await desk.code(parcel)
            assert paper(desk).is_worth_it, "what this process owes is printed at once"
            assert await paper(desk).run() == Outcome(sent=1)
            (sheet,) = sheets(printer)
            assert code in codes(sheet)
            assert not is_marked(sheet)
            assert await desk.desk.notices.owed() == ()
            assert await desk.desk.notices.paper(parcel, SLIP) == Paper(PaperState.PRINTED)
            assert (await desk.events())[-1] == "notice_sent"
            await desk.seen(parcel)
            clock.live(timedelta(hours=1))
            await desk.pickup_codes.drop_due()
            assert code is not None
            assert code.encode() not in contents(desk.folder)


async def test_a_parcel_on_the_shelf_gets_a_label_with_its_number(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    with NetworkPrinter(tells(GOOD)) as printer:
        async with printing_desk(tmp_path, world, clock, printer) as desk:
            await desk.shelf.put_on(await desk.taken_in(), "S1", ShelfReason.NO_UNIT, CLERK)
            await paper(desk).run()
            assert list(map(codes, sheets(printer))) == [{"T1": "Code 128"}]


async def test_one_that_is_printed_again_is_a_copy_until_the_code_is_another_one(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    with NetworkPrinter(tells(GOOD)) as printer:
        async with printing_desk(tmp_path, world, clock, printer) as desk:
            parcel = await desk.deposited()
            await paper(desk).run()
            await desk.desk.notices.print_slip(parcel, CLERK)
            await paper(desk).run()
            await desk.corrections.renew_code(await desk.now(parcel), "never got one", OWNER)
            await paper(desk).run()
            first, again, renewed = sheets(printer)
            assert codes(first) == codes(again) != codes(renewed)
            assert [is_marked(each) for each in (first, again, renewed)] == [False, True, False]


async def test_a_slip_of_a_department_bears_no_code(tmp_path: Path, world: World, clock: ManualClock) -> None:
    with NetworkPrinter(tells(GOOD)) as printer:
        async with printing_desk(tmp_path, world, clock, printer) as desk:
            parcel = await desk.deposited(contact=DEPARTMENT)
            assert await paper(desk).run() == Outcome(), "anybody of it can open the locker"
            await desk.desk.notices.print_slip(parcel, CLERK)
            assert await paper(desk).run() == Outcome(sent=1)
            assert list(map(codes, sheets(printer))) == [{}]


async def test_without_paper_all_waits_and_is_tried_again_ever_more_rarely(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    with NetworkPrinter(one_by_one(*[tells(OUT_OF_PAPER)] * 5, *[tells(GOOD)] * 2)) as printer:
        async with printing_desk(tmp_path, world, clock, printer) as desk:
            for number in ("T1", "T2"):
                await desk.deposited(number)
            for wait in (*AGAIN_AFTER, AGAIN_AFTER[-1]):
                assert await paper(desk).run() == Outcome(delayed=2)
                assert desk.activity.printer is not None
                assert await causes(desk) == ["printer_out_of_paper"] * 2
                assert paper(desk).sooner() == min(wait.total_seconds(), LOOK_EVERY_SECONDS)
                clock.live(wait - timedelta(seconds=1))
                assert await paper(desk).run() == Outcome(), "it is not asked before its time"
                clock.live(timedelta(seconds=1))
            assert await paper(desk).run() == Outcome(delayed=2)
            clock.live(AGAIN_AFTER[-1])
            assert await paper(desk).run() == Outcome(sent=2)
            assert desk.activity.printer is None
            assert not any(map(is_marked, sheets(printer))), "nothing came out before"


async def test_after_a_shift_without_a_printer_it_is_given_up(tmp_path: Path, world: World, clock: ManualClock) -> None:
    with NetworkPrinter(drops_at_once) as printer:
        async with printing_desk(tmp_path, world, clock, printer) as desk:
            parcel = await desk.deposited()
            code = await desk.code(parcel)
            await paper(desk).run()
            await desk.seen(parcel)
            clock.live(GIVE_UP_AFTER)
            await desk.pickup_codes.drop_due()
            assert await paper(desk).run() == Outcome(given_up=1)
            assert await given_up(desk, parcel) in {"printer_refused", "printer_unreachable"}
            assert (await desk.now(parcel)).unreached_at is None, "paper is not how a recipient is reached"
            assert desk.activity.printer is None
            assert code is not None
            assert code.encode() not in contents(desk.folder)


async def test_what_broke_off_is_a_copy_whatever_happens_before_it_is_printed(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    with NetworkPrinter(one_by_one(drops_midway, tells(OUT_OF_PAPER), tells(GOOD), tells(GOOD))) as printer:
        async with printing_desk(tmp_path, world, clock, printer) as desk:
            await desk.deposited("T1")
            await desk.deposited("T2")
            await paper(desk).run()
            assert await causes(desk) == ["printer_broke_off"] * 2
            for wait in AGAIN_AFTER[:2]:
                clock.live(wait)
                await paper(desk).run()
            assert await causes(desk) == []
            printer.received[: printer.received.rindex(b"\x1b@", 0, printer.received.index(CUT))] = b""
            assert [is_marked(each) for each in sheets(printer)] == [True, False]


async def test_one_that_broke_off_and_is_asked_for_anew_is_a_copy_too(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    with NetworkPrinter(one_by_one(drops_midway, tells(GOOD))) as printer:
        async with printing_desk(tmp_path, world, clock, printer) as desk:
            parcel = await desk.deposited()
            await paper(desk).run()
            await desk.desk.notices.print_slip(parcel, CLERK)
            assert await paper(desk).run() == Outcome(sent=1), "whoever asks does not wait for the next try"
            printer.received[: printer.received.rindex(b"\x1b@")] = b""
            assert list(map(is_marked, sheets(printer))) == [True]


async def test_a_kiosk_killed_while_it_prints_prints_again_and_says_that_it_may_be_a_copy(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    began = asyncio.Event()
    loop = asyncio.get_running_loop()

    def hang(connected: Connected) -> None:
        connected.answer(GOOD)
        connected.take(b"\x1dv0")
        loop.call_soon_threadsafe(began.set)
        connected.take()

    with NetworkPrinter(one_by_one(hang, tells(GOOD))) as printer:
        folder = tmp_path / "desk"
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.background.killed", str(folder), world.url, printer.address, cwd=ROOT
        )
        async with asyncio.timeout(60):
            await began.wait()
        process.kill()
        await process.wait()
        async with printing_desk(tmp_path, world, clock, printer) as desk:
            assert await paper(desk).run() == Outcome(), "it may still be at it"
            clock.live(timedelta(minutes=1))
            assert await paper(desk).run() == Outcome(sent=1)
            printer.received[: printer.received.rindex(b"\x1b@")] = b""
            assert list(map(is_marked, sheets(printer))) == [True]


async def test_one_that_had_failed_and_was_begun_by_a_kiosk_that_died_is_a_copy(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    with NetworkPrinter(one_by_one(tells(OUT_OF_PAPER), tells(GOOD))) as printer:
        async with printing_desk(tmp_path, world, clock, printer) as desk:
            await desk.deposited()
            await paper(desk).run()
            clock.live(AGAIN_AFTER[0])
            store, again_at = NoticeStore(desk.journal), clock.now() + timedelta(minutes=1)
            await store.begin(await store.due(clock.now(), {Channel.PAPER}), "m", again_at)
            clock.live(timedelta(minutes=1))
            assert await paper(desk).run() == Outcome(sent=1)
            assert list(map(is_marked, sheets(printer))) == [True]


async def test_what_the_recipient_has_taken_out_is_not_printed(
    tmp_path: Path, world: World, clock: ManualClock
) -> None:
    with NetworkPrinter(tells(OUT_OF_PAPER)) as printer:
        async with printing_desk(tmp_path, world, clock, printer) as desk:
            parcel = await desk.deposited()
            await paper(desk).run()
            world.collect(unit_of(parcel))
            await desk.lockers.refresh(parcel, CLERK)
            clock.live(AGAIN_AFTER[0])
            assert await paper(desk).run() == Outcome()
            assert desk.activity.printer is None, "nothing waits for it any more"


async def test_a_code_that_was_ended_is_printed_by_nobody(tmp_path: Path, world: World, clock: ManualClock) -> None:
    with NetworkPrinter(tells(GOOD)) as printer:
        async with printing_desk(tmp_path, world, clock, printer) as desk:
            first = await desk.deposited("T1")
            second = await desk.taken_in("T2")
            (open_locker,) = await desk.own_lockers(second)
            second = await desk.open_lockers.add(second, open_locker, CLERK, desk.told.append)
            await desk.intake.deposit(second, CLERK)
            assert await paper(desk).run() == Outcome(sent=1, given_up=1)
            assert await given_up(desk, first) == "code_not_kept"
            (unit,) = world.holding("T2")
            assert list(map(codes, sheets(printer))) == [{unit["pickupCode"]: "QR Code"}]


async def test_nothing_waits_for_a_printer_that_never_answers(tmp_path: Path, world: World, clock: ManualClock) -> None:
    with NetworkPrinter(takes_nothing) as printer:
        async with printing_desk(tmp_path, world, clock, printer) as desk:
            await desk.deposited("T1")
            printing = asyncio.create_task(paper(desk).run())
            async with asyncio.timeout(5):
                await desk.deposited("T2")
            assert not printing.done()
            assert [each.attempts for each in await desk.desk.notices.owed()] == [1, 0], "one job at a time"
            printing.cancel()
            await asyncio.wait({printing})


async def test_a_slip_whose_code_is_kept_no_longer_is_refused(tmp_path: Path, world: World, clock: ManualClock) -> None:
    with NetworkPrinter(tells(GOOD)) as printer:
        async with printing_desk(tmp_path, world, clock, printer, by_itself=False) as desk:
            parcel = await desk.deposited()
            assert not paper(desk).is_worth_it
            await desk.seen(parcel)
            clock.live(timedelta(hours=1))
            await desk.pickup_codes.drop_due()
            with pytest.raises(WrongStateError, match="code_not_kept"):
                await desk.desk.notices.print_slip(parcel, CLERK)


async def test_without_a_printer_nothing_is_owed_to_it(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    with pytest.raises(PrinterError, match="printer_not_set"):
        await desk.desk.notices.print_slip(parcel, CLERK)
    assert await desk.desk.notices.owed() == ()


async def test_what_another_process_owes_is_found_by_looking(tmp_path: Path, world: World, clock: ManualClock) -> None:
    with NetworkPrinter(tells(GOOD)) as printer:
        async with (
            printing_desk(tmp_path, world, clock, printer) as desk,
            printing_desk(tmp_path, world, clock, printer) as other,
        ):
            await other.deposited()
            assert not paper(desk).is_worth_it
            assert await paper(desk).run() == Outcome(sent=1)
            assert await paper(other).run() == Outcome()
