"""`kiosk console`: who may open it, what is recorded, and what an SSH client may ask for instead."""

from __future__ import annotations

import asyncio
import json
import os
import pwd
from pathlib import Path

import pytest

from kiosk.cli.identity import LONGEST_NAME, identify
from kiosk.cli.visit import role_reader, visit
from kiosk.desk.corrections import role_given
from kiosk.errors import InDoubtError, NotAllowedError
from kiosk.parcels.people import Person
from kiosk.parcels.states import LOCAL, Role
from kiosk.settings import Settings, load_settings
from kiosk.simulator.server import Simulator
from tests.cli.harness import ME, Kiosk
from tests.house.desk import World
from tests.journal.book import export

USER_ID = "demo-desk@example.com"
REFUSED = {"origin": "203.0.113.7", "step": None}
SSH = {"SSH_CONNECTION": "203.0.113.7 50123 192.0.2.1 22"}


def settings(folder: Path, **roles: str) -> Settings:
    environ = {f"KIOSK_CONSOLE__ROLES__{name}": role for name, role in roles.items()}
    return load_settings(environ={"KIOSK_STORAGE__DATA_DIR": str(folder), **environ})


def test_who_owns_the_data_is_admin_at_the_machine_itself(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "not made yet"):
        login = identify(settings(folder), None, {})
        assert login.is_let_in
        assert login.person == Person(name=ME, role=Role.ADMIN, user_id=USER_ID, origin=LOCAL)


def test_who_does_not_own_the_data_is_nobody_at_the_machine_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: mine + 1)
    assert not identify(settings(tmp_path), None, {}).is_let_in


def test_over_ssh_only_the_settings_give_a_role(tmp_path: Path) -> None:
    nobody = identify(settings(tmp_path), None, SSH)
    assert (nobody.person.name, nobody.person.origin, nobody.is_let_in) == (ME, "203.0.113.7", False)
    assert not identify(settings(tmp_path), "ana", SSH).is_let_in
    listed = settings(tmp_path, **{ME: "viewer", "ana": "operator"})
    viewer = identify(listed, None, SSH)
    assert (viewer.person.role, viewer.is_let_in) == (Role.VIEWER, True)
    ana = identify(listed, "ana", SSH)
    assert ana.is_let_in
    assert ana.person == Person(name="ana", role=Role.OPERATOR, user_id=USER_ID, origin="203.0.113.7")


def test_a_name_that_is_given_counts_also_at_the_machine_itself(tmp_path: Path) -> None:
    assert not identify(settings(tmp_path), "ana", {}).is_let_in
    listed = identify(settings(tmp_path, ana="viewer"), "ana", {})
    assert (listed.person.role, listed.is_let_in) == (Role.VIEWER, True)


def test_a_role_in_the_settings_wins_over_owning_the_data(tmp_path: Path) -> None:
    assert identify(settings(tmp_path, **{ME: "viewer"}), None, {}).person.role is Role.VIEWER


def test_variables_of_the_client_name_nobody(tmp_path: Path) -> None:
    said = {**SSH, "USER": "ana", "LOGNAME": "ana", "SSH_USER": "ana"}
    assert not identify(settings(tmp_path, ana="admin"), None, said).is_let_in


def test_an_account_without_a_name_is_its_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: int) -> pwd.struct_passwd:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert identify(settings(tmp_path), None, {}).person.name == str(os.getuid())


def test_a_name_and_an_origin_are_short_and_plain(tmp_path: Path) -> None:
    person = identify(settings(tmp_path), "a" * 500, {"SSH_CONNECTION": "\x1b[2J" + "9" * 500 + " 1"}).person
    assert len(person.name) == LONGEST_NAME
    assert len(person.origin) == LONGEST_NAME
    assert "\x1b" not in person.origin


@pytest.mark.parametrize("asked", [None, "id", "report x", "REPORT"])
def test_without_a_terminal_it_ends_at_once_and_touches_nothing(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, asked: str | None
) -> None:
    if asked:
        monkeypatch.setenv("SSH_ORIGINAL_COMMAND", asked)
    result = kiosk("console")
    assert (result.code, result.out) == (1, "")
    assert "No terminal here" in result.err
    assert "ssh HOST report" in result.err
    assert not kiosk.data_dir.exists()


def test_the_report_tells_how_things_stand_and_who_read_it(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk.deposited("T1")
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", "report")
    result = kiosk("console")
    assert (result.code, result.err) == (0, "")
    parcels = result.json["parcels"]
    assert (parcels["here"], parcels["takenInToday"]) == (1, 1)
    heads = kiosk.data_dir / "heads"
    heads.write_text(result.out)
    assert kiosk("journal", "verify", "--against", str(heads)).code == 0
    assert result.json["journalHead"] in result.out
    assert {parcels[name] == [] for name in ("attention", "inDoubt", "expired", "undeliverable", "onShelf")} == {True}
    assert sum(size["occupied"] for bank in result.json["lockerBanks"] for size in bank["sizes"]) >= 1
    event = kiosk("journal", "export", "--json").json[-1]
    assert (event["type"], event["person"]) == ("report_read", ME)
    assert event["body"] == {"role": "admin", "origin": "local"}


def test_the_report_comes_also_while_the_service_is_down(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk.deposited("T1")
    monkeypatch.setenv("KIOSK_LOCKERS__URL", "http://127.0.0.1:9/parcelpoint")
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", "report")
    report = json.loads(kiosk("console").out)
    assert report["parcels"]["here"] == 1
    assert report["lockerBanks"] is None
    assert report["problem"] == {
        "code": "connection_refused",
        "parameters": {"host": "127.0.0.1"},
        "retryable": True,
    }


def test_somebody_without_a_role_is_refused_and_recorded(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", SSH["SSH_CONNECTION"])
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", "report")
    result = kiosk("console", "--as", "mallory")
    assert (result.code, result.out) == (1, "")
    assert "mallory has no role" in result.err
    (event,) = kiosk("journal", "export", "--json").json
    assert (event["person"], event["type"], event["body"]) == ("mallory", "operator_refused", REFUSED)


async def test_a_repair_in_doubt_is_settled_while_the_visit_lasts(tmp_path: Path) -> None:
    with Simulator(tmp_path / "world") as simulator:
        world = World(simulator.url)
        environ = {"KIOSK_STORAGE__DATA_DIR": str(tmp_path), "KIOSK_LOCKERS__URL": f"{world.url}/parcelpoint"}
        ana = Person(name="ana", role=Role.ADMIN, user_id=USER_ID, origin=LOCAL)
        async with visit(load_settings(environ=environ), ana, role_given) as services:
            world.reserve("T1", world.free_units()[0])
            parcel = await services.desk.lockers.known_or_found("T1", ana)
            world.fault("cut", "freeReservation", times=9)
            with pytest.raises(InDoubtError):
                await services.desk.corrections.take_out(parcel, "not wanted", ana)
            world.no_more_faults()
            settled = asyncio.Event()
            services.queries.activity.watch(lambda: None if services.queries.activity.open_writes else settled.set())
            await services.queries.lockers.at_server("T1")  # the line is back
            async with asyncio.timeout(20):
                await settled.wait()
            assert world.holding("T1") == []
            entries = await export(services.queries.journal.connection)
    assert [entry["type"] for entry in entries][-3:] == ["write_repeated", "unit_freed", "parcel_cancelled"]


NO_MORE = {
    "viewer": ('ana = "viewer"', "not_allowed"),
    "nobody": ('ben = "operator"', "no_role"),
    "unreadable": ("ana = ", "role_unreadable"),
}


@pytest.mark.parametrize(("roles", "code"), NO_MORE.values(), ids=NO_MORE)
async def test_a_role_that_is_taken_away_is_gone_from_an_open_session_at_once(
    tmp_path: Path, roles: str, code: str
) -> None:
    config = tmp_path / "kiosk.toml"
    with Simulator(tmp_path / "world") as simulator:
        world = World(simulator.url)
        head = f'[storage]\ndata_dir = "{tmp_path}"\n[lockers]\nurl = "{world.url}/parcelpoint"\n[console.roles]\n'
        config.write_text(f'{head}ana = "admin"\n', "utf-8")
        settings = load_settings(config, environ={})
        ana = identify(settings, "ana", SSH).person
        async with visit(settings, ana, role_reader(config, "ana")) as services:
            corrections = services.desk.corrections
            for number in ("T1", "T2"):
                world.reserve(number, world.free_units()[0])
            first, second = [await services.desk.lockers.known_or_found(number, ana) for number in ("T1", "T2")]
            await corrections.take_out(first, "not wanted", ana)
            config.write_text(f"{head}{roles}\n", "utf-8")
            before = len(await export(services.queries.journal.connection))
            for correction in (corrections.take_out, corrections.view_code, corrections.free_second_unit):
                with pytest.raises(NotAllowedError) as refused:
                    await correction(second, "not wanted", ana)
                assert refused.value.code == code
            assert world.holding("T2") != []
            events = (await export(services.queries.journal.connection))[before:]
    steps = [] if code == "role_unreadable" else ["take_out", "view_code", "free_second_unit"]
    assert [(event["person"], event["type"], event["body"]) for event in events] == [
        ("ana", "operator_refused", {**REFUSED, "step": step}) for step in steps
    ]


def test_over_ssh_no_command_is_carried_out(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk.deposited("T1")
    before = kiosk.events()
    with monkeypatch.context() as over_ssh:
        over_ssh.setenv("SSH_CONNECTION", SSH["SSH_CONNECTION"])
        for asked in ("free T1 --reason x", "kiosk free T1 --reason x", "report; kiosk free T1 --reason x"):
            over_ssh.setenv("SSH_ORIGINAL_COMMAND", asked)
            assert kiosk("console", "--as", "ana").code == 1
    assert kiosk.events() == before


@pytest.mark.parametrize("name", ["", " ", "a\nb", "--help"])
def test_what_is_no_name_is_refused(kiosk: Kiosk, name: str) -> None:
    assert kiosk("console", f"--as={name}").code in {1, 2}
    assert not kiosk.data_dir.exists()
