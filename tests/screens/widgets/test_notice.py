from __future__ import annotations

import pytest

from kiosk.words.signs import CROSS, ELLIPSIS, TICK
from screens.widgets.notice import Notice, NoticeKind
from tests.screens.widgets.harness import Bench, screen_text


@pytest.mark.parametrize(
    ("kind", "head"),
    [
        (NoticeKind.INFO, "i Note"),
        (NoticeKind.DONE, f"{TICK} Done"),
        (NoticeKind.LOOK, "! Look"),
        (NoticeKind.STOP, f"{CROSS} Stop"),
        (NoticeKind.WAIT, ELLIPSIS),
    ],
)
async def test_every_kind_has_a_sign_and_a_word(kind: NoticeKind, head: str) -> None:
    app = Bench(Notice(kind, "Locker 7", "Close the door."))
    async with app.run_test(size=(80, 10)):
        assert head in screen_text(app)
        assert "Locker 7  Close the door." in screen_text(app)


async def test_a_long_sentence_takes_the_rows_beneath_and_no_more_than_four_in_all() -> None:
    notice = Notice(NoticeKind.LOOK, "Locker 7 was taken", "Put it elsewhere. " * 30)
    app = Bench(notice)
    async with app.run_test(size=(80, 10)):
        assert notice.size.height == 4


@pytest.mark.parametrize("width", [40, 66, 80, 100])
@pytest.mark.parametrize("length", [0, 1, 10, 40, 60, 100, 1000])
async def test_what_to_do_is_never_cut_off_however_long_the_error_is(width: int, length: int) -> None:
    hint = "The kiosk goes on asking in the background. Look under Unfinished."
    title = "Refused: " + "the service said that the locker can't be had " * length
    app = Bench(Notice(NoticeKind.STOP, title, hint))
    async with app.run_test(size=(width, 10)):
        text = " ".join(screen_text(app).replace("▌", "").split())
        assert hint in text
        assert "Refused:" in text


async def test_an_empty_notice_takes_no_room() -> None:
    notice = Notice()
    app = Bench(notice)
    async with app.run_test(size=(80, 10)) as pilot:
        assert not notice.display
        notice.wait("Reserving locker 7 in AOne...")
        await pilot.pause()
        assert notice.size.height == 1
        assert "Reserving locker 7 in AOne..." in screen_text(app)
        notice.wait("Reserving locker 7 in AOne...", "You can scan the next parcel meanwhile; this one is not lost.")
        await pilot.pause()
        assert notice.size.height == 2
        notice.clear()
        await pilot.pause()
        assert not screen_text(app).strip()


async def test_words_from_outside_are_plain_text() -> None:
    app = Bench(Notice(NoticeKind.STOP, "[red]500[/]", "<html>\x1b[31m\x07"))
    async with app.run_test(size=(80, 10)):
        assert "[red]500[/]  <html>" in screen_text(app)
        assert screen_text(app).replace("\n", "").isprintable()


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (4, 3)])
async def test_a_tiny_terminal_is_no_reason_to_fail(size: tuple[int, int]) -> None:
    notice = Notice(NoticeKind.STOP, "No free locker in AOne", "Take another bank")
    app = Bench(notice)
    async with app.run_test(size=size):
        assert notice.size.height <= 4
