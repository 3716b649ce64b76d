"""What the console's screens share: the frame, keys in the order in which they come, reading, and showing errors.

Calm for a slow line: no clock, no animation; what did not change is not painted again.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar, cast

from rich.cells import cell_len
from textual.containers import Vertical
from textual.screen import Screen

from kiosk.errors import KioskError
from kiosk.words.errors import explain
from kiosk.words.language import _
from kiosk.words.plain import shorten
from kiosk.words.signs import ARROW, ARROW_BACK, FULL, HOLLOW
from screens.actions import Keymap
from screens.console.actions import ALWAYS_SHOWN, EVERYWHERE, PAGES
from screens.console.destinations import Page
from screens.widgets.foot import Foot
from screens.widgets.lines import Lines
from screens.widgets.notice import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from textual.app import ComposeResult
    from textual.widget import Widget

    from kiosk.parcels.operators import Operator
    from kiosk.wiring import Services
    from screens.actions import Action
    from screens.console.destinations import ConsoleDestination
    from screens.widgets.drawn import Piece

T = TypeVar("T")

WAIT_SHOWN_AFTER_SECONDS = 0.3
OPENING = "Opening..."


class Opens(Protocol):
    """What the app does for its screens: it opens what lies above a page."""

    attention: int
    """How many matters are pressing."""

    async def show(self, to: ConsoleDestination) -> None:
        """Show a screen above the page."""


class ConsoleScreen(Screen[None]):
    """Title, pages, content, two rows for what happened or is asked, keys: the same places on every screen."""

    AUTO_FOCUS = None
    PAGE: ClassVar[Page | None] = None
    """The page this is, or belongs to."""
    KEYMAP: ClassVar[Keymap] = Keymap("")
    """What the keys mean here; its row is the last one of the screen."""

    def __init__(self, operator: Operator) -> None:
        super().__init__()
        self.operator = operator
        self.services: Services | None = None
        """None until everything is open; the frame is there before."""
        self.shown: object = None
        """The state of the journal that the screen shows."""
        self.busy = False
        """A repair of this screen is under way."""
        self.one_at_a_time = asyncio.Lock()
        self._will_read = False
        self._title, self._pages, self._keys = Lines(id="title"), Lines(id="pages"), Lines(id="keys")
        self.foot = Foot(id="foot")

    def compose(self) -> ComposeResult:
        """Put the screen's own content into the frame."""
        yield self._title
        yield self._pages
        with Vertical(id="content"):
            yield from self.compose_content()
        yield self.foot
        yield self._keys

    def compose_content(self) -> Iterable[Widget]:
        """Return what stands between the pages and the last rows."""
        return ()

    async def read(self, services: Services) -> None:
        """Read what the screen shows and show it; called again whenever the journal has changed."""

    def on_mount(self) -> None:
        """Draw the frame, so that the first picture has it, then read."""
        self.begin()

    def on_screen_resume(self) -> None:
        """Show what happened meanwhile."""
        self.draw_frame()
        self.read_soon()

    def on_resize(self) -> None:
        """Fit the frame to the new size."""
        self.call_after_refresh(self.draw_frame)

    def begin(self) -> None:
        """Draw for the first time; it is read when the screen is shown."""
        self.draw_frame()

    def opened(self, services: Services) -> None:
        """Go on now that everything is open."""
        self.services = services
        self.draw_frame()
        self.read_soon()

    def read_soon(self) -> None:
        """Read in the background; what is asked for while a reading waits is seen by that one."""
        if self.services is not None and self.is_ready and not self._will_read:
            self._will_read = True
            self.run_worker(self.read_now(), group="read", exit_on_error=True)

    async def read_now(self) -> None:
        """Read once and show it; what can't be read is said."""
        services = self.services
        if services is None:
            return
        async with self.one_at_a_time:
            self._will_read = False
            try:
                await self.read(services)
            except KioskError as error:
                self.fail(error)
            if self.is_ready:
                self.draw_keys()

    @property
    def console(self) -> Opens:
        """The app, which opens what lies above a page."""
        return cast("Opens", self.app)

    @property
    def voice(self) -> ConsoleScreen:
        """The screen on which something can be said now: this one, or the one shown since it was left."""
        shown = self.app.screen
        return shown if isinstance(shown, ConsoleScreen) else self

    @property
    def is_ready(self) -> bool:
        """Whether all of the screen is there: not before it appears, not while it goes."""
        return self.is_attached and self.is_mounted and bool(self.query("#keys"))

    async def press(self, key: str, character: str | None) -> bool:
        """Do what a key means here, to its end, before the next one is looked at; False if it means nothing."""
        if self.foot.is_asking:
            self.foot.feed(key, character)
            self.draw_keys()
            return True
        for action in (*self.KEYMAP.actions, *EVERYWHERE.actions):
            if action.key == key and self.allows(action):
                await self.app.run_action(action.name, default_namespace=self)
                return True
        return False

    def paste(self, text: str) -> None:
        """Take a pasted text as an answer; it never is a command."""
        self.foot.insert(text.partition("\n")[0].rstrip("\r"))

    def allows(self, action: Action) -> bool:
        """Tell whether a key is there now."""
        del action
        return True

    def ask(self, question: str, then: Callable[[str], None]) -> None:
        """Ask something in the foot."""
        self.foot.ask(question, then)
        self.draw_keys()

    def fail(self, error: KioskError) -> None:
        """Say what happened, what it means, what to press."""
        if self.is_ready:
            kind = NoticeKind.LOOK if error.retryable else NoticeKind.STOP
            said = explain(error)
            self.foot.say(kind, said.line, said.hint)
            self.draw_keys()

    def run(self, flow: Coroutine[object, object, T], waiting: str, then: Callable[[T], object]) -> None:
        """Run a flow in the background, with words while it takes, and call `then` with its result.

        It outlives the screen, so that leaving undoes nothing.
        """
        self.busy = True
        self.draw_keys()
        self.app.run_worker(self._carry_out(flow, waiting, then), group="flows", exit_on_error=True)

    async def _carry_out(self, flow: Coroutine[object, object, T], waiting: str, then: Callable[[T], object]) -> None:
        task = asyncio.ensure_future(flow)
        try:
            done, _ = await asyncio.wait({task}, timeout=WAIT_SHOWN_AFTER_SECONDS)
            if not done:
                self.voice.foot.say(NoticeKind.WAIT, f"{waiting}...", "You may leave this page; it goes on.")
            result = await task
        except asyncio.CancelledError:
            task.cancel()  # the console ends; the journal knows what was asked for
            raise
        except KioskError as error:
            self._rest()
            self.voice.fail(error)
        else:
            self._rest()
            self.voice.foot.clear()
            then(result)

    def _rest(self) -> None:
        self.busy = False
        if self.is_ready:
            self.draw_keys()
            self.read_soon()

    def draw_frame(self) -> None:
        """Draw title, pages and keys."""
        if self.is_ready:
            width = self.app.size.width
            self._title.show([_ends(self._where(), self._standing(), width)])
            self._pages.show([self._page_names()])
            self.draw_keys()

    def draw_keys(self) -> None:
        """Draw the row of keys as they are now."""
        if self.foot.is_asking:
            self._keys.show(
                [[(" Enter ", "bold $chosen"), ("Do it   ", ""), ("Esc ", "bold $chosen"), ("Leave it", "")]]
            )
            return
        room = self.app.size.width - sum(map(_width, ALWAYS_SHOWN))
        shown = list(ALWAYS_SHOWN)
        for at, action in enumerate(action for action in self.KEYMAP.row if self.allows(action)):
            room -= _width(action)
            if room < 0:
                break
            shown.insert(at, action)
        pieces: list[Piece] = []
        for action in shown:
            pieces += [(f" {action.key_label} ", "bold $chosen"), (f"{_(action.label)} ", "$foreground")]
        self._keys.show([pieces])

    def _where(self) -> list[Piece]:
        desk = f" · {self.services.settings.desk.name}" if self.services else ""
        return [(" Parcel kiosk", "bold"), (desk, "$quiet")]

    def _standing(self) -> list[Piece]:
        who = [(f"   {self.operator.name}", "bold"), (f" · {self.operator.role.value} ", "$quiet")]
        if self.services is None:
            return [(OPENING, "$quiet"), *who]
        line = self.services.activity.connection.state.value
        sign, style = {"online": (FULL, "$done"), "offline": (HOLLOW, "bold $attention")}.get(line, (HOLLOW, "$quiet"))
        word = line if line in {"online", "offline"} else "not asked yet"
        return [(f"{self.services.settings.environment.value}   ", "$quiet"), (f"{sign} {word}", style), *who]

    def _page_names(self) -> list[Piece]:
        pieces: list[Piece] = []
        waiting = self.console.attention
        for page, action in PAGES.items():
            count = f" {waiting}" if page is Page.ATTENTION and waiting else ""
            words = f"{action.key} {_(action.label)}{count}"
            if page is self.PAGE:
                pieces.append((f"{ARROW}{words}{ARROW_BACK}", "bold $chosen-text on $chosen"))
                pieces.append((" ", "$quiet"))
            else:
                pieces.append((f" {words}  ", "bold $attention" if count else "$quiet"))
        return pieces


def _width(action: Action) -> int:
    return cell_len(action.key_label) + cell_len(_(action.label)) + 3


def _ends(left: list[Piece], right: list[Piece], width: int) -> list[Piece]:
    """Put one text at each end of a row; the left one gives way first."""
    room = width - sum(cell_len(text) for text, _ in right)
    pieces: list[Piece] = []
    for text, style in left:
        short = shorten(text, max(room - 1, 0))
        pieces.append((short, style))
        room -= cell_len(short)
    return [*pieces, (" " * max(room, 0), ""), *right]
