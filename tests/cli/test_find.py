"""`kiosk find`: the journal's word and the server's, for a number or a contact."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.parcels.contacts import Contact
from tests.cli.conftest import Service
from tests.cli.harness import OTHER_PERSON, PERSON, Kiosk
from tests.house.others import hear, other

CLOSED = "http://127.0.0.1:9/parcelpoint"


def test_a_parcel_in_a_locker_is_found_in_both(kiosk: Kiosk) -> None:
    put_in = kiosk.deposited("T1")
    found = kiosk("find", "T1", "--json")
    assert found.code == 0
    assert found.json["state"] == found.json["atServer"]["state"] == "in_locker"
    assert found.json["lockerUnitId"] == found.json["atServer"]["lockerUnitId"] == put_in["lockerUnitId"]
    assert "pickupCode" not in found.out
    text = kiosk("find", "T1").out
    assert f"in locker, locker {put_in['lockerUnitId']} of AOne" in text
    assert put_in["pickupCode"] not in text


def test_finding_records_nothing_but_what_became_of_our_own(kiosk: Kiosk, service: Service) -> None:
    unit = kiosk.deposited("T1")["lockerUnitId"]
    before = kiosk.events()
    assert kiosk("find", "T1").code == 0
    assert kiosk.events() == before
    service.collect("AOne", unit)
    found = kiosk("find", "T1", "--json").json
    assert found["state"] == "collected"
    assert found["atServer"] is False
    assert kiosk.events() == [*before, "parcel_found_gone"]


def test_a_parcel_of_another_kiosk_is_found_at_the_server(
    kiosk: Kiosk, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.url
    unit = kiosk.deposited("T1", "--bank", "BTwo")["lockerUnitId"]
    monkeypatch.setenv("KIOSK_STORAGE__DATA_DIR", str(tmp_path / "other"))
    found = kiosk("find", "T1", "--json").json
    assert (found["lockerBankId"], found["lockerUnitId"], found["state"]) == ("BTwo", unit, "in_locker")
    assert found["contactId"] == PERSON
    assert kiosk("journal", "export", "--json").json == []


def test_what_nobody_knows_is_not_found(kiosk: Kiosk) -> None:
    result = kiosk("find", "T404", "--json")
    assert result.code == 1
    assert "Parcel not found" in result.err
    assert "T404" in result.err


def test_without_the_network_the_journal_still_answers(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk.deposited("T1")
    monkeypatch.setenv("KIOSK_LOCKERS__URL", CLOSED)
    monkeypatch.setenv("KIOSK_LOCKERS__AUTH", "bearer")
    result = kiosk("find", "T1", "--json")
    assert (result.code, result.json["state"]) == (0, "in_locker")
    assert "atServer" not in result.json
    assert "could not be asked" in result.err
    assert kiosk("find", "T2").code == 1
    of_contact = kiosk("find", "--contact", PERSON, "--json")
    assert (of_contact.code, [each["trackingNumber"] for each in of_contact.json]) == (0, ["T1"])
    assert "could not be asked" in of_contact.err
    assert kiosk("find", "--contact", OTHER_PERSON).code == 1


def test_a_contact_s_parcels_are_listed_with_those_not_in_a_unit(kiosk: Kiosk) -> None:
    kiosk.deposited("T1", contact=OTHER_PERSON)
    assert kiosk("deposit", "T2", "--contact", OTHER_PERSON, "--bank", "CThree", "--size", "large").code == 3
    found = kiosk("find", "--contact", OTHER_PERSON, "--json")
    assert found.code == 0
    states = {parcel["trackingNumber"]: parcel["state"] for parcel in found.json}
    assert states["T1"] == "in_locker"
    assert states["T2"] == "taken_in"
    text = kiosk("find", "--contact", OTHER_PERSON).out
    assert text.startswith("Tracking number")
    assert "T2" in text


def test_a_contact_without_parcels_is_not_found(kiosk: Kiosk) -> None:
    result = kiosk("find", "--contact", "nobody", "--json")
    assert result.code == 1
    assert "nobody" in result.err


def test_a_number_or_a_contact_must_be_named(kiosk: Kiosk) -> None:
    assert kiosk("find").code == 2
    assert kiosk("find", "T1", "--contact", PERSON).code == 2
    assert kiosk("find", "T1", "--text", "smith").code == 2


@pytest.mark.parametrize("text", ["muller", "aone {unit}", "2345", "XQ12345", "today"])
def test_a_text_finds_what_is_here_and_what_is_gone(kiosk: Kiosk, service: Service, text: str) -> None:
    unit = kiosk.deposited("XQ12345")["lockerUnitId"]
    service.collect("AOne", unit)
    assert kiosk("find", "XQ12345", "--json").json["state"] == "collected"
    name = kiosk("find", "XQ12345", "--json").json["contactName"]
    found = kiosk("find", "--text", name if text == "muller" else text.format(unit=unit), "--json")
    assert found.code == 0
    assert [(each["trackingNumber"], each["state"]) for each in found.json] == [("XQ12345", "collected")]
    assert "XQ12345" in kiosk("find", "--text", "XQ").out


def test_a_text_that_nothing_fits_is_an_error_with_a_code(kiosk: Kiosk) -> None:
    found = kiosk("find", "--text", "nobody", "--json")
    assert (found.code, found.json["error"]["code"]) == (1, "nothing_found")
    assert found.json["error"]["parameters"] == {"text": "nobody"}


def test_where_the_service_differs_its_code_is_named(
    kiosk: Kiosk, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.url
    unit = kiosk.deposited("T1")["lockerUnitId"]
    assert "difference" not in kiosk("find", "T1", "--json").json
    monkeypatch.setenv("KIOSK_STORAGE__DATA_DIR", str(tmp_path / "other"))
    assert kiosk("find", "T1", "--json").json["difference"] == "not_here"
    (held,) = kiosk("find", "--contact", PERSON, "--json").json
    assert (held["difference"], held["atServer"]["lockerUnitId"]) == ("not_here", unit)
    assert f"locker {unit}" in kiosk("find", "--contact", PERSON).err


@pytest.fixture
def heard(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let desk North have a parcel of the person, on its shelf."""
    monkeypatch.setenv("KIOSK_FLEET__SERVER", "127.0.0.1:1")
    whom, since = Contact(contact_id=PERSON, name="Samira Abboud"), datetime(2026, 11, 26, 10, 41, tzinfo=UTC)
    asyncio.run(hear(kiosk.data_dir, other("T9", shelf="A3", contact=whom, since=since), heard_at=since))


@pytest.mark.usefixtures("heard")
def test_a_parcel_of_another_desk_is_told_with_its_place_and_age(kiosk: Kiosk) -> None:
    found = kiosk("find", "T9", "--json").json
    there = found["atOtherDesk"]
    assert (there["desk"], there["shelf"], there["state"]) == ("North", "A3", "on_shelf")
    assert there["heardTime"] == "2026-11-26T10:41:00Z"
    assert found["atServer"] is False
    text = " ".join(kiosk("find", "T9").out.split())
    assert "Already on the shelf at A3 since" in text
    assert "(desk North)." in text
    assert "heard at" in text


@pytest.mark.usefixtures("heard")
def test_a_text_and_a_contact_find_it_too(kiosk: Kiosk) -> None:
    kiosk.deposited("T1")
    for arguments in (["--text", "t9"], ["--text", "samira"], ["--contact", PERSON]):
        found = kiosk("find", *arguments, "--json").json
        assert [each.get("desk") for each in found if each["trackingNumber"] == "T9"] == ["North"], arguments
    table = kiosk("find", "--text", "samira").out
    assert "Desk" in table
    assert "North" in table
    assert "Desk" not in kiosk("find", "--text", "t1").out


@pytest.mark.usefixtures("heard")
def test_a_deposit_says_that_another_desk_has_it(kiosk: Kiosk) -> None:
    done = kiosk("deposit", "T9", "--contact", OTHER_PERSON, "--json")
    assert done.code == 0
    assert "Already on the shelf at A3" in done.err
