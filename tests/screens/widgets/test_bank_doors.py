from __future__ import annotations

import pytest

from kiosk.parcels.lockers import SIZES
from kiosk.parcels.states import UnitState
from kiosk.words.signs import ACCESSIBLE, ARROW, ARROW_BACK, FULL, HOLLOW
from screens.widgets.bank_doors import _STATES, EMPTY, BankDoors
from screens.widgets.door_plan import DENSITIES, SIZE_ORDER, Door, plan_doors
from tests.screens.widgets.harness import Bench, lines, screen_text


def bank(count: int, chosen: int | None = None) -> list[Door]:
    states = list(_STATES)
    return [
        Door(
            number=str(number),
            size=SIZE_ORDER[min(number * 5 // (count + 1), 3)],
            state=states[number % len(states)],
            accessible=number % 7 == 0,
            chosen=number == chosen,
        )
        for number in range(1, count + 1)
    ]


def test_the_wall_knows_every_state_and_size_of_the_model() -> None:
    assert list(_STATES) == [str(state) for state in UnitState]
    assert SIZES == SIZE_ORDER


@pytest.mark.parametrize("count", [1, 12, 24, 40, 500])
@pytest.mark.parametrize(("width", "height"), [(80, 11), (80, 16), (100, 22), (40, 12), (20, 5)])
def test_doors_never_overlap_nor_leave_the_width(count: int, width: int, height: int) -> None:
    plan = plan_doors(bank(count), width, height)
    assert len(plan.spots) == count
    taken: set[tuple[int, int]] = set()
    for spot in plan.spots:
        cells = {
            (x, y) for x in range(spot.left, spot.left + spot.width) for y in range(spot.top, spot.top + spot.height)
        }
        assert not cells & taken
        assert max(x for x, _ in cells) < width
        assert max(y for _, y in cells) < plan.height
        taken |= cells


@pytest.mark.parametrize(("count", "height"), [(12, 22), (24, 16), (40, 12)])
async def test_a_usual_bank_fits_without_scrolling(count: int, height: int) -> None:
    doors = BankDoors(bank(count))
    app = Bench(doors)
    async with app.run_test(size=(80, height)):
        assert doors.max_scroll_y == 0
        shown = screen_text(app).split()
        assert all(
            any(part.strip(ARROW + ARROW_BACK) == str(number) for part in shown) for number in range(1, count + 1)
        )


@pytest.mark.parametrize(("width", "height"), [(100, 30), (80, 12), (60, 12)])
async def test_a_door_shows_its_number_and_the_sign_of_its_state(width: int, height: int) -> None:
    for state, (sign, _, _) in _STATES.items():
        app = Bench(BankDoors([Door("17", "small", state)]))
        async with app.run_test(size=(width, height)):
            wall = "\n".join(lines(app)[:-1])
            assert "17" in wall
            assert sign in wall


async def test_a_roomy_door_says_its_state_in_words() -> None:
    app = Bench(BankDoors(bank(10)))
    async with app.run_test(size=(100, 40)):
        wall = "\n".join(lines(app)[:-1])
        for words in ("free", "reserved", "in use", "out of", "unknown"):
            assert words in wall


async def test_the_chosen_door_stands_between_arrows() -> None:
    for height in (8, 30):
        app = Bench(BankDoors(bank(24, chosen=9)))
        async with app.run_test(size=(80, height)):
            row = next(line for line in lines(app)[:-1] if ARROW in line)
            assert row.split(ARROW)[1].strip().startswith("9")
            assert ARROW_BACK in row


async def test_the_legend_explains_only_the_signs_that_occur() -> None:
    app = Bench(BankDoors([Door("1", "small", "free"), Door("2", "small", "occupied", accessible=True)]))
    async with app.run_test(size=(80, 12)):
        legend = lines(app)[-1]
        assert legend.split() == [HOLLOW, "free", FULL, "in", "use", ACCESSIBLE, "accessible"]


async def test_a_tap_on_a_large_door_posts_its_number_also_in_the_gap_beneath() -> None:
    doors = BankDoors(bank(12))
    app = Bench(doors)
    async with app.run_test(size=(80, 30)) as pilot:
        assert doors.touchable
        for spot in doors._plan.spots:
            app.posted.clear()
            await pilot.click(doors, offset=(spot.left, spot.top))
            await pilot.click(doors, offset=(spot.left + spot.width - 1, spot.top + spot.height))
            assert app.posted == [BankDoors.Chosen(spot.door.number)] * 2


async def test_small_doors_are_for_looking() -> None:
    doors = BankDoors(bank(500))
    app = Bench(doors)
    async with app.run_test(size=(80, 12)) as pilot:
        spot = doors._plan.spots[0]
        await pilot.click(doors, offset=(spot.left, spot.top))
        assert not doors.touchable
        assert app.posted == []


async def test_a_large_bank_scrolls_to_the_chosen_door() -> None:
    app = Bench(BankDoors(bank(500, chosen=480)))
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        assert f"{ARROW}480" in screen_text(app)


async def test_an_empty_bank_says_so() -> None:
    doors = BankDoors()
    app = Bench(doors)
    async with app.run_test(size=(80, 12)) as pilot:
        assert EMPTY in screen_text(app)
        await pilot.click(doors, offset=(1, 0))
        doors.doors = bank(3)
        await pilot.pause()
        assert EMPTY not in screen_text(app)
        assert app.posted == []


async def test_what_the_api_says_is_shown_as_plain_text() -> None:
    odd = [Door("\x1b[2J[bold]7[/]", "\x9bhuge\x07", "ajar"), Door("", "", "")]
    for size in ((100, 30), (80, 6), (20, 5)):
        app = Bench(BankDoors(odd))
        async with app.run_test(size=size):
            assert screen_text(app).replace("\n", "").isprintable()


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (5, 2)])
async def test_a_tiny_terminal_is_no_reason_to_fail(size: tuple[int, int]) -> None:
    app = Bench(BankDoors(bank(40, chosen=7)))
    async with app.run_test(size=size) as pilot:
        await pilot.click(offset=(0, 0))
        assert app.focused is None


def test_the_roomiest_drawing_that_fits_is_taken() -> None:
    doors = bank(12)
    assert plan_doors(doors, 120, 40).density is DENSITIES[0]
    assert plan_doors(bank(500), 80, 11).density is DENSITIES[-1]
    assert [density.height for density in DENSITIES] == sorted((d.height for d in DENSITIES), reverse=True)
