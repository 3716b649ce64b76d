"""One call for one thing at a time: whoever wants the same meanwhile gets its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer")


class SharedCalls(Generic[Answer]):
    """Calls that are under way, by what they ask for."""

    def __init__(self) -> None:
        self._under_way: dict[str, asyncio.Task[Answer]] = {}

    async def ask(self, what: str, call: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
        """Return the answer of the call for this that is under way, or of a new one; raises what it raises."""
        # Shielded: one who gives up must not end the call for the others.
        return await asyncio.shield(self.begin(what, call))

    async def ask_anew(self, what: str, call: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
        """Return an answer that was asked for after this began; raises what the call raises."""
        if earlier := self._under_way.get(what):
            await asyncio.wait([earlier])
        return await self.ask(what, call)

    def begin(self, what: str, call: Callable[[], Coroutine[Any, Any, Answer]]) -> asyncio.Task[Answer]:
        """Have it asked for without waiting, unless it is asked for already."""
        task = self._under_way.get(what)
        # One that has just ended is still on the list until the event loop comes to it.
        if task is None or task.done():
            task = self._under_way[what] = asyncio.create_task(call(), name=what)
            task.add_done_callback(self._ended)
        return task

    async def finish(self) -> None:
        """End what is under way."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Answer]) -> None:
        if self._under_way.get(task.get_name()) is task:
            del self._under_way[task.get_name()]
        if not task.cancelled():
            task.exception()  # whoever waits gets it too; without this one that nobody waits for is complained about
