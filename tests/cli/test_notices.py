"""`kiosk notices`: what is owed and what reached nobody is listed, sent again and sent."""

from __future__ import annotations

import asyncio
import re

import pytest

from kiosk.cli.session import open_session
from kiosk.journal.notice_store import NoticeStore
from kiosk.parcels.parcel import Cause
from kiosk.parcels.states import Channel
from tests.cli.harness import OTHER_PERSON, PERSON, WHY, Kiosk

UPS = "1Z999AA10123456784"
REFUSED = Cause(code="address_refused", parameters={"status": 550})


@pytest.fixture(autouse=True)
def _at_any_time(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let notices go out whatever time it is, and gather none."""
    request.getfixturevalue("kiosk")  # which begins with an environment without settings of ours
    monkeypatch.setenv("KIOSK_NOTICES__QUIET_FROM", "00:00")
    monkeypatch.setenv("KIOSK_NOTICES__QUIET_UNTIL", "00:00")
    monkeypatch.setenv("KIOSK_NOTICES__GATHER_MINUTES", "60")


async def give_up() -> None:
    """Let all that is owed reach nobody, as delivery records it."""
    async with open_session(None) as (services, person):
        store, now = NoticeStore(services.queries.journal), services.clock.now()
        await store.hurry(now)
        begun = await store.begin(await store.due(now, {Channel.MAIL}), "<m@example.com>", now)
        await store.given_up(begun, REFUSED, person)


def table(text: str) -> list[list[str]]:
    """Return the cells of a table, times made the same."""
    rows = [re.split(r" {2,}", line.strip()) for line in text.splitlines()]
    return [[re.sub(r"(today|tomorrow|\w+ \d+ \w+) \d\d:\d\d", "TIME", cell) for cell in row] for row in rows]


def test_what_waits_is_listed_with_what_it_is_and_when_it_goes(kiosk: Kiosk) -> None:
    kiosk.deposited(UPS)
    (owed,) = kiosk("notices", "list", "--json").json
    assert (owed["trackingNumber"], owed["contactId"], owed["notice"]) == (UPS, PERSON, "arrived")
    assert (owed["channel"], owed["attempts"]) == ("mail", 0)
    assert "cause" not in owed
    listed = kiosk("notices", "list")
    assert table(listed.out) == [
        ["Number", "Recipient", "Notice", "Channel", "Due", "Attempts", "Why"],
        ["…6784", "Samira Abboud", "parcel has arrived", "e-mail", "TIME", "0"],
    ]
    code = kiosk("find", UPS, "--json").json.get("pickupCode")
    assert code is None
    assert UPS not in listed.out


def test_what_may_go_out_is_sent_and_what_has_its_time_to_come_is_still_owed(kiosk: Kiosk) -> None:
    kiosk.deposited(UPS)
    early = kiosk("notices", "send", "--json")
    assert (early.code, early.json) == (3, {"sent": 0, "delayed": 0, "givenUp": 0, "owed": 1})
    hurried = kiosk("notices", "retry", *WHY)
    assert (hurried.code, hurried.out) == (0, "")
    assert hurried.err == "1 notice goes out as soon as its channel works and the hours allow it.\n"
    sent = kiosk("notices", "send")
    assert (sent.code, table(sent.out)) == (
        0,
        [["Sent", "1"], ["To be tried again", "0"], ["Given up", "0"], ["Still owed", "0"]],
    )
    assert len(list((kiosk.data_dir / "mail").glob("*.eml"))) == 1
    nothing = kiosk("notices", "list")
    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err == "Everything has gone out, and nothing is to be printed.\n"
    assert kiosk("notices", "list", "--json").json == []


def test_what_reached_nobody_is_listed_and_sent_again_with_a_reason(kiosk: Kiosk) -> None:
    for number, contact in ((UPS, PERSON), ("T2", PERSON), ("T3", OTHER_PERSON)):
        kiosk.deposited(number, contact=contact)
    asyncio.run(give_up())
    listed = kiosk("notices", "list", "--json").json
    assert [each["trackingNumber"] for each in listed] == [UPS, "T2", "T3"]
    assert {each["cause"]["code"] for each in listed} == {"address_refused"}
    assert all("undeliverableSince" in each and "dueTime" not in each for each in listed)
    assert table(kiosk("notices", "list").out)[1] == [
        "…6784",
        "Samira Abboud",
        "undeliverable since TIME",
        "The mail server refused the recipient's address (550).",
    ]
    assert kiosk("notices", "retry").code == 2, "without a reason nothing is sent again"
    again = kiosk("notices", "retry", *WHY, "--json")
    assert (again.code, [each["trackingNumber"] for each in again.json]) == (0, [UPS, "T3"])
    asked = [each for each in kiosk("journal", "export", "--json").json if each["type"] == "correction_asked"]
    assert [(each["body"]["step"], each["body"]["reason"]) for each in asked] == [("send_again", "asked for")] * 2
    assert kiosk("notices", "send").code == 0
    assert kiosk("notices", "list", "--json").json == []


def test_one_parcel_is_sent_again_and_the_others_wait(kiosk: Kiosk) -> None:
    for number, contact in ((UPS, PERSON), ("T3", OTHER_PERSON)):
        kiosk.deposited(number, contact=contact)
    asyncio.run(give_up())
    kiosk.deposited("T4", contact=OTHER_PERSON)
    assert kiosk("notices", "retry", UPS, *WHY).code == 0
    sent = kiosk("notices", "send", "--json")
    assert (sent.code, sent.json["sent"], sent.json["owed"]) == (3, 1, 1)
    assert {each["trackingNumber"] for each in kiosk("notices", "list", "--json").json} == {"T3", "T4"}


def test_a_notice_that_waits_is_hurried_and_not_sent_twice(kiosk: Kiosk) -> None:
    kiosk.deposited(UPS)
    result = kiosk("notices", "retry", UPS, *WHY, "--json")
    assert (result.code, result.json) == (0, [])
    assert kiosk("notices", "send", "--json").json["sent"] == 1


def test_of_a_parcel_that_is_gone_or_unknown_nothing_is_sent_again(kiosk: Kiosk) -> None:
    kiosk.deposited(UPS)
    kiosk("handover", UPS, "--to", "Maria Smith", "--checked", "badge", *WHY)
    refused = kiosk("notices", "retry", UPS, *WHY, "--json")
    assert (refused.code, refused.json[0]["error"]["code"]) == (1, "state_hinders")
    assert f"{UPS}: " in refused.err
    unknown = kiosk("notices", "retry", "T404", *WHY, "--json")
    assert (unknown.code, unknown.json["error"]["code"]) == (1, "parcel_unknown_everywhere")
