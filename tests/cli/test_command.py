"""What holds for every command: usage, settings, storage, network, interruption, and text that stays plain."""

from __future__ import annotations

import signal
import socket
import subprocess
from pathlib import Path

import pytest

from kiosk import __version__
from kiosk.cli import deposit
from kiosk.cli.arguments import create_parser
from kiosk.cli.labels import LABELS
from kiosk.parcels.contacts import Contact
from tests.cli.conftest import Service
from tests.cli.harness import PERSON, WHY, Kiosk, start

COMMANDS = [
    ("banks",),
    ("bank", "AOne"),
    ("find", "T1"),
    ("find", "--contact", PERSON),
    ("free", "T1", *WHY),
    ("extend", "T1", "--hours", "1", *WHY),
    ("change-user", "T1", "--user", "gate", *WHY),
    ("deposit", "T1", "--contact", PERSON),
]
ALL_COMMANDS = [*COMMANDS, ("journal", "verify"), ("journal", "export")]


def first_word(command: tuple[str, ...]) -> str:
    return " ".join(command)


def test_version_and_help(kiosk: Kiosk) -> None:
    assert kiosk("--version").out == f"kiosk {__version__}\n"
    text = kiosk("--help")
    assert text.code == 0
    for word in ("deposit", "find", "free", "extend", "banks", "bank", "journal", "check", "simulator", "Exit codes"):
        assert word in text.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("fly",),
        ("deposit", "T1"),
        ("deposit", "T1", "--contact", ""),
        ("deposit", "T1", "--contact", "a\x1bb"),
        ("deposit", "T1\udcff", "--contact", PERSON),
        ("deposit", "T1", "--contact", PERSON, "--size", "small", "--unit", "1"),
        ("change-user", "T1", *WHY),
        ("change-user", "T1", "--user", "gate"),
        ("extend", "T1", "--hours", "1"),
        ("free", "T1"),
    ],
    ids=repr,
)
def test_wrong_usage_is_2_and_touches_nothing(kiosk: Kiosk, arguments: tuple[str, ...]) -> None:
    result = kiosk(*arguments)
    assert (result.code, result.out) == (2, "")
    assert not kiosk.data_dir.exists()


@pytest.mark.parametrize("command", [*ALL_COMMANDS, ("simulator",)], ids=first_word)
def test_a_wrong_setting_is_2_and_names_it(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("KIOSK_LOCKERS__URL", "ftp://example.com")
    result = kiosk(*command)
    assert (result.code, result.out) == (2, "")
    assert "lockers.url" in result.err
    assert "kiosk check" in result.err


def test_the_settings_file_may_stand_on_either_side_and_is_named_from_where_one_stands(
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text('[desk]\nlocation_id = "LAB"\n', "utf-8")
    for arguments in (("--config", str(config), "banks", "--json"), ("banks", "--json", "--config", str(config))):
        assert [bank["lockerBankId"] for bank in kiosk(*arguments).json] == ["CThree"]
    monkeypatch.chdir(tmp_path)
    assert create_parser().parse_args(["banks", "--config", "kiosk.toml"]).config == config
    missing = kiosk("--config", str(tmp_path / "missing.toml"), "banks", "--json")
    assert missing.code == 2
    assert "The settings are wrong" in missing.err


@pytest.mark.parametrize("command", [("banks",), ("deposit", "T1", "--contact", PERSON)], ids=first_word)
def test_an_unreachable_service_is_1_and_records_nothing(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("KIOSK_LOCKERS__URL", "http://127.0.0.1:9/parcelpoint")
    monkeypatch.setenv("KIOSK_LOCKERS__AUTH", "bearer")
    result = kiosk(*command, "--json")
    assert result.code == 1
    assert "No connection to the locker service" in result.err
    assert result.json["error"]["retryable"] is True
    assert kiosk.events() == []


@pytest.mark.parametrize("command", COMMANDS[:2] + COMMANDS[-1:], ids=first_word)
def test_a_wrong_secret_is_1_and_is_not_shown(
    kiosk: Kiosk, service: Service, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    assert service.url
    monkeypatch.setenv("KIOSK_LOCKERS__CLIENT_SECRET", "sesame-open")
    result = kiosk(*command, "--json")
    assert result.code == 1
    assert "credentials" in result.err
    assert "sesame-open" not in result.out + result.err
    assert kiosk.events() == []


@pytest.mark.parametrize("command", ALL_COMMANDS, ids=first_word)
def test_a_data_folder_that_can_not_be_is_1(
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("KIOSK_STORAGE__DATA_DIR", str(tmp_path / "file" / "x"))
    result = kiosk(*command, "--json")
    assert result.code == 1
    assert set(result.json["error"]) == {"code", "parameters", "retryable"}
    assert "file" in result.err


@pytest.mark.parametrize("command", ALL_COMMANDS, ids=first_word)
def test_a_folder_in_place_of_the_journal_is_1(kiosk: Kiosk, command: tuple[str, ...]) -> None:
    (kiosk.data_dir / "journal.sqlite").mkdir(parents=True)
    result = kiosk(*command)
    assert (result.code, result.out) == (1, "")
    assert "journal.sqlite" in result.err


def test_without_a_terminal_the_screens_never_start(kiosk: Kiosk) -> None:
    with start() as process:
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (1, "")
    assert "need a terminal" in err
    assert "ssh -t" in err
    assert not kiosk.data_dir.exists()


def test_ctrl_c_ends_quietly_with_130(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    # A run in the background has it ignored, and hands that on to what it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        monkeypatch.setenv("KIOSK_LOCKERS__URL", f"http://127.0.0.1:{deaf.getsockname()[1]}/parcelpoint")
        with start("deposit", "T1", "--contact", PERSON) as process:
            line, _ = deaf.accept()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=20)
            line.close()
    assert (process.returncode, out, err) == (130, "", "")
    assert kiosk.events() == []


def test_a_reader_that_leaves_is_no_error(kiosk: Kiosk) -> None:
    kiosk.deposited("T1")
    with start("journal", "export", stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.close()
        assert process.stderr
        assert process.stderr.read() == ""
        assert process.wait(timeout=20) == 1


def test_a_full_disk_behind_stdout_is_said(kiosk: Kiosk) -> None:
    kiosk.deposited("T1")
    with Path("/dev/full").open("w", encoding="utf-8") as full, start("journal", "export", stdout=full) as process:
        _, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "No space left" in err
    assert "Traceback" not in err


def test_outside_text_never_reaches_the_terminal_with_control_characters(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The contact's name and the refusal come from outside; here the directory plays the hostile part.
    evil = "Eve\x1b]0;owned\x07\x9b31m\u202e\x7f"

    async def hostile(*_: object) -> object:
        return Contact(contact_id=PERSON, name=evil)

    monkeypatch.setattr(deposit, "_contact", hostile)
    number = "T1\x1b[2J"
    text = kiosk("deposit", number, "--contact", PERSON)
    again = kiosk("deposit", number, "--contact", PERSON)
    as_json = kiosk("find", number, "--json")
    listed = kiosk("find", "--contact", PERSON)
    assert (text.code, again.code, as_json.code, listed.code) == (0, 1, 0, 0)
    printed = "".join(result.out + result.err for result in (text, again, as_json, listed))
    assert not set(printed) & {"\x1b", "\x07", "\x9b", "\u202e", "\x7f"}
    assert as_json.json["contactName"] == evil
    assert as_json.json["trackingNumber"] == "T1[2J"


def test_names_survive_a_terminal_without_unicode(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    soren = "390767b98ca010838adf8f42"
    with start("deposit", "T1", "--contact", soren) as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in err) == (0, False)
    assert "S?ren ?kesson" in out
    assert kiosk("find", "T1", "--json").json["contactName"] == "Søren Åkesson"


def test_two_programs_in_a_row_see_the_same_demo(kiosk: Kiosk) -> None:
    for number in ("T1", "T2"):
        with start("deposit", number, "--contact", PERSON, "--json") as process:
            process.communicate(timeout=60)
        assert process.returncode == 0
    found = {parcel["trackingNumber"] for parcel in kiosk("find", "--contact", PERSON, "--json").json}
    assert {"T1", "T2"} <= found


def test_every_field_that_people_read_has_a_label(kiosk: Kiosk) -> None:
    parcel = kiosk.deposited("T1")
    bank = {name for name, value in kiosk("bank", "AOne", "--json").json.items() if isinstance(value, str)}
    steps = {step["name"]: step["values"] for step in kiosk("check", "--json").json["steps"]}
    checked = {name for step in ("storage", "network", "credentials", "finder", "terminal") for name in steps[step]}
    assert {*parcel, *bank, *checked, "inDoubt", "cause", "atServer"} <= set(LABELS)
