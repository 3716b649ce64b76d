"""What is patched in Textual: for one version only, and needed by that one."""

from __future__ import annotations

import gc
import weakref
from importlib.metadata import version
from inspect import getsource

from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.color import Color
from textual.containers import VerticalScroll
from textual.drivers import _writer_thread, linux_driver
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from screens import textual_patches

LOOK_AGAIN = """
Textual is another one than the patches were written for. Look at each patch in screens/textual_patches.py:
does Textual mend it by now, does the patched code still look the same? Run tests/screens/test_dead_screens.py and
`make soak`, then change VERSION and the pin in pyproject.toml.
"""


def test_the_patches_are_for_the_textual_that_is_here() -> None:
    assert version("textual") == textual_patches.VERSION == "8.2.8", LOOK_AGAIN


def test_textual_still_keeps_the_styles_cache_of_a_dead_widget() -> None:
    """Where this fails, the patch can go."""
    import textual._styles_cache  # noqa: PLC0415 - the module, for its source

    assert "@lru_cache(1024)\n    def get_inner_outer(\n        cls, " in getsource(textual._styles_cache), LOOK_AGAIN


def test_textuals_writer_still_waits_for_room_and_is_still_made_like_this() -> None:
    assert "Queue(MAX_QUEUED_WRITES)" in getsource(_writer_thread), LOOK_AGAIN
    assert "self._writer_thread = WriterThread(self._file)" in getsource(linux_driver.LinuxDriver), LOOK_AGAIN


class Measured(Screen[None]):
    """A screen that counts how often it is told its size, and does something then, as those of the console do."""

    told = 0

    def on_resize(self) -> None:
        self.told += 1
        self.call_later(nothing)


def nothing() -> None:
    """Stand between two messages: Textual takes two sizes for one where nothing is between them."""


async def test_two_sizes_on_their_way_come_to_rest() -> None:
    textual_patches.apply()
    beneath, above = Measured(), Measured()
    app = App[None]()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(beneath)
        await app.push_screen(above)
        for size in (Size(81, 25), Size(80, 24)):
            beneath.post_message(Resize(size, size))
            beneath.call_later(nothing)
        await pilot.pause()
        assert beneath.told < 10
        assert beneath.size == above.size == app.size


def test_the_patched_function_returns_what_textuals_own_returns() -> None:
    ground, tint = Color.parse("#123456"), Color.parse("#ff000080")
    before = StylesCache.get_inner_outer
    own = getattr(before, "__wrapped__", None)
    textual_patches.apply()
    inner, outer = StylesCache().get_inner_outer(ground, tint)
    assert (inner.background, outer.background) == (ground + tint, ground)
    if own is not None:
        assert (inner, outer) == own(StylesCache(), ground, tint)


class Listing(Screen[None]):
    """A screen with a list that is given a scrollbar once it is long."""

    def compose(self) -> ComposeResult:
        """Begin with a short list."""
        with VerticalScroll():
            yield Static()


async def test_a_screen_that_laid_out_the_one_beneath_is_not_kept_by_the_scrollbar_made_then() -> None:
    textual_patches.apply()
    app = App[None]()
    async with app.run_test(size=(80, 24)) as pilot:
        beneath = Listing()
        await app.push_screen(beneath)
        await app.push_screen(Screen[None]())
        left = weakref.ref(app.screen)
        # Within a batch no screen lays itself out; one that is resized does it for those beneath it all the same.
        with app.batch_update():
            beneath.query_one(Static).update("row\n" * 100)
            await pilot.pause()
            app.screen.post_message(Resize(app.size, app.size))
            await pilot.pause()
        assert beneath.query_one(VerticalScroll)._vertical_scrollbar is not None
        await app.pop_screen()
        await pilot.pause()
        gc.collect()
        assert left() is None
