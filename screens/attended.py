"""The clerk's kiosk from its start to its end: an app that crashed is followed by another one.

    KioskApp crashes -> it closes like any other -> PauseApp counts five seconds down -> a new KioskApp, at home
                                                 -> at the third crash within a minute: it waits for somebody

The new app opens everything anew, as after a power cut: what was on its way is in the journal, and is settled from it.
All apps run in this process, one after the other, under one watchdog. What hangs while it closes is ended by that.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kiosk.errors import KioskError
from kiosk.watchdog import Watchdog
from screens.app import KioskApp
from screens.crash import Crash, Crashes
from screens.pause import PauseApp, Told, crashed, gave_up, not_opened

if TYPE_CHECKING:
    from kiosk.wiring import Services


class Surroundings(NamedTuple):
    """What the settings say that is needed where no kiosk runs."""

    is_locked: bool
    log: Path | None
    """None where the settings can't be read."""


class Ended(NamedTuple):
    """How it ended."""

    exit_code: int
    failure: KioskError | None
    """What is to be told about it."""


def attend(
    open_services: Callable[[Watchdog], AbstractAsyncContextManager[Services]],
    surroundings: Callable[[], Surroundings],
    theme: str = "",
) -> Ended:
    """Run the kiosk in this terminal until somebody leaves it, the process is to end, or it can't open.

    It begins in what was seen of the setting `desk.theme`, until all of them are read.
    `open_services` lets the watchdog know whether the kiosk is locked down, as soon as it has read the settings.
    """
    watchdog, crashes, crash = Watchdog(is_locked=None), Crashes(), None
    while True:
        app = KioskApp(lambda: open_services(watchdog), watchdog, crash, theme)
        ended = Ended(app.lifetime.run(), app.lifetime.failure)
        told = _what_to_tell(app, crashes, surroundings) if ended.failure else None
        if told is None or not watchdog.go_on():
            return ended
        crash = app.crash or Crash("", app.theme)
        pause = PauseApp(watchdog, told, crash.theme, is_locked=surroundings().is_locked)
        exit_code = pause.lifetime.run()
        if not pause.return_value:
            return Ended(exit_code, pause.lifetime.failure)
        watchdog.go_on()


def _what_to_tell(
    app: KioskApp, crashes: Crashes, surroundings: Callable[[], Surroundings]
) -> Told | Callable[[int], Told] | None:
    """Return what is told until the next app; None where there is none: an error in opening ends an unlocked kiosk."""
    if app.crash is None:
        failure, is_locked = app.lifetime.failure, surroundings().is_locked
        return not_opened(failure) if failure is not None and is_locked else None
    if crashes.one_more(time.monotonic()):
        crashes.forget()
        return gave_up(datetime.now(UTC), surroundings().log)
    return crashed(app.crash.number)
