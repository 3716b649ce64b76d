"""Calls that are shared: one at a time, and what is asked for anew was not answered before."""

from __future__ import annotations

import asyncio
from itertools import count

from kiosk.desk.shared_calls import SharedCalls


async def test_who_asks_meanwhile_gets_the_answer_of_the_call_that_is_under_way() -> None:
    calls, numbers = SharedCalls[int](), count(1)

    async def call() -> int:
        await asyncio.sleep(0)
        return next(numbers)

    answers = await asyncio.gather(calls.ask("a", call), calls.ask("a", call), calls.ask("b", call))
    assert [*answers] == [1, 1, 2]
    assert await calls.ask("a", call) == 3


async def test_what_is_asked_for_anew_is_asked_after_a_call_that_has_just_ended() -> None:
    calls, numbers = SharedCalls[int](), count(1)

    async def call() -> int:
        return next(numbers)

    task = calls.begin("a", call)
    for _ in range(9):
        if task.done():
            break
        await asyncio.sleep(0)
    # The call's own callback, which takes it off the list, has perhaps not run yet.
    assert await calls.ask_anew("a", call) == 2
    again = calls.begin("a", call)
    assert again is calls.begin("a", call)
    assert await again == 3
