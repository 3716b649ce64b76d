"""`kiosk deposit`: the whole intake in one call, and what is left behind when it does not work."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Service
from tests.cli.harness import DEPARTMENT, ME, OTHER_PERSON, PERSON, Kiosk, start

UPS = "1Z5R89390357567127"
TAKEN_IN = ["command_run", "parcel_taken_in", "recipient_chosen"]
INTAKE = [*TAKEN_IN, "write_asked", "unit_reserved", "write_asked", "parcel_deposited"]
UNDONE = [*TAKEN_IN, "write_asked", "write_failed", "parcel_cancelled"]


def codes_in_journal(kiosk: Kiosk) -> int:
    database = sqlite3.connect(kiosk.data_dir / "journal.sqlite")
    try:
        count: int = database.execute("SELECT count(*) FROM codes").fetchone()[0]
    finally:
        database.close()
    return count


def test_a_deposit_prints_the_api_s_fields_and_the_code_once(kiosk: Kiosk) -> None:
    fields = kiosk.deposited("T1")
    assert fields["trackingNumber"] == "T1"
    assert fields["state"] == "in_locker"
    assert (fields["contactId"], fields["contactType"]) == (PERSON, "recipient")
    assert (fields["lockerBankId"], fields["size"]) == ("AOne", "small")
    assert fields["lockerUnitId"].isdigit()
    assert re.fullmatch("[A-Z2-9]{6}", fields["pickupCode"])
    for name in ("depositTime", "depositExpiryTime", "reservationExpiryTime"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", fields[name])
    assert kiosk.events() == [*INTAKE, "pickup_code_seen"]
    assert codes_in_journal(kiosk) == 0


def test_without_json_the_data_is_on_stdout_and_the_words_are_on_stderr(kiosk: Kiosk) -> None:
    result = kiosk("deposit", "T1", "--contact", PERSON)
    assert result.code == 0
    assert re.search(r"^Pickup code +[A-Z2-9]{6}$", result.out, re.MULTILINE)
    assert re.search(r"^Contact name +Samira Abboud$", result.out, re.MULTILINE)
    assert "Reserving locker" in result.err
    assert "Reserving" not in result.out


def test_a_code_that_is_not_to_be_shown_waits(kiosk: Kiosk) -> None:
    result = kiosk("deposit", "T1", "--contact", PERSON, "--json", "--no-show-code")
    assert result.code == 0
    assert "pickupCode" not in result.json
    assert "waits" in result.err
    assert codes_in_journal(kiosk) == 1
    assert kiosk.deposited("T1")["pickupCode"]
    assert kiosk.events() == [*INTAKE, "command_run", "pickup_code_seen"]


def test_a_deposit_without_its_code_is_said_and_is_not_finished(kiosk: Kiosk, service: Service) -> None:
    service.queue("no-code", "updateDeposit")
    result = kiosk("deposit", "T1", "--contact", PERSON, "--json")
    assert (result.code, result.json["state"], "pickupCode" in result.json) == (3, "in_locker", False)
    assert "no pickup code came with the deposit" in result.err


def test_a_department_gets_no_code_and_its_type_comes_from_the_directory(kiosk: Kiosk) -> None:
    fields = kiosk.deposited("T1", contact=DEPARTMENT)
    assert fields["contactType"] == "department"
    assert "pickupCode" not in fields
    assert kiosk.events() == INTAKE


def test_every_event_names_the_account_and_the_first_one_where_it_came_from(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "SUDO_USER"):
        monkeypatch.setenv(name, "somebody")
    monkeypatch.setenv("SSH_CONNECTION", "203.0.113.7 50123 192.0.2.1 22")
    kiosk.deposited("T1")
    events = kiosk("journal", "export", "--json").json
    assert {event["person"] for event in events} == {ME}
    assert events[0]["body"] == {"command": "deposit", "origin": "203.0.113.7", "reason": "asked for"}


def test_bank_size_and_unit_are_as_asked(kiosk: Kiosk) -> None:
    fields = kiosk.deposited("T1", "--bank", "BTwo", "--size", "large")
    assert (fields["lockerBankId"], fields["size"]) == ("BTwo", "large")
    free = next(unit for unit in kiosk("bank", "AOne", "--json").json["lockerUnits"] if unit["state"] == "free")
    fields = kiosk.deposited("T2", "--unit", free["lockerUnitId"])
    assert (fields["lockerUnitId"], fields["size"]) == (free["lockerUnitId"], free["size"])


def test_a_locker_within_reach_can_be_asked_for(kiosk: Kiosk) -> None:
    units = {unit["lockerUnitId"]: unit for unit in kiosk("bank", "AOne", "--json").json["lockerUnits"]}
    assert not units[kiosk.deposited("T1", "--size", "small")["lockerUnitId"]]["accessible"]
    assert units[kiosk.deposited("T2", "--size", "small", "--accessible")["lockerUnitId"]]["accessible"]


def test_a_second_number_goes_to_the_service_and_finds_the_parcel(kiosk: Kiosk, service: Service) -> None:
    # The second one looks more like a tracking number; what is said first is the parcel's all the same.
    fields = kiosk.deposited("IH-ABC123", "--secondary", UPS)
    assert (fields["trackingNumber"], fields["secondaryTrackingNumber"]) == ("IH-ABC123", UPS)
    (parcel,) = service.parcels("IH-ABC123")
    assert parcel["secondaryTrackingNumber"] == UPS
    found = kiosk("find", UPS, "--json").json
    assert (found["trackingNumber"], found["atServer"]["trackingNumber"]) == ("IH-ABC123", "IH-ABC123")


def test_a_second_number_that_is_none_is_refused_before_anything_is_recorded(kiosk: Kiosk, service: Service) -> None:
    kiosk.deposited("T1")
    service.queue("400", "updateDeposit")
    assert kiosk("deposit", "T2", "--contact", PERSON, "--secondary", "PIECE-2").code == 3
    before = kiosk.events()
    for number, second, code in (
        ("T3", "T1", "second_number_is_a_first"),
        ("T3", "t3", "second_number_is_a_first"),
        ("T2", "PIECE-3", "second_number_is_another"),
        ("T3", "\x1d", "scan_empty"),
    ):
        result = kiosk("deposit", number, "--contact", PERSON, "--secondary", second, "--json")
        assert (result.code, result.json["error"]["code"]) == (1, code)
    assert kiosk.events() == before
    assert kiosk.deposited("T2", "--secondary", "PIECE-2")["state"] == "in_locker"


def test_a_second_number_comes_too_late_for_a_parcel_that_has_its_locker(kiosk: Kiosk, service: Service) -> None:
    service.queue("400", "updateDeposit")
    assert kiosk("deposit", "T1", "--contact", PERSON).code == 3
    before = kiosk.events()
    result = kiosk("deposit", "T1", "--contact", PERSON, "--secondary", "PIECE-1", "--json")
    assert (result.code, result.json["error"]["code"]) == (1, "state_hinders")
    assert kiosk.events() == before


@pytest.mark.parametrize("place", [(), ("--unit", "7")])
def test_a_locker_is_held_as_long_as_asked_for(kiosk: Kiosk, place: tuple[str, ...]) -> None:
    fields = kiosk.deposited("T1", "--hours", "2.5", *place)
    held = datetime.fromisoformat(fields["reservationExpiryTime"]) - datetime.fromisoformat(fields["takenInTime"])
    assert held == pytest.approx(timedelta(hours=2.5), abs=timedelta(minutes=1))
    assert kiosk("deposit", "T2", "--contact", PERSON, "--hours", "0").code == 2


def test_the_desk_s_bank_is_the_default(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_DESK__DEFAULT_BANK", "CThree")
    assert kiosk.deposited("T1")["lockerBankId"] == "CThree"


def test_the_smallest_size_with_a_free_unit_is_the_default(kiosk: Kiosk) -> None:
    sizes = [kiosk.deposited(f"T{number}", "--bank", "CThree")["size"] for number in range(4)]
    assert sizes == ["small", "small", "small", "medium"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--bank", "ZNine"), "There is no locker bank ZNine."),
        (("--unit", "9999"), "Lobby has no locker 9999."),
        (("--size", "gigantic"), "Lobby has no gigantic lockers."),
    ],
)
def test_what_can_not_work_is_refused_before_anything_is_recorded(
    kiosk: Kiosk, options: tuple[str, ...], sentence: str
) -> None:
    result = kiosk("deposit", "T1", "--contact", PERSON, "--json", *options)
    assert result.code == 1
    assert sentence in result.err
    assert set(result.json["error"]) == {"code", "parameters", "retryable"}
    assert sentence in result.err
    assert kiosk.events() == []


def test_an_unreadable_number_is_refused(kiosk: Kiosk) -> None:
    assert kiosk("deposit", "\x1d", "--contact", PERSON).code == 1
    assert kiosk("deposit", "1" * 101, "--contact", PERSON).code == 1
    assert kiosk.events() == []


def test_a_refused_contact_leaves_no_parcel_behind(kiosk: Kiosk) -> None:
    result = kiosk("deposit", "T1", "--contact", "nobody", "--json")
    assert result.code == 1
    assert "There is no contact nobody" in result.err
    assert result.json["state"] == "cancelled"
    assert kiosk.events() == UNDONE


def test_a_contact_of_another_type_is_refused(kiosk: Kiosk) -> None:
    result = kiosk("deposit", "T1", "--contact", PERSON, "--contact-type", "department")
    assert result.code == 1
    assert "is no department" in result.err
    assert result.out == ""
    assert kiosk.events() == UNDONE


def test_a_unit_that_is_taken_is_refused(kiosk: Kiosk) -> None:
    unit = kiosk.deposited("T1")["lockerUnitId"]
    result = kiosk("deposit", "T2", "--contact", PERSON, "--unit", unit, "--json")
    assert result.code == 1
    assert "This locker is not free" in result.err
    assert kiosk.events()[-len(UNDONE) :] == UNDONE


def test_without_a_free_unit_the_parcel_is_taken_in_and_can_go_on_in_another_size(kiosk: Kiosk) -> None:
    result = kiosk("deposit", "T1", "--contact", PERSON, "--bank", "CThree", "--size", "large", "--json")
    assert result.code == 3
    assert "Laboratory has no free large locker." in result.err
    assert result.json["state"] == "taken_in"
    assert kiosk.events() == TAKEN_IN
    assert kiosk.deposited("T1", "--bank", "CThree", "--size", "mlarge")["size"] == "mlarge"
    assert kiosk.events() == [*TAKEN_IN, "command_run", *INTAKE[3:], "pickup_code_seen"]


def test_another_recipient_can_be_named_while_no_unit_is_held(kiosk: Kiosk) -> None:
    assert kiosk("deposit", "T1", "--contact", PERSON, "--bank", "CThree", "--size", "large").code == 3
    assert kiosk.deposited("T1", contact=OTHER_PERSON)["contactId"] == OTHER_PERSON


def test_a_number_that_lies_in_a_locker_is_refused_with_where_and_since_when(kiosk: Kiosk) -> None:
    fields = kiosk.deposited("T1")
    result = kiosk("deposit", "T1", "--contact", PERSON, "--json")
    assert result.code == 1
    place = f"locker {fields['lockerUnitId']} of AOne"
    assert re.search(rf"Parcel T1 has been in {place} since [0-9: -]{{16}}\.", result.err)
    assert kiosk.events() == [*INTAKE, "pickup_code_seen"]


def test_a_number_that_was_collected_may_come_again(kiosk: Kiosk, service: Service) -> None:
    first = kiosk.deposited("T1")
    service.collect("AOne", first["lockerUnitId"])
    assert kiosk.deposited("T1")["pickupCode"] != first["pickupCode"]
    assert kiosk.events() == [*INTAKE, "pickup_code_seen", "parcel_found_gone", *INTAKE, "pickup_code_seen"]


def test_a_number_that_another_kiosk_put_in_is_refused(
    kiosk: Kiosk, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.deposited("T1")
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("KIOSK_STORAGE__DATA_DIR", str(tmp_path / "other"))
        result = kiosk("deposit", "T1", "--contact", OTHER_PERSON, "--json")
    assert result.code == 1
    assert result.json["error"]["code"] == "number_lies_in_locker"
    assert len(service.units_of("T1")) == 1


def test_a_deposit_in_doubt_tells_its_state_and_goes_on_later(kiosk: Kiosk, service: Service) -> None:
    service.queue("lost", "updateDeposit")
    service.queue("400", "getReservation")
    result = kiosk("deposit", "T1", "--contact", PERSON, "--json")
    assert result.code == 3
    assert result.json["state"] == "reserved"
    assert (result.json["inDoubt"], result.json["cause"]["code"]) == ("deposit", "connection_broke")
    assert result.json["error"]["retryable"] is True
    service.queue("500", "getReservation", times=9)
    assert re.search(r"^Why +The connection to 127\.0\.0\.1 was lost", kiosk("find", "T1").out, re.MULTILINE)
    service.clear()
    assert "pickupCode" not in result.json
    fields = kiosk.deposited("T1")
    assert fields["pickupCode"]
    assert "inDoubt" not in fields
    assert len(service.units_of("T1")) == 1


def test_a_deposit_in_doubt_tells_people_why(kiosk: Kiosk, service: Service) -> None:
    service.queue("lost", "updateDeposit")
    service.queue("400", "getReservation")
    result = kiosk("deposit", "T1", "--contact", PERSON)
    assert (result.code, result.out) == (3, "")
    assert "The connection to 127.0.0.1 was lost" in result.err


def test_a_reservation_in_doubt_goes_on_later_with_one_unit(kiosk: Kiosk, service: Service) -> None:
    service.queue("lost", "createReservation")
    service.queue("400", "getReservation")
    result = kiosk("deposit", "T1", "--contact", PERSON, "--json")
    assert (result.code, result.json["inDoubt"]) == (3, "reserve")
    assert kiosk.deposited("T1")["pickupCode"]
    assert len(service.units_of("T1")) == 1


def test_a_deposit_that_is_refused_keeps_its_unit_and_is_not_finished(kiosk: Kiosk, service: Service) -> None:
    service.queue("400", "updateDeposit")
    result = kiosk("deposit", "T1", "--contact", PERSON, "--json")
    assert (result.code, result.json["state"]) == (3, "reserved")
    other = kiosk("deposit", "T1", "--contact", OTHER_PERSON)
    assert other.code == 1
    assert "for another recipient" in other.err
    assert kiosk.deposited("T1")["lockerUnitId"] == result.json["lockerUnitId"]


def test_a_service_that_asks_to_wait_leaves_the_parcel_taken_in(kiosk: Kiosk, service: Service) -> None:
    service.queue("429", "createReservation")
    result = kiosk("deposit", "T1", "--contact", PERSON, "--json")
    assert (result.code, result.json["state"]) == (3, "taken_in")
    assert kiosk.deposited("T1")["state"] == "in_locker"


def test_a_code_that_could_not_be_printed_is_kept(kiosk: Kiosk) -> None:
    with (
        Path("/dev/full").open("w", encoding="utf-8") as full,
        start("deposit", "T1", "--contact", PERSON, "--json", stdout=full) as process,
    ):
        _, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "waits in the kiosk" in err
    assert "Traceback" not in err
    assert codes_in_journal(kiosk) == 1


def test_nobody_reading_the_code_keeps_it_too(kiosk: Kiosk) -> None:
    with start("deposit", "T1", "--contact", PERSON, "--json", stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.close()
        assert process.wait(timeout=60) == 3
    assert codes_in_journal(kiosk) == 1
