"""The one input model: from signs, keys and touches with their times of arrival to scans, typed text and presses.

A pure state machine. A scan ends by Enter, Tab or line feed; silence ends one only for a scanner that is known to
send no end. Whatever comes at scanner speed is data: a key or a touch counts only when nothing came right before it
and nothing follows it. What a hand typed and what a scanner sent is told apart in `runs.py`, which presses are a
hand's in `presses.py`; what a code means is the business of `kiosk/tracking`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf

from kiosk.scanner.lines import LastCode, Lines
from kiosk.scanner.presses import ControlTail, Presses
from kiosk.scanner.runs import LONGEST_PAUSE_SECONDS, Parts, Recognition, Run, shorten, told_apart
from kiosk.scanner.tokens import (
    ENDS,
    ERASING,
    MODIFIERS,
    MOVING,
    SCANNER_GAP_SECONDS,
    Act,
    Alone,
    Erased,
    Key,
    Paste,
    Pointer,
    Pressed,
    Repeated,
    Scan,
    Sign,
    Token,
    TooLong,
    Touch,
    Touched,
    Typed,
)
from kiosk.tracking.codes import Code

SILENCE_SECONDS = 0.4
"""A silence this long ends a scan of a scanner that sends no end; radio scanners pause 0.25 s in mid-code."""

ALONE_SECONDS = 0.6
"""A sign with this much silence behind it stands alone; the same ends a certain number behind a prefix."""

SILENCES = (SCANNER_GAP_SECONDS, SILENCE_SECONDS, ALONE_SECONDS)
"""After how many seconds of silence the machine wants to hear of it."""

LATE_END_SECONDS = 0.5
"""An end this soon after another, or after a silence that ended a scan, belongs to that: the line brought it late."""

LONGEST_PIECE = 4096
"""Signs in one piece; no code of a parcel comes near."""


class Machine:
    """What came since the last end, and what it may still become."""

    def __init__(
        self,
        *,
        is_certain: Callable[[Code], bool],
        is_unmistakable: Callable[[str], bool] = lambda _: False,
        prefix: str = "",
        ends_by_silence: bool = False,
        only_scans: bool = False,
        alone_after: float = ALONE_SECONDS,
    ) -> None:
        self.is_certain = is_certain
        """Tells whether a code can only be a parcel's number; what it reads for that is handed on with the code."""
        self._is_unmistakable = is_unmistakable
        self.prefix, self.ends_by_silence = prefix, ends_by_silence
        self._only_scans = only_scans
        """A device of its own sends this: nobody types on it, so nothing is told apart."""
        self._alone_after = alone_after
        self._presses = Presses()
        self._tail = ControlTail()
        self._runs: list[Run] = []
        self._length = 0
        """Signs in the runs, also those over the longest piece."""
        self._last_at = -inf
        """When the last sign came, or what came at scanner speed with it."""
        self._ended_at, self._ended_by = -inf, ""
        """When the last text ended, and by which key; silence has none."""
        self._in_burst = False
        """What is coming began right behind the end of what came before."""
        self._lines = Lines()
        self.last_code = LastCode()
        self._told_alone = False

    def feed(self, token: Token, at: float) -> list[Act]:
        """Take in what arrived at a moment, in seconds, and return what is sure by it."""
        # The silence before a token may have ended a scan: decided later, the token would become a part of it.
        acts = self.quiet(at)
        match token:
            case Sign():
                acts += self._sign(token.character, at)
            case Key():
                acts += self._key(token, at)
            case Touch():
                acts += self._touch(token, at)
            case Paste():
                self.forget_typed()
                acts.append(token)
        return acts

    def quiet(self, at: float) -> list[Act]:
        """Hear that nothing else has arrived by this moment, and return what the silence decides."""
        silence = at - max(self._last_at, self._ended_at, self._presses.last_at)
        if silence <= SCANNER_GAP_SECONDS:
            return []
        acts = self._let_go()
        if self._length > LONGEST_PIECE:
            self.forget_typed()
            return [*acts, TooLong()]
        if self._ends_by(silence):
            acts += self._end(at, by="")
        elif silence >= self._alone_after and self._is_alone and not self._told_alone:
            self._told_alone = True
            acts.append(Alone(self._runs[0].text))
        return acts

    @property
    def _is_alone(self) -> bool:
        return len(self._runs) == 1 == len(self._runs[0].text) and not (self._runs[0].is_typed or self._only_scans)

    def forget_typed(self) -> None:
        """Let what was typed be part of nothing that comes: it was used."""
        self._runs, self._length = [], 0
        self._tail.end()

    def _ends_by(self, silence: float) -> bool:
        """Tell whether so much silence ends the scan that is coming."""
        if self.ends_by_silence and silence >= SILENCE_SECONDS:
            return bool(self._told_apart(self._runs).scans)
        # Behind the prefix it is a scan: a number that is certain counts even if its end was lost.
        is_marked = silence >= ALONE_SECONDS and any(run.is_scan for run in self._runs)
        return is_marked and any(map(self.is_certain, self._told_apart(self._runs).scans[-1:]))

    def _told_apart(self, runs: Sequence[Run]) -> Parts:
        return told_apart(runs, Recognition(self.is_certain, self._is_unmistakable))

    def _sign(self, sign: str, at: float) -> list[Act]:
        """Take a sign as the next of a run, or as the first of a new one."""
        self._keep_as_data()
        if self._tail.takes(sign, at):
            self._last_at = at
            return []
        # What began like a control sequence is text after all, and came before this sign.
        signs = self._tail.returned() + sign
        for each in signs:
            self._add(each, at)
        if self.prefix and "".join(run.text for run in self._runs).endswith(self.prefix):
            self._begin_scan()
            return []
        shown = "" if self._only_scans else "".join(each for each in signs if each.isprintable())
        return [Typed(shown)] if shown and self._length <= LONGEST_PIECE else []

    def _add(self, sign: str, at: float) -> None:
        pause = at - self._last_at
        if not self._runs:
            self._in_burst = at - self._ended_at <= SCANNER_GAP_SECONDS
            self._told_alone = False
        if not self._runs or pause > (LONGEST_PAUSE_SECONDS if self._only_scans else SCANNER_GAP_SECONDS):
            self._runs.append(Run(pause=pause, is_scan=self._only_scans))
        else:
            self._runs[-1].took += pause
        self._length += 1
        if self._length <= LONGEST_PIECE:
            self._runs[-1].text += sign
        self._last_at = at

    def _begin_scan(self) -> None:
        """Begin a scan of its own behind the scanner's prefix, which a slow line may have torn."""
        shorten(self._runs, len(self.prefix))
        self._runs.append(Run(is_scan=True))

    def _key(self, key: Key, at: float) -> list[Act]:
        if key.name in MODIFIERS:
            return []
        if key.name in ENDS:
            return self._end_key(key.name, at)
        # A control sign such as STX can be the prefix, and comes as a key.
        if self.prefix and key.character == self.prefix:
            self._keep_as_data()
            self._add(self.prefix, at)
            self._begin_scan()
            return []
        # A line that tears a control sequence delivers an Escape key and then the rest as signs.
        if key.name == "escape":
            self._tail.begin(at)
        else:
            self._tail.end()
        return [] if self._is_data(at) or self._only_scans else self._press(key, at)

    def _press(self, key: Key, at: float) -> list[Act]:
        """Take a key that may be a hand's."""
        if key.name in ERASING:
            return self._erase(everything=ERASING[key.name])
        if key.name in MOVING:
            return [Pressed(key.name)]
        self._presses.hold(key, at)
        return []

    def _touch(self, touch: Touch, at: float) -> list[Act]:
        if self._is_data(at):
            return []
        if touch.pointer is Pointer.SCROLL:
            return [Touched(touch.event)]
        self._presses.hold(touch, at)
        return []

    def _is_data(self, at: float) -> bool:
        """Tell whether a key or a touch comes at scanner speed behind a sign or an end: then it is part of that."""
        if self._runs and at - self._last_at <= SCANNER_GAP_SECONDS:
            # Otherwise the signs behind it would seem to come after a pause.
            self._last_at = at
            return True
        if at - self._ended_at <= SCANNER_GAP_SECONDS:
            self._ended_at = at
            return True
        return False

    def _erase(self, *, everything: bool) -> list[Act]:
        if everything:
            self.forget_typed()
        elif self._runs:
            self._length -= 1
            shorten(self._runs, 1)
            # Nobody takes back signs of a scan.
            for run in self._runs:
                run.is_typed = True
        return [Erased(everything)]

    def _end_key(self, name: str, at: float) -> list[Act]:
        if self._runs:
            return self._end(at, by=name)
        if at - self._ended_at <= LATE_END_SECONDS:
            if self._lines and (self._ended_by, name) != ("enter", "ctrl+j"):
                self._keep(Code(), is_typed=True)  # an empty line; CR LF is one end
            self._ended_at, self._ended_by = at, name
        elif name == "enter" and not self._only_scans:
            self._presses.hold(Key(name), at)
        return []

    def _end(self, at: float, *, by: str) -> list[Act]:
        """End what was typed or scanned."""
        runs, is_too_long = self._runs, self._length > LONGEST_PIECE
        is_at_once = at - self._last_at <= SCANNER_GAP_SECONDS
        self.forget_typed()
        self._ended_at, self._ended_by = at, by
        if is_too_long:
            return [TooLong()]
        parts = self._told_apart(runs)
        if parts.scans:
            acts = [act for code in parts.scans[:-1] for act in self._code(code, at)]  # without an end of their own
            self._in_burst = self._in_burst and len(parts.scans) == 1
            return [*acts, *self._code(parts.scans[-1], at)]
        # At scanner speed behind a line that waits, a text that proves nothing is one more line of the same burst.
        if is_at_once and self._lines:
            self._keep(Code(parts.typed), is_typed=True)
            return []
        self.last_code.forget()
        # The pause before Enter has already shown that a hand pressed it.
        if not is_at_once:
            return [Pressed("enter")]
        # With the text: if something follows at once it was a line of a code, and `_keep_as_data` keeps it.
        self._presses.hold(Key("enter", parts.typed), at)
        return []

    def _code(self, code: Code, at: float) -> list[Act]:
        """Return what is to be done with a code now; one that may be a line of something larger waits for silence."""
        if self.last_code.is_repeated_by(code, at):
            return [Repeated(code)]
        # What silence ended can't be a line of something larger, for nothing followed it.
        if self._lines or (self._ended_by and not self.is_certain(code)):
            self._keep(code)
            return []
        follows, self._in_burst = self._in_burst, True
        return [Scan((code,), follows)]

    def _keep(self, line: Code, *, is_typed: bool = False) -> None:
        self._lines.keep(line, follows=self._in_burst, is_typed=is_typed)
        self._in_burst = True

    def _keep_as_data(self) -> None:
        """Take what waits to be a press as data: a sign came at scanner speed behind it."""
        for each in self._presses.drop():
            if isinstance(each, Key) and each.name == "enter" and each.character:
                self._keep(Code(each.character), is_typed=True)

    def _let_go(self) -> list[Act]:
        """Return the codes, or the press, that nothing followed."""
        acts: list[Act] = list(self._lines.let_go())
        presses = self._presses.let_go()
        if presses:
            self.forget_typed()
            self.last_code.forget()
        return acts + presses
