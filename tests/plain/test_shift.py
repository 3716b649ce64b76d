"""Every exception of a shift by itself, and a whole shift of them between ordinary parcels."""

from __future__ import annotations

import re

import pytest

from kiosk.desk.health import LOG_FILE
from tests.journal.book import export
from tests.plain.shift import EXCEPTIONS, Exceptional, Shift, work
from tests.plain.teletype import HOME, talking
from tests.screens.kiosk_in_test import Desk

SHORT = 34
"""Parcels of the shift in `make test`: each exception, and an ordinary one between most; 100 in `make soak`."""


def name_of(exception: Exceptional) -> str:
    return exception.__name__


@pytest.mark.parametrize("exception", EXCEPTIONS, ids=name_of)
async def test_what_can_go_wrong_with_a_parcel_is_dealt_with_in_lines(desk: Desk, exception: Exceptional) -> None:
    async with talking(desk, read_seconds=1) as plain:
        await plain.tty.reads(HOME)
        await exception(Shift(plain, desk))


async def test_a_whole_shift_is_worked_by_somebody_who_knows_only_the_lines(desk: Desk) -> None:
    async with talking(desk, read_seconds=1) as plain:
        shift = Shift(plain, desk)
        await work(shift, SHORT)
        events = list(await export(plain.services.queries.journal.connection))
        printed = plain.tty.printed
    assert shift.count >= SHORT
    # Whatever was printed: no control sign but the line feed, no line over 80 columns, and nothing of it in the log.
    assert not re.search(r"[^\n\x20-\x7e\xa1-\uffff]", printed)
    assert max(map(len, printed.split("\n"))) <= 80
    codes = {code.replace(" ", "") for code in re.findall(r"Pickup code: (\S+ \S+)", printed)}
    log = desk.folder / "data" / LOG_FILE
    kept = f"{events}{log.read_text() if log.exists() else ''}"
    assert len(codes) > SHORT // 2
    assert not [code for code in codes if code in kept]
