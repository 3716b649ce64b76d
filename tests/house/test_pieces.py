"""What a new piece still lacks, in a sentence that says where it goes; CONTRIBUTING.md has the steps in their order.

Settings, commands and the tables of the documents are in `test_documents.py`, the texts of errors in `test_words.py`,
screens and keys in `tests/test_house.py`.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import get_args

from kiosk.api.lockers import LockersApi
from kiosk.desk.desk import Desk
from kiosk.desk.writes import WRITES
from kiosk.facilities.api import FacilitiesApi
from kiosk.parcels import desk_events, fold
from kiosk.parcels import events as happened
from kiosk.parcels.events import Event
from kiosk.parcels.parcel import AttentionItem, Parcel
from kiosk.parcels.registry import CODES, EVENTS
from kiosk.parcels.states import Finding, Operation, ParcelState
from kiosk.parcels.steps import STEPS, Hindrance, Step
from kiosk.simulator.routes import OPERATIONS
from kiosk.words import events as words_of_events
from kiosk.words.desk_events import DeskEvents
from kiosk.words.errors.explaining import TEXTS
from kiosk.words.findings import advice_on
from kiosk.words.states import finding_word, operation_word
from kiosk.words.steps import step_word
from screens import wording as clerks_wording
from screens.console import parcel_list
from screens.console import wording as console_wording
from tests.contract import test_client_contract as contract_of_lockers
from tests.contract.contract import operation_ids
from tests.house.desk import START
from tests.house.documents import ROOT
from tests.journal.book import SAMPLES

TOKENS_ONLY = {"getAccessToken", "generateOAuthToken"}
"""Operations that `kiosk/api/auth.py` calls."""
NO_OPERATIONS = {"aclose", "find", "hear_dates"}
"""Methods of the API's clients that are none of its operations."""
PARTS = {field.name for field in fields(Desk)} | {"desk", "dialogue", "self"}
"""What the desk's parts are called wherever they are used."""
ABSTRACT = {Event, happened.AboutCode, desk_events.DeskEvent}
"""Classes above the events."""


def is_missing(words: Callable[..., object], *about: object) -> bool:
    """Tell whether nothing is said: a table lacks an entry, or a match an arm."""
    try:
        return not words(*about)
    except (KeyError, AssertionError, TypeError):
        return True


def event_classes() -> set[type[Event]]:
    both = {**vars(happened), **vars(desk_events)}.values()
    return {each for each in both if inspect.isclass(each) and issubclass(each, Event)} - ABSTRACT


def lacks_of_events() -> Iterator[str]:
    samples = {type(sample): sample for sample in SAMPLES}
    of_parcels = {*get_args(fold.First), *get_args(fold.Later)}
    of_desk = set(get_args(DeskEvents))
    for kind in event_classes():
        name = kind.__name__
        if kind not in CODES:
            yield f"{name}: it has no code; add it to EVENTS in kiosk/parcels/registry.py."
        if issubclass(kind, desk_events.DeskEvent) and kind not in of_desk:
            yield f"{name}: it is in no union; add it to DeskEvents in kiosk/words/desk_events.py."
        if not issubclass(kind, desk_events.DeskEvent) and kind not in of_parcels:
            yield f"{name}: it changes no parcel; add it to a union in kiosk/parcels/fold.py, and its arm."
        if kind not in samples:
            yield f"{name}: it has no sample; add one to SAMPLES in tests/journal/book.py."
        elif is_missing(words_of_events.event_words, samples[kind]):
            yield f"{name}: nothing says how it reads; add its arm in kiosk/words/events.py."


def test_every_event_has_its_pieces() -> None:
    assert not (lacks := sorted(lacks_of_events())), "\n".join(lacks)


def test_every_code_of_an_event_is_a_code() -> None:
    wrong = [code for code in EVENTS if not re.fullmatch("[a-z]+(_[a-z]+)*", code)]
    assert not wrong, f"write them as snake_case in kiosk/parcels/registry.py: {wrong}"
    assert len(CODES) == len(EVENTS), "a class stands in kiosk/parcels/registry.py under two codes"


def is_of_desk(node: ast.expr) -> bool:
    """Tell whether something is called like a part of the desk, or like what drives it."""
    return ast.unparse(node).rpartition(".")[2].lstrip("_") in PARTS


class Function:
    """One function of the source: what it calls of the desk's parts, and which steps and other things it names."""

    def __init__(self, node: ast.AST) -> None:
        parts = list(ast.walk(node))
        self.calls = {each.attr for each in parts if isinstance(each, ast.Attribute) and is_of_desk(each.value)}
        self.names = {each.id for each in parts if isinstance(each, ast.Name)}
        self.steps = {
            Step[each.attr]
            for each in parts
            if isinstance(each, ast.Attribute) and ast.unparse(each.value) == "Step" and each.attr in Step.__members__
        }


def trees(*folders: str) -> Iterator[ast.Module]:
    for path in (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))):
        yield tree_of(path)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions_of_desk() -> dict[str, list[Function]]:
    """Return the desk's functions by their names, of which two parts may have the same."""
    found: dict[str, list[Function]] = {}
    for tree in trees("kiosk/desk"):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.setdefault(node.name, []).append(Function(node))
    return found


def steps_taken_from_front_ends() -> set[Step]:
    """Return the steps to which a call leads from a screen, the console or a command, by the names of functions."""
    desk = functions_of_desk()
    waiting = {name for tree in trees("screens", "kiosk/cli") for name in Function(tree).calls} & set(desk)
    seen: set[str] = set()
    steps: set[Step] = set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        for function in desk[name]:
            steps |= function.steps
            waiting |= ((function.calls | function.names) & set(desk)) - seen
    return steps


def lacks_of_steps() -> Iterator[str]:
    checked = {step for every in functions_of_desk().values() for each in every for step in each.steps}
    taken = steps_taken_from_front_ends() | {step for tree in trees("screens") for step in Function(tree).steps}
    for step in Step:
        name = f"Step.{step.name}"
        if step not in STEPS:
            yield f"{name}: nothing says when it can be taken; add its row to STEPS in kiosk/parcels/steps.py."
        if is_missing(step_word, step):
            yield f"{name}: it has no name; add one in kiosk/words/steps.py."
        if step not in checked | WITHOUT_RECORD:
            yield f"{name}: nobody checks its row; let its function in kiosk/desk ask allowed({name}, person)."
        if step not in taken:
            yield f"{name}: no front end leads to it; give it a key (screens/) or a command (kiosk/cli/)."


WITHOUT_RECORD = {
    Step.CHECK,  # it asks the service, and records only what it finds
    Step.TAKE_IN_AGAIN,  # it begins another parcel; this one stays as it ended
}
"""Steps that record nothing about their parcel."""


def test_every_step_has_its_pieces() -> None:
    assert not (lacks := list(lacks_of_steps())), "\n".join(lacks)


def test_every_hindrance_is_told() -> None:
    told_otherwise = {Hindrance.ROLE, Hindrance.IN_DOUBT, Hindrance.STATE}
    missing = [
        f"Hindrance.{each.name}: nothing says it; add 'hindered_{each}' to TEXTS in kiosk/words/errors/desk.py."
        for each in Hindrance
        if each not in told_otherwise and f"hindered_{each}" not in TEXTS
    ]
    assert not missing, "\n".join(missing)


def camel(method: str) -> str:
    return re.sub(r"_(\w)", lambda found: found[1].upper(), method)


def operations_of(client: type) -> set[str]:
    methods = {name for name, each in vars(client).items() if inspect.iscoroutinefunction(each) and name[0] != "_"}
    return {camel(name) for name in methods - NO_OPERATIONS}


def lacks_of_operations() -> Iterator[str]:
    lockers, facilities = operations_of(LockersApi), operations_of(FacilitiesApi)
    for name in sorted({*lockers, *facilities, *OPERATIONS, *operation_ids()} - TOKENS_ONLY):
        if name not in lockers | facilities:
            yield f"{name}: no method calls it; add one to kiosk/api/lockers.py or kiosk/facilities/api.py."
        if name not in OPERATIONS:
            yield f"{name}: the simulator has no address for it; add a line to ROUTES in kiosk/simulator/routes.py."
        if name not in operation_ids():
            yield f"{name}: the contract does not know it; describe it in tests/contract/parcelpoint.openapi.yaml."
    for name in sorted(lockers):
        if name not in {called for called, _ in contract_of_lockers.CALLS}:
            yield f"{name}: no request of it is tried; add one to CALLS in tests/contract/test_client_contract.py."
        if name not in contract_of_lockers.ANSWERS:
            yield f"{name}: no answer to it is tried; add one to ANSWERS in tests/contract/test_client_contract.py."


def test_every_operation_of_the_api_has_its_pieces() -> None:
    assert not (lacks := list(lacks_of_operations())), "\n".join(lacks)


def test_every_write_has_its_pieces() -> None:
    lacks = [
        f"Operation.{each.name}: add how it is sent to WRITES in kiosk/desk/writes.py."
        for each in Operation
        if each not in WRITES
    ]
    lacks += lacks_of_words(Operation, operation_word)
    assert not lacks, "\n".join(lacks)


def lacks_of_words(codes: Iterable[StrEnum], word: Callable[..., str]) -> list[str]:
    return [
        f"{type(each).__name__}.{each.name}: it has no word; add its arm to {word.__name__}() in kiosk/words/states.py."
        for each in codes
        if is_missing(word, each)
    ]


def test_every_finding_has_its_pieces() -> None:
    parcel = Parcel(parcel_id="p1", tracking_number="T1", scanned="T1", taken_in_at=START)
    lacks = lacks_of_words(Finding, finding_word)
    for each in Finding:
        if is_missing(advice_on, AttentionItem(finding=each), parcel):
            lacks.append(f"Finding.{each.name}: nothing says what to do; add its arm in kiosk/words/findings.py.")
    raised = {
        node.attr
        for tree in (
            *trees("kiosk/desk", "kiosk/background", "kiosk/journal"),
            tree_of(ROOT / "kiosk/parcels/findings.py"),
        )
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Finding"
    }
    lacks += [
        f"Finding.{each.name}: nobody finds it; find it in kiosk/parcels/findings.py."
        for each in Finding
        if each.name not in raised
    ]
    assert not lacks, "\n".join(lacks)


def test_every_state_has_its_signs() -> None:
    assert set(clerks_wording._STATES) == set(console_wording.STATES) == set(ParcelState)
    assert {*parcel_list.HERE, *parcel_list.GONE} == {None, *ParcelState}
