"""What the screens of both consoles share: the frame, keys in their order, reading, and showing errors.

Calm for a slow line: no clock, no animation; what did not change is not painted again. What the screens read from is
open here: the desk's console in `base.py`, that of all desks in `screens/fleet/base.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widget import Widget

from kiosk.errors import KioskError
from kiosk.words.errors import explain
from kiosk.words.language import _
from screens.actions import Action, Keymap
from screens.console import frame
from screens.flow import SHOW_WAIT_AFTER_SECONDS, begin, outcome
from screens.widgets.lines import Lines
from screens.widgets.message_line import MessageLine
from screens.widgets.notice import NoticeKind

if TYPE_CHECKING:
    from kiosk.parcels.people import Person
    from screens.widgets.drawn import Piece

S = TypeVar("S")
"""What the screens read from, and work with."""
T = TypeVar("T")


class FramedScreen(Screen[None], Generic[S]):
    """Title, pages, content, two rows for what happened or is asked, keys: the same places on every screen."""

    AUTO_FOCUS = None
    EVERYWHERE: ClassVar[Keymap]
    """The keys that every screen of the console has."""
    KEYMAP: ClassVar[Keymap] = Keymap("")
    """What the keys mean here; its row is the last of the screen."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.person = person
        self.services: S | None = None
        """None until everything is open; the frame is there before."""
        self.shown: object = None
        """The state of the journal that the screen shows."""
        self.busy = False
        """A repair of this screen is under way."""
        self.one_at_a_time = asyncio.Lock()
        self._will_read = False
        self._title, self._pages, self._keys = Lines(id="title"), Lines(id="pages"), Lines(id="keys")
        self.message_line = MessageLine(id="message-line")
        for each in (self._title, self._pages, self._keys, self.message_line):
            each.sentence_rank = 0  # what a page is about stands in its content
        self.body: Lines | None = None
        """Through this the arrows move: a table, or a page to read."""

    def compose(self) -> ComposeResult:
        """Put the screen's own content into the frame."""
        yield self._title
        yield self._pages
        with Vertical(id="content"):
            yield from self.compose_content()
        yield self.message_line
        yield self._keys

    def compose_content(self) -> Iterable[Widget]:
        """Return what stands between the pages and the last rows."""
        if self.body is not None:
            yield self.body

    async def read(self, services: S) -> None:
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

    def opened(self, services: S) -> None:
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
            # Before reading: what is asked for from here on may not be seen by it, and gets a reading of its own.
            self._will_read = False
            try:
                await self.read(services)
            except KioskError as error:
                self.fail(error)
            if self.is_ready:
                self.draw_keys()

    def title_row(self, width: int) -> list[Piece]:
        """Return the first row, in so many cells."""
        raise NotImplementedError

    def page_names(self, width: int) -> list[list[Piece]]:
        """Return the pages' names, in rows of so many cells."""
        raise NotImplementedError

    @property
    def front(self) -> FramedScreen[S]:
        """The screen on which something can be said now: this one, or the one shown since it was left."""
        shown = self.app.screen
        return shown if isinstance(shown, FramedScreen) else self

    @property
    def is_ready(self) -> bool:
        """Whether all of the screen is there: not before it appears, not while it goes."""
        return self.is_attached and self.is_mounted and bool(self.query("#keys"))

    async def press(self, key: str, character: str | None) -> bool:
        """Do what a key means here, to its end, before the next one is looked at.

        False if it means nothing, or is refused, and then it is said why.
        """
        if self.message_line.is_asking:
            self.message_line.feed(key, character)
            self.draw_keys()
            return True
        action = self._action_of(key)
        if action is None:
            return False
        if not self.allows(action):
            self.refuse(action)
            return False
        await self.do(action)
        return True

    def take_as_text(self, key: str) -> None:
        """Say why nothing is done with a text that came where nothing asks for one; `key` is its first sign's."""
        action = self._action_of(key)
        if action is not None and not self.allows(action):
            self.refuse(action)
            return
        title = _("Too fast to be keys: it was taken as text, and nothing was done.")
        self.message_line.say(NoticeKind.LOOK, title, _("Press one key. Type a reason only after it is asked for."))

    def refuse(self, action: Action) -> None:
        """Say why a key does not work now, where that is not plain to see."""
        del action

    def _action_of(self, key: str) -> Action | None:
        """Return what a key stands for here: of two with one key, the one that works now."""
        found = [action for action in (*self.KEYMAP.actions, *self.EVERYWHERE.actions) if action.key == key]
        return next((action for action in found if self.allows(action)), found[0] if found else None)

    async def do(self, action: Action) -> None:
        """Do what a key stands for."""
        await self.app.run_action(action.name, default_namespace=self)

    def action_move(self, by: int) -> None:
        """Move by rows or lines."""
        if self.body is not None:
            self.body.move(by)
            self.moved()

    def action_page(self, by: int) -> None:
        """Move by windows full."""
        if self.body is not None:
            self.body.page(by)
            self.moved()

    def action_to_end(self, way: int) -> None:
        """Go to the beginning or the end."""
        if self.body is not None:
            self.body.to_end(way)
            self.moved()

    def moved(self) -> None:
        """Go on after somebody moved: other keys may fit."""
        self.draw_keys()

    def paste(self, text: str) -> None:
        """Take a pasted text as an answer; it never is a command."""
        # One line: a line end in it is no Enter, and what stands behind it no key.
        self.message_line.insert(text.partition("\n")[0].rstrip("\r"))

    def allows(self, action: Action) -> bool:
        """Tell whether a key is there now."""
        del action
        return True

    def ask(self, question: str, then: Callable[[str], None]) -> None:
        """Ask something above the row of keys."""
        self.message_line.ask(question, then)
        self.draw_keys()

    def fail(self, error: KioskError) -> None:
        """Say what happened, what it means, what to press."""
        if self.is_ready:
            kind = NoticeKind.LOOK if error.retryable else NoticeKind.STOP
            said = explain(error)
            self.message_line.say(kind, said.line, said.hint)
            self.draw_keys()

    def run(self, flow: Coroutine[object, object, T], waiting: str, then: Callable[[T], object]) -> None:
        """Run a flow in the background, with words while it takes, and call `then` with its result.

        It outlives the screen, so that leaving undoes nothing.
        """
        self.busy = True
        self.draw_keys()
        begin(self.app, self._carry_out(flow, waiting, then))

    async def _carry_out(self, flow: Coroutine[object, object, T], waiting: str, then: Callable[[T], object]) -> None:
        # `front` is asked for when it is said: by then another page may be shown.
        def say() -> None:
            if self._is_open:
                leave = _("You can leave this page; it continues.")
                self.front.message_line.say(NoticeKind.WAIT, f"{waiting}...", leave)

        try:
            result = await outcome(flow, [(SHOW_WAIT_AFTER_SECONDS, say)])
        except KioskError as error:
            self._rest()
            if self._is_open:
                self.front.fail(error)
        else:
            self._rest()
            if self._is_open:
                self.front.message_line.clear()
                then(result)

    @property
    def _is_open(self) -> bool:
        """Whether the console is still there: a flow that outlives its screen may outlive the console too."""
        return bool(self.app.screen_stack) and self.front.is_ready

    def _rest(self) -> None:
        self.busy = False
        if self.is_ready:
            self.draw_keys()
            self.read_soon()

    def draw_frame(self) -> None:
        """Draw title, pages and keys."""
        if self.is_ready:
            self._title.show([self.title_row(self.app.size.width)])
            names = self.page_names(self.app.size.width)
            # The blank row beneath is the first to go.
            self._pages.styles.height, self._pages.styles.margin = len(names), (0, 0, 1 if len(names) == 1 else 0, 0)
            self._pages.show(names)
            self.draw_keys()

    def draw_keys(self) -> None:
        """Draw the row of keys as they are now."""
        rows = [frame.answer_keys()]
        if not self.message_line.is_asking:
            rows = frame.keys([action for action in self.KEYMAP.row if self.allows(action)], self.app.size.width)
        self._keys.styles.height = len(rows)
        self._keys.show(rows)
