"""`kiosk handover`, `kiosk expired` and `kiosk outgoing`."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.cli.session import open_session
from kiosk.parcels.states import OutgoingReason
from tests.cli.conftest import Service
from tests.cli.harness import DEPARTMENT, OTHER_PERSON, WHY, Kiosk

TO = ("--to", "Maria Smith", "--checked", "badge")


def test_several_parcels_are_handed_over_with_one_reason(kiosk: Kiosk, service: Service) -> None:
    for number in ("T1", "T2"):
        kiosk.deposited(number)
    result = kiosk("handover", "T1", "T2", *TO, "--signature", "M. Smith", *WHY, "--json")
    assert result.code == 0
    assert [(each["state"], each["handedTo"]) for each in result.json] == [("handed_over", "Maria Smith")] * 2
    assert service.units_of("T1") == service.units_of("T2") == []
    asked, given, *_ = kiosk("journal", "export", "--json").json[-8:]
    assert (asked["type"], asked["body"]["step"]) == ("correction_asked", "hand_over")
    assert (given["body"]["checked"], given["personal"]["signature"]) == ("badge", "M. Smith")


def test_what_is_refused_of_one_holds_no_other_back(kiosk: Kiosk, service: Service) -> None:
    kiosk.deposited("T1")
    result = kiosk("handover", "T404", "T1", *TO, *WHY, "--json")
    assert result.code == 1
    unknown, given = result.json
    assert (unknown["trackingNumber"], unknown["error"]["code"]) == ("T404", "parcel_unknown_everywhere")
    assert given["state"] == "handed_over"
    again = kiosk("handover", "T1", *TO, *WHY)
    assert again.code == 1
    assert "T1: " in again.err
    assert service.units_of("T1") == []


def test_a_locker_that_is_given_back_later_is_not_finished(kiosk: Kiosk, service: Service) -> None:
    kiosk.deposited("T1")
    service.queue("lost", "freeReservation")
    service.queue("503", "getReservation", times=99)
    result = kiosk("handover", "T1", *TO, *WHY)
    assert result.code == 3
    assert "is given back later" in result.err
    assert "handed over" in result.out


@pytest.mark.parametrize("missing", ["--to", "--checked", "--reason"])
def test_who_took_it_how_that_was_checked_and_why_are_needed(kiosk: Kiosk, missing: str) -> None:
    words = [*TO, *WHY]
    at = words.index(missing)
    assert kiosk("handover", "T1", *words[:at], *words[at + 2 :]).code == 2
    assert kiosk("handover", "T1", *words, "--checked", "somehow").code == 2
    assert kiosk("handover", *words).code == 2


def test_what_expires_is_listed_in_walking_order_and_what_was_collected_is_not(kiosk: Kiosk, service: Service) -> None:
    units = {
        number: int(kiosk.deposited(number, contact=contact)["lockerUnitId"])
        for number, contact in (("T1", OTHER_PERSON), ("T2", DEPARTMENT))
    }
    kiosk.deposited("T3", "--bank", "BTwo")
    assert kiosk("expired", "--days", "0.5", "--json").json == []
    listed = kiosk("expired", "--days", "2", "--json").json
    assert [each["trackingNumber"] for each in listed] == [*sorted(units, key=lambda each: units[each]), "T3"]
    assert {each["expired"] for each in listed} == {False}
    assert [each["trackingNumber"] for each in kiosk("expired", "--days", "2", "--bank", "BTwo", "--json").json] == [
        "T3"
    ]
    table = kiosk("expired", "--days", "2")
    assert "Lobby  " in table.out
    assert "ends in 23 hours" in table.out
    service.collect("AOne", str(units["T1"]))
    assert "T1" not in kiosk("expired", "--days", "2").out
    service.queue("503", "getLockerBankDetails", times=99)
    assert "T2" in kiosk("expired", "--days", "2").out


async def dropped_off(*numbers: str) -> None:
    """Note parcels for the driver, and that the first of them left, as a clerk does."""
    async with open_session(None) as (services, person):
        leaving = services.desk.leaving
        parcels = [(await services.desk.scans.take_in(number, person)).parcel for number in numbers]
        parcels = [await leaving.make_outgoing(each, "UPS driver", OutgoingReason.RETURN, person) for each in parcels]
        await leaving.note_sent(parcels[0], person)


def test_what_leaves_is_listed_and_behind_it_what_left(kiosk: Kiosk) -> None:
    asyncio.run(dropped_off("T1", "1Z5R89390357567127"))
    waiting, sent = kiosk("outgoing", "--json").json
    assert (waiting["carrier"], waiting["state"], waiting["destination"]) == ("ups", "outgoing", "UPS driver")
    assert (sent["trackingNumber"], sent["state"], sent["outgoingReason"]) == ("T1", "sent", "return")
    table = kiosk("outgoing").out
    assert table.index("to be sent") < table.index("dropped off here", table.index("T1"))


def test_with_nothing_to_do_the_lists_say_so(kiosk: Kiosk) -> None:
    for command, words in (("expired", "Nothing has to be taken out."), ("outgoing", "Nothing waits for a carrier")):
        result = kiosk(command)
        assert (result.code, result.out) == (0, "")
        assert words in result.err
        assert kiosk(command, "--json").json == []
    for days in ("-1", "nan", "soon"):
        assert kiosk("expired", f"--days={days}").code == 2
