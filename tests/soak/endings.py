"""Random moments in the lives of kiosks and consoles at which they are to end, while they draw: each does, in time.

`python -m tests.soak endings`. By turns the kiosk, the console, and, where there is an sshd, the console over it; all
of it from a seed.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path

from tests.bench.figure import Figure
from tests.e2e.endings import MOST_SECONDS, Ended, Ending, Running, Way, end, ended
from tests.e2e.ssh_house import House
from tests.e2e.ssh_server import SSHD

ROUNDS = 300
AT_ONCE = 3
SIZES = [(80, 24), (100, 30), (200, 60), (20, 5), (1, 1), (80, 0), (0, 24), (0, 0)]
LONGEST_SECONDS, MOST_BYTES = 4.0, 200_000
"""A moment comes at the latest after so long, or once so much was drawn."""
APPS = ["kiosk", "console"]
OVER_SSH = "console over sshd"


class RunningOverSsh(Running):
    """A client in a terminal, and the console that it is to lead to."""

    def __init__(self, ending: Ending, house: House, key: Path) -> None:
        variables = {"PATH": os.environ["PATH"], "HOME": str(house.data_dir.parent), "TERM": "xterm-256color"}
        super().__init__(ending, house.ssh.command(key, "-t", "127.0.0.1"), variables, house.data_dir)
        self._house = house
        self._console: int | None = None
        """A handle of its process."""

    def __exit__(self, *error: object) -> None:
        super().__exit__(*error)
        if self._console is not None:
            os.close(self._console)

    @property
    def is_there(self) -> bool:
        """Whether the client has led to a console."""
        if self._console is None:
            with suppress(ProcessLookupError):
                self._console = next((os.pidfd_open(number) for number in self._house.processes()), None)
        return self._console is not None

    @property
    def has_ended(self) -> bool:
        # Asked of the system: what /proc shows of a process is gone before its locks are.
        if not self.is_there or self._console is None:
            return super().has_ended
        return bool(select.select([self._console], [], [], 0)[0])

    def be_ended(self, way: Way) -> None:
        """Drop the line, or send the console a signal."""
        if way.signal is None:
            self.started.kill()
            self.terminal.close()
        elif self._console is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._console, way.signal)


def measure(rounds: int) -> list[Figure]:
    """End so many."""
    # Behind nohup or an ampersand whatever is started here would ignore them until it has begun to wait for them.
    for each in (signal.SIGHUP, signal.SIGQUIT):
        signal.signal(each, signal.SIG_DFL)
    endings = drawn(random.Random(1), rounds)
    with tempfile.TemporaryDirectory(prefix="endings-") as folder, ThreadPoolExecutor(AT_ONCE) as hands:
        remote = hands.submit(_over_ssh, [each for each in endings if each.command == OVER_SSH], Path(folder) / "ssh")
        here = [each for each in endings if each.command in APPS]
        came = [*zip(here, hands.map(_here, here), strict=True), *remote.result()]
    return _figures(came)


def drawn(rng: random.Random, rounds: int) -> list[Ending]:
    """Return so many endings of every kind."""
    apps = [*APPS, OVER_SSH] if SSHD and sys.platform == "linux" else APPS
    return [
        Ending(
            app,
            rng.choice([way for way in Way if way is not Way.SUSPENDED or app in APPS]),
            rng.choice(SIZES),
            after_bytes=rng.randrange(MOST_BYTES),
            latest_seconds=rng.uniform(0, LONGEST_SECONDS),
            is_controlling=rng.random() < 0.5,
        )
        for app in islice(cycle(apps), rounds)
    ]


def _here(ending: Ending) -> Ended:
    with tempfile.TemporaryDirectory(prefix="ending-") as folder:
        return end(ending, Path(folder))


def _over_ssh(endings: Iterable[Ending], folder: Path) -> list[tuple[Ending, Ended]]:
    return [(each, _one_over_ssh(each, folder / str(number))) for number, each in enumerate(endings)]


def _one_over_ssh(ending: Ending, folder: Path) -> Ended:
    folder.mkdir(parents=True)
    house = House(folder)
    with house.ssh.serving(), RunningOverSsh(ending, house, house.ssh.let_in("ana")) as running:
        return ended(running, ending)


def _figures(came: list[tuple[Ending, Ended]]) -> list[Figure]:
    figures = []
    for app in (*APPS, OVER_SSH):
        ends = [(each, end) for each, end in came if each.command == app]
        if not ends:
            figures.append(Figure(f"Endings, {app}", "left out, for want of openssh-server"))
            continue
        wrong = [f"{each}: {end}" for each, end in ends if end.wrong]
        name = f"Of {len(ends)} endings, {app}, late or with something left"
        figures.append(Figure(name, "\n".join([str(len(wrong)), *wrong[:5]]), "0", reached=not wrong))
        codes = Counter(end.exit_code for _, end in ends if end.exit_code is not None)
        told = ", ".join(f"{times} x {code}" for code, times in sorted(codes.items()))
        figures.append(Figure(f"Exit codes, {app}", told))
        longest = max(end.seconds for _, end in ends)
        bound = f"within {MOST_SECONDS:g} s"
        name = f"Longest time to end, {app}"
        figures.append(Figure(name, f"{longest:.1f} s", bound, reached=longest <= MOST_SECONDS))
    return figures
