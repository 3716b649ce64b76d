"""What measures the screens in every language finds what it is there to find, and nothing else."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.widget import Widget

from kiosk.words import language
from kiosk.words.language import _
from screens.widgets.action_row import ActionItem, ActionRow
from screens.widgets.words import Words
from tests.house.pseudo import Pseudo, longer
from tests.house.tagged import Tagged, without_tags
from tests.screens.measuring import faults
from tests.screens.reading import english_text, in_english
from tests.screens.widgets.harness import Bench

HELD = "Locker {unit} is held"
HINT = "Press the key"


@pytest.fixture(autouse=True)
def _longer_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_terminal", language._Terminal(Tagged(Pseudo()), language.language()))


async def wrong_with(*widgets: Widget, width: int = 80) -> list[str]:
    """Return what is found on a screen with these widgets."""
    app = Bench(*widgets)
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        return [without_tags(fault) for fault in faults(app)]


async def test_a_text_that_is_all_there_has_no_fault() -> None:
    assert await wrong_with(Words(_(HELD).format(unit="7"))) == []


async def test_a_text_of_ours_that_is_cut_is_found() -> None:
    found = await wrong_with(Words(_(HELD).format(unit="7")), width=16)
    assert len(found) == 1
    assert "cut" in found[0]
    assert HELD in found[0]


async def test_a_text_from_outside_may_be_cut_at_the_end() -> None:
    assert await wrong_with(Words(_("For {name}").format(name="MWANGI " * 20)), width=40) == []


async def test_a_word_that_is_not_translated_is_found() -> None:
    assert await wrong_with(Words("Locker")) == ["Words: not translated: 'Locker'"]


async def test_a_word_that_is_put_into_a_text_untranslated_is_found() -> None:
    assert await wrong_with(Words(_("For {name}").format(name="nothing"))) == ["Words: not translated: 'nothing'"]


async def test_a_sentence_made_of_parts_is_found() -> None:
    (found,) = await wrong_with(Words(f"{_(HINT)} {_('now')}"))
    assert "made of parts" in found


async def test_texts_in_columns_are_no_sentence() -> None:
    assert await wrong_with(Words(f"{_(HINT)}  {_('now')}"), Words(f"{_(HINT)} · {_('now')}")) == []


async def test_widgets_on_top_of_each_other_are_found() -> None:
    one, other = Words(_(HINT)), Words(_(HINT))
    other.styles.offset = (0, -1)
    assert any("overlaps" in found for found in await wrong_with(one, other))


async def test_a_widget_outside_the_screen_is_found() -> None:
    far = Words(_(HINT))
    far.styles.offset = (70, 0)
    assert any("beyond" in found or "cut" in found for found in await wrong_with(far))


async def test_any_language_is_read_back_as_english() -> None:
    app = Bench(Words(_(HELD).format(unit="7")), ActionRow([ActionItem("go", "Enter", _(HINT))]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        read = english_text(app)
        assert "Locker 7 is held" in read
        assert HINT in read
    assert in_english(_(HELD).format(unit="8")) == "Locker 8 is held"


@pytest.mark.parametrize(
    "text", ["Back", "Pickup code", HELD, "Scan the parcel, or type its number.", "Write `kiosk check {name}` first"]
)
def test_the_language_is_a_third_longer_and_leaves_values_and_commands_alone(text: str) -> None:
    said = longer(text)
    kept = [each for each in ("{unit}", "`kiosk check {name}`") if each in text]
    letters = len(text.replace(" ", "")) - sum(len(each.replace(" ", "")) for each in kept)
    assert cell_len(said) - cell_len(text) >= letters / 3
    assert all(each in said for each in kept)
