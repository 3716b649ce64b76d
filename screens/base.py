"""What the clerk's screens share: the frame, running a flow with words while it takes, and showing errors.

Screens get `Services` and values; they never reach for the app but to run work that outlives them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from math import inf
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widget import Widget

from kiosk.errors import KioskError
from kiosk.scanner.tokens import Token
from kiosk.tracking.codes import Code
from kiosk.words.errors import explain
from kiosk.words.language import _
from screens.actions import Action, Keymap
from screens.asking import Asking
from screens.clerk_actions import DETAILS, EVERYWHERE, HOME, LATER, NO, UNDO
from screens.destinations import TopDestination
from screens.flow import begin, carry_out
from screens.messages import Cover, EntryUsed, Failed, GoHome, ScreenWanted
from screens.widgets.action_row import MOST_TARGETS, ActionItem, ActionRow
from screens.widgets.notice import Greeting, Notice, NoticeKind
from screens.widgets.status_bar import Status, StatusBar
from screens.widgets.step_bar import StepBar
from screens.widgets.touch_keyboard import TouchKeyboard

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.parcels.people import Person

T = TypeVar("T")


class ClerkScreen(Screen[None], inherit_bindings=False):
    """Step bar, content, notice, keys, status bar: the same places on every screen."""

    AUTO_FOCUS = None
    KEYMAP: ClassVar[Keymap] = Keymap("")
    """What the keys mean here."""
    STEP: ClassVar[int] = 0
    """Which step of an intake this is; 0 shows no steps."""
    SHOWS_ENTRY: ClassVar[bool] = False
    """Whether a field shows what is typed; else only a scan counts."""
    SEARCHES: ClassVar[bool] = False
    """Whether that field waits for something else than a parcel's number."""
    TAKES_TOKENS: ClassVar[bool] = False
    """Whether the screen looks at what arrives itself: then no scan is a parcel here, and nothing is typed."""
    TAKES_ALL_SCANS: ClassVar[bool] = False
    """Whether every code that is scanned here is given to `takes_scan`, however many come at once: none is a parcel."""
    SILENCE_ENDS: ClassVar[bool] = True
    """Whether a scan needs no Enter here; not where another key may follow that says what it is."""

    person: Person
    """Who works at the desk; the navigator tells every screen."""

    def __init__(self) -> None:
        super().__init__()
        self.busy = False
        """A flow of this screen is under way; its keys wait."""
        self.seen_since = inf
        """When the screen was painted as it is, on the clock of the system; at its end, until it is."""
        self.turn = 0
        """Counts what the screen was about: one that is used again is no longer at what it was asked before."""
        self.greeting = Greeting()
        """What the notice says when the screen appears: what is special, and what to do."""
        self.asking = Asking(self, self._item, self._asked)
        self.undo_label = ""
        """What can be undone, as its key says it; nothing while nothing can."""
        self._status_bar = StatusBar()

    def compose(self) -> ComposeResult:
        """Put the screen's own content into the frame."""
        if self.STEP:
            yield StepBar(self.STEP)
        with Vertical(id="content"):
            yield from self.compose_content()
        yield Notice(self.greeting.kind, self.greeting.title, self.greeting.sentence, id="notice")
        yield TouchKeyboard(id="keys")
        yield self._status_bar

    def on_mount(self) -> None:
        """Begin, unless the kiosk ended while the screen was being put together."""
        # A screen overrides `appear` and not this: Textual calls the `on_mount` of every class, the screen's first.
        if self.query("#keys"):
            self.show_actions()
            self.appear()

    def appear(self) -> None:
        """Begin with what the screen is for, now that all its widgets are there."""

    def on_screen_resume(self) -> None:
        """Let keys count only after the screen was seen."""
        self.ask_anew()

    def ask_anew(self) -> None:
        """Let what the keys mean be seen before one counts: the screen asks something new."""
        self.seen_since = inf
        # Counted from the painting, not from now: layout and drawing take their time.
        self.call_after_refresh(self._is_painted)

    def _is_painted(self) -> None:
        self.seen_since = time.monotonic()

    def compose_content(self) -> Iterable[Widget]:
        """Return what stands between the steps and the keys."""
        return ()

    def show_status(self, status: Status) -> None:
        """Show environment, connection, writes on their way and time."""
        self._status_bar.status = status

    def offer_undo(self, label: str) -> None:
        """Offer to undo the last step, or nothing any more."""
        is_new, self.undo_label = label != self.undo_label, label
        if is_new and self.is_ready:
            self.show_actions()

    def parcels_changed(self, last: Parcel | None) -> None:
        """Look at what may have changed behind the screen; `last` is the parcel shown last, as it stands."""

    def entry_changed(self, text: str) -> None:
        """Show what has been typed so far; for screens with a field."""

    def entry_completed(self, text: str) -> bool:
        """Use what was typed; False makes it a parcel's number. Only for screens with a field."""
        return not text

    def take_tokens(self, tokens: Sequence[Token], at: float) -> None:
        """Look at what arrived at one moment, in seconds on the clock of arrival; for screens that take tokens."""

    def take_silence(self, at: float) -> None:
        """Hear that nothing else has come by a moment; for screens that take tokens."""

    async def takes_scan(self, code: Code) -> bool:
        """Use a scanned code for what this screen asks; False makes it a parcel."""
        del code
        return False

    def action_of(self, key: str) -> Action | None:
        """Return the action that a key stands for here, None where it stands for none now.

        Textual's own bindings are not used: keys come from the reader, one after the other, and scans among them.
        """
        keymap = self.KEYMAP
        for action in (*keymap.actions, *keymap.answers, *EVERYWHERE.actions):
            # Help, theme and leaving work also while a question is asked, when `works` lets only its answers through.
            if action.key == key and (action.name.startswith("app.") or self.works(action.name)):
                return action
        return None

    def action_items(self) -> tuple[ActionItem, ...]:
        """Return the row of keys as it stands now; only the way back while a question is asked."""
        if self.asking.answers:
            return (self._item(NO),)
        items = [
            self._item(action, enabled=enabled)
            for action in self.KEYMAP.row
            if (enabled := self.allows(action)) is not None
        ]
        if self.undo_label:
            items.append(self._item(UNDO))
        # Their keys work without a target too.
        for spare in (DETAILS.name, UNDO.name):
            items = items if len(items) <= MOST_TARGETS else [item for item in items if item.action != spare]
        return tuple(items)

    def _item(self, action: Action, *, enabled: bool = True) -> ActionItem:
        return ActionItem(action.name, action.key_label, self.label_of(action), main=action.main, enabled=enabled)

    def label_of(self, action: Action) -> str:
        """Return the words on a key."""
        return self.undo_label if action is UNDO else _(action.label)

    def allows(self, action: Action) -> bool | None:
        """Tell whether a key works now; None leaves it out of the row."""
        return not self.busy or action.name in {LATER.name, HOME.name}

    def show_actions(self) -> None:
        """Draw the row of keys anew after something changed."""
        for row in self.query("#keys").results(ActionRow):
            row.items = self.action_items()

    @property
    def is_ready(self) -> bool:
        """Whether all of the screen is there: not before it appears, not while it goes."""
        return self.is_attached and self.is_mounted and bool(self.query("#keys"))

    @property
    def about(self) -> str:
        """What the screen is about, for words that are shown on another one."""
        return ""

    @property
    def notice(self) -> Notice:
        """The strip above the keys."""
        return self.query_one("#notice", Notice)

    def fail(self, error: KioskError, *, about: str = "") -> None:
        """Say what happened, to what if it is not what this screen shows, what it means, what to do."""
        if not self.is_ready:
            return
        kind = NoticeKind.LOOK if error.retryable else NoticeKind.STOP
        said = explain(error, to_clerk=True)
        line = _("Parcel {about}: {said}").format(about=about, said=said.line) if about else said.line
        self.notice.say(kind, line, said.hint)
        self.post_message(Failed(kind))

    async def failed(self, error: KioskError) -> None:
        """Go on after a flow of this screen failed."""
        self.fail(error)

    def leave(self, message: ScreenWanted) -> None:
        """Ask for another screen; until it is there, no key does anything here."""
        self.set_busy(busy=True)
        self.want(message)

    def cover(self, to: TopDestination) -> None:
        """Ask for a screen on top of this one, which waits beneath until that one is left."""
        self.want(Cover(to))

    def want(self, message: ScreenWanted) -> None:
        """Ask for another screen in the name of this one, as it is now."""
        # The turn too, for the recipient screen is kept: while the message waits it may get another parcel.
        message.origin, message.turn = self, self.turn
        self.post_message(message)

    def run(
        self, flow: Coroutine[object, object, T], waiting: str, then: Callable[[T], object], *, opening: bool = False
    ) -> None:
        """Run a flow in the background, with words while it takes, and call `then` with its result (`screens/flow.py`).

        With `opening` it belongs to the screen's appearing, and the greeting stays.
        """
        if not opening:
            self.greeting = Greeting()
        self.set_busy(busy=True)
        self.greet()
        # A worker of the app: one of the screen would be cancelled with it, in the middle of a write.
        begin(self.app, carry_out(self, flow, waiting, then))

    async def on_action_row_chosen(self, message: ActionRow.Chosen) -> None:
        """Do what was tapped."""
        message.stop()
        await self.run_action(message.action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let Textual run an action only where its key would do the same."""
        return self.works(f"{action}({', '.join(map(repr, parameters))})" if parameters else action)

    def works(self, name: str) -> bool:
        """Tell whether an action can be done now.

        An answer only while it is asked for, and then nothing else; one in the row only while its target there is on.
        """
        if name in {answer.name for answer in self.KEYMAP.answers}:
            return not self.busy and name in {answer.name for answer in self.asking.answers}
        # A key without a target, such as an arrow, is not in the row: `all` of nothing lets it through.
        return not self.asking.answers and all(self.allows(known) for known in self.KEYMAP.row if known.name == name)

    def ask_first(self, title: str, sentence: str, question: Keymap) -> None:
        """Ask; each answer is an action of the screen, and `NO` leaves everything as it is."""
        self.asking.ask(title, sentence, [answer for answer in question.row if self.allows(answer)])

    def action_no(self) -> None:
        """Leave everything as it is."""
        self.asking.go_back()

    def action_later(self) -> None:
        """Leave the parcel as it is and go home."""
        self.post_message(EntryUsed())
        self.leave(GoHome())

    def action_home(self) -> None:
        """Go home."""
        self.leave(GoHome())

    def _asked(self) -> None:
        self.show_actions()
        self.ask_anew()

    def is_still_at(self, turn: int) -> bool:
        """Tell whether the screen is still there, and about what it was about at that turn."""
        return self.is_ready and self.turn == turn and self in self.app.screen_stack

    def greet(self) -> None:
        """Say what is special, and what to do."""
        self.notice.say(self.greeting.kind, self.greeting.title, self.greeting.sentence)

    def set_busy(self, *, busy: bool) -> None:
        """Let keys wait while a flow of this screen is under way."""
        self.busy = busy
        self.show_actions()
