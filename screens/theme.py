"""The three themes. The only place in the program where a colour is named; no rule, no widget, no text.

Every token is a variable in every stylesheet (`$free`) and in every content style (`"bold $free"`).
Every text reaches 7:1 in each, measured on the cells of every screen (tests/screens/contrast.py).
"""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any

from textual.app import App
from textual.theme import Theme

DARK = Theme(
    name="kiosk-dark",
    dark=True,
    primary="#7ac1f6",
    secondary="#8fa9c4",
    accent="#7ac1f6",
    warning="#f2b45c",
    error="#ff8d85",
    success="#79d69a",
    foreground="#e8edf3",
    background="#0f151c",
    surface="#171f29",
    panel="#212c38",
    variables={
        "quiet": "#b0bcc8",
        "tile": "#222e39",
        "tile-off": "#171f29",
        "chosen": "#7ac1f6",
        "chosen-text": "#06121d",
        "free": "#8be3aa",
        "free-tile": "#1b3d2c",
        "reserved": "#f4cb7a",
        "reserved-tile": "#3b3120",
        "occupied": "#a9bfd9",
        "occupied-tile": "#232f3c",
        "broken": "#ff9d95",
        "broken-tile": "#3a2426",
        "unknown": "#b4bec9",
        "unknown-tile": "#1d2630",
        "attention": "#ffbe6b",
        "done": "#8be3aa",
        "border": "#7ac1f6",
        "border-blurred": "#3a4a5a",
        "input-selection-background": "#2c5a80",
        "scrollbar": "#43566a",
        "scrollbar-hover": "#5a7189",
        "scrollbar-active": "#7ac1f6",
        "scrollbar-background": "#171f29",
        "scrollbar-background-hover": "#171f29",
        "scrollbar-background-active": "#171f29",
    },
)

LIGHT = Theme(
    name="kiosk-light",
    dark=False,
    primary="#094a82",
    secondary="#4a6078",
    accent="#094a82",
    warning="#6e3c00",
    error="#a6201b",
    success="#0c6637",
    foreground="#15202b",
    background="#f3f5f8",
    surface="#ffffff",
    panel="#e6ebf1",
    variables={
        "quiet": "#3e4a57",
        "tile": "#dde5ed",
        "tile-off": "#eceff3",
        "chosen": "#094a82",
        "chosen-text": "#ffffff",
        "free": "#0a532d",
        "free-tile": "#cdebd8",
        "reserved": "#644300",
        "reserved-tile": "#f6e6c4",
        "occupied": "#35465a",
        "occupied-tile": "#d9e1ea",
        "broken": "#8a1915",
        "broken-tile": "#f7d9d6",
        "unknown": "#434f5b",
        "unknown-tile": "#e9edf1",
        "attention": "#6e3c00",
        "done": "#0a532d",
        "border": "#094a82",
        "border-blurred": "#b9c5d1",
        "input-selection-background": "#b6d8f5",
        "scrollbar": "#a3b3c3",
        "scrollbar-hover": "#7f93a7",
        "scrollbar-active": "#094a82",
        "scrollbar-background": "#e6ebf1",
        "scrollbar-background-hover": "#e6ebf1",
        "scrollbar-background-active": "#e6ebf1",
    },
)

CONTRAST = Theme(
    name="kiosk-contrast",
    dark=True,
    primary="#ffe24d",
    secondary="#ffffff",
    accent="#ffe24d",
    warning="#ffd24d",
    error="#ff9a9a",
    success="#66ff99",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    variables={
        "quiet": "#dddddd",
        "tile": "#333333",
        "tile-off": "#000000",
        "chosen": "#ffe24d",
        "chosen-text": "#000000",
        "free": "#66ff99",
        "free-tile": "#00331a",
        "reserved": "#ffd24d",
        "reserved-tile": "#332600",
        "occupied": "#ffffff",
        "occupied-tile": "#2b2b2b",
        "broken": "#ffb0b0",
        "broken-tile": "#400000",
        "unknown": "#dddddd",
        "unknown-tile": "#000000",
        "attention": "#ffd24d",
        "done": "#66ff99",
        "border": "#ffe24d",
        "border-blurred": "#ffffff",
        "input-selection-background": "#665a00",
        "scrollbar": "#ffffff",
        "scrollbar-hover": "#ffffff",
        "scrollbar-active": "#ffe24d",
        "scrollbar-background": "#333333",
        "scrollbar-background-hover": "#333333",
        "scrollbar-background-active": "#333333",
    },
)

THEMES = (DARK, LIGHT, CONTRAST)


def default_tokens() -> dict[str, str]:
    """Return every own token, for `App.get_theme_variable_defaults`: a stylesheet is read before a theme is chosen."""
    return dict(DARK.variables)


def stylesheets(*parts: str) -> list[str | PurePath]:
    """Return what all screens share and what these parts of them have: `clerk`, `finder`, `framed`, `console`, `fleet`.

    They are read with the first frame: a screen that brought its own later would have all parsed anew.
    """
    styles = Path(__file__).parent.parent / "styles"
    return [
        # Those for all first: of rules that are equally specific the later one holds.
        *sorted(styles.glob("*.tcss")),
        *(sheet for part in parts for sheet in sorted(styles.glob(f"{part}/*.tcss"))),
    ]


def use_theme(app: App[Any], name: str = DARK.name) -> None:
    """Register the themes and choose one; call it in the app's `__init__`, so that styles are computed once.

    To set the theme as one does later would have every stylesheet read twice before the first frame.
    """
    for theme in THEMES:
        app.register_theme(theme)
    app.set_reactive(App.theme, name)
    app.stylesheet.set_variables(app.get_css_variables())


def theme_of(setting: str) -> str:
    """Return the name of the theme that the setting `desk.theme` means; of what is none, the dark one's."""
    name = f"kiosk-{setting}"
    return name if name in {theme.name for theme in THEMES} else DARK.name


def next_theme(app: App[Any]) -> None:
    """Go on to the next theme, after the last one to the first."""
    names = [theme.name for theme in THEMES]
    app.theme = names[(names.index(app.theme) + 1) % len(names)]
