"""Some rows above the keys: what happened, or a question and the answer that is being typed.

The answer's keys are fed in by the screen, one after the other, so that a burst over a slow line stays in order.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from textual.geometry import Offset

from kiosk.words.language import _
from kiosk.words.plain import broken, plain, shorten
from screens.widgets.drawn import Piece
from screens.widgets.focus import FIRST_OF_ALL, Focusable, Point
from screens.widgets.lines import Lines
from screens.widgets.notice import SIGNS, NoticeKind

LONGEST_ANSWER = 200
ROWS, MOST_ROWS = 2, 4
_BEFORE_ANSWER = " > "


class MessageLine(Lines, Focusable):
    """Says one thing, or asks one thing. Two rows as a rule, so that nothing above it moves."""

    focus_turn = FIRST_OF_ALL

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._said: tuple[NoticeKind, str, str] = (NoticeKind.INFO, "", "")
        self._question = ""
        self._answer: str | None = None
        self._at = 0
        self._then: Callable[[str], None] | None = None

    @property
    def is_asking(self) -> bool:
        """Whether an answer is being typed."""
        return self._answer is not None

    def focus_point(self) -> Point | None:
        """Return the cell of the answer where the next letter comes; None while nothing is asked."""
        if self._answer is None:
            return None
        before, _after = self._around(self.size.width)
        return Point(Offset(len(_BEFORE_ANSWER) + cell_len(before), self.length - 1), takes_text=True)

    @property
    def text(self) -> str:
        """What is said, or the answer so far."""
        return self._answer if self._answer is not None else f"{self._said[1]} {self._said[2]}".strip()

    def say(self, kind: NoticeKind, title: str, sentence: str = "") -> None:
        """Say what happened, and beneath what it means and what to press."""
        self._said = (kind, title, sentence)
        self._draw()

    def clear(self) -> None:
        """Say nothing."""
        self.say(NoticeKind.INFO, "", "")

    def ask(self, question: str, then: Callable[[str], None]) -> None:
        """Ask; `then` gets the answer with Enter, and nothing happens with Esc."""
        self._question, self._answer, self._at, self._then = question, "", 0, then
        self._draw()

    def leave(self) -> None:
        """Drop the question."""
        self._answer = self._then = None
        self._draw()

    def insert(self, text: str) -> None:
        """Put a text in at the cursor, as far as it is plain."""
        if self._answer is not None:
            added = "".join(sign for sign in text if sign.isprintable())
            added = added[: LONGEST_ANSWER - len(self._answer)]
            self._answer = self._answer[: self._at] + added + self._answer[self._at :]
            self._at += len(added)
            self._draw()

    def feed(self, key: str, character: str | None) -> None:
        """Take a key while an answer is being typed."""
        answer, at = self._answer or "", self._at
        match key:
            case "escape":
                self.leave()
            # Some terminals send a line feed for Enter, and Ctrl+H for Backspace.
            case "enter" | "ctrl+j":
                # Taken before the question is dropped, and called after: it may ask the next one.
                then = self._then
                self.leave()
                if then is not None:
                    then(answer.strip())
            case "backspace" | "ctrl+h" if at:
                self._edit(answer[: at - 1] + answer[at:], at - 1)
            case "delete":
                self._edit(answer[:at] + answer[at + 1 :], at)
            case "ctrl+u":
                self._edit(answer[at:], 0)
            case "left" | "right":
                self._edit(answer, min(max(at + (1 if key == "right" else -1), 0), len(answer)))
            case "home" | "end":
                self._edit(answer, 0 if key == "home" else len(answer))
            case _ if character and character.isprintable():
                self.insert(character)
            case _:
                pass

    def resized(self) -> None:
        """Break the text anew for the new width."""
        super().resized()
        self._draw()

    def _edit(self, answer: str, at: int) -> None:
        self._answer, self._at = answer, at
        self._draw()

    def _draw(self) -> None:
        if self.is_mounted:
            width = self.size.width
            lines = self._asking(width) if self._answer is not None else self._saying(width)
            self.styles.height = len(lines)
            self.show(lines)

    def _asking(self, width: int) -> list[list[Piece]]:
        first, *rest_of_it = broken(self._question, max(width - 2, 10)) or [""]
        question = [first, *([shorten(" ".join(rest_of_it), width - 2)] if rest_of_it else [])]
        return [
            *([(f" {row}", "bold $chosen")] for row in question),
            [(_BEFORE_ANSWER, "bold $chosen"), ("".join(self._around(width)), "bold")],
        ]

    def _around(self, width: int) -> tuple[str, str]:
        """Return the answer as it is shown, before the cursor and from there on."""
        before, after = plain((self._answer or "")[: self._at]), plain((self._answer or "")[self._at :])
        before = shorten(before, max(width - 8, 1), "start")
        return before, shorten(after, max(width - 6 - cell_len(before), 0))

    def _saying(self, width: int) -> list[list[Piece]]:
        """Return what happened, and on the rows after it what that means; neither is cut off before four rows."""
        kind, title, sentence = self._said
        if not title:
            return [[], []]
        sign, word, style = SIGNS[kind]
        head = f" {sign} {_(word)}  " if word else f" {sign} "
        one = f"{plain(title)}  {plain(sentence)}".strip()
        if cell_len(head + one) < width:
            return [[(head, f"bold {style}"), (one, "bold $foreground")], []]
        room = max(width - 4, 10)
        first = broken(title, room, head)
        last = broken(sentence, room)
        # What to press stands in the sentence, so it is the title that is cut.
        first[MOST_ROWS - len(last) :] = []
        rows: list[list[Piece]] = [[(head, f"bold {style}"), (first[0][len(head) :] if first else "", "bold")]]
        rows += [[("   ", ""), (text, "bold")] for text in first[1:]]
        rows += [[("   ", ""), (text, "$foreground")] for text in last]
        return [*rows, []] if len(rows) < ROWS else rows[:MOST_ROWS]
