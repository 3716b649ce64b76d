"""`kiosk free`, `kiosk extend` and `kiosk change-user`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Service
from tests.cli.harness import ME, PERSON, WHY, Kiosk
from tests.simulator.line import ask


def test_freeing_takes_a_deposited_parcel_off_its_unit(kiosk: Kiosk, service: Service) -> None:
    unit = kiosk.deposited("T1")["lockerUnitId"]
    result = kiosk("free", "T1", *WHY, "--json")
    assert (result.code, result.json["state"]) == (0, "cancelled")
    assert "lockerUnitId" not in result.json
    assert service.units_of("T1") == []
    assert kiosk.events()[-4:] == ["correction_asked", "write_asked", "unit_freed", "parcel_cancelled"]
    units = {each["lockerUnitId"]: each["state"] for each in kiosk("bank", "AOne", "--json").json["lockerUnits"]}
    assert units[unit] == "free"


@pytest.mark.parametrize(("command", "step"), [("free", "take_out"), ("extend", "extend")])
def test_a_change_is_recorded_with_account_origin_and_reason_before_it_is_made(
    kiosk: Kiosk, service: Service, monkeypatch: pytest.MonkeyPatch, command: str, step: str
) -> None:
    if command == "extend":
        service.queue("400", "updateDeposit")
    kiosk("deposit", "T1", "--contact", PERSON)
    before = len(kiosk.events())
    for name in ("LOGNAME", "USER", "SUDO_USER"):
        monkeypatch.setenv(name, "somebody")
    monkeypatch.setenv("SSH_CONNECTION", "203.0.113.7 50123 192.0.2.1 22")
    more = ("--hours", "2") if command == "extend" else ()
    assert kiosk(command, "T1", "--reason", " asked for\nby phone ", *more).code == 0
    asked, *others = kiosk("journal", "export", "--json").json[before:]
    assert asked["body"] == {"step": step, "reason": "asked for by phone", "role": "owner", "origin": "203.0.113.7"}
    assert {event["person"] for event in (asked, *others)} == {ME}
    assert others[0]["type"] == "write_asked"


@pytest.mark.parametrize("reason", [(), ("--reason", ""), ("--reason", " \t")])
def test_without_a_reason_a_change_is_wrong_usage(kiosk: Kiosk, reason: tuple[str, ...]) -> None:
    kiosk.deposited("T1")
    before = kiosk.events()
    for command in (("free", "T1"), ("extend", "T1", "--hours", "2")):
        result = kiosk(*command, *reason)
        assert (result.code, result.out) == (2, "")
        assert "--reason" in result.err
    assert kiosk.events() == before


def test_a_deposit_is_recorded_as_another_users_and_its_new_code_waits(kiosk: Kiosk, service: Service) -> None:
    code = kiosk.deposited("T1")["pickupCode"]
    result = kiosk("change-user", "T1", "--user", "gate@example.com", *WHY, "--json")
    assert (result.code, result.json["state"], "pickupCode" in result.json) == (0, "in_locker", False)
    assert "The pickup code waits in the kiosk." in result.err
    asked = [each["body"] for each in kiosk("journal", "export", "--json").json if each["type"] == "write_asked"]
    assert asked[-1]["userId"] == "gate@example.com"
    assert len(service.units_of("T1")) == 1
    service.queue("400", "updateDeposit")
    kiosk("deposit", "T2", "--contact", PERSON)
    result = kiosk("change-user", "T2", "--user", "gate@example.com", *WHY, "--json")
    assert (result.code, result.json["error"]["code"]) == (1, "state_hinders")
    assert code not in str(kiosk("journal", "export").out)


def test_freeing_says_which_locker_it_was(kiosk: Kiosk) -> None:
    unit = kiosk.deposited("T1")["lockerUnitId"]
    result = kiosk("free", "T1", *WHY, "--bank", "AOne")
    assert result.code == 0
    assert f"Locker {unit} of AOne no longer holds the parcel." in result.err
    assert "cancelled" in result.out


def test_freeing_gives_a_waiting_code_and_a_half_done_intake_up(kiosk: Kiosk, service: Service) -> None:
    service.queue("400", "updateDeposit")
    assert kiosk("deposit", "T1", "--contact", PERSON).code == 3
    assert kiosk("free", "T1", *WHY).code == 0
    assert service.units_of("T1") == []
    assert kiosk("deposit", "T2", "--contact", PERSON, "--bank", "CThree", "--size", "large").code == 3
    assert kiosk("free", "T2", *WHY, "--json").json["state"] == "cancelled"


def test_a_parcel_in_another_bank_is_left_alone(kiosk: Kiosk, service: Service) -> None:
    kiosk.deposited("T1")
    before = kiosk.events()
    result = kiosk("free", "T1", *WHY, "--bank", "BTwo")
    assert result.code == 1
    assert "is in AOne, not in BTwo" in result.err
    assert kiosk.events() == before
    assert len(service.units_of("T1")) == 1


def test_what_was_collected_is_not_freed(kiosk: Kiosk, service: Service) -> None:
    service.collect("AOne", kiosk.deposited("T1")["lockerUnitId"])
    result = kiosk("free", "T1", *WHY, "--json")
    assert result.code == 1
    assert "had already been taken out" in result.err
    assert kiosk.events()[-2:] == ["write_failed", "parcel_found_gone"]
    assert "has been collected" in kiosk("free", "T1", *WHY).err


def test_a_parcel_of_another_kiosk_can_be_freed_even_if_the_number_is_an_old_one(
    kiosk: Kiosk, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.deposited("T1")
    assert kiosk("free", "T1", *WHY).code == 0
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("KIOSK_STORAGE__DATA_DIR", str(tmp_path / "other"))
        kiosk.deposited("T1")
    assert kiosk("free", "T1", *WHY).code == 0
    assert service.units_of("T1") == []
    assert "parcel_found" in kiosk.events()


def test_freeing_in_doubt_is_finished_by_the_next_call(kiosk: Kiosk, service: Service) -> None:
    kiosk.deposited("T1")
    service.queue("lost", "freeReservation")
    service.queue("400", "getReservation")
    result = kiosk("free", "T1", *WHY, "--json")
    assert result.code == 3
    assert "Not confirmed yet" in result.err
    assert kiosk("free", "T1", *WHY).code == 0
    assert kiosk.events()[-2:] == ["unit_freed", "parcel_cancelled"]
    assert kiosk.events().count("correction_asked") == 1


@pytest.mark.parametrize("command", [("free", "T404"), ("extend", "T404", "--hours", "1")])
def test_an_unknown_parcel_is_refused_and_not_recorded(kiosk: Kiosk, command: tuple[str, ...]) -> None:
    result = kiosk(*command, *WHY, "--json")
    assert result.code == 1
    assert "Parcel not found" in result.err
    assert kiosk.events() == []


def test_extending_moves_the_end_of_the_reservation(kiosk: Kiosk, service: Service) -> None:
    service.queue("400", "updateDeposit")
    assert kiosk("deposit", "T1", "--contact", PERSON).code == 3
    result = kiosk("extend", "T1", *WHY, "--hours", "48.5", "--json")
    assert result.code == 0
    expiry = datetime.fromisoformat(result.json["reservationExpiryTime"])
    assert abs(expiry - datetime.now(UTC) - timedelta(hours=48.5)) < timedelta(minutes=1)
    assert result.json["state"] == "reserved"
    assert kiosk.events()[-1] == "reservation_extended"
    assert "Reserved until" in kiosk("extend", "T1", *WHY, "--hours", "2").out


def test_extending_what_is_gone_records_that(
    kiosk: Kiosk, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.queue("400", "updateDeposit")
    assert kiosk("deposit", "T1", "--contact", PERSON).code == 3
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("KIOSK_STORAGE__DATA_DIR", str(tmp_path / "other"))
        assert kiosk("free", "T1", *WHY).code == 0
    assert kiosk("extend", "T1", *WHY, "--hours", "2").code == 1
    assert kiosk.events()[-1] == "reservation_lapsed"


def test_extending_what_is_in_its_locker_prints_the_new_code_as_the_deposit_does(
    kiosk: Kiosk, service: Service
) -> None:
    before = kiosk.deposited("T1")
    result = kiosk("extend", "T1", *WHY, "--json")
    assert (result.code, result.json["state"]) == (0, "in_locker")
    assert result.json["pickupCode"] not in {None, before["pickupCode"]}
    assert service.units_of("T1") == [f"{before['lockerBankId']}/{before['lockerUnitId']}"]
    assert kiosk.events()[-1] == "pickup_code_seen"
    hidden = kiosk("extend", "T1", *WHY, "--hours", "2", "--no-show-code")
    assert hidden.code == 0
    assert "the locker service decides how long" in hidden.err
    assert "waits in the kiosk" in hidden.err
    assert kiosk.events()[-1] == "parcel_deposited"


def test_nothing_is_held_beyond_the_settings_limit(
    kiosk: Kiosk, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.queue("400", "updateDeposit")
    assert kiosk("deposit", "T1", "--contact", PERSON).code == 3
    monkeypatch.setenv("KIOSK_DESK__LONGEST_HOLD_DAYS", "3")
    assert kiosk("extend", "T1", *WHY, "--hours", "71").code == 0
    result = kiosk("extend", "T1", *WHY, "--hours", "73", "--json")
    assert (result.code, result.json["error"]["code"]) == (1, "held_too_long")


def test_a_whole_locker_is_freed_with_every_parcel_in_it(kiosk: Kiosk, service: Service) -> None:
    bank, unit = kiosk.deposited("T1")["lockerBankId"], kiosk("find", "T1", "--json").json["lockerUnitId"]
    add_by_another_kiosk(service, bank, unit, "T1", "T2")
    kiosk.deposited("T3")
    result = kiosk("free", "--bank", bank, "--unit", unit, *WHY, "--json")
    assert (result.code, {each["trackingNumber"]: each["state"] for each in result.json}) == (
        0,
        {"T1": "cancelled", "T2": "cancelled"},
    )
    assert service.units_of("T1") == service.units_of("T2") == []
    assert len(service.units_of("T3")) == 1
    assert kiosk.events().count("correction_asked") == 2
    empty = kiosk("free", "--bank", bank, "--unit", unit, *WHY, "--json")
    assert (empty.code, empty.json["error"]["code"]) == (1, "unit_holds_nothing")


def test_which_locker_is_meant_must_be_certain(kiosk: Kiosk) -> None:
    kiosk.deposited("T1")
    assert kiosk("free", *WHY).code == 2
    assert kiosk("free", "T1", "--unit", "7", *WHY).code == 2
    assert kiosk("free", "--unit", "7", *WHY, "--json").json["error"]["code"] == "bank_not_named"
    assert kiosk("free", "--bank", "AOne", "--unit", "nowhere", *WHY, "--json").json["error"]["code"] == "no_such_unit"


def add_by_another_kiosk(service: Service, bank: str, unit: str, *numbers: str) -> None:
    body = {"userId": "somebody@example.com", "parcels": [{"trackingNumber": number} for number in numbers]}
    path = f"/parcelpoint/api/v1/lockerBanks/{bank}/lockers/{unit}/reservation/update"
    answer = ask(service.url, "PATCH", path, body)
    assert answer.status == 200, answer.body


def test_a_parcel_without_a_unit_can_not_be_extended(kiosk: Kiosk) -> None:
    assert kiosk("deposit", "T1", "--contact", PERSON, "--bank", "CThree", "--size", "large").code == 3
    result = kiosk("extend", "T1", *WHY, "--hours", "2")
    assert result.code == 1
    assert "This parcel has no locker or shelf place yet." in result.err


@pytest.mark.parametrize("hours", ["0", "-1", "nan", "inf", "1e9", "soon"])
def test_impossible_hours_are_wrong_usage(kiosk: Kiosk, hours: str) -> None:
    assert kiosk("extend", "T1", *WHY, f"--hours={hours}").code == 2
