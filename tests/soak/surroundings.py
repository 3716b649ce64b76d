"""Machines as they are found: variables, locales, terminals, homes and masks, set, absurd and missing.

`python -m tests.soak surroundings`: in each of them `kiosk check`, `kiosk banks` and the first frame either work or say
in a sentence what is wrong. Never a traceback, no part of a password, no file where the program was started.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from tests.bench.figure import Figure
from tests.e2e.program import KIOSK, environment
from tests.e2e.terminal import Terminal

SECRET = "Geheim7sesame"
"""Must not be seen anywhere."""
HOME_SCREEN = "Scan the parcel"
READ_BY_US = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
SECONDS = 60.0


class Outcome(Enum):
    """What has to come of it."""

    WORKS = auto()
    SAID = auto()
    """It ends with a sentence."""
    EITHER = auto()
    """What the account may do decides."""


@dataclass(frozen=True)
class Surroundings:
    """One machine: its variables, None for one that is not set; what has to come of it there, and its mask."""

    name: str
    variables: Mapping[str, str | None] = field(default_factory=dict)
    outcome: Outcome = Outcome.WORKS
    mask: int = 0o022


_DEAD_PROXY = f"http://user:{SECRET}@127.0.0.1:9"
_UNREADABLE_PROXY = f"http://user:{SECRET[:6]}#{SECRET}@proxy.example:3128"
_SANDBOX = {
    "KIOSK_ENVIRONMENT": "sandbox",
    "KIOSK_DESK__USER_ID": "desk@example.com",
    "KIOSK_LOCKERS__URL": "https://lockers.invalid/parcelpoint",
    "KIOSK_LOCKERS__CLIENT_ID": "desk",
    "KIOSK_LOCKERS__CLIENT_SECRET": SECRET,
}
_JUNK = str(Path(__file__))


def _demo(name: str, outcome: Outcome = Outcome.WORKS, /, **variables: str | None) -> Surroundings:
    return Surroundings(name, variables, outcome)


def _sandbox(name: str, **variables: str) -> Surroundings:
    return Surroundings(name, _SANDBOX | variables, Outcome.SAID)


MATRIX = (
    _demo("as it is"),
    _demo("NO_PROXY with a network", NO_PROXY="localhost,fe80::/10"),
    _demo("NO_PROXY absurd", NO_PROXY="[::1,]:,://,*.,%,10.0.0.0/99", HTTP_PROXY=_DEAD_PROXY),
    _demo("dead proxies", HTTP_PROXY=_DEAD_PROXY, HTTPS_PROXY=_DEAD_PROXY, ALL_PROXY=_DEAD_PROXY),
    _demo("dead proxies in small letters", http_proxy=_DEAD_PROXY, https_proxy=_DEAD_PROXY, all_proxy=_DEAD_PROXY),
    _demo("SOCKS", ALL_PROXY=f"socks5://user:{SECRET}@127.0.0.1:9"),
    _demo("an unreadable proxy", HTTP_PROXY=_UNREADABLE_PROXY, HTTPS_PROXY=_UNREADABLE_PROXY),
    _demo("no proxy at all", HTTP_PROXY="://", HTTPS_PROXY="", ALL_PROXY="\x01"),
    _demo("a proxy of the settings", KIOSK_NETWORK__PROXY="http://127.0.0.1:9"),
    _demo("certificates missing", SSL_CERT_FILE="/nowhere.pem", SSL_CERT_DIR="/nowhere"),
    _demo("certificates junk", SSL_CERT_FILE=_JUNK),
    _demo("certificates in a junk folder", SSL_CERT_DIR=_JUNK),
    _demo("a ca_file missing", KIOSK_NETWORK__CA_FILE="/nowhere.pem"),
    _demo("keys of connections nowhere", SSLKEYLOGFILE="/nowhere/keys", OPENSSL_CONF="/nowhere.cnf"),
    _demo("variables of others", REQUESTS_CA_BUNDLE="/nowhere", CURL_CA_BUNDLE="/nowhere", REQUEST_METHOD="GET"),
    _demo("ASCII", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"),
    _demo("a locale that is none", LC_ALL="xx_YY.nonsense", LANGUAGE="klingon"),
    _demo("Latin-1", PYTHONIOENCODING="latin-1"),
    _demo("Turkish", LANG="tr_TR.UTF-8", LC_ALL="tr_TR.UTF-8"),
    _demo("no locale", LANG=None, LC_ALL=None),
    _demo("TERM dumb", TERM="dumb"),
    _demo("TERM missing", TERM=None, COLORTERM=None),
    _demo("TERM absurd", TERM="no-such\x07-terminal", COLORTERM="\x1b[31m", NO_COLOR="1"),
    _demo("TERM linux", TERM="linux", COLORTERM=None),
    _demo("a window of no size", COLUMNS="0", LINES="-1"),
    _demo("HOME missing", HOME=None),
    _demo("HOME empty", HOME="", XDG_CONFIG_HOME=None),
    _demo("HOME relative", HOME="here", XDG_CONFIG_HOME="there", XDG_DATA_HOME="elsewhere"),
    _demo("HOME nowhere", HOME="/nowhere", XDG_CONFIG_HOME=None, XDG_DATA_HOME=None),
    _demo("HOME endless", Outcome.SAID, HOME="/" + "x" * 5000, XDG_CONFIG_HOME=None),
    _demo("data in a place for none", Outcome.SAID, KIOSK_STORAGE__DATA_DIR=None, XDG_DATA_HOME="/proc"),
    _demo("data relative", Outcome.SAID, KIOSK_STORAGE__DATA_DIR="data"),
    _demo("data at nobody's home", Outcome.SAID, KIOSK_STORAGE__DATA_DIR="~nobody-here/data"),
    _demo("a zone that is none", TZ="Nowhere/Absurd"),
    _demo("a zone that is a file", TZ=":/etc/passwd"),
    _demo("a zone of 99 hours", TZ="UTC-99:99"),
    _demo("no zone", TZ=""),
    _demo("nowhere for temporary files", TMPDIR="/nowhere"),
    _demo("a variable misspelled", Outcome.SAID, KIOSK_ENVIRONMEN="production"),
    _demo("a name in no encoding", Outcome.EITHER, KIOSK_DESK__NAME="\udcff\udc80"),
    _demo("a password in a setting", Outcome.SAID, KIOSK_LOCKERS__URL=f"https://desk:{SECRET}@lockers.invalid"),
    _demo("a password in the proxy's setting", Outcome.SAID, KIOSK_NETWORK__PROXY=_UNREADABLE_PROXY),
    Surroundings("files open to all", {}, Outcome.WORKS, 0o000),
    Surroundings("files closed to all", {}, Outcome.EITHER, 0o777),
    _sandbox("with an account, and a dead proxy", ALL_PROXY=_DEAD_PROXY),
    _sandbox("with an account, and an unreadable proxy", HTTPS_PROXY=_UNREADABLE_PROXY),
    _sandbox("with an account, and SOCKS", ALL_PROXY=f"socks5h://user:{SECRET}@127.0.0.1:9"),
    _sandbox("with an account, certificates missing", SSL_CERT_FILE=f"/{SECRET}.pem"),
    _sandbox("with an account, certificates junk", SSL_CERT_FILE=_JUNK, HTTPS_PROXY=_DEAD_PROXY),
    _sandbox("with an account, certificates in a junk folder", SSL_CERT_DIR=f"/{SECRET}:{_JUNK}"),
    _sandbox("with an account, NO_PROXY with a network", NO_PROXY="localhost,fe80::/10", ALL_PROXY=_DEAD_PROXY),
)

ROUNDS = len(MATRIX)


def measure(rounds: int) -> list[Figure]:
    """Go through so many of the machines."""
    chosen = MATRIX[:rounds]
    wrong = [f"{each.name}: {what}" for each in chosen for what in looked_at(each, in_terminal=True)]
    name = f"Of {len(chosen)} surroundings, those where a command or the first frame ends badly"
    return [Figure(name, "; ".join([str(len(wrong)), *wrong[:5]]), "0", reached=not wrong)]


def looked_at(machine: Surroundings, *, in_terminal: bool = False) -> list[str]:
    """Run the commands on a machine, and the kiosk too if that is asked for; return what went wrong."""
    with tempfile.TemporaryDirectory(prefix="surroundings-") as name:
        folder, started = Path(name), Path(name, "started")
        started.mkdir()
        variables = variables_of(machine, folder)
        wrong = [*_check(machine, variables, started), *_banks(machine, variables, started)]
        if in_terminal:
            wrong += _first_frame(machine, variables, started)
        made = [path.name for path in started.iterdir()]
        return wrong + ([f"made where it was started: {made}"] if made else [])


def variables_of(machine: Surroundings, folder: Path) -> dict[str, str]:
    """Return the whole environment of a machine that keeps everything in a folder."""
    plain = {name: value for name, value in environment(folder).items() if name.upper() not in READ_BY_US}
    return {name: value for name, value in {**plain, **machine.variables}.items() if value is not None}


def _run(machine: Surroundings, variables: dict[str, str], started: Path, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(  # noqa: S603 - our own command
        [*KIOSK, *words],
        env=variables,
        cwd=started,
        umask=machine.mask,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def _check(machine: Surroundings, variables: dict[str, str], started: Path) -> Iterator[str]:
    code, out, err = _run(machine, variables, started, "check", "--json")
    yield from (f"check: {what}" for what in judged(machine, code, out, err))
    try:
        ok = json.loads(out)["ok"]
    except ValueError:
        ok = None
    if ok is not (code == 0):
        yield f"check: exit {code}, ok {ok}"


def _banks(machine: Surroundings, variables: dict[str, str], started: Path) -> Iterator[str]:
    code, out, err = _run(machine, variables, started, "banks", "--json")
    yield from (f"banks: {what}" for what in judged(machine, code, out, err))
    if code and not err.strip().endswith("."):
        yield f"banks: no sentence: {err!r}"


def judged(machine: Surroundings, code: int, *shown: str) -> Iterator[str]:
    """Yield what is wrong with how a command ended and with what it showed."""
    right: Callable[[], bool] = {
        Outcome.WORKS: lambda: code == 0,
        Outcome.SAID: lambda: code in {1, 2},
        Outcome.EITHER: lambda: code in {0, 1, 2},
    }[machine.outcome]
    if not right():
        yield f"exit {code}: {' '.join(shown)[-300:]!r}"
    if any("Traceback" in text for text in shown):
        yield "a traceback"
    if any(part in text for text in shown for part in (SECRET, SECRET[:6])):
        yield "a part of a password"


def _first_frame(machine: Surroundings, variables: dict[str, str], started: Path) -> Iterator[str]:
    with Terminal(KIOSK, environment=variables, folder=started) as terminal:
        end = time.monotonic() + SECONDS
        while HOME_SCREEN not in terminal.text and time.monotonic() < end and terminal.read(0.2):
            pass
        shown, code = terminal.text, terminal.process.poll()
        if HOME_SCREEN not in shown and code is None:
            code = terminal.end(5)
    # A desk with an account also opens where no answer comes; a terminal that can't draw is said in a sentence.
    has_to_open = machine.outcome is Outcome.WORKS and variables.get("TERM") not in {None, "dumb"}
    if HOME_SCREEN not in shown and (has_to_open or code not in {1, 2}):
        yield f"first frame: exit {code}: {shown[-300:]!r}"
    yield from (f"first frame: {what}" for what in judged(Surroundings("", {}, Outcome.EITHER), code or 0, shown))
