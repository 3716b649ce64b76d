"""What is patched in Textual: for one version only, and needed by that one."""

from __future__ import annotations

from importlib.metadata import version
from inspect import getsource

from textual._styles_cache import StylesCache
from textual.color import Color

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


def test_the_patched_function_returns_what_textuals_own_returns() -> None:
    ground, tint = Color.parse("#123456"), Color.parse("#ff000080")
    before = StylesCache.get_inner_outer
    own = getattr(before, "__wrapped__", None)
    textual_patches.apply()
    inner, outer = StylesCache().get_inner_outer(ground, tint)
    assert (inner.background, outer.background) == (ground + tint, ground)
    if own is not None:
        assert (inner, outer) == own(StylesCache(), ground, tint)
