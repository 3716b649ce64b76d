"""Faults as the plan and the queue decide them; what a client sees of them is in test_faults_on_the_line.py."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import SettingsError
from kiosk.simulator.core import Setup
from kiosk.simulator.faults import NAMES, FaultPlan, Faults
from kiosk.simulator.messages import Delivery, Response
from kiosk.simulator.routes import OPERATIONS
from kiosk.words.errors import explain
from tests.simulator.world import BANKS, World, error_of

FAULTS = "/_simulator/faults"


def queue(world: World, **fields: Any) -> Response:
    return world.ask("POST", FAULTS, fields, {})


def test_a_plan_is_read_from_text() -> None:
    plan = FaultPlan.parse(" lost=0.05, late=0.1 ,,429-after=1e-2,late-seconds=0.5,slow-seconds=3,held-seconds=9")
    chances = (("lost", 0.05), ("late", 0.1), ("429-after", 0.01))
    assert plan == FaultPlan(chances, late_seconds=0.5, slow_seconds=3, held_seconds=9)
    assert FaultPlan.parse("") == FaultPlan((), late_seconds=35, slow_seconds=2, held_seconds=35)
    assert len(FaultPlan.parse(",".join(f"{name}=0.01" for name in NAMES)).chances) == 14


@pytest.mark.parametrize(
    "spec",
    ["lots=0.1", "lost", "lost=", "lost=x", "lost=-0.1", "lost=1.1", "lost=nan", "late-seconds=-1", "404=0.1", "=1"],
)
def test_a_wrong_plan_names_the_mistake_and_what_is_allowed(spec: str) -> None:
    with pytest.raises(SettingsError) as caught:
        FaultPlan.parse(f"cut=0.1,{spec}")
    assert (caught.value.code, caught.value.parameters["part"]) == ("fault_unknown", spec)
    assert f"“{spec}”" in explain(caught.value).sentence
    assert "429-after" in explain(caught.value).sentence


def test_probabilities_above_one_together_are_refused() -> None:
    with pytest.raises(SettingsError, match="fault_chances_too_high"):
        FaultPlan.parse("lost=0.6,cut=0.6")


def drawn(spec: str, seed: int, requests: int = 2000) -> list[str]:
    faults = Faults(FaultPlan.parse(spec), seed, OPERATIONS)
    return [fault.name if (fault := faults.next_for("getLockerBanks")) else "" for _ in range(requests)]


def test_the_same_seed_draws_the_same_faults() -> None:
    assert drawn("lost=0.2,cut=0.1", 7) == drawn("lost=0.2,cut=0.1", 7)
    assert drawn("lost=0.2,cut=0.1", 7) != drawn("lost=0.2,cut=0.1", 8)


def test_faults_come_about_as_often_as_the_plan_says() -> None:
    counts = Counter(drawn("lost=0.2,cut=0.1", 7))
    assert counts["lost"] == pytest.approx(400, rel=0.2)
    assert counts["cut"] == pytest.approx(200, rel=0.2)
    assert set(counts) == {"", "lost", "cut"}


def test_a_queued_fault_hits_the_next_requests_of_its_operation_only(world: World) -> None:
    queue(world, fault="503", operation="lockerSizes", times=2)
    assert world.ask("GET", BANKS).status == 200
    sizes = f"{BANKS}/AOne/lockers/sizes"
    assert [world.ask("GET", sizes).status for _ in range(3)] == [503, 503, 200]


def test_a_queued_fault_without_an_operation_hits_the_next_locker_operation(world: World) -> None:
    queue(world, fault="503")
    basic = {"authorization": "Basic ZGVtbzpkZW1v"}
    assert world.ask("POST", "/auth/api/v1/token", headers=basic).status == 200
    assert [world.ask("GET", BANKS).status for _ in range(2)] == [503, 200]


def test_a_token_operation_is_hit_when_it_is_named(world: World) -> None:
    queue(world, fault="500", operation="getAccessToken")
    basic = {"authorization": "Basic ZGVtbzpkZW1v"}
    statuses = [world.ask("POST", "/auth/api/v1/token", headers=basic).status for _ in range(2)]
    assert statuses == [500, 200]


def test_queued_faults_come_in_their_order(world: World) -> None:
    for fault in ("503", "401", "429"):
        queue(world, fault=fault)
    assert [world.ask("GET", BANKS).status for _ in range(4)] == [503, 401, 429, 200]


def test_the_queue_and_the_counts_are_shown_and_cleared(world: World) -> None:
    queue(world, fault="503", times=2)
    queue(world, fault="404", operation="getReservation", body="bare")
    world.ask("GET", BANKS)
    assert world.ask("GET", FAULTS).value == {
        "queued": [
            {"fault": "503", "operation": None, "times": 1},
            {"fault": "404", "operation": "getReservation", "times": 1, "body": "bare"},
        ],
        "injected": {"503": 1},
    }
    assert world.ask("DELETE", FAULTS).value == {"queued": [], "injected": {}}
    assert world.ask("GET", BANKS).status == 200


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"fault": "lots"},
        {"fault": "lost", "operation": "openDoor"},
        {"fault": "lost", "operation": "state"},
        {"fault": "lost", "times": 0},
        {"fault": "lost", "times": "2"},
        {"fault": "lost", "times": True},
        {"fault": "400", "body": "xml"},
    ],
)
def test_a_wrong_fault_is_refused_with_what_is_allowed(world: World, fields: dict[str, object]) -> None:
    answer = queue(world, **fields)
    assert answer.status == 400
    assert error_of(answer)["additionalInfo"]
    assert world.ask("GET", FAULTS).value["queued"] == []


@pytest.mark.parametrize("fault", ["cut", "401", "429", "429-after", "500", "503", "400", "404"])
def test_what_comes_before_the_work_leaves_no_trace(world: World, fault: str) -> None:
    before = world.units()
    queue(world, fault=fault)
    answer = world.reserve("T1")
    assert answer.status == (0 if fault == "cut" else int(fault[:3]))
    assert (answer.delivery is Delivery.NEVER) is (fault == "cut")
    assert world.units() == before


@pytest.mark.parametrize("fault", ["lost", "late", "slow", "half", "html", "500-done"])
def test_what_comes_after_the_work_leaves_it_done(world: World, fault: str) -> None:
    queue(world, fault=fault, operation="createReservation")
    world.reserve("T1")
    assert world.find("T1").status == 200


def test_delays_are_those_of_the_plan(tmp_path: Path) -> None:
    world = World(tmp_path, Setup(plan=FaultPlan.parse("late=0.5,slow=0.5,late-seconds=40,slow-seconds=3")))
    assert {world.ask("GET", BANKS).delay for _ in range(30)} == {40, 3}
    world.core.close()


def test_requests_are_held_up_for_any_time_up_to_that_of_the_plan(tmp_path: Path) -> None:
    world = World(tmp_path, Setup(plan=FaultPlan.parse("held=1,held-seconds=40")))
    delays = [world.ask("GET", BANKS).delay for _ in range(30)]
    assert min(delays) < 5
    assert 35 < max(delays) <= 40
    world.core.close()


@pytest.mark.parametrize("status", [400, 404])
@pytest.mark.parametrize(
    ("body", "kind"),
    [("wrapped", dict), ("array", list), ("bare", dict), ("message", dict), ("empty", None), ("html", None)],
)
def test_a_refusal_comes_in_every_error_body_that_was_seen(
    world: World, status: int, body: str, kind: type | None
) -> None:
    queue(world, fault=str(status), body=body)
    answer = world.ask("GET", BANKS)
    assert answer.status == status
    if kind is None:
        assert answer.body.startswith(b"<!DOCTYPE html>") is (body == "html")
        assert bool(answer.body) is (body == "html")
        return
    assert isinstance(answer.value, kind)
    code = "not_found" if status == 404 else "validation_error"
    assert (code.encode() in answer.body) is (body != "message")


def test_faults_never_hit_the_simulators_own_addresses(tmp_path: Path) -> None:
    world = World(tmp_path, Setup(plan=FaultPlan.parse("503=1")))
    assert world.ask("GET", BANKS).status == 503
    assert world.ask("GET", "/_simulator/state").status == 200
    assert world.ask("GET", FAULTS).value["injected"] == {"503": 1}
    world.core.close()


def test_every_request_to_the_api_is_counted_also_the_spoilt_ones(world: World) -> None:
    queue(world, fault="cut")
    world.ask("GET", BANKS)
    world.reserve(size="tiny")
    world.ask("GET", BANKS, headers={})
    world.ask("GET", BANKS)
    assert world.ask("GET", "/_simulator/state").value["requests"] == 4
