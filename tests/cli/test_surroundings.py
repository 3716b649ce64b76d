"""A few of the machines of `tests/soak/surroundings.py`, in this process where that is possible."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.proxies import ProxyServer, running
from tests.cli.harness import Kiosk
from tests.soak.surroundings import MATRIX, judged, looked_at, measure, variables_of

MACHINES = {each.name: each for each in MATRIX}
HERE = (
    "NO_PROXY with a network",
    "dead proxies",
    "SOCKS",
    "an unreadable proxy",
    "certificates missing",
    "keys of connections nowhere",
    "HOME missing",
    "HOME endless",
    "data in a place for none",
    "a variable misspelled",
    "a name in no encoding",
    "a password in the proxy's setting",
    "with an account, and an unreadable proxy",
    "with an account, certificates in a junk folder",
)
"""Machines that this process can stand on; locale, zone and mask are those it was started with."""


@pytest.mark.parametrize("name", HERE)
def test_no_machine_ends_a_command_badly(
    name: str, kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = MACHINES[name]
    (tmp_path / "started").mkdir()
    monkeypatch.chdir(tmp_path / "started")
    variables = variables_of(machine, tmp_path)
    for variable in machine.variables.keys() - variables.keys():
        monkeypatch.delenv(variable, raising=False)
    for variable in machine.variables.keys() & variables.keys():
        monkeypatch.setenv(variable, variables[variable])
    for command in ("check", "banks"):
        result = kiosk(command, "--json")
        assert list(judged(machine, result.code, result.out, result.err)) == []
    assert list((tmp_path / "started").iterdir()) == []


@pytest.mark.parametrize("name", ["ASCII", "a zone of 99 hours"])
def test_no_locale_and_no_zone_ends_a_command_badly(name: str) -> None:
    assert looked_at(MACHINES[name]) == []


def test_the_matrix_has_forty_machines_and_its_verdict_can_fail() -> None:
    assert len(MACHINES) == len(MATRIX) >= 40
    assert [figure.reached for figure in measure(0)] == [True]
    works, said = MACHINES["as it is"], MACHINES["a variable misspelled"]
    assert list(judged(works, 1, "")) != []
    assert list(judged(said, 0, "")) != []
    assert list(judged(said, 1, "Traceback (most recent call last):")) == ["a traceback"]
    assert list(judged(said, 1, "Invalid port: 'Geheim'")) == ["a part of a password"]


def test_the_demo_asks_no_proxy_anything(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(ProxyServer(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")) as proxy:
        for variable in ("http_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(variable, f"http://127.0.0.1:{proxy.port}")
        for auth in ("oauth", "basic"):
            monkeypatch.setenv("KIOSK_LOCKERS__AUTH", auth)
            assert kiosk("banks", "--json").code == 0
            assert kiosk("facilities", "--json").code == 0
    assert proxy.heads == []
