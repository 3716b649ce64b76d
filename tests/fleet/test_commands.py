"""`kiosk fleet`: from a server that has nothing to desks that are in, in three commands; and every way it can fail."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import select
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk.clock import SystemClock
from kiosk.fleet.logins import LoginKind, read_login
from kiosk.fleet.migrations import migrations
from kiosk.fleet.shipping import Shipping
from kiosk.journal import shipped
from kiosk.parcels.fleet import Shipped
from kiosk.parcels.parcel import Cause
from kiosk.settings import load_settings
from kiosk.wiring import open_journal
from tests.cli.harness import PROGRAM, WHY, Kiosk
from tests.fleet.centres import NewCentre, new_centre
from tests.fleet.hba import rules
from tests.fleet.postgres import Postgres, needs_postgres

pytestmark = needs_postgres


class Fleet:
    """The command on a desk whose settings name a centre."""

    def __init__(self, kiosk: Kiosk, centre: NewCentre) -> None:
        self.kiosk, self.centre = kiosk, centre

    def desk(self) -> str:
        return str(self.kiosk("fleet", "status", "--json").json["desk"])

    def ask(self, *questions: str) -> tuple[object, ...] | None:
        with self.centre.admin() as admin:
            return admin.execute(" ".join(questions)).fetchone()


@pytest.fixture
def bare(kiosk: Kiosk, server: Postgres, monkeypatch: pytest.MonkeyPatch) -> Fleet:
    """Name a database that the server lacks."""
    new = NewCentre(server, f"centre_{uuid4().hex[:12]}")
    monkeypatch.setenv("KIOSK_FLEET__SERVER", new.settings.server)
    return Fleet(kiosk, new)


@pytest.fixture
def fleet(kiosk: Kiosk, centre: NewCentre, monkeypatch: pytest.MonkeyPatch) -> Fleet:
    """Let this desk in."""
    monkeypatch.setenv("KIOSK_FLEET__SERVER", centre.settings.server)
    assert kiosk("fleet", "join", "--site", "North").code == 0
    return Fleet(kiosk, centre)


def test_three_commands_make_a_centre_with_a_desk_in_it(bare: Fleet) -> None:
    done = bare.kiosk("fleet", "init", "--json").json
    assert (done["schema"], done["personalMonths"]) == (migrations()[-1].number, 6)
    assert done["carriedOut"] == [each.name for each in migrations()]
    joined = bare.kiosk("fleet", "join", "--site", "North", "--json").json
    assert joined["role"] == f"kiosk_desk_{joined['desk']}"
    status = bare.kiosk("fleet", "status", "--json")
    assert (status.code, status.json["site"], status.json["eventsAtCentre"]) == (0, "North", 0)
    assert status.json["eventsWaiting"] == status.json["events"] == len(bare.kiosk.events())
    assert bare.ask("SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()") == (
        "UTF8",
    )


def test_setting_up_again_does_what_is_missing_or_says_that_nothing_is(fleet: Fleet) -> None:
    again = fleet.kiosk("fleet", "init", "--json").json
    assert (again["carriedOut"], again["personalMonths"]) == ([], 6)
    secret = fleet.ask("SELECT value FROM fleet.facts WHERE name = 'secret'")
    assert fleet.kiosk("fleet", "init", "--personal-months", "12", "--json").json["personalMonths"] == 12
    assert fleet.kiosk("fleet", "init", "--json").json["personalMonths"] == 12
    assert fleet.ask("SELECT value FROM fleet.facts WHERE name = 'secret'") == secret
    assert "nothing to do" in fleet.kiosk("fleet", "init").out


def test_the_login_is_private_and_appears_nowhere_else(fleet: Fleet) -> None:
    with fleet.centre.admin() as admin:
        admin.execute(f"ALTER DATABASE {fleet.centre.database} SET log_statement = 'all'")
    assert fleet.kiosk("fleet", "join", "--site", "North").code == 0
    path = fleet.kiosk.data_dir / LoginKind.DESK.value
    password = read_login(fleet.kiosk.data_dir, LoginKind.DESK).password.get_secret_value()
    assert (stat.S_IMODE(path.stat().st_mode), len(password)) == (0o600, 43)
    told = [fleet.kiosk("fleet", "status"), fleet.kiosk("fleet", "status", "--json"), fleet.kiosk("journal", "export")]
    assert not any(password in each.out + each.err for each in told)
    assert password.encode() not in (fleet.kiosk.data_dir / "journal.sqlite").read_bytes()
    log = (fleet.centre.server.folder / "log").read_text("utf-8")
    assert ("ALTER ROLE" in log, password in log) == (True, False)


def test_joining_again_gives_another_password_and_site_and_keeps_what_was_sent(fleet: Fleet) -> None:
    before = read_login(fleet.kiosk.data_dir, LoginKind.DESK)
    sent = asyncio.run(_send(fleet.centre, fleet.kiosk.data_dir))
    assert fleet.kiosk("fleet", "join", "--site", "South").code == 0
    after = read_login(fleet.kiosk.data_dir, LoginKind.DESK)
    assert (after.role, after.password == before.password) == (before.role, False)
    assert fleet.ask("SELECT site, sequence FROM fleet.desks JOIN fleet.heads USING (desk)") == ("South", sent)


async def _send(centre: NewCentre, folder: Path) -> int:
    """Let the centre know all of this desk's journal, and return how many events that is."""
    way = centre.centre(read_login(folder, LoginKind.DESK))
    async with open_journal(load_settings()) as journal:
        reached = await Shipping(journal, way, SystemClock(), lambda: ()).run()
    await way.close()
    return reached.sequence


def test_a_console_gets_a_login_for_its_sites(fleet: Fleet) -> None:
    joined = fleet.kiosk("fleet", "join", "--console", "campus", "--sites", "North", "South", "--json").json
    assert (joined["role"], joined["sites"]) == ("kiosk_console_campus", ["North", "South"])
    role, _ = read_login(fleet.kiosk.data_dir, LoginKind.CONSOLE)
    assert role == "kiosk_console_campus"
    assert fleet.kiosk("fleet", "join", "--console", "all", "--json").json["sites"] == ["*"]
    wrong = fleet.kiosk("fleet", "join", "--console", "Not a name", "--json")
    assert (wrong.code, wrong.json["error"]["code"]) == (1, "fleet_console_name")


def test_what_status_says_of_events_alarms_and_clocks(fleet: Fleet) -> None:
    desk = fleet.desk()
    assert "waits here" in fleet.kiosk("fleet", "status").out
    asyncio.run(_send(fleet.centre, fleet.kiosk.data_dir))
    assert "every event" in fleet.kiosk("fleet", "status").out
    with fleet.centre.admin() as admin:
        admin.execute("UPDATE fleet.events SET parked = '22P05' WHERE sequence = 1")
        admin.execute("INSERT INTO fleet.alarms VALUES (%s, 'older_copy', 7), (%s, 'chain_broken', 8)", (desk, desk))
        admin.execute("UPDATE fleet.alarms SET closed_at = now() WHERE sequence = 8")
    told = fleet.kiosk("fleet", "status", "--json")
    assert (told.code, told.json["eventsParked"]) == (1, 1)
    assert [(each["sequence"], each["error"]["code"]) for each in told.json["alarms"]] == [(7, "fleet_older_copy")]
    assert abs(told.json["clockOffsetSeconds"]) < 60
    times = [told.json["joinedTime"], told.json["seenTime"], told.json["alarms"][0]["raisedTime"]]
    assert all(time.endswith("Z") for time in times), times
    said = fleet.kiosk("fleet", "status").out
    assert ("Alarm" in said, "can't be read" in said) == (True, True)


def test_a_journal_that_does_not_go_on_from_the_centre_is_said(fleet: Fleet) -> None:
    asyncio.run(_send(fleet.centre, fleet.kiosk.data_dir))
    for change, code in (
        ("UPDATE fleet.heads SET hash = repeat('f', 64)", "fleet_another_journal"),
        ("UPDATE fleet.heads SET sequence = sequence + 100", "fleet_older_copy"),
    ):
        with fleet.centre.admin() as admin:
            admin.execute(change)
        told = fleet.kiosk("fleet", "status", "--json")
        assert (told.code, told.json["error"]["code"]) == (1, code)


def test_a_kiosk_that_does_not_get_through_says_since_when_and_why(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = Shipped(sequence=0, away_since=datetime(2026, 10, 27, 9, tzinfo=UTC), cause=Cause(code="fleet_disk_full"))
    asyncio.run(_note(away))
    told = fleet.kiosk("fleet", "status")
    assert (told.code, "not got through since 2026-10-27" in told.out, "disk" in told.out) == (0, True, True)
    monkeypatch.setenv("KIOSK_FLEET__SERVER", "127.0.0.1:1")
    told = fleet.kiosk("fleet", "status", "--json")
    assert (told.code, told.json["error"]["code"], told.json["awaySince"]) == (1, "fleet_away", "2026-10-27T09:00:00Z")
    assert (told.json["cause"]["code"], told.json["eventsWaiting"]) == ("fleet_disk_full", told.json["events"])


async def _note(known: Shipped) -> None:
    async with open_journal(load_settings()) as journal:
        await shipped.note(journal.connection, known)


@pytest.mark.parametrize(("hours", "said"), [(2, "120 minutes ahead"), (-2, "120 minutes behind")])
def test_a_clock_that_is_two_hours_off_is_said(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch, hours: int, said: str
) -> None:
    right = SystemClock.now
    monkeypatch.setattr(SystemClock, "now", lambda clock: right(clock) + timedelta(hours=hours))
    told = fleet.kiosk("fleet", "status")
    assert (told.code, said in told.out) == (0, True)
    assert abs(fleet.kiosk("fleet", "status", "--json").json["clockOffsetSeconds"] - hours * 3600) < 60


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE fleet.facts SET value = '2' WHERE name LIKE 'protocol%'", "fleet_program_too_old"),
        ("UPDATE fleet.facts SET value = '0' WHERE name LIKE 'protocol%'", "fleet_schema_too_old"),
        ("DROP FUNCTION fleet.status(text, int)", "fleet_schema_too_old"),
        ("DELETE FROM fleet.heads; DELETE FROM fleet.desks", "fleet_unknown_desk"),
        ("UPDATE fleet.desks SET role = 'another'", "fleet_unknown_desk"),
        ("DROP SCHEMA fleet CASCADE", "fleet_without_schema"),
    ],
)
def test_what_does_not_fit_at_the_centre_is_a_sentence_here(fleet: Fleet, change: str, code: str) -> None:
    with fleet.centre.admin() as admin:
        admin.execute(change)
    told = fleet.kiosk("fleet", "status", "--json")
    assert (told.code, told.json["error"]["code"], told.json["events"] > 0) == (1, code, True)


def test_a_centre_of_a_newer_program_is_left_alone(fleet: Fleet) -> None:
    with fleet.centre.admin() as admin:
        admin.execute("INSERT INTO fleet.migrations VALUES (9001, 'of_next_year')")
    told = fleet.kiosk("fleet", "init", "--personal-months", "1", "--json")
    assert (told.code, told.json["error"]["code"]) == (1, "fleet_schema_newer")
    assert fleet.ask("SELECT value FROM fleet.facts WHERE name = 'personal_months'") == ("6",)
    assert fleet.kiosk("fleet", "status").code == 0


def test_what_is_missing_here_is_a_sentence(kiosk: Kiosk, bare: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kiosk("fleet", "status", "--json").json["error"]["code"] == "fleet_not_joined"
    assert kiosk("fleet", "join", "--site", "North", "--json").json["error"]["code"] == "fleet_without_database"
    with bare.centre.server.admin() as admin:
        admin.execute(f"CREATE DATABASE {bare.centre.database} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    assert kiosk("fleet", "join", "--site", "North", "--json").json["error"]["code"] == "fleet_without_schema"
    assert kiosk("fleet", "init", "--json").json["error"]["code"] == "fleet_not_utf_8"
    monkeypatch.delenv("KIOSK_FLEET__SERVER")
    assert kiosk("fleet", "init", "--json").json["error"]["code"] == "fleet_without_server"


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("missing", ["psycopg", "cryptography"])
def test_without_the_extra_a_sentence_says_what_to_install(missing: str) -> None:
    command = f"import sys; sys.modules[{missing!r}] = None; from kiosk.__main__ import main; sys.exit(main())"
    ended = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", command, "fleet", "status", "--json"], capture_output=True, text=True, check=False
    )
    told = json.loads(ended.stdout)["error"]
    assert (ended.returncode, told["code"], told["parameters"]) == (1, "fleet_not_installed", {"missing": missing})
    assert "parcel-kiosk[fleet]" in ended.stderr


@pytest.fixture
def administrator(server: Postgres) -> Iterator[str]:
    """Make a role with a password that administers without being a superuser, as on a hired server."""
    name = f"admin_{uuid4().hex[:8]}"
    with server.admin() as admin, rules(server, f"host all {name} all scram-sha-256"):
        admin.execute(f"CREATE ROLE {name} LOGIN CREATEROLE CREATEDB PASSWORD 'secret of the administrator'")
        yield name


def test_an_administrator_without_all_rights_and_with_a_password(
    bare: Fleet, administrator: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    admin = ("--admin", administrator)
    told = bare.kiosk("fleet", "init", *admin, "--json")
    assert (told.code, told.json["error"]["code"]) == (1, "fleet_password_needed")
    assert not bare.kiosk.events()
    monkeypatch.setenv("PGPASSWORD", "wrong")
    assert bare.kiosk("fleet", "init", *admin, "--json").json["error"]["code"] == "fleet_login_refused"
    monkeypatch.setenv("PGPASSWORD", "secret of the administrator")
    with bare.centre.server.admin() as superuser:
        superuser.execute(f"ALTER ROLE {administrator} NOCREATEROLE NOCREATEDB")
        assert bare.kiosk("fleet", "init", *admin, "--json").json["error"]["code"] == "fleet_not_allowed"
        superuser.execute(f"ALTER ROLE {administrator} CREATEROLE CREATEDB")
    assert bare.kiosk("fleet", "init", *admin).code == 0
    monkeypatch.delenv("PGPASSWORD")
    passwords = tmp_path / "pgpass"
    passwords.write_text(f"*:*:*:{administrator}:secret of the administrator\n", "utf-8")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    assert bare.kiosk("fleet", "join", "--site", "North", *admin).code == 0
    assert bare.kiosk("fleet", "join", "--console", "campus", *admin).code == 0
    assert bare.kiosk("fleet", "status").code == 0


@pytest.mark.usefixtures("bare")
def test_the_password_is_asked_for_at_a_terminal_and_not_shown(administrator: str) -> None:
    leader, follower = pty.openpty()
    command = [*PROGRAM, "fleet", "init", "--admin", administrator, *WHY]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, stdin=follower, stdout=follower, stderr=follower, start_new_session=True, env=dict(os.environ)
    ) as process:
        os.close(follower)
        shown = _read_until(leader, "Password of")
        os.write(leader, b"secret of the administrator\n")
        shown += _read_until(leader, "Names can be read")
        assert process.wait(10) == 0
    os.close(leader)
    assert "secret of the administrator" not in shown


def _read_until(terminal: int, words: str) -> str:
    shown = ""
    while words not in shown:
        ready, _, _ = select.select([terminal], [], [], 20)
        assert ready, shown
        shown += os.read(terminal, 4096).decode()
    return shown


def test_two_desks_with_one_login_file_are_one_desk_to_the_centre(fleet: Fleet, server: Postgres) -> None:
    """A copied disk brings id and login: the second to join takes the password over, and the first hears why."""
    first = read_login(fleet.kiosk.data_dir, LoginKind.DESK)
    assert fleet.kiosk("fleet", "join", "--site", "North").code == 0
    with rules(server, f"host all {first.role} all scram-sha-256"):
        (fleet.kiosk.data_dir / LoginKind.DESK.value).write_text(
            json.dumps({"role": first.role, "password": first.password.get_secret_value()}), "utf-8"
        )
        told = fleet.kiosk("fleet", "status", "--json")
    assert told.json["error"]["code"] == "fleet_login_refused"


def test_a_centre_for_every_test_is_like_one_that_the_command_made(server: Postgres, bare: Fleet) -> None:
    assert bare.kiosk("fleet", "init").code == 0
    like = (
        "SELECT array_agg(oid::regprocedure::text ORDER BY 1) FROM pg_proc WHERE pronamespace = 'fleet'::regnamespace"
    )
    made = bare.ask(like)
    with new_centre(server).admin() as admin:
        assert admin.execute(like).fetchone() == made
