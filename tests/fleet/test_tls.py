"""The way to the centre is encrypted, the server proves who it is, and each thing that is wrong with that is said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from kiosk.errors import FleetError
from kiosk.fleet.centre import Centre, Login, _parameters
from kiosk.fleet.joining import set_up
from kiosk.settings.fleet import Fleet
from kiosk.words.errors import explain
from tests.fleet.centres import NewCentre
from tests.fleet.certificates import Authority, Pair
from tests.fleet.hba import reload, rules
from tests.fleet.postgres import ADMIN, Postgres, needs_postgres

pytestmark = needs_postgres
DESK = "00112233445566aa"
DAY = timedelta(days=1)


class Secured:
    """A server that encrypts, with an authority of its own."""

    def __init__(self, server: Postgres, folder: Path) -> None:
        self._server, self._folder = server, folder
        self.ours, self.others = Authority(folder, "ours"), Authority(folder, "others")

    def shows(self, pair: Pair) -> None:
        """Let the server show a certificate, and trust desks by our authority."""
        own = [self._server.folder / f"{pair.certificate.stem}{each.suffix}" for each in pair]
        for path, copy in zip(pair, own, strict=True):
            shutil.copy(path, copy)
            copy.chmod(0o600)
        trusted = self._server.folder / "trusted.crt"
        shutil.copy(self.ours.path, trusted)
        for path in (*own, trusted):
            if path.owner() != (owner := self._server.folder.owner()):
                shutil.chown(path, owner, owner)
        self._set(ssl="on", ssl_cert_file=own[0], ssl_key_file=own[1], ssl_ca_file=trusted)

    def stops(self) -> None:
        """Let the server encrypt nothing."""
        self._set(ssl="off")

    def _set(self, **values: str | Path) -> None:
        with self._server.admin() as admin:
            for name, value in values.items():
                admin.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        reload(self._server)


@pytest.fixture
def secured(server: Postgres, tmp_path: Path) -> Iterator[Secured]:
    secured = Secured(server, tmp_path)
    yield secured
    secured.stops()


def settings(centre: NewCentre, secured: Secured, pair: Pair | None = None, ca: Path | None = None) -> Fleet:
    return Fleet(
        server=f"localhost:{centre.server.port}/{centre.database}",
        ca_file=ca or secured.ours.path,
        certificate_file=pair.certificate if pair else None,
        key_file=pair.key if pair else None,
    )


async def is_encrypted(fleet: Fleet, login: Login) -> bool:
    centre = Centre(fleet, login)
    try:
        return bool((await centre.rows("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))[0]["ssl"])
    finally:
        await centre.close()


async def refusal(fleet: Fleet, login: Login) -> str:
    with pytest.raises(FleetError) as raised:
        await is_encrypted(fleet, login)
    assert explain(raised.value).sentence
    return raised.value.code


async def test_a_server_that_proves_who_it_is_is_spoken_to_encrypted(centre: NewCentre, secured: Secured) -> None:
    secured.shows(secured.ours.pair("server", "localhost"))
    login = await centre.join(DESK)
    assert await is_encrypted(settings(centre, secured), login)
    # On this machine nobody has to prove anything, and what can be encrypted is.
    assert await is_encrypted(centre.settings, login)


async def test_a_server_that_does_not_prove_who_it_is_is_refused(centre: NewCentre, secured: Secured) -> None:
    login = await centre.join(DESK)
    ours = secured.ours
    for pair, code in (
        (ours.pair("of_another", "db.example.com"), "fleet_certificate_of_another"),
        (ours.pair("expired", "localhost", ends=-DAY), "fleet_certificate_expired"),
        (ours.pair("of_tomorrow", "localhost", begins=DAY / 2), "fleet_certificate_too_new"),
        (secured.others.pair("by_another", "localhost"), "fleet_certificate_untrusted"),
    ):
        secured.shows(pair)
        assert await refusal(settings(centre, secured), login) == code
    secured.stops()
    assert await refusal(settings(centre, secured), login) == "fleet_without_tls"


async def test_a_desk_can_prove_who_it_is_by_a_certificate_too(centre: NewCentre, secured: Secured) -> None:
    secured.shows(secured.ours.pair("server", "localhost"))
    login = await centre.join(DESK)
    ours = secured.ours
    with rules(centre.server, f"hostssl all {login.role} all trust clientcert=verify-full"):
        assert await is_encrypted(settings(centre, secured, ours.pair(login.role)), login)
        assert await refusal(settings(centre, secured), login) == "fleet_turned_away"
        for pair, code in (
            (ours.pair("another_desk"), "fleet_login_refused"),
            (ours.pair("too_old", ends=-DAY), "fleet_own_certificate_refused"),
            (secured.others.pair("by_another"), "fleet_own_certificate_refused"),
        ):
            assert await refusal(settings(centre, secured, pair), login) == code


async def test_the_lines_of_the_document_let_desks_in_encrypted_and_nobody_else(
    centre: NewCentre, secured: Secured
) -> None:
    secured.shows(secured.ours.pair("server", "localhost"))
    desk, console = await centre.join(DESK), await centre.join_console("campus")
    document = (Path(__file__).parents[2] / "docs" / "fleet.md").read_text("utf-8")
    lines = [line.replace("kiosks", centre.database, 1) for line in document.splitlines() if line.startswith("hostssl")]
    assert len(lines) == 2
    with rules(centre.server, *lines, f"host {centre.database} +kiosk_fleet_desks all reject"):
        for login in (desk, console):
            assert await is_encrypted(settings(centre, secured), login)
        secured.stops()
        assert await refusal(centre.settings, desk) == "fleet_not_let_in"


async def test_files_that_can_not_be_used_are_named(centre: NewCentre, secured: Secured, tmp_path: Path) -> None:
    secured.shows(secured.ours.pair("server", "localhost"))
    login, pair = await centre.join(DESK), secured.ours.pair("desk")
    assert await refusal(settings(centre, secured, ca=tmp_path / "none"), login) == "fleet_file_unreadable"
    assert await refusal(settings(centre, secured, pair._replace(key=tmp_path / "none")), login) == (
        "fleet_file_unreadable"
    )
    spoilt = tmp_path / "spoilt"
    spoilt.write_text("no certificate", "utf-8")
    assert await refusal(settings(centre, secured, ca=spoilt), login) == "fleet_own_certificate_unusable"
    assert await refusal(settings(centre, secured, pair._replace(certificate=spoilt)), login) == (
        "fleet_own_certificate_unusable"
    )
    pair.key.chmod(0o644)
    assert await refusal(settings(centre, secured, pair), login) == "fleet_own_certificate_unusable"


async def test_an_administrator_sets_up_over_the_same_way(centre: NewCentre, secured: Secured) -> None:
    secured.shows(secured.ours.pair("server", "localhost"))
    admin = Centre(settings(centre, secured), Login(ADMIN, SecretStr("")))
    assert (await set_up(admin)).carried_out == ()
    await admin.close()


@pytest.mark.parametrize("host", ["db.example.com", "192.0.2.7", "localhost.example.com", "2001:db8::7"])
def test_over_a_network_nothing_goes_out_unproved(host: str) -> None:
    way = _parameters(Fleet(server=f"[{host}]" if ":" in host else host), Login("kiosk", SecretStr("x")))
    assert (way["sslmode"], Path(way["sslrootcert"]).is_file()) == ("verify-full", True)
