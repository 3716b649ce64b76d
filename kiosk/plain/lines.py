"""A conversation in lines: something is said, something is asked, and the answer is one line.

    1: Maria Lopez, 2nd floor
    2: Mario Lopez, mailroom
    For whom is it? Type the number, or another part of the name.

`?`, `again`, `back` and `more` work at every question. What the background tells comes as a line of its own and never
into a line that is being typed; then the question is said again.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine, Iterable, Sequence
from typing import TypeVar

from kiosk.errors import KioskError
from kiosk.plain.questions import (
    Choice,
    InputOver,
    Interrupted,
    NobodyThere,
    Question,
    ScannedNext,
    WentBack,
    WentTo,
    Word,
)
from kiosk.plain.signs import lines_of
from kiosk.plain.terminal import Heard, Terminal
from kiosk.plain.typing import Entry, Input, Stroke, Typing
from kiosk.plain.waiting import during
from kiosk.plain_text import plain
from kiosk.tracking.codes import Code
from kiosk.words.errors import explain
from kiosk.words.language import N_, _, ngettext

T = TypeVar("T")

PROMPT = "> "
AS_TEXT = "="
"""Typed in front of a text, it is no word of ours: somebody may be called List."""
PAGE = 9
"""Choices that are offered at a time: nobody keeps more in mind that were heard."""
MOST_WAITING = 1000
"""Entries that may wait before no more is read."""

HELP = Word(N_("help"), N_("says what can be answered here; so does ?"), None)
AGAIN = Word(N_("again"), N_("says the last thing once more"), None)
BACK = Word(N_("back"), N_("leaves this question; nothing is changed by it"), None)
MORE = Word(N_("more"), N_("says the next choices"), None)
YES, NO = Word(N_("yes"), N_("does it"), True), Word(N_("no"), N_("leaves everything as it is"), False)


class Talk:
    """One conversation on one terminal."""

    def __init__(self, terminal: Terminal, everywhere: Sequence[Word[object]] = ()) -> None:
        self._terminal = terminal
        self.everywhere = everywhere
        """Words that can be typed at every question, with more behind them; each ends the question."""
        self.idle_seconds: float | None = None
        """After how long without a line `NobodyThere` ends a question."""
        self.to_clerk = True
        """Whether errors are said as a clerk needs them, and not with hosts, settings and commands."""
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[Input] = deque()
        self._came = asyncio.Event()
        self.typing = Typing(self._heard, self._show, self._show_again, is_live=terminal.is_live)
        self._said: list[str] = []
        """What was said since the last answer."""
        self._told: dict[str, str] = {}
        """What the background tells and was not said yet."""
        self._asked: Question[object] | None = None
        """The question that waits for its answer."""
        self._first = 0
        """Which of its choices are offered now, from 0."""
        self._has_prompt = False
        """The last line written is the one that somebody types into."""

    def open(self) -> None:
        """Begin to read."""
        self._terminal.open(self._from_thread)

    def say(self, *sentences: str) -> None:
        """Say something, each sentence from the beginning of a line; `again` says it once more."""
        for each in filter(None, sentences):
            self._said.append(each)
            self._write_line(each)

    def fail(self, error: KioskError) -> None:
        """Say an error: what happened, what it means, what to do."""
        said = explain(error, to_clerk=self.to_clerk)
        self.say(said.line, said.hint)

    def tell(self, line: str, about: str = "") -> None:
        """Say what happened by itself: now where a question waits and nothing is typed, else before the next one.

        What was not said yet `about` the same is not said any more.
        """
        self._told.pop(about or line, None)
        self._told[about or line] = line
        if self._asked is not None and not self.typing.typed and not self._waiting:
            self._say_told()
            self._ask_again()

    async def ask(self, question: Question[T]) -> T:
        """Ask, and return the answer; raises one of the turns of `questions.py` where there is none."""
        self._say_told()
        self._asked, self._first = question, 0
        try:
            self._say_choices()
            self._ask_again()
            while True:
                entry = await self._next()
                answer = self._answer(question, entry)
                if answer is not None:
                    self._said.clear()
                    return answer[0]
                self._say_told()
                self._ask_again()
        finally:
            self._asked = None

    async def is_sure(self, text: str, about: str = "") -> bool:
        """Ask before something that can't be taken back; only the whole word does it."""
        return await self.ask(Question(text, words=(YES, NO), enter=Choice(_(NO.about), False), about=about))

    async def during(self, work: Coroutine[object, object, T], doing: str) -> T:
        """Return what some work returns; where it takes longer, `doing` is said, and then that nothing is lost."""
        return await during(work, doing, self._write_line)

    def expect_again(self) -> None:
        """Let the code scanned last count again at once: what it asked for failed."""
        self.typing.machine.last_code.forget()

    def _from_thread(self, heard: Heard) -> None:
        try:
            self._loop.call_soon_threadsafe(self.typing.take, heard)
        except RuntimeError:  # the conversation is over
            return

    def _heard(self, what: Input) -> None:
        if isinstance(what, Entry):
            what = what._replace(is_shown=what.is_shown and self._shows_typed)
        self._waiting.append(what)
        self._terminal.hold(is_full=len(self._waiting) > MOST_WAITING)
        self._came.set()

    async def _next(self) -> Input:
        while not self._waiting:
            self._came.clear()
            try:
                async with asyncio.timeout(self.idle_seconds):
                    await self._came.wait()
            except TimeoutError:
                self._end_prompt()
                raise NobodyThere from None
        if self._waiting[0] is Stroke.END:
            self._end_prompt()
            raise InputOver  # and it stays: whatever asks next hears it too
        what = self._waiting.popleft()
        self._terminal.hold(is_full=len(self._waiting) > MOST_WAITING)
        return what

    def _answer(self, question: Question[T], what: Input) -> tuple[T] | None:
        """Return the answer; None where there is none and the question is to be asked again."""
        if isinstance(what, Stroke):
            self._take_stroke(what)
            return None
        self._show_taken(question, what)
        text = what.text.strip()
        if not question.takes_scans and any(map(self.typing.is_parcel, what.codes)):
            raise ScannedNext(what)
        if self._is_said(question, text):
            return None
        return self._found(question, what, text)

    def _found(self, question: Question[T], what: Entry, text: str) -> tuple[T] | None:
        """Return what a text means as an answer; raises the turn that it means instead."""
        if not text and question.enter is not None:
            return (question.enter.value,)
        if text.isdecimal() and len(text) < 4 and 0 < int(text) <= len(question.choices):
            return (question.choices[int(text) - 1].value,)
        for word in question.words:
            if word.is_meant(text):
                return (word.value,)
        if BACK.is_meant(text):
            raise WentBack
        if not question.is_secret:
            self._go_elsewhere(text)
        if text and question.free is not None:
            return (question.free(Code(text[1:]) if text.startswith(AS_TEXT) else what.codes[0]),)
        if text:
            shown = "" if question.is_secret else text
            self._write_line(_("That is no answer here: {text}. Type ? for help.").format(text=shown))
        return None

    def _go_elsewhere(self, text: str) -> None:
        """Raise WentTo where a text is a word that can be typed everywhere, or begins with one that takes more."""
        first, blank, rest = text.partition(" ")
        for each in self.everywhere:
            if each.is_meant(text) or (blank and each.takes_more and each.is_meant(first)):
                raise WentTo(each, rest.strip() if blank and not each.is_meant(text) else "")

    def _is_said(self, question: Question[T], text: str) -> bool:
        """Say what a text asks for that is no answer: help, the last thing, more choices."""
        if text == "?" or HELP.is_meant(text):
            self._say_help(question)
        elif AGAIN.is_meant(text):
            for line in self._said:
                self._write_line(line)
            self._first = 0
            self._say_choices()
        elif MORE.is_meant(text) and len(question.choices) > PAGE:
            self._first = self._first + PAGE if self._first + PAGE < len(question.choices) else 0
            self._say_choices()
        else:
            return False
        return True

    def _take_stroke(self, stroke: Stroke) -> None:
        self._end_prompt()
        match stroke:
            case Stroke.INTERRUPT | Stroke.CLOSE:
                raise Interrupted(at_once=stroke is Stroke.CLOSE)
            case Stroke.BACK:
                raise WentBack
            case Stroke.REPEATED:
                self._write_line(_("The same code was scanned again and ignored."))
            case _:
                self._write_line(_("That was too long: over 4,096 characters. None of it was kept."))

    def _say_choices(self) -> None:
        question = self._asked
        if question is None or not question.choices:
            return
        shown = question.choices[self._first : self._first + PAGE]
        for at, choice in enumerate(shown, self._first + 1):
            self._write_line(f"{at}: {choice.text}")
        left = len(question.choices) - self._first - len(shown)
        if left:
            text = ngettext("{count} more choice: type more.", "{count} more choices: type more.", left)
            self._write_line(text.format(count=left))

    def _say_help(self, question: Question[T]) -> None:
        if question.about:
            self._write_line(question.about)
        if question.enter is not None:
            self._write_line(_("Enter: {about}").format(about=question.enter.text))
        if question.choices:
            self._write_line(_("A number: takes what stands behind it."))
        words: Iterable[Word[object]] = (*question.words, AGAIN, BACK, *self.everywhere)
        for word in words:
            self._write_line(_("{word}: {about}").format(word=_(word.word), about=_(word.about)))

    def _ask_again(self) -> None:
        """Say the question, and let somebody type: on a terminal behind a sign of its own."""
        if self._asked is None:
            return
        self._write_line(self._asked.text)
        if self._terminal.is_live:
            self._has_prompt = True
            self._terminal.write(PROMPT + (self.typing.typed if self._shows_typed else ""))

    def _say_told(self) -> None:
        told, self._told = self._told, {}
        for line in told.values():
            self._write_line(line)

    def _show_taken(self, question: Question[T], entry: Entry) -> None:
        """Let the line stand complete on the terminal before anything is said about it."""
        if self._has_prompt and not entry.is_shown and not question.is_secret:
            self._terminal.write(" ".join(entry.codes))
        self._end_prompt()

    @property
    def _shows_typed(self) -> bool:
        """Whether what is typed now belongs to the question that waits, and may be seen."""
        return self._has_prompt and not self._waiting and self._asked is not None and not self._asked.is_secret

    def _show(self, signs: str) -> None:
        if self._shows_typed:
            self._terminal.write(signs)

    def _show_again(self) -> None:
        if self._shows_typed:
            self._terminal.write(f"\n{PROMPT}{self.typing.typed}")

    def _end_prompt(self) -> None:
        if self._has_prompt:
            self._terminal.write("\n")
            self._has_prompt = False

    def _write_line(self, text: str) -> None:
        """Write a text from the beginning of a line, in as many lines as it takes."""
        self._end_prompt()
        for line in lines_of(plain(text), self._terminal.columns):
            self._terminal.write(f"{line}\n")
