"""What a key is, and the keys that both sides share. Those of the clerk are in `screens/clerk_actions.py`.

Those of the operator are in `screens/console/actions.py`. Nowhere else is a key named: a screen's row, what its keys
do, the help and the checks all come from its keymap.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.words.language import N_, _

_IN_WORDS = frozenset({N_("Left"), N_("Right"), N_("Up"), N_("Down"), N_("Page up"), N_("Page down"), N_("Space")})
"""Names of keys that are no abbreviation printed on every keyboard; translated when shown."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do: the screen's method is `action_<name>`. Label and help are translated when shown."""

    name: str
    key: str
    keycap: str
    """What stands on the key."""
    label: str
    help: str
    main: bool = False
    """The likely next one; it gets the largest target."""
    destroys: bool = False
    """It gives a locker back or cancels a parcel: never by Enter, nor by a key of the screen before."""
    harmless: bool = False
    """It undoes and sends nothing: it works on a screen that nobody can have seen yet."""

    @property
    def key_label(self) -> str:
        """What stands on the key, in words where it has a sign."""
        return _(self.keycap) if self.keycap in _IN_WORDS else self.keycap


@dataclass(frozen=True, slots=True)
class Keymap:
    """All keys of one screen, or the answers to one of its questions."""

    title: str
    """What the help calls the screen; translated when shown."""
    row: tuple[Action, ...] = ()
    """The keys that are shown as targets, the main one first."""
    more: tuple[Action, ...] = ()
    """Keys that work without a target, such as arrows."""
    questions: tuple[Keymap, ...] = ()
    """The questions that the screen can ask; while one is asked, its answers are the only keys."""

    @property
    def actions(self) -> tuple[Action, ...]:
        """All that can be done while nothing is asked."""
        return (*self.row, *self.more)

    @property
    def answers(self) -> tuple[Action, ...]:
        """Every answer to every question."""
        return tuple(answer for question in self.questions for answer in question.row)


THEME = Action("app.next_theme", "f12", "F12", N_("Colours"), N_("Dark, light or high contrast."), harmless=True)
GO_BACK = Action("go_back", "escape", "Esc", N_("Back"), N_("Go back one step."), harmless=True)

UP = Action("move(-1)", "up", "Up", N_("Up"), N_("Move up in the list."))
DOWN = Action("move(1)", "down", "Down", N_("Down"), N_("Move down in the list."))
PAGE_UP = Action("page(-1)", "pageup", "Page up", N_("Page up"), N_("Move up one page."))
PAGE_DOWN = Action("page(1)", "pagedown", "Page down", N_("Page down"), N_("Move down one page."))
LISTS = (UP, DOWN, PAGE_UP, PAGE_DOWN)
