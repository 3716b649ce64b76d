"""A whole shift in plain mode: parcels of every carrier and every exception, by somebody who knows only printed lines.

What recipients and other desks do, and the network, are the world's; the kiosk itself is only read and typed to.
"""

from __future__ import annotations

import random
from collections.abc import Coroutine
from datetime import timedelta
from typing import Protocol

from tests.desk.test_scans import two_carriers
from tests.house.desk import PERSON
from tests.plain.teletype import HOME, Plain, Teletype
from tests.screens.kiosk_in_test import Desk
from tests.tracking import made

ABDI, ZAINAB, GERGO = "mwangi abdi", "zainab nasser", "farkas gergo"
PEOPLE = (ABDI, ZAINAB, GERGO)
CARRIERS = (made.ups, made.usps, made.fedex, made.post, made.amazon, made.sscc)


class Shift:
    """One person at one terminal, and the world around."""

    def __init__(self, plain: Plain, desk: Desk, tty: Teletype | None = None) -> None:
        self.tty = tty or plain.tty
        self.desk = desk
        self.services = plain.services
        self.random = random.Random(7)
        self.count = 0
        """Parcels so far."""

    def number(self) -> str:
        """Return the number on the next parcel."""
        self.count += 1
        return CARRIERS[self.count % len(CARRIERS)](self.random)

    async def scan(self, number: str) -> None:
        await self.tty.says(number, "For whom is it?")
        if self.tty.since.count("had this number before"):
            raise AssertionError(self.tty.since)

    async def recipient(self, name: str = "") -> None:
        await self.tty.says(name or self.random.choice(PEOPLE), "type the number of another one.")

    async def to_put_in(self, name: str = "") -> tuple[str, str]:
        """Take the next parcel in, up to its door; return its number and its locker."""
        number = self.number()
        await self.scan(number)
        await self.recipient(name)
        # A new locker, so that each exception is about one parcel.
        await self.tty.says(self.tty.number_of(" free"), "Press Enter when it is in")
        return number, self.unit()

    def unit(self) -> str:
        return self.tty.last(r"Put it in locker (\S+),")

    async def put_in(self, number: str) -> str:
        """Say that it is in, read the code, and confirm it; return the code."""
        await self.tty.says("", "Press Enter once the code is passed on")
        code = self.tty.last(r"Pickup code: (\S+ \S+)").replace(" ", "")
        (held,) = self.desk.service.holding(number)
        assert held["pickupCode"] == code
        await self.home("")
        return code

    async def home(self, line: str, *words: str) -> str:
        return await self.tty.says(line, *words, HOME)

    async def collected(self, number: str) -> None:
        """Let the recipient collect, and the kiosk notice."""
        for held in self.desk.service.holding(number):
            self.desk.service.collect(held["lockerBankId"], held["lockerUnitId"])
        for bank in await self.services.queries.lockers.banks():
            await self.services.queries.lockers.bank(bank.locker_bank_id, fresh=True)

    async def ordinary(self) -> None:
        number, _unit = await self.to_put_in()
        await self.put_in(number)
        await self.collected(number)


async def scanned_twice(shift: Shift) -> None:
    number, _unit = await shift.to_put_in()
    await shift.put_in(number)
    await shift.tty.says(number, "Already here: in locker", "What is to be done with it?")
    await shift.home("back")
    await shift.collected(number)


async def unknown_recipient(shift: Shift) -> None:
    await shift.scan(number := shift.number())
    await shift.tty.says("Qxyzzy Nobody", "Nobody matches Qxyzzy Nobody.", "For whom is it?")
    await shift.tty.says("shelf", "Which name is on the label?")
    await shift.tty.says("Qxyzzy Nobody", "Press Enter when it is there")
    await shift.home("", f"Parcel {number} is at S")


async def department(shift: Shift) -> None:
    await shift.scan(number := shift.number())
    await shift.tty.says("mailroom", "For whom is it?")
    await shift.tty.says(shift.tty.number_of("personal id"), "type the number of another one.")
    await shift.tty.says(shift.tty.number_of(" free"), "Press Enter when it is in")
    await shift.home("", "A department collects without a code.", f"Parcel {number} is in.")
    await shift.collected(number)


async def occupied(shift: Shift) -> None:
    number, unit = await shift.to_put_in()
    await shift.tty.says("problem", "What is wrong with locker")
    await shift.tty.says(shift.tty.number_of("already in it"), f"Locker {unit} was given back. Use this one.")
    assert shift.unit() != unit
    await shift.put_in(number)
    await shift.collected(number)


async def does_not_open(shift: Shift) -> None:
    number, unit = await shift.to_put_in()
    await shift.tty.says("problem", "What is wrong with locker")
    await shift.tty.says(shift.tty.number_of("does not open"), f"Try locker {unit} once more.")
    await shift.tty.says("", "Press Enter when it is in")  # it opened
    await shift.tty.says("problem", "What is wrong with locker")
    await shift.tty.says(shift.tty.number_of("does not open"), f"Try locker {unit} once more.")
    await shift.tty.says("yes", f"Locker {unit} was given back. Use this one.")
    await shift.put_in(number)
    await shift.collected(number)


async def too_small(shift: Shift) -> None:
    number, unit = await shift.to_put_in()
    await shift.tty.says("problem", "What is wrong with locker")
    await shift.tty.says(shift.tty.number_of("too small"), f"Locker {unit} was given back. Use this one.")
    await shift.put_in(number)
    await shift.collected(number)


async def another_desk_was_faster(shift: Shift) -> None:
    await shift.scan(number := shift.number())
    await shift.recipient()
    shift.desk.service.fault("400", "createReservation")
    said = await shift.tty.says(shift.tty.number_of(" free"), "Press Enter to try again, or type back.")
    assert "refused" in said.lower()
    await shift.tty.says("", "type the number of another one.")
    await shift.tty.says(shift.tty.number_of(" free"), "Press Enter when it is in")
    await shift.put_in(number)
    await shift.collected(number)


async def network_away_and_back(shift: Shift) -> None:
    await shift.scan(number := shift.number())
    shift.desk.service.pull_out()
    await shift.tty.types(ABDI)
    if "another one." in await shift.tty.reads_any("Press Enter to put it on the shelf", "another one."):
        # What was read a moment ago is proposed; that there is no line shows when it is asked for.
        await shift.tty.says(shift.tty.number_of(" free"), "Press Enter to try again, or type back.")
        await shift.tty.says("", "No connection to the locker service.", "Press Enter to put it on the shelf")
    await shift.tty.says("", "Press Enter when it is there")
    await shift.home("", f"Parcel {number} is at S")
    shift.desk.service.plug_in()
    shift.services.background.look()
    await shift.tty.reads("The connection to the locker service is back.", HOME)
    await shift.tty.says(number, "Already here since", "What is to be done with it?")
    await shift.tty.says(shift.tty.number_of("Take off the shelf"), "type the number of another one.")
    await shift.tty.says(shift.tty.number_of(" free"), "Press Enter when it is in")
    await shift.put_in(number)
    await shift.collected(number)


async def in_doubt_and_settled(shift: Shift) -> None:
    number, _unit = await shift.to_put_in()
    shift.desk.service.fault("lost", "updateDeposit")
    shift.desk.service.fault("503", "getReservation", times=99)
    await shift.tty.says("", "not confirmed", "What is to be done with it?")
    shift.desk.service.clear()
    await shift.tty.says(shift.tty.number_of("Check with the locker service"), "Press Enter once the code is passed on")
    await shift.home("", f"Parcel {number} is in.")
    await shift.collected(number)


async def code_said_again(shift: Shift) -> None:
    number, _unit = await shift.to_put_in()
    code = await shift.put_in(number)
    await shift.tty.says(number, "What is to be done with it?")
    await shift.tty.says(
        shift.tty.number_of("Show the pickup code again"), "This code was seen before.", "Press Enter to go on"
    )
    assert code in shift.tty.since.replace(" ", "")
    await shift.tty.says("", "What is to be done with it?")
    await shift.home("back")
    await shift.collected(number)


async def handed_over(shift: Shift) -> None:
    number, _unit = await shift.to_put_in(ZAINAB)
    code = await shift.put_in(number)
    await shift.tty.says("tasks", "What is to be done?")
    await shift.tty.says(shift.tty.number_of("Hand over"), "What is collected?")
    await shift.tty.types(code)
    if "What is given out?" in await shift.tty.reads_any("What is given out?", "Who collects?"):
        await shift.tty.says("1", "Who collects?")
    await shift.tty.says("", "How was the identity checked?")
    await shift.tty.says("2", "may sign by typing")
    await shift.home("Z. A.", "parcel was given to")
    assert not shift.desk.service.holding(number)


async def cancelled_and_undone(shift: Shift) -> None:
    number, _unit = await shift.to_put_in()
    await shift.tty.says("cancel", "Type yes to do it.")
    await shift.home("yes", f"Parcel {number} was cancelled.")
    await shift.tty.says("undo", "The parcel is not cancelled any more.", "type the number of another one.")
    await shift.tty.says(shift.tty.number_of(" free"), "Press Enter when it is in")
    await shift.put_in(number)
    await shift.collected(number)


async def wrong_recipient_moved(shift: Shift) -> None:
    number, _unit = await shift.to_put_in(ZAINAB)
    await shift.put_in(number)
    await shift.tty.says(number, "What is to be done with it?")
    await shift.tty.says(shift.tty.number_of("Move to the right recipient"), "Is it out? Type yes.")
    await shift.tty.says("yes", "Choose the right person.", "For whom is it?")
    await shift.recipient(GERGO)
    await shift.tty.says(shift.tty.number_of(" free"), "Press Enter when it is in")
    await shift.put_in(number)
    await shift.collected(number)


async def second_code(shift: Shift) -> None:
    await shift.scan(first := shift.number())
    second = made.ups(shift.random)
    await shift.tty.says("code", "Scan the other barcode of this box.")
    await shift.tty.says(second, "For whom is it?")
    await shift.tty.says("page", "Other codes:", "What is to be done with it?")
    await shift.tty.says(shift.tty.number_of("Go on with this parcel"), "For whom is it?")
    await shift.home("back", "stays under Unfinished")
    await shift.tty.says(second, "Already here since", "For whom is it?")
    await shift.recipient()
    await shift.tty.says(shift.tty.number_of(" free"), "Press Enter when it is in")
    await shift.tty.says("", "Press Enter once the code is passed on")
    await shift.home("")
    await shift.collected(first)
    await shift.collected(second)


async def two_scans_are_one_box(shift: Shift) -> None:
    await shift.scan(first := shift.number())
    await shift.tty.says(shift.number(), f"Parcel {first} stays under Unfinished.", "type same.", "For whom is it?")
    await shift.tty.says("same", "is on the same box", "For whom is it?")
    await shift.tty.says("shelf", "Which name is on the label?")
    await shift.tty.says("", "Press Enter when it is there")
    await shift.home("", "is at S")


async def made_number(shift: Shift) -> None:
    shift.count += 1
    await shift.tty.says("+", "Write this number on the box:", "Press Enter when it is on the box.")
    number = shift.tty.last(r"on the box: (\S+)")
    await shift.tty.says("", "For whom is it?")
    await shift.recipient()
    await shift.tty.says(shift.tty.number_of(" free"), "Press Enter when it is in")
    await shift.put_in(number)
    await shift.collected(number)


async def two_carriers_and_a_wrong_digit(shift: Shift) -> None:
    number = two_carriers()
    await shift.tty.says(number, "Which one is it?")
    await shift.tty.says(shift.tty.number_of("Purolator"), "For whom is it?")
    await shift.home("back")
    wrong = made.wrong(made.ups(shift.random))
    await shift.tty.says(wrong, "The check digit of this UPS number is wrong", "Scan it again, or type anyway")
    await shift.tty.says("cancel", "Type yes to do it.")
    await shift.home("yes", "was cancelled.")
    shift.count += 2


async def outgoing(shift: Shift) -> None:
    await shift.scan(number := shift.number())
    await shift.tty.says("send", "Why does it leave?")
    await shift.tty.says("", "Where does it go?")
    await shift.home("", f"Parcel {number} goes to", "It is listed under Leaving today.")
    await shift.tty.says("tasks", "What is to be done?")
    await shift.tty.says(shift.tty.number_of("Leaving today"), "What left?")
    await shift.home(shift.tty.number_of(number), f"Parcel {number} has left.")


async def expired_round(shift: Shift) -> None:
    number, unit = await shift.to_put_in()
    await shift.put_in(number)
    shift.desk.clock.advance(timedelta(days=2))
    await shift.tty.says("tasks", "What is to be done?")
    await shift.tty.says(shift.tty.number_of("Expired lockers"), "What is taken out?")
    await shift.tty.says(shift.tty.number_of(number), "Where do they go?")
    await shift.tty.says("", "Begin the round? Type yes.")
    await shift.tty.says("yes", f"Take parcel {number} out of locker {unit}", "Is it out?")
    await shift.tty.says(shift.tty.number_of("It is out"), "Lay it on the shelf at", "Press Enter when it is there")
    await shift.home("", "1 parcel is out")
    assert not shift.desk.service.holding(number)


async def stock_take(shift: Shift) -> None:
    number, unit = await shift.to_put_in()
    await shift.put_in(number)
    await shift.tty.says("tasks", "What is to be done?")
    await shift.tty.says(shift.tty.number_of("Stock-take"), "Which bank is to be counted?")
    await shift.tty.says("1", "Locker ", "or type empty.")
    while True:
        here = shift.tty.last(r"Locker (\S+) On record")
        if here == unit:
            await shift.tty.says(number, "right", "Enter goes on.")
            await shift.tty.types("")
        else:
            await shift.tty.types("empty")
        said = await shift.tty.reads_any("or type empty.", "to put it right")
        if "to put it right" in said:
            break
    await shift.tty.says("finish", "Finish this stock-take? Type yes.")
    await shift.home("yes", "The stock-take is finished.")
    await shift.collected(number)


async def no_free_locker(shift: Shift) -> None:
    """Fill every locker that is free, as other desks do, and bring one parcel more."""
    taken: list[tuple[str, str]] = []
    for unit in shift.desk.service.units():
        if unit["unitInService"] and not unit["unitReserved"]:
            number = f"OTHER{len(taken)}"
            body = {"userId": "x@example.com", "lockerUnitId": unit["lockerUnitId"], "contactId": PERSON.contact_id,
                    "contactType": "recipient", "trackingNumber": number}  # fmt: skip
            shift.desk.service.request("POST", f"{unit['lockerBankId']}/lockers/reserve", body)
            taken.append((unit["lockerBankId"], unit["lockerUnitId"]))
    for bank in await shift.services.queries.lockers.banks():
        await shift.services.queries.lockers.bank(bank.locker_bank_id, fresh=True)
    await shift.scan(number := shift.number())
    await shift.tty.says(ABDI, "is full.", "No locker fits here.")
    await shift.tty.says("shelf", "Press Enter when it is there")
    await shift.home("", f"Parcel {number} is at S")
    for bank_id, unit_id in taken:
        shift.desk.service.request("POST", f"{bank_id}/lockers/{unit_id}/free", {"userId": "x@example.com"})
    for bank in await shift.services.queries.lockers.banks():
        await shift.services.queries.lockers.bank(bank.locker_bank_id, fresh=True)


class Exceptional(Protocol):
    """Something that does not go as usual."""

    __name__: str

    def __call__(self, shift: Shift, /) -> Coroutine[object, object, None]:
        """Let it happen, and deal with it."""


EXCEPTIONS: tuple[Exceptional, ...] = (
    scanned_twice,
    unknown_recipient,
    department,
    occupied,
    does_not_open,
    too_small,
    another_desk_was_faster,
    network_away_and_back,
    in_doubt_and_settled,
    code_said_again,
    handed_over,
    cancelled_and_undone,
    wrong_recipient_moved,
    second_code,
    two_scans_are_one_box,
    made_number,
    two_carriers_and_a_wrong_digit,
    outgoing,
    no_free_locker,
    stock_take,
    expired_round,
)


async def work(shift: Shift, parcels: int) -> None:
    """Take so many parcels in, with every exception spread over them."""
    await shift.tty.reads(HOME)
    for exception in EXCEPTIONS:
        await exception(shift)
        if shift.count < parcels:
            await shift.ordinary()
    while shift.count < parcels:
        await shift.ordinary()
