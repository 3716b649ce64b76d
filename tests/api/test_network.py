"""Proxies and certificates: whom an address is asked through, and that what can't be used is named, never quoted."""

from __future__ import annotations

import shutil
import socket
import ssl
import traceback
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.api.network import Proxy, certificates_for, proxy_for
from kiosk.api.transport import create_transport
from kiosk.errors import AnswerLostError, ApiError, NotSentError, SettingsError
from kiosk.settings import Network
from kiosk.words.errors import explain
from tests.api.proxies import CONNECTED, HOST, ProxyServer, certificate, context_of, running
from tests.api.scripted import BEARER

URL = f"https://{HOST}"
BY_MACHINE = Network()
SECRET = "Top"

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the program openssl")


def direct(url: str, no_proxy: str) -> bool:
    return proxy_for(url, BY_MACHINE, {"HTTPS_PROXY": "http://proxy.example:3128", "NO_PROXY": no_proxy}) is None


@pytest.mark.parametrize(
    ("environ", "network", "host"),
    [
        ({}, BY_MACHINE, None),
        ({"HTTPS_PROXY": "http://p.example:3128"}, BY_MACHINE, "http://p.example:3128"),
        ({"HTTPS_PROXY": "p.example:3128"}, BY_MACHINE, "http://p.example:3128"),
        ({"HTTPS_PROXY": "http://u:p%23@p.example/"}, BY_MACHINE, "http://p.example"),
        ({"ALL_PROXY": "http://all.example", "https_proxy": " "}, BY_MACHINE, "http://all.example"),
        (
            {"HTTPS_PROXY": "http://large.example", "https_proxy": "http://small.example"},
            BY_MACHINE,
            "http://small.example",
        ),
        ({"HTTP_PROXY": "nonsense://"}, BY_MACHINE, None),
        ({"HTTPS_PROXY": "nonsense://"}, Network(proxy="none"), None),
        ({"HTTPS_PROXY": "nonsense://", "NO_PROXY": "*"}, Network(proxy="http://own.example"), "http://own.example"),
    ],
)
def test_the_setting_wins_and_else_the_machines_variables_name_the_proxy(
    environ: dict[str, str], network: Network, host: str | None
) -> None:
    proxy = proxy_for(URL, network, environ)
    assert (proxy and proxy.host) == host


@pytest.mark.parametrize(
    "no_proxy",
    [
        "*",
        "other.example, lockers.example",
        "x lockers.example",
        "example",
        ".example",
        "*.example",
        "LOCKERS.EXAMPLE:443",
        URL,
    ],
)
def test_no_proxy_names_hosts_and_what_is_below_them(no_proxy: str) -> None:
    assert direct(URL, no_proxy)


@pytest.mark.parametrize(
    "no_proxy", ["", "localhost,fe80::/10", "ockers.example", "lockers.example:8443", "[::1,]:,://,10.0.0.0/99,%"]
)
def test_what_no_proxy_does_not_name_goes_through_the_proxy(no_proxy: str) -> None:
    assert not direct(URL, no_proxy)


def test_no_proxy_knows_networks() -> None:
    assert direct("https://10.1.2.3:8443", "10.0.0.0/8")
    assert direct("https://[fe80::5]", "localhost,fe80::/10")
    assert not direct("https://11.1.2.3", "10.0.0.0/8")


@given(no_proxy=st.text(), url=st.sampled_from([URL, "https://10.1.2.3", "https://[fe80::1]:8443"]))
def test_any_no_proxy_is_read(no_proxy: str, url: str) -> None:
    assert direct(url, no_proxy) in {True, False}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.9.9.9"])
@pytest.mark.parametrize("network", [BY_MACHINE, Network(proxy="http://own.example")])
def test_an_address_of_this_machine_is_never_asked_through_a_proxy(host: str, network: Network) -> None:
    assert proxy_for(f"http://{host}:8800/parcelpoint", network, {"HTTPS_PROXY": "x://", "ALL_PROXY": "x://"}) is None


UNREADABLE = [
    f"http://user:{SECRET}#Secret@proxy.example:3128",
    f"http://user:{SECRET}/Secret@proxy.example:3128",
    f"http://user:123#{SECRET}@proxy.example:3128",
    f"http://user:{SECRET}@[fe80::1",
    f"http://user:{SECRET}@:3128",
    f"http://user:{SECRET}@proxy.example:0",
    f"http://user:{SECRET}@proxy.example:99999",
    f"http://user:{SECRET}\x01@proxy.example",
    f"ftp://user:{SECRET}@proxy.example",
    f"socks4://user:{SECRET}@proxy.example",
    f"http://user:{SECRET}@pro xy.example",
]


@pytest.mark.parametrize("address", UNREADABLE)
def test_a_proxy_that_can_not_be_read_is_named_and_nothing_of_it_is_told(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", address)
    with pytest.raises(SettingsError, match=r"proxy_unreadable .setting=HTTPS_PROXY") as caught:
        create_transport(url=URL, credentials=BEARER)
    said = explain(caught.value)
    shown = f"{said.line} {said.hint} {''.join(traceback.format_exception(caught.value, chain=True))}"
    assert SECRET not in shown
    assert said.sentence.startswith("HTTPS_PROXY is not the address of a proxy")


def test_a_proxy_that_only_httpx_can_not_read_is_named_alike() -> None:
    for host in ("1.2.3.999", "ü..example", "[v1.x]"):
        network = Network(proxy=f"http://{host}")
        with pytest.raises(SettingsError, match=r"proxy_unreadable .setting=network\.proxy\)$") as caught:
            create_transport(url=URL, credentials=BEARER, network=network)
        assert host not in "".join(traceback.format_exception(caught.value))


def test_a_socks_proxy_without_its_package_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", f"socks5://user:{SECRET}@proxy.example:1080")
    with pytest.raises(SettingsError, match=r"proxy_needs_socks .setting=ALL_PROXY"):
        create_transport(url=URL, credentials=BEARER)
    create_transport(url="http://127.0.0.1:1", credentials=BEARER)  # asked directly, so that no proxy is read


def test_a_proxys_password_is_in_no_repr() -> None:
    proxy = Proxy("HTTPS_PROXY", f"http://user:{SECRET}@p.example")
    assert SECRET not in f"{proxy!r} {proxy.host}"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", "proxy_wants_password"),
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "proxy_failed"),
    ],
)
async def test_what_a_proxy_refuses_never_left(answer: bytes, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(ProxyServer(answer)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:{SECRET}%23@127.0.0.1:{proxy.port}")
        with pytest.raises(NotSentError, match=code) as caught:
            await create_transport(url=URL, credentials=BEARER).request("POST", ["x"])
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert b"Proxy-Authorization: Basic dXNlcjpUb3Aj\r\n" in proxy.heads[0]
    assert b"fixed-token" not in proxy.heads[0]


async def test_a_dead_proxy_is_blamed_and_not_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    with running(ProxyServer(b"")) as proxy:
        pass
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{proxy.port}")
    with pytest.raises(NotSentError, match="proxy_not_reached"):
        await create_transport(url=URL, credentials=BEARER).request("POST", ["x"])


async def test_a_proxy_that_hangs_up_while_it_is_asked_to_connect_passed_nothing_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for half in (b"", b"HTTP/1.1 2", b"HTTP/1.1 200 Connected\r\nVia: ", b"nonsense\r\n\r\n"):
        with running(ProxyServer(half)) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
            with pytest.raises(NotSentError, match="proxy_gave_no_answer"):
                await create_transport(url=URL, credentials=BEARER).request("POST", ["x"])
        assert [head[:7] for head in proxy.heads] == [b"CONNECT"]


async def test_a_proxy_that_keeps_silent_passed_nothing_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(NotSentError, match="proxy_gave_no_answer"):
            await create_transport(url=URL, credentials=BEARER, read_seconds=0.1).request("POST", ["x"])


@needs_openssl
async def test_a_line_that_breaks_behind_the_proxy_leaves_a_write_in_doubt(tmp_path: Path) -> None:
    pem = certificate(tmp_path)
    with running(ProxyServer(CONNECTED, context_of(pem), hangs_up=True)) as proxy:
        network = Network(proxy=f"http://127.0.0.1:{proxy.port}", ca_file=tmp_path / "public.pem")
        with pytest.raises(AnswerLostError, match="connection_broke"):
            await create_transport(url=URL, credentials=BEARER, network=network).request("POST", ["x"])
    assert [head.split(b" ")[0] for head in proxy.heads] == [b"CONNECT", b"POST"]


@needs_openssl
async def test_a_proxy_that_forwards_is_gone_through_and_the_ca_file_counts(tmp_path: Path) -> None:
    pem = certificate(tmp_path)
    with running(ProxyServer(CONNECTED, context_of(pem))) as proxy:
        network = Network(proxy=f"http://127.0.0.1:{proxy.port}", ca_file=tmp_path / "public.pem")
        way = create_transport(url=URL, credentials=BEARER, network=network)
        assert await way.request("GET", ["banks"]) == ["A"]
        await way.aclose()
        other = create_transport(url=URL, credentials=BEARER, network=Network(proxy=network.proxy))
        with pytest.raises(ApiError, match="not_trusted"):
            await other.request("POST", ["x"])
    assert proxy.heads[0].startswith(f"CONNECT {HOST}:443 HTTP/1.1".encode())


@pytest.mark.parametrize(
    ("variable", "name", "code"),
    [
        ("SSL_CERT_FILE", "missing.pem", "certificates_missing"),
        ("SSL_CERT_FILE", "folder", "certificates_missing"),
        ("SSL_CERT_FILE", "junk.pem", "certificates_unreadable"),
        ("SSL_CERT_FILE", "x" * 5000, "certificates_missing"),
        ("SSL_CERT_DIR", "missing", "certificates_not_hashed"),
        ("SSL_CERT_DIR", "folder", "certificates_not_hashed"),
        ("SSL_CERT_DIR", "junk.pem", "certificates_not_hashed"),
    ],
)
def test_certificates_that_can_not_be_read_are_named_and_a_plain_address_needs_none(
    variable: str, name: str, code: str, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "junk.pem").write_bytes(b"\x00no certificate")
    environ = {variable: str(tmp_path / name)}
    with pytest.raises(SettingsError, match=rf"{code} .setting={variable}") as caught:
        certificates_for([URL], BY_MACHINE, environ)
    said = explain(caught.value)
    assert variable in said.sentence
    assert str(tmp_path) not in f"{said.line} {said.hint}"
    assert certificates_for(["http://127.0.0.1:1"], BY_MACHINE, environ).get_ca_certs() == []


@needs_openssl
def test_the_authorities_are_the_settings_then_the_files_then_the_folders_then_our_own(tmp_path: Path) -> None:
    certificate(tmp_path)
    own = str(tmp_path / "public.pem")
    (tmp_path / "0123abcd.0").write_bytes(Path(own).read_bytes())

    def trusted(network: Network, **environ: str) -> int:
        return len(certificates_for([URL], network, environ).get_ca_certs())

    assert trusted(Network(ca_file=Path(own)), SSL_CERT_FILE="/nowhere") == 1
    assert trusted(BY_MACHINE, SSL_CERT_FILE=own, SSL_CERT_DIR="/nowhere") == 1
    assert trusted(BY_MACHINE, SSL_CERT_DIR=f"/nowhere:{tmp_path}") == 0  # read when it is needed
    assert trusted(BY_MACHINE) > 50


def test_the_keys_of_connections_are_written_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    context = certificates_for([URL], BY_MACHINE, {})
    assert not context.keylog_filename
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
