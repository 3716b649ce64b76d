"""No key and no place on the screen is harmless on one screen and takes something away on the next."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from textual.geometry import Region

from screens.actions import Action
from screens.clerk_actions import CANCEL, NO
from screens.help_page import HELP_PAGE
from screens.widgets.action_row import ActionRow, _place
from tests.desk.test_scans import REFERENCE
from tests.screens.kiosk_in_test import Desk, Kiosk

SCREENS = {keymap.title: keymap.actions for keymap in HELP_PAGE}
"""What can be done on each screen and in each question, by its title."""

BY_A_SCAN = {
    *("Number", "No barcode", "Recipient", "Locker", "Put in", "Pickup code", "A parcel"),
    *("Hand over", "Hand over: code or number?"),
}
"""What a scan, or a parcel opened by a background step, may bring from everywhere."""

FOLLOWS: dict[str, set[str]] = {
    "Home": {"Drop-off", "Tasks", "At another desk"},
    "Tasks": {"Who collects?", "Expired", "Leaving today", "Stock-take"},
    "Find": {"A parcel", "At another desk", "Home"},
    "At another desk": {"Home", "Find"},
    "Number": {"Cancel a parcel", "Home"},
    "No barcode": {"Cancel a parcel", "Home"},
    "Recipient": {"Contact id", "Shelf", "Goes out", "Home", "A parcel"},
    "Contact id": set(),
    "Locker": {"Shelf", "Home", "E-mail address"},
    "E-mail address": {"Locker", "A parcel"},
    "Shelf": {"Home"},
    "Put in": {"Put in: a problem", "Cancel a parcel", "Home"},
    "Put in: a problem": {"Put in: did not open", "Put in: no larger locker", "Shelf"},
    "Put in: did not open": set(),
    "Put in: no larger locker": {"Shelf"},
    "Tour of the demo": set(),
    "Language": set(),
    "Pickup code": {"Home"},
    "A parcel": {
        "A parcel: more",
        "A parcel: for the right person",
        "A parcel: collected",
        "Cancel a parcel",
        "Drop-off",
        "Home",
        "New code",
        "Hand over",
        "E-mail address",
    },
    "A parcel: more": {
        "A parcel: hold its locker",
        "A parcel: keep it in its locker",
        "A parcel: take it out",
        "A parcel: give its locker back",
        "New code",
        "Shelf",
        "Goes out",
        "E-mail address",
        "Print",
    },
    "A parcel: hold its locker": set(),
    "A parcel: keep it in its locker": set(),
    "A parcel: take it out": {"Shelf"},
    "A parcel: give its locker back": {"Locker"},
    "Print": {"A parcel"},
    "New code": {"New code: sure?"},
    "New code: sure?": set(),
    "Hand over": {"Home"},
    "Hand over: code or number?": {"Home"},
    "Who collects?": {"Hand over"},
    "Expired": {"Expired: begin a round"},
    "Expired: begin a round": {"A round"},
    "A round": {"Expired"},
    "Goes out": {"Drop-off", "Home"},
    "Leaving today": {"Leaving today: all of it"},
    "Leaving today: all of it": set(),
    "A parcel: for the right person": set(),
    "A parcel: collected": set(),
    "Cancel a parcel": {"Home"},
    "Drop-off": {"Drop-off: choices", "Drop-off: address", "Drop-off: a place", "Home"},
    "Drop-off: choices": {"Drop-off"},
    "Drop-off: address": {"Drop-off"},
    "Drop-off: a place": {"Drop-off"},
    "Stock-take": {"Stock-take: a locker", "Stock-take: result", "Home"},
    "Stock-take: a locker": {"Stock-take", "Stock-take: result"},
    "Stock-take: result": {"Stock-take", "Stock-take: a locker", "Stock-take: put it right", "Stock-take: finish"},
    "Stock-take: put it right": {"Stock-take: result"},
    "Stock-take: finish": {"Stock-take: result"},
    "Help": {"Scanner test"},
    "Scanner test": {"Help"},
    "Leaving": set(),
    "Leaving a locked kiosk": set(),
    "Sign in": {"Home"},
    "Still there?": {"Home", "Nobody is here"},
    "Nobody is here": {"Home", "Sign in"},
}
"""Which screens and questions follow each other, besides those that a scan brings."""


def harmless_then_destructive(screen: str, follower: str) -> set[str]:
    """Return the keys that do no harm on one screen and take something away on the next; main keys aside."""
    harmless = {action.key for action in SCREENS[screen] if not action.destroys and not action.main}
    return harmless & {action.key for action in SCREENS[follower] if action.destroys}


def test_every_screen_has_its_followers() -> None:
    assert set(FOLLOWS) == set(SCREENS) - {"Everywhere"}


@pytest.mark.parametrize("screen", FOLLOWS)
def test_no_key_is_harmless_on_a_screen_and_destroys_on_the_next(screen: str) -> None:
    clashes = {other: harmless_then_destructive(screen, other) for other in FOLLOWS[screen] | BY_A_SCAN}
    assert not {other: keys for other, keys in clashes.items() if keys}


def test_only_an_answer_destroys_and_never_by_a_main_key() -> None:
    for name, actions in SCREENS.items():
        destroying = [action for action in actions if action.destroys]
        assert not destroying or NO in actions, f"{name} destroys without having asked"
        assert not [action for action in destroying if action.main or action.key in {"enter", CANCEL.key}]


def test_the_key_that_gives_a_parcel_up_means_nothing_else() -> None:
    assert {action.name for actions in SCREENS.values() for action in actions if action.key == CANCEL.key} == {
        CANCEL.name
    }


class Target(NamedTuple):
    name: str
    region: Region


def targets(kiosk: Kiosk) -> list[Target]:
    """Return what can be tapped in rows of keys, as it lies on the screen."""
    return [
        Target(each.item.action, Region(row.region.x + each.left, row.region.y + each.top, each.width, each.height))
        for row in kiosk.screen.query(ActionRow)
        if row.region
        for each in _place(row.items, row.size.width)
    ]


DESTROYING = {action.name for actions in SCREENS.values() for action in actions if action.destroys}


async def assert_asks(kiosk: Kiosk, action: Action, question: str) -> None:
    """Press a key that asks, and fail if an answer that destroys lies where anything lay before; go back then."""
    before = targets(kiosk)
    assert {target.name for target in before} & DESTROYING == set()
    await kiosk.press(action.key)
    await kiosk.shows(question)
    await kiosk.pilot.pause()
    answers = [target for target in targets(kiosk) if target.name in DESTROYING]
    assert answers
    for answer in answers:
        assert kiosk.app.screen.region.contains_region(answer.region)
        assert (answer.region.width >= 8, answer.region.height >= 3) == (True, True)
        assert not [target.name for target in before if target.region.overlaps(answer.region)]
    await kiosk.press("escape")
    await kiosk.lacks(question)
    assert [target.name for target in targets(kiosk)] == [target.name for target in before]


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_no_answer_that_destroys_lies_under_what_was_there_before(desk: Desk, size: tuple[int, int]) -> None:
    actions = {action.name: action for shown in SCREENS.values() for action in shown}
    async with desk.open(size) as kiosk:
        kiosk.scan(REFERENCE)
        await kiosk.shows("Is this an in-house number?")
        await assert_asks(kiosk, CANCEL, "Cancel parcel")
        kiosk.type("+")
        await kiosk.shows("Write this number on the box")
        await assert_asks(kiosk, CANCEL, "It has no locker.")
        await kiosk.press("escape")
        await kiosk.at("Home")
        await kiosk.to_put_in()
        await assert_asks(kiosk, CANCEL, "it must be empty")
        await assert_asks(kiosk, actions["problem"], "What is wrong with locker")
        await kiosk.press("enter")
        await kiosk.at("Code")
        await kiosk.press("enter")
        await kiosk.at("Home")
        kiosk.scan("T1")
        await kiosk.shows("Already here: in locker", "Show code")
        await assert_asks(kiosk, actions["right_person"], "Is it out?")
        assert await kiosk.events()


async def test_the_key_that_asks_does_not_answer_and_no_other_one_works_meanwhile(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        before = await kiosk.events()
        await kiosk.press("delete", "delete", "f8", "enter", "f2", "f4", "f5", "f6", "delete")
        await kiosk.shows("Cancel parcel T1 for Mwangi Abdi?")
        await kiosk.tap("Esc")
        await kiosk.lacks("Cancel parcel T1 for Mwangi Abdi?")
        await kiosk.press("f10", "f4")
        await kiosk.press("f2", "f10", "enter", "delete")
        await kiosk.shows("What is wrong with locker")
        await kiosk.press("escape")
        await kiosk.lacks("What is wrong")
        assert await kiosk.events() == before
        kiosk.scan("T2")
        await kiosk.shows("Parcel T2", "Who is it for?")


async def test_what_was_said_before_a_question_is_said_again_after_it(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(REFERENCE)
        await kiosk.shows("This looks like an invoice, order or item number")
        await kiosk.press("delete")
        await kiosk.lacks("This looks like")
        await kiosk.press("escape")
        await kiosk.shows("This looks like an invoice, order or item number", "Is this an in-house number?")
