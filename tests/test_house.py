"""Whether everything is in its place: each test fails with the name of the piece that is missing."""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, NamedTuple

import pytest
from textual.app import App

import kiosk.errors
from kiosk.api.lockers import LockersApi
from kiosk.errors import KioskError
from kiosk.facilities.api import FacilitiesApi
from kiosk.simulator.routes import OPERATIONS
from kiosk.words.errors.headings import HEADINGS
from screens import (
    clerk_actions,
    finder_actions,
    help_page,
    leaving_actions,
    making,
    parcel_actions,
    people_actions,
    stocktake_actions,
)
from screens.actions import Action, Keymap
from screens.app import KioskApp
from screens.base import ClerkScreen
from screens.console import actions as console_actions
from screens.console import making as console_making
from screens.console.app import ConsoleApp
from screens.console.correcting import STEP_OF
from screens.console.destinations import Page
from screens.console.framed import FramedScreen
from screens.console.paged_app import PagedApp
from screens.fleet import actions as fleet_actions
from screens.fleet import making as fleet_making
from screens.fleet.app import FleetApp
from screens.fleet.destinations import FleetPage
from screens.pause import PauseApp
from screens.perceived import PerceivedApp

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 300
CLERKS_FOLDERS = ("clerk", "finder")
"""Below `screens/` and `styles/`."""
TOKENS_ONLY = {"getAccessToken", "generateOAuthToken"}
"""Operations of the simulator that `kiosk/api/auth.py` calls."""
NO_OPERATIONS = {"aclose", "find"}
"""Methods of the API that are none of its operations."""


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def names(paths: Iterable[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def screen_classes() -> dict[str, type[ClerkScreen]]:
    """Return the clerk's screens, by folder and file: `clerk/number`, `finder/search`."""
    found: dict[str, type[ClerkScreen]] = {}
    for path in modules(*(f"screens/{folder}" for folder in CLERKS_FOLDERS)):
        name = f"screens.{path.parent.name}.{path.stem}"
        for each in vars(import_module(name)).values():
            is_screen = inspect.isclass(each) and issubclass(each, ClerkScreen)
            if is_screen and each.__module__ == name and each.KEYMAP.title:
                found[f"{path.parent.name}/{path.stem}"] = each
    return found


screens_one_by_one = pytest.mark.parametrize(
    "screen", [pytest.param(each, id=stem) for stem, each in screen_classes().items()]
)


def test_every_module_says_what_lives_in_it() -> None:
    silent = [path for path in modules("kiosk", "screens") if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert not names(silent), f"without a docstring: {names(silent)}"


def test_no_file_outgrows_its_limit() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in modules("kiosk", "screens")}
    too_long = {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length > LONGEST_FILE}
    assert not too_long, f"more than {LONGEST_FILE} lines, probably two things: {too_long}"


def test_every_screen_of_a_clerk_is_a_destination_or_reached_from_everywhere() -> None:
    made = {each for each in vars(making).values() if inspect.isclass(each)}
    missing = {stem for stem, screen in screen_classes().items() if screen not in made} - {
        "clerk/home",
        "clerk/help",
        "clerk/leaving",
    }
    assert not missing, f"without a value in screens/destinations.py and a case in screens/making.py: {missing}"


def test_every_stylesheet_of_a_clerk_belongs_to_a_screen_and_is_read() -> None:
    sheets = {
        f"{folder}/{path.stem}": path for folder in CLERKS_FOLDERS for path in (ROOT / "styles" / folder).glob("*.tcss")
    }
    assert set(sheets) == set(screen_classes()), f"without its counterpart: {set(sheets) ^ set(screen_classes())}"
    assert set(sheets.values()) <= set(KioskApp.CSS_PATH or [])


def keymaps(module: ModuleType) -> list[Keymap]:
    """Return the keymaps of one side."""
    return [each for each in vars(module).values() if isinstance(each, Keymap)]


ALL_KEYMAPS = [*help_page.HELP_PAGE, *console_actions.HELP_PAGE, *fleet_actions.HELP_PAGE]


@pytest.mark.parametrize(
    "module",
    [
        clerk_actions,
        parcel_actions,
        leaving_actions,
        stocktake_actions,
        finder_actions,
        people_actions,
        console_actions,
        fleet_actions,
    ],
    ids=["clerk", "parcel", "leaving", "stock-take", "finder", "people", "console", "fleet"],
)
def test_every_keymap_is_in_the_help_and_every_action_in_a_keymap(module: ModuleType) -> None:
    missing = [keymap.title for keymap in keymaps(module) if keymap not in ALL_KEYMAPS]
    assert not missing, f"add to a HELP_PAGE what is in {module.__name__}: {missing}"
    explained = {action for keymap in ALL_KEYMAPS for action in keymap.actions}
    named = {each for each in vars(module).values() if isinstance(each, Action)}
    assert not named - explained, f"in no keymap: {[action.name for action in named - explained]}"


@pytest.mark.parametrize("keymap", ALL_KEYMAPS, ids=lambda keymap: keymap.title)
def test_no_key_means_two_things_on_one_screen_or_in_one_question(keymap: Keymap) -> None:
    counted = Counter(action.key for action in keymap.actions)
    assert not [key for key, count in counted.items() if count > 1]
    assert sum(action.main for action in keymap.actions) <= 1


@screens_one_by_one
def test_every_key_of_a_screen_is_in_the_help_and_does_something(screen: type[ClerkScreen]) -> None:
    assert {screen.KEYMAP, *screen.KEYMAP.questions} <= set(help_page.HELP_PAGE)
    for action in (*screen.KEYMAP.actions, *screen.KEYMAP.answers, *clerk_actions.EVERYWHERE.actions):
        owner = KioskApp if action.name.startswith("app.") else screen
        method = f"action_{action.name.removeprefix('app.').partition('(')[0]}"
        assert callable(getattr(owner, method, None)), f"{owner.__name__} has no {method}"


class Side(NamedTuple):
    """One of the consoles."""

    folder: str
    """Below `screens/` and `styles/`."""
    app: type[ConsoleApp | FleetApp]
    actions: ModuleType
    making: ModuleType
    pages: type[Page | FleetPage]
    elsewhere: frozenset[Action]
    """What is done by a part that its screens share."""


SIDES = (
    Side("console", ConsoleApp, console_actions, console_making, Page, frozenset(STEP_OF)),
    Side("fleet", FleetApp, fleet_actions, fleet_making, FleetPage, frozenset()),
)
each_side = pytest.mark.parametrize("side", [pytest.param(side, id=side.folder) for side in SIDES])


def framed_classes(side: Side) -> dict[str, type[FramedScreen[Any]]]:
    """Return the screens of a console, by the stem of their file."""
    found: dict[str, type[FramedScreen[Any]]] = {}
    for path in modules(f"screens/{side.folder}"):
        name = f"screens.{side.folder}.{path.stem}"
        for each in vars(import_module(name)).values():
            is_screen = inspect.isclass(each) and issubclass(each, FramedScreen)
            if is_screen and each.__module__ == name and each.KEYMAP.title:
                found[path.stem] = each
    return found


pages_one_by_one = pytest.mark.parametrize(
    ("side", "page"),
    [
        pytest.param(side, each, id=f"{side.folder}-{stem}")
        for side in SIDES
        for stem, each in framed_classes(side).items()
    ],
)


@each_side
def test_every_stylesheet_of_a_console_belongs_to_a_screen_and_is_read(side: Side) -> None:
    sheets = {path.stem: path for path in (ROOT / "styles" / side.folder).glob("*.tcss")}
    assert set(sheets) == set(framed_classes(side))
    assert set(sheets.values()) <= set(side.app.CSS_PATH or [])


def test_no_side_reads_the_stylesheets_of_another() -> None:
    folders = {
        app: {Path(sheet).parent.name for sheet in app.CSS_PATH or []} for app in (KioskApp, ConsoleApp, FleetApp)
    }
    assert folders == {
        KioskApp: {"styles", "clerk", "finder"},
        ConsoleApp: {"styles", "framed", "console"},
        FleetApp: {"styles", "framed", "fleet"},
    }


@each_side
def test_every_screen_of_a_console_is_a_destination_or_reached_from_everywhere(side: Side) -> None:
    made = {each for each in vars(side.making).values() if inspect.isclass(each)}
    missing = {stem for stem, screen in framed_classes(side).items() if screen not in made} - {"keys"}
    assert not missing, f"without a case in screens/{side.folder}/making.py: {missing}"


@pages_one_by_one
def test_every_key_of_a_page_is_in_the_help_and_does_something(side: Side, page: type[FramedScreen[Any]]) -> None:
    assert page.KEYMAP in side.actions.HELP_PAGE
    assert set(STEP_OF) == set(console_actions.REPAIRS)
    for action in {*page.KEYMAP.actions, *page.EVERYWHERE.actions} - side.elsewhere:
        owner = side.app if action.name.startswith("app.") else page
        method = f"action_{action.name.removeprefix('app.').partition('(')[0]}"
        assert callable(getattr(owner, method, None)), f"{owner.__name__} has no {method}"


@pages_one_by_one
def test_no_key_of_a_page_means_something_else_everywhere(side: Side, page: type[FramedScreen[Any]]) -> None:
    assert page.EVERYWHERE is side.actions.EVERYWHERE
    counted = Counter(action.key for action in (*page.KEYMAP.actions, *page.EVERYWHERE.actions))
    assert not [key for key, count in counted.items() if count > 1]


def test_what_screens_share_is_a_part_and_no_superclass() -> None:
    """A screen about a parcel, a page on top of others and a console's own are all that is between screen and base.

    Both consoles are one app with other pages, and every app draws in the same way on the same terminal: what Textual
    calls by its name can be no part.
    """
    assert KioskApp.__bases__ == PauseApp.__bases__ == (PerceivedApp,)
    assert PagedApp.__bases__ == (PerceivedApp, Generic)
    assert PerceivedApp.__bases__ == (App, Generic)
    assert ConsoleApp.__bases__ == FleetApp.__bases__ == (PagedApp,)
    depths = {name: screen.__mro__.index(ClerkScreen) for name, screen in screen_classes().items()}
    assert not {name: depth for name, depth in depths.items() if depth > 2}
    for side in SIDES:
        depths = {name: page.__mro__.index(FramedScreen) for name, page in framed_classes(side).items()}
        assert not {name: depth for name, depth in depths.items() if depth > 2}


@each_side
def test_every_page_has_its_key(side: Side) -> None:
    assert list(side.actions.PAGES) == list(side.pages)
    assert {action.name for action in side.actions.PAGES.values()} == {f"app.page('{page}')" for page in side.pages}


def test_the_tree_of_errors_in_the_docstring_is_the_tree_of_errors() -> None:
    drawn: dict[str, str] = {}
    above: list[str] = []
    for line in (kiosk.errors.__doc__ or "").splitlines():
        found = re.match(r"([│ ├└─]*)(\w+Error)\b", line)
        if found is None:
            continue
        depth, name = len(found[1]) // 4, found[2]
        above[depth:] = [name]
        drawn[name] = above[depth - 1] if depth else "Exception"
    real = {
        each.__name__: each.__bases__[0].__name__
        for each in vars(kiosk.errors).values()
        if inspect.isclass(each) and issubclass(each, KioskError)
    }
    assert drawn == real, f"not in both: {set(drawn.items()) ^ set(real.items())}"


@pytest.mark.parametrize(
    "error", [each for each in vars(kiosk.errors).values() if inspect.isclass(each) and issubclass(each, KioskError)]
)
def test_every_error_has_a_title_and_a_hint(error: type[KioskError]) -> None:
    titles = [HEADINGS[each].title for each in error.__mro__ if each in HEADINGS]
    hints = [HEADINGS[each].hint for each in error.__mro__ if each in HEADINGS if HEADINGS[each].hint]
    assert titles[0]
    assert hints[0].endswith(".")
    assert error.__doc__


def test_every_operation_of_the_api_has_a_route_in_the_simulator() -> None:
    named = {**vars(LockersApi), **vars(FacilitiesApi)}
    methods = {name for name, each in named.items() if inspect.iscoroutinefunction(each) and name[0] != "_"}
    camel = {re.sub(r"_(\w)", lambda found: found[1].upper(), name) for name in methods - NO_OPERATIONS}
    assert not camel - set(OPERATIONS), f"without a route in kiosk/simulator/routes.py: {camel - set(OPERATIONS)}"
    left = set(OPERATIONS) - camel - TOKENS_ONLY
    assert not left, f"without a method in kiosk/api: {left}"
