"""Words while somebody waits: after a second what is being done, later that it takes longer and nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TypeVar

from kiosk.words.language import _

T = TypeVar("T")

SAY_WAIT_AFTER_SECONDS, EXPLAIN_WAIT_AFTER_SECONDS = 1.0, 5.0


async def during(work: Coroutine[object, object, T], doing: str, say: Callable[[str], None]) -> T:
    """Return what some work returns, and say meanwhile that it is under way; given up only with whoever waits."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=SAY_WAIT_AFTER_SECONDS)
        if not task.done():
            say(_("{doing}. Please wait.").format(doing=doing))
            await asyncio.wait({task}, timeout=EXPLAIN_WAIT_AFTER_SECONDS - SAY_WAIT_AFTER_SECONDS)
        if not task.done():
            say(_("This takes longer than usual. Nothing is lost: what you scan or type meanwhile comes after it."))
        return await task
    except asyncio.CancelledError:
        task.cancel()
        raise
