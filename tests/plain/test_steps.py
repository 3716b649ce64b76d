"""Every step of the table that a clerk may take can be taken in lines; what is asked here is derived from the table."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Final, NamedTuple

import pytest

from kiosk.desk.findings import still_held
from kiosk.parcels.states import Role
from kiosk.parcels.steps import Step, is_for
from kiosk.plain.clerk.ways import IN_THE_INTAKE, WAYS
from tests.house.desk import CLERK
from tests.journal.book import export
from tests.plain import shift as shifts
from tests.plain.shift import ABDI, Exceptional, Shift
from tests.plain.teletype import HOME, talking, until
from tests.printing.printers import GOOD, NetworkPrinter, tells
from tests.screens.kiosk_in_test import Desk
from tests.screens.notices_in_test import given_up, send_notices

OF_THE_CLERK: Final = [step for step in Step if is_for(step, Role.CLERK)]


class Taken(NamedTuple):
    """How a test takes a step, and the event by which it is known to be taken."""

    by: Exceptional
    event: str


async def _page(shift: Shift, number: str, *words: str) -> None:
    await shift.tty.says(number, "What is to be done with it?", *words)


async def _in_locker(shift: Shift) -> str:
    number, _unit = await shift.to_put_in(ABDI)
    await shift.put_in(number)
    return number


async def _choose(shift: Shift, words: str, *answer: str) -> None:
    await shift.tty.says(shift.tty.number_of(words), *answer)


async def apart(shift: Shift) -> None:
    await shifts.two_scans_are_one_box(shift)
    (box,) = await shift.services.queries.unfinished()
    await _page(shift, box.tracking_number)
    await _choose(shift, "Take off the shelf", "For whom is it?")
    await shift.tty.says("page", "What is to be done with it?")
    await _choose(shift, "Remove a barcode", "Which barcode is on another box?")
    await shift.tty.says("1", "For whom is it?")


async def to_own_locker(shift: Shift) -> None:
    await _in_locker(shift)
    await shift.scan(shift.number())
    await shift.tty.says(ABDI, "The recipient's own locker", "press Enter")
    await shift.tty.says("", "The recipient's other parcels are in it.", "Press Enter when it is in")
    await shift.tty.says("", "This one code is for all 2 parcels in the locker.")
    await shift.home("")


async def taken_back(shift: Shift) -> None:
    await shift.scan(number := shift.number())
    await shift.tty.says("send", "Why does it leave?")
    await shift.tty.says("", "Where does it go?")
    await shift.home("")
    await _page(shift, number)
    await _choose(shift, "Take back", "The parcel is in your hands.", "For whom is it?")


async def collected_unrecorded(shift: Shift) -> None:
    number, _unit = await shift.to_put_in()
    (held,) = shift.desk.service.holding(number)
    path = f"{held['lockerBankId']}/lockers/{held['lockerUnitId']}/free"
    shift.desk.service.request("POST", path, {"userId": "x@example.com"})
    await shift.tty.says("", "What is to be done with it?")
    await _choose(shift, "Note as collected", "type yes")
    await shift.tty.says("yes", "collected", "What is to be done with it?")


async def released(shift: Shift) -> None:
    await shift.to_put_in()
    await shift.tty.says("other", "was given back. Choose another one.", "type the number of another one.")


async def taken_in_again(shift: Shift) -> None:
    number, _unit = await shift.to_put_in()
    await shift.tty.says("cancel", "Type yes to do it.")
    await shift.home("yes")
    await shift.tty.says(f"find {number}", "Which one?")
    await shift.tty.says("1", "What is to be done with it?")
    await _choose(shift, "Take in again", "For whom is it?")


async def cleared(shift: Shift) -> None:
    number = await _in_locker(shift)
    await _page(shift, number)
    await _choose(shift, "Take out of the locker", "Type yes.")
    await shift.tty.says("yes", "in your hands.", "Press Enter when it is there")
    await shift.home("", "is at S1")


async def closed(shift: Shift) -> None:
    number = await _in_locker(shift)
    (parcel,) = await shift.services.queries.journal.find(number)
    assert parcel.place is not None
    await shift.services.desk.findings.raise_attention(parcel, still_held(parcel.place), CLERK)
    await _page(shift, number)
    await _choose(shift, "Close the item", "What is to be done with it?")


async def extended(shift: Shift) -> None:
    await shift.to_put_in()
    await shift.tty.says("page", "What is to be done with it?")
    await _choose(shift, "Keep the locker longer", "Until when is the locker held?")
    await _choose(shift, "A week", "The locker is held for longer.", "Press Enter when it is in")


async def renewed(shift: Shift) -> None:
    number = await _in_locker(shift)
    await _page(shift, number)
    await _choose(shift, "Issue a new pickup code", "Why is a new pickup code needed?")
    await shift.tty.says("", "The code that the recipient has is void then.", "Type yes.")
    await shift.tty.says("yes", "This is the new code. The one of before is void.", "Pickup code:")
    await shift.home("")


async def _unreached(shift: Shift) -> str:
    send_notices(shift.services)
    number = await _in_locker(shift)
    await given_up(shift.services)
    await _page(shift, number, "No notice about this parcel has reached")
    return number


async def sent_again(shift: Shift) -> None:
    await _unreached(shift)
    await _choose(shift, "Send the notice again", "What was missed goes out again.")


async def corrected(shift: Shift) -> None:
    await _unreached(shift)
    await _choose(shift, "Correct the recipient's address", "Type the e-mail address.")
    await shift.tty.says("no address", "Type the e-mail address.")
    await shift.tty.says("abdi@example.com", "What was missed goes out again, to abdi@example.com.")


async def slip(shift: Shift) -> None:
    await _page(shift, await _in_locker(shift))
    await _choose(shift, "Print a slip", "The slip is", "What is to be done with it?")


async def label(shift: Shift) -> None:
    await shift.scan(number := shift.number())
    await shift.tty.says("shelf", "Which name is on the label?")
    await shift.tty.says("", "Press Enter when it is there")
    await shift.tty.says("", "Print its label?")
    await shift.home("")
    await _page(shift, number)
    await _choose(shift, "Print a label", "The label is", "What is to be done with it?")


TAKEN: Final = {
    Step.SETTLE_NUMBER: Taken(shifts.two_carriers_and_a_wrong_digit, "number_chosen"),
    Step.ADD_CODE: Taken(shifts.second_code, "code_added"),
    Step.TAKE_CODE_OFF: Taken(apart, "code_taken_off"),
    Step.JOIN: Taken(shifts.two_scans_are_one_box, "parcel_joined"),
    Step.CHOOSE_RECIPIENT: Taken(Shift.ordinary, "recipient_chosen"),
    Step.NOTE_NAME: Taken(shifts.unknown_recipient, "recipient_read"),
    Step.RESERVE: Taken(Shift.ordinary, "unit_reserved"),
    Step.ADD_TO_LOCKER: Taken(to_own_locker, "unit_reserved"),
    Step.PUT_ON_SHELF: Taken(shifts.unknown_recipient, "parcel_put_on_shelf"),
    Step.TAKE_OFF_SHELF: Taken(apart, "parcel_taken_off_shelf"),
    Step.DEPOSIT: Taken(Shift.ordinary, "parcel_deposited"),
    Step.TAKE_BACK: Taken(taken_back, "parcel_taken_back"),
    Step.NOTE_COLLECTED: Taken(collected_unrecorded, "collection_noted"),
    Step.REPORT_UNIT: Taken(shifts.occupied, "unit_reported"),
    Step.RELEASE: Taken(released, "unit_freed"),
    Step.CONFIRM_CODE: Taken(Shift.ordinary, "pickup_code_seen"),
    Step.SHOW_CODE_AGAIN: Taken(shifts.code_said_again, "pickup_code_shown_again"),
    Step.TAKE_IN_AGAIN: Taken(taken_in_again, "parcel_cancelled parcel_taken_in"),
    Step.CANCEL: Taken(shifts.cancelled_and_undone, "parcel_cancelled"),
    Step.UNDO_CANCEL: Taken(shifts.cancelled_and_undone, "cancel_undone"),
    Step.HAND_OVER: Taken(shifts.handed_over, "parcel_handed_over"),
    Step.CLEAR: Taken(cleared, "unit_freed parcel_put_on_shelf"),
    Step.MAKE_OUTGOING: Taken(shifts.outgoing, "parcel_made_outgoing"),
    Step.NOTE_SENT: Taken(shifts.outgoing, "parcel_sent"),
    Step.MOVE_TO_RIGHT_PERSON: Taken(shifts.wrong_recipient_moved, "parcel_moved_on"),
    Step.CHECK: Taken(shifts.in_doubt_and_settled, "parcel_deposited"),
    Step.CLOSE_FINDING: Taken(closed, "attention_closed"),
    Step.EXTEND: Taken(extended, "reservation_extended"),
    Step.RENEW_CODE: Taken(renewed, "correction_asked"),
    Step.SEND_AGAIN: Taken(sent_again, "notice_failed"),
    Step.CORRECT_ADDRESS: Taken(corrected, "address_corrected"),
    Step.PRINT_SLIP: Taken(slip, ""),
    Step.PRINT_LABEL: Taken(label, ""),
}


def has_printer(desk: Desk, step: Step) -> AbstractContextManager[NetworkPrinter | None]:
    """Set a printer up where the step needs one; elsewhere it would only ask more."""
    if step not in {Step.PRINT_SLIP, Step.PRINT_LABEL}:
        return nullcontext()
    printer = NetworkPrinter(tells(GOOD))
    desk.printer = {"address": printer.address, "slips": False, "labels": False}
    return printer


def test_each_step_of_the_clerk_has_a_way_in_lines_and_no_other_has() -> None:
    assert set(WAYS) | IN_THE_INTAKE == set(OF_THE_CLERK)
    assert set(TAKEN) == set(OF_THE_CLERK)


@pytest.mark.parametrize("step", OF_THE_CLERK, ids=str)
async def test_a_step_can_be_taken(desk: Desk, step: Step) -> None:
    with has_printer(desk, step) as printer:
        async with talking(desk, read_seconds=1) as plain:
            await plain.tty.reads(HOME)
            await TAKEN[step].by(Shift(plain, desk))
            events = " ".join([event["type"] for event in await export(plain.services.queries.journal.connection)])
            assert TAKEN[step].event in events
            if printer is not None:
                await until(lambda: bool(printer.received), "printed")
