"""A kiosk that is open goes on by itself, once what was wrong at the centre is mended: nothing is lost or doubled."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.background.fleet import ShipEvents, way_to_centre
from kiosk.errors import KioskError
from kiosk.fleet.logins import LoginKind, write_login
from kiosk.journal.shipped import state_of
from kiosk.settings import Settings, Storage
from kiosk.words.errors import explain
from tests.fleet.centres import NewCentre
from tests.fleet.desks import JoinedDesk, chain_at_centre, joined
from tests.fleet.hba import rules
from tests.fleet.postgres import needs_postgres
from tests.fleet.test_tls import Secured

pytestmark = needs_postgres


class Open:
    """A kiosk that is open, at a centre that asks for passwords."""

    def __init__(self, desk: JoinedDesk, centre: NewCentre, job: ShipEvents, folder: Path) -> None:
        self.desk, self.centre, self.job, self.folder = desk, centre, job, folder

    async def cause(self) -> str | None:
        """Return what the kiosk says after another attempt; a sentence, too."""
        await self.job.run()
        cause = (await state_of(self.desk.journal.connection)).cause
        if cause is not None:
            assert explain(KioskError(cause.code, **cause.parameters)).sentence
        return cause.code if cause else None

    async def at_centre(self) -> bool:
        """Tell whether the centre has all that the journal has, each once and in its order."""
        there = chain_at_centre(self.centre, (await self.desk.head()).desk)
        own = [(event.row.sequence, event.row.hash) for batch in await self.desk.batches() for event in batch.events]
        return there == own

    def cut(self) -> None:
        """End the connection, as a night does."""
        with self.centre.server.admin() as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (self.centre.database,)
            )

    def run(self, *statements: str) -> None:
        """Carry statements out as the administrator, somewhere else than in the centre's database."""
        with self.centre.server.admin() as admin:
            for each in statements:
                admin.execute(each)

    def run_there(self, *statements: str) -> None:
        with self.centre.admin() as admin:
            for each in statements:
                admin.execute(each)


@pytest.fixture
async def kiosk_in(tmp_path: Path, centre: NewCentre) -> AsyncIterator[Open]:
    async with joined(tmp_path, centre) as desk:
        write_login(tmp_path, LoginKind.DESK, desk.login)
        settings = Settings(storage=Storage(data_dir=tmp_path), fleet=centre.settings)
        job = ShipEvents(desk.journal, way_to_centre(settings), desk.clock, lambda: ())
        with rules(centre.server, f"host all {desk.login.role} 127.0.0.1/32 scram-sha-256"):
            yield Open(desk, centre, job, tmp_path)
            await job.finish()


@contextmanager
def rejected(kiosk: Open) -> Iterator[None]:
    with rules(kiosk.centre.server, f"host all {kiosk.desk.login.role} 127.0.0.1/32 reject"):
        yield


@contextmanager
def renamed(kiosk: Open) -> Iterator[None]:
    kiosk.cut()
    kiosk.run(f"ALTER DATABASE {kiosk.centre.database} RENAME TO hidden_{kiosk.centre.database}")
    try:
        yield
    finally:
        kiosk.run(f"ALTER DATABASE hidden_{kiosk.centre.database} RENAME TO {kiosk.centre.database}")


def by_statements(breaks: str, mends: str, *, there: bool = True) -> Callable[[Open], AbstractContextManager[None]]:
    @contextmanager
    def broken(kiosk: Open) -> Iterator[None]:
        run = kiosk.run_there if there else kiosk.run
        words = {"role": kiosk.desk.login.role, "database": kiosk.centre.database}
        run(breaks.format(**words))
        try:
            yield
        finally:
            run(mends.format(**words))

    return broken


@contextmanager
def stopped(kiosk: Open) -> Iterator[None]:
    kiosk.centre.server.stop()
    try:
        yield
    finally:
        kiosk.centre.server.start()


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        pytest.param(stopped, "fleet_away", id="stopped"),
        pytest.param(rejected, "fleet_not_let_in", id="not let in"),
        pytest.param(renamed, "fleet_without_database", id="database missing"),
        pytest.param(
            by_statements("ALTER ROLE {role} NOLOGIN", "ALTER ROLE {role} LOGIN"), "fleet_login_refused", id="no login"
        ),
        pytest.param(
            by_statements("ALTER SCHEMA fleet RENAME TO away", "ALTER SCHEMA away RENAME TO fleet"),
            "fleet_without_schema",
            id="schema missing",
        ),
        pytest.param(
            by_statements(
                "ALTER DATABASE {database} SET default_transaction_read_only = on",
                "ALTER DATABASE {database} RESET default_transaction_read_only",
                there=False,
            ),
            "fleet_read_only",
            id="read only",
        ),
        pytest.param(
            by_statements(
                "REVOKE ALL ON SCHEMA fleet FROM kiosk_fleet_desks", "GRANT USAGE ON SCHEMA fleet TO kiosk_fleet_desks"
            ),
            "fleet_not_allowed",
            id="not allowed",
        ),
        pytest.param(
            by_statements(
                "UPDATE fleet.facts SET value = '2' WHERE name LIKE 'protocol%'",
                "UPDATE fleet.facts SET value = '1' WHERE name LIKE 'protocol%'",
            ),
            "fleet_program_too_old",
            id="program too old",
        ),
        pytest.param(
            by_statements(
                "UPDATE fleet.facts SET value = '0' WHERE name LIKE 'protocol%'",
                "UPDATE fleet.facts SET value = '1' WHERE name LIKE 'protocol%'",
            ),
            "fleet_schema_too_old",
            id="schema too old",
        ),
        pytest.param(
            by_statements("UPDATE fleet.desks SET role = 'x'", "UPDATE fleet.desks SET role = '{role}'"),
            "fleet_unknown_desk",
            id="unknown desk",
        ),
    ],
)
async def test_the_kiosk_says_what_is_wrong_and_sends_everything_once_it_is_mended(
    kiosk_in: Open, broken: Callable[[Open], AbstractContextManager[None]], code: str
) -> None:
    await kiosk_in.desk.takes_in("T1")
    assert await kiosk_in.cause() is None
    with broken(kiosk_in):
        await kiosk_in.desk.takes_in("T2")
        if code != "fleet_away":
            kiosk_in.cut()
        # The first attempt may find no more than that the connection is gone.
        assert code in {await kiosk_in.cause(), await kiosk_in.cause()}
        await kiosk_in.desk.takes_in("T3")
        assert (await state_of(kiosk_in.desk.journal.connection)).waiting == 2
    assert None in {await kiosk_in.cause(), await kiosk_in.cause()}
    assert await kiosk_in.at_centre()


async def test_a_new_login_counts_without_a_new_start(kiosk_in: Open) -> None:
    await kiosk_in.desk.takes_in("T1")
    assert await kiosk_in.cause() is None
    login = await kiosk_in.centre.join((await kiosk_in.desk.head()).desk)
    kiosk_in.cut()
    await kiosk_in.desk.takes_in("T2")
    assert "fleet_login_refused" in {await kiosk_in.cause(), await kiosk_in.cause()}
    write_login(kiosk_in.folder, LoginKind.DESK, login)
    assert await kiosk_in.cause() is None
    assert await kiosk_in.at_centre()


async def test_a_new_certificate_counts_without_a_new_start(tmp_path: Path, centre: NewCentre) -> None:
    secured = Secured(centre.server, tmp_path)
    way = centre.settings.model_copy(
        update={"server": f"localhost:{centre.server.port}/{centre.database}", "ca_file": secured.ours.path}
    )
    folder = tmp_path / "data"
    folder.mkdir()
    try:
        secured.shows(secured.ours.pair("server", "localhost"))
        async with joined(folder, centre, way) as desk:
            write_login(folder, LoginKind.DESK, desk.login)
            job = ShipEvents(
                desk.journal,
                way_to_centre(Settings(storage=Storage(data_dir=folder), fleet=way)),
                desk.clock,
                lambda: (),
            )
            kiosk = Open(desk, centre, job, folder)
            assert await kiosk.cause() is None
            secured.shows(secured.ours.pair("expired", "localhost", ends=-timedelta(days=1)))
            kiosk.cut()
            await desk.takes_in("T1")
            assert "fleet_certificate_expired" in {await kiosk.cause(), await kiosk.cause()}
            secured.shows(secured.ours.pair("renewed", "localhost"))
            assert await kiosk.cause() is None
            assert await kiosk.at_centre()
            await job.finish()
    finally:
        secured.stops()
