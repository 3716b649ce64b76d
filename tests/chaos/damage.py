"""Damages a journal at random: nothing raw may come out, and nothing be called sound that reads otherwise.

`python -m tests.chaos --scenario damage --damages 2000 --seed 1`
"""

from __future__ import annotations

import asyncio
import random
import shutil
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.clock import ManualClock
from kiosk.errors import KioskError
from kiosk.journal.audit import verify
from kiosk.journal.rebuild import rebuild
from kiosk.journal.store import FILE_NAME
from tests.journal.book import START, journal
from tests.journal.filled import all_readings, fill, without_order

PAGE = 4096
NOT_READ = "error"
"""In the place of an answer that was an error."""


@dataclass
class Damaged:
    """What came of many damages."""

    count: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Return a line for each outcome, and each damage that was not noticed or ended raw."""
        return "\n".join([*(f"{name}: {count}" for name, count in sorted(self.count.items())), *self.wrong])


def flip(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 2, 8))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def overwrite(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    content[at : at + chance.randrange(1, 64)] = chance.randbytes(chance.randrange(1, 64))


def zero(content: bytearray, chance: random.Random) -> None:
    at = _page(content, chance)
    content[at : at + PAGE] = bytes(PAGE)


def cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def duplicate(content: bytearray, chance: random.Random) -> None:
    here, there = _page(content, chance), _page(content, chance)
    content[there : there + PAGE] = content[here : here + PAGE]


def swap(content: bytearray, chance: random.Random) -> None:
    here, there = _page(content, chance), _page(content, chance)
    content[here : here + PAGE], content[there : there + PAGE] = (
        content[there : there + PAGE],
        content[here : here + PAGE],
    )


def _page(content: bytearray, chance: random.Random) -> int:
    return chance.randrange(len(content) // PAGE) * PAGE


DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (flip, flip, overwrite, zero, cut, duplicate, swap)


def damage(folder: Path, damages: int, seed: int) -> Damaged:
    """Damage a journal so many times, each time anew."""
    return asyncio.run(_damage(folder, damages, seed))


async def _damage(folder: Path, damages: int, seed: int) -> Damaged:
    await fill(folder / "sound")
    sound = (folder / "sound" / FILE_NAME).read_bytes()
    async with journal(folder / "sound") as book:
        before = await all_readings(book)
        assert (await verify(book.connection)).sound
    result = Damaged()
    for number in range(damages):
        chance = random.Random(f"{seed}-{number}")
        how, content = chance.choice(DAMAGES), bytearray(sound)
        how(content, chance)
        data = folder / "damaged"
        data.mkdir()
        (data / FILE_NAME).write_bytes(content)
        try:
            outcome = await _look(data, before)
        except KioskError:
            outcome = "not opened"
        except Exception:  # noqa: BLE001 - every raw error is a finding, whatever it is
            outcome = "RAW"
            result.wrong.append(f"{how.__name__} {number}: {traceback.format_exc()}")
        if outcome == "FALSE":
            result.wrong.append(f"{how.__name__} {number}: called sound, and it reads otherwise")
        result.count[outcome] += 1
        shutil.rmtree(data)
    return result


async def _look(folder: Path, before: dict[str, Any]) -> str:
    """Open, verify and read a damaged journal, and return what came of it; raises what is raw."""
    async with journal(folder, ManualClock(START)) as book:
        try:
            is_sound = (await verify(book.connection)).sound
        except KioskError:
            is_sound = False
        after: object
        try:
            after = await all_readings(book)
        except KioskError:
            after = NOT_READ
        if not is_sound:
            try:
                rebuilt = await rebuild(book.connection)
            except KioskError:
                return "noticed"
            if rebuilt.left:
                return "noticed, rebuilt in part"
            is_sound = (await verify(book.connection)).sound
            is_back = without_order(await all_readings(book)) == without_order(before)
            return "noticed, rebuilt" if is_sound and is_back else "FALSE"
        return "unharmed" if after == before else "FALSE"
