"""Everything that can be wrong with a centre is a code of its own, and nothing is lost or doubled by it."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from kiosk.errors import FleetAwayError, FleetDataError, FleetError, FleetRefusedError
from kiosk.fleet import centre as centre_module
from kiosk.fleet.centre import Centre, Login
from kiosk.settings.fleet import Fleet
from kiosk.words.errors import explain
from tests.fleet.batches import Chain, meet, ship
from tests.fleet.centres import NewCentre, new_centre
from tests.fleet.hba import rules
from tests.fleet.postgres import ADMIN, Postgres, needs_postgres, postgres

pytestmark = needs_postgres
DESK = "00112233445566aa"
PASSWORDS = "host all all 127.0.0.1/32 scram-sha-256"
ADMIN_COMES_IN = "host all postgres 127.0.0.1/32 trust"
needs_mount = pytest.mark.skipif(os.geteuid() != 0, reason="no disk of its own for a test: run as root")


async def failure(centre: Centre, query: str = "SELECT 1") -> FleetError:
    with pytest.raises(FleetError) as raised:
        await centre.rows(query)
    await centre.close()
    assert explain(raised.value).sentence
    return raised.value


def elsewhere(new: NewCentre, database: str) -> Fleet:
    return Fleet(server=f"{new.server.address}/{database}")


@pytest.fixture
def asks_for_passwords(server: Postgres) -> Iterator[None]:
    with rules(server, ADMIN_COMES_IN, PASSWORDS):
        yield


@pytest.mark.usefixtures("asks_for_passwords")
async def test_who_is_not_let_in_hears_why(centre: NewCentre) -> None:
    login = await centre.join(DESK)
    entered = centre.centre(login)
    assert (await meet(entered, Chain(DESK)))["outcome"] == "fits"
    await entered.close()
    wrong = await failure(centre.centre(login._replace(password=SecretStr("wrong"))))
    assert (wrong.code, wrong.retryable) == ("fleet_login_refused", False)
    assert (await failure(centre.centre(Login("nobody_here", SecretStr("x"))))).code == "fleet_login_refused"
    assert (await failure(centre.centre(login._replace(password=SecretStr(""))))).code == "fleet_password_needed"
    with rules(centre.server, f"host all {login.role} 127.0.0.1/32 reject"):
        assert (await failure(centre.centre(login))).code == "fleet_not_let_in"
    assert (await failure(Centre(elsewhere(centre, "none_of_that_name"), login))).code == "fleet_without_database"
    assert (await failure(Centre(elsewhere(centre, "postgres"), login), "SELECT fleet.hint('')")).code == (
        "fleet_without_schema"
    )


@pytest.mark.usefixtures("asks_for_passwords")
async def test_a_role_that_was_dropped_is_not_let_in_and_comes_back_by_joining_again(centre: NewCentre) -> None:
    login, chain = await centre.join(DESK), Chain(DESK)
    desk = centre.centre(login)
    await ship(desk, DESK, chain.events(3))
    await desk.close()
    with centre.admin() as admin:
        admin.execute(f"DROP ROLE {login.role}")
    assert (await failure(centre.centre(login))).code == "fleet_login_refused"
    desk = centre.centre(await centre.join(DESK))
    assert (await meet(desk, chain))["outcome"] == "fits"
    assert (await ship(desk, DESK, chain.events(2)))["sequence"] == 5
    await desk.close()


@pytest.mark.parametrize("language", ["de", "fr", "ja"])
async def test_the_language_of_the_server_changes_nothing(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with postgres() as server, rules(server, ADMIN_COMES_IN, "host all refused all reject", PASSWORDS):
        new = NewCentre(server, "postgres")
        with new.admin() as admin:
            admin.execute("CREATE ROLE kiosk_desk_a LOGIN PASSWORD 'right'")
        for login, database, code in (
            (Login("kiosk_desk_a", SecretStr("wrong")), "postgres", "fleet_login_refused"),
            (Login("refused", SecretStr("x")), "postgres", "fleet_not_let_in"),
            (Login("kiosk_desk_a", SecretStr("right")), "none", "fleet_without_database"),
        ):
            assert (await failure(Centre(elsewhere(new, database), login))).code == code
        words = (server.folder / "log").read_text("utf-8")
    if "password authentication failed" in words:
        pytest.skip(f"this server does not speak {language}")


@pytest.mark.parametrize(
    ("server", "code"),
    [
        ("127.0.0.1:1", "fleet_away"),
        ("no-such-host.invalid", "fleet_away"),
        ("198.51.100.1", "fleet_away"),  # of the addresses that no machine has
    ],
)
async def test_a_server_that_is_not_there_is_away(server: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(centre_module, "CONNECT_SECONDS", 2)
    error = await failure(Centre(Fleet(server=server), Login("kiosk", SecretStr("x"))))
    assert (error.code, error.retryable) == (code, True)


async def test_a_server_that_takes_the_call_and_says_nothing_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(centre_module, "CONNECT_SECONDS", 2)
    with closing(socket.create_server(("127.0.0.1", 0))) as mute:
        address = f"127.0.0.1:{mute.getsockname()[1]}"
        assert isinstance(await failure(Centre(Fleet(server=address), Login("kiosk", SecretStr("x")))), FleetAwayError)


async def test_a_server_that_hangs_in_the_middle_of_a_call_is_given_up(
    centre: NewCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(centre_module, "_ANSWER_SECONDS", 0.3)
    desk = centre.centre(await centre.join(DESK))
    process = (await desk.rows("SELECT pg_backend_pid() AS process"))[0]["process"]
    os.kill(process, signal.SIGSTOP)
    try:
        async with asyncio.timeout(3):
            assert (await failure(desk)).code == "fleet_silent"
    finally:
        os.kill(process, signal.SIGCONT)


async def test_whoever_is_called_off_does_not_wait_for_a_server_that_hangs(centre: NewCentre) -> None:
    desk = centre.centre(await centre.join(DESK))
    process = (await desk.rows("SELECT pg_backend_pid() AS process"))[0]["process"]
    os.kill(process, signal.SIGSTOP)
    try:
        asked = asyncio.ensure_future(desk.rows("SELECT 1"))
        await asyncio.wait({asked}, timeout=0.1)
        asked.cancel()
        done, _ = await asyncio.wait({asked}, timeout=3)
        assert done
        assert asked.cancelled()
    finally:
        os.kill(process, signal.SIGCONT)


async def test_a_connection_that_dies_in_a_call_is_away_and_the_batch_is_stored_once(centre: NewCentre) -> None:
    chain, login = Chain(DESK), await centre.join(DESK)
    desk = centre.centre(login)
    batch = chain.events(10)
    process = (await desk.rows("SELECT pg_backend_pid() AS process"))[0]["process"]
    with centre.admin() as admin:
        # What the desk calls waits for this lock, so that it is certainly in the middle.
        with admin.transaction():
            admin.execute("SELECT * FROM fleet.heads FOR UPDATE")
            sent = asyncio.ensure_future(ship(desk, DESK, batch))
            await asyncio.to_thread(_until_it_waits, centre, process)
            admin.execute("SELECT pg_terminate_backend(%s)", (process,))
            with pytest.raises(FleetAwayError) as away:
                await sent
        assert away.value.code == "fleet_away"
        assert (await ship(desk, DESK, batch))["outcome"] == "stored"
        assert (await ship(desk, DESK, batch))["outcome"] == "stored"
        assert admin.execute("SELECT count(*), max(sequence) FROM fleet.events").fetchone() == (10, 10)
    await desk.close()


def _until_it_waits(centre: NewCentre, process: int) -> None:
    with centre.admin() as admin:
        while admin.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", (process,)).fetchone() != (True,):
            pass


async def test_a_statement_that_takes_too_long_is_given_up_by_the_server(centre: NewCentre) -> None:
    login = await centre.join(DESK)
    with centre.admin() as admin:
        # A limit of the role does not count: the desk says its own.
        admin.execute(f"ALTER ROLE {login.role} SET statement_timeout = '1ms'")
    desk = centre.centre(login)
    await desk.rows("SELECT pg_sleep(0.01)")
    await desk.rows("SELECT set_config('statement_timeout', '20', false)")
    assert (await failure(desk, "SELECT pg_sleep(5)")).code == "fleet_slow"


@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
async def test_a_transaction_that_does_not_fit_with_others_is_tried_again(centre: NewCentre, sqlstate: str) -> None:
    with centre.admin() as admin:
        admin.execute("CREATE SEQUENCE tries; GRANT USAGE ON SEQUENCE tries TO PUBLIC")
        admin.execute(
            "CREATE FUNCTION fleet.fails(times int) RETURNS bigint LANGUAGE plpgsql AS $$ DECLARE n bigint;"
            f" BEGIN n := nextval('tries'); IF n <= times THEN RAISE SQLSTATE '{sqlstate}'; END IF; RETURN n; END $$"
        )
    desk = centre.centre()
    assert await desk.call("fails", 4) == 5
    assert (await failure(desk, "SELECT fleet.fails(1000)")).code == "fleet_busy"


async def test_two_that_wait_for_each_other_are_both_answered(centre: NewCentre) -> None:
    """A real deadlock, in the place of a made one: the server ends one of them, and that one is tried again."""
    with centre.admin() as admin:
        admin.execute("CREATE TABLE pair (id int PRIMARY KEY, n int); INSERT INTO pair VALUES (1, 0), (2, 0)")
        admin.execute(
            "CREATE FUNCTION fleet.both(one int, two int) RETURNS void LANGUAGE sql AS $$"
            " UPDATE pair SET n = n + 1 WHERE id = one; SELECT pg_sleep(0.1);"
            " UPDATE pair SET n = n + 1 WHERE id = two $$"
        )
        admin.execute(f"ALTER DATABASE {centre.database} SET deadlock_timeout = '20ms'")
        async with AsyncExitStack() as opened:
            desks = [centre.centre(), centre.centre()]
            for each in desks:
                opened.push_async_callback(each.close)
            await asyncio.gather(desks[0].call("both", 1, 2), desks[1].call("both", 2, 1))
        assert admin.execute("SELECT sum(n) FROM pair").fetchone() == (4,)


async def test_a_value_that_can_not_be_stored_is_about_the_data(centre: NewCentre) -> None:
    desk = centre.centre(await centre.join(DESK))
    for query in ("SELECT '\\u0000'::jsonb", "SELECT 'x'::int"):
        with pytest.raises(FleetDataError):
            await desk.rows(query)
    too_long = Chain(DESK).events(1, person="".join(chr(0x4E00 + n) for n in range(20_000)))
    with pytest.raises(FleetDataError) as raised:
        await ship(desk, DESK, too_long)
    assert raised.value.parameters["sqlstate"] == "54000"
    await desk.close()


async def test_a_standby_takes_nothing_and_what_was_sent_waits_for_the_server() -> None:
    with postgres() as server:
        centre, chain = await asyncio.to_thread(new_centre, server), Chain(DESK)
        desk = centre.centre(await centre.join(DESK))
        await ship(desk, DESK, chain.events(10))
        await desk.close()
        server.stop("fast")
        signal_file = server.folder / "data" / "standby.signal"
        signal_file.touch()
        server.start()
        batch = chain.events(10)
        for call in (meet(desk, chain), ship(desk, DESK, batch)):
            with pytest.raises(FleetAwayError) as raised:
                await call
            assert raised.value.code == "fleet_read_only"
        server.stop("fast")
        signal_file.unlink()
        server.start()
        assert (await ship(desk, DESK, batch))["sequence"] == 20
        await desk.close()


async def test_a_server_that_ends_and_comes_back_is_found_again(centre: NewCentre) -> None:
    desk, chain = centre.centre(await centre.join(DESK)), Chain(DESK)
    sent = chain.events(10)
    await ship(desk, DESK, sent)
    centre.server.stop()
    sent += chain.events(10)
    for _ in range(2):
        with pytest.raises(FleetAwayError) as raised:
            await ship(desk, DESK, sent[10:])
        assert raised.value.code == "fleet_away"
    centre.server.start()
    # What was not on the server's disk yet is asked for again.
    reached = (await meet(desk, chain))["sequence"]
    assert (await ship(desk, DESK, sent[reached:]))["sequence"] == 20
    await desk.close()


async def test_a_schema_that_lacks_something_is_said(centre: NewCentre) -> None:
    desk = centre.centre(await centre.join(DESK))
    with centre.admin() as admin:
        admin.execute("DROP FUNCTION fleet.root_of(date)")
    with pytest.raises(FleetRefusedError) as refused:
        await desk.call("root_of", "2026-11-26")
    assert refused.value.code == "fleet_schema_too_old"
    await desk.close()


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount 4 MB of memory as a disk that is full to the last block, and give room by removing `filling`."""
    (folder / "disk").mkdir()
    _run("mount", "-t", "tmpfs", "-o", "size=4m", "none", str(folder / "disk"))
    try:
        (folder / "disk" / "space").mkdir()
        shutil.chown(folder / "disk" / "space", ADMIN, ADMIN)
        yield folder / "disk"
    finally:
        _run("umount", "--lazy", str(folder / "disk"))


def _run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603 - our own command


@needs_mount
async def test_a_full_disk_is_said_and_the_batch_is_stored_once_there_is_room() -> None:
    with postgres() as server, small_disk(server.folder) as disk:
        centre, chain = await asyncio.to_thread(new_centre, server), Chain(DESK)
        desk = centre.centre(await centre.join(DESK))
        await ship(desk, DESK, chain.events(10))
        with centre.admin() as admin:
            admin.execute(f"CREATE TABLESPACE small LOCATION '{disk / 'space'}'")
        with server.admin() as admin:
            await desk.close()
            admin.execute(f"ALTER DATABASE {centre.database} SET default_tablespace = small")
        with centre.admin() as admin:
            admin.execute("ALTER TABLE fleet.events SET TABLESPACE small")
        filling = disk / "filling"
        with pytest.raises(OSError, match="No space"):
            filling.write_bytes(bytes(4 * 1024**2))
        batch = chain.events(400)
        with pytest.raises(FleetAwayError) as raised:
            await ship(desk, DESK, batch)
        assert raised.value.code == "fleet_disk_full"
        filling.unlink()
        answer: Any = await ship(desk, DESK, batch)
        assert (answer["outcome"], answer["sequence"]) == ("stored", 410)
        with centre.admin() as admin:
            assert admin.execute("SELECT count(*), max(sequence) FROM fleet.events").fetchone() == (410, 410)
        await desk.close()


async def test_a_clock_two_hours_off_is_known_at_the_centre(centre: NewCentre) -> None:
    desk = centre.centre(await centre.join(DESK))
    now = (await desk.rows("SELECT (now() + interval '2 hours')::text AS now"))[0]["now"]
    assert (await meet(desk, Chain(DESK), now=now))["outcome"] == "fits"
    with centre.admin() as admin:
        row = admin.execute("SELECT clock_offset FROM fleet.desks").fetchone()
    assert row is not None
    assert abs(row[0] - 7200) < 60
    await desk.close()


async def test_nothing_of_the_environment_leads_elsewhere(centre: NewCentre, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "PGHOSTADDR": "198.51.100.1",
        "PGSSLMODE": "require",
        "PGSSLROOTCERT": "/nowhere",
        "PGOPTIONS": "-c search_path=nowhere",
        "PGCLIENTENCODING": "LATIN1",
        "PGDATABASE": "nowhere",
        "PGUSER": "nobody",
    }.items():
        monkeypatch.setenv(name, value)
    desk = centre.centre(await centre.join(DESK))
    assert (await desk.rows("SELECT 'Ð' AS name"))[0]["name"] == "Ð"
    await desk.close()
