"""The judge of notices: it finds each broken promise where it was put, and leaves alone what is in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.parcels.states import NoticeKind
from tests.chaos.case import Place
from tests.chaos.notices.case import Evidence, Forgotten, Happened, Life, Line, Mail, Standing, Story
from tests.chaos.notices.judge import Kind, judge

NOON = datetime(2026, 10, 23, 10, tzinfo=UTC)
HERE, THERE = Place("AOne", "1"), Place("AOne", "2")
ANN, BEN, OFFICE = "ann", "ben", "office"
CODE, NEWER = "ABC234", "XYZ789"
SLACK = timedelta(minutes=20)


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


CHOSEN = Happened(at(0), "recipient_chosen", ANN)
DEPOSITED = Happened(at(1), "parcel_deposited", place=HERE)
SENT = Happened(at(7), "notice_sent", ANN, kind=NoticeKind.ARRIVED)
STANDS = Standing(ANN, place=HERE)
STORY = Story("D1", "T-0001", (CHOSEN, DEPOSITED, SENT), (STANDS,))
LINE = Line("T-0001", NoticeKind.ARRIVED, CODE)
MAIL = Mail("D1", ANN, "<m1>", at(6), (LINE,), in_html=frozenset({CODE}), slack=SLACK)
LIFE = Life(CODE, HERE, at(1))
SOUND = Evidence([STORY], [MAIL], [LIFE], departments=frozenset({OFFICE}))


def story(*happened: Happened, stands: tuple[Standing, ...] = (STANDS,)) -> Story:
    """Return the story of the one parcel, in which more happened."""
    return replace(STORY, happened=(*STORY.happened, *happened), stands=stands)


def told(*mails: Mail, after: Story = STORY) -> Evidence:
    """Return what there is when these mails came beside the first one."""
    return replace(SOUND, stories=[after], mails=[MAIL, *mails])


def kinds(evidence: Evidence) -> set[Kind]:
    return {violation.kind for violation in judge(evidence)}


GONE = Happened(at(10), "parcel_handed_over")
IS_GONE = STANDS._replace(is_here=False, place=None)
BENS = (Happened(at(10), "recipient_chosen", BEN), Standing(BEN, is_unreached=True))
REDONE = Happened(at(60), "parcel_deposited", place=HERE)
RENEWED = [LIFE._replace(ended=at(60)), Life(NEWER, HERE, at(60))]
CHANGED = MAIL._replace(
    message_id="<m2>",
    at=at(66),
    lines=(Line("T-0001", NoticeKind.CODE_CHANGED, NEWER),),
    in_html=frozenset({NEWER}),
)


@pytest.mark.parametrize(
    "evidence",
    [
        SOUND,
        told(MAIL._replace(at=at(8))),
        told(MAIL._replace(at=at(3), taken=False)),
        told(MAIL._replace(message_id="<m2>", at=at(90)), after=story(Happened(at(80), "sent again"))),
        told(after=story(GONE, stands=(IS_GONE,))),
        told(MAIL._replace(at=at(12)), after=story(GONE, stands=(IS_GONE,))),
        replace(
            SOUND,
            mails=[],
            stories=[replace(STORY, happened=STORY.happened[:2], stands=(STANDS._replace(is_unreached=True),))],
        ),
        replace(
            SOUND, mails=[], stories=[replace(STORY, happened=STORY.happened[:2])], untold=frozenset({("D1", ANN)})
        ),
        replace(told(CHANGED, after=story(REDONE)), lives=RENEWED),
        told(
            MAIL._replace(
                message_id="<m2>", at=at(20), lines=(Line("T-0001", NoticeKind.GIVEN_ON),), in_html=frozenset()
            ),
            after=story(BENS[0], stands=(BENS[1],)),
        ),
        replace(
            SOUND,
            mails=[MAIL._replace(lines=(Line("T-0001", NoticeKind.ENDED),), in_html=frozenset())],
            stories=[replace(STORY, happened=(CHOSEN, DEPOSITED, SENT._replace(kind=NoticeKind.ENDED)))],
        ),
        replace(SOUND, forgotten=[Forgotten("D1", ANN, at(60)), Forgotten("D2", ANN, at(-600))]),
    ],
    ids=[
        "told",
        "repeated as the same message",
        "refused at first",
        "sent again by hand",
        "told and gone",
        "on its way when it went",
        "undeliverable",
        "who need not be told",
        "told of the newer code",
        "told of the mistake",
        "told where it lies since it was not collected",
        "forgotten later, or elsewhere",
    ],
)
def test_what_is_in_order_is_left_alone(evidence: Evidence) -> None:
    assert not judge(evidence)


BROKEN = {
    Kind.SILENT: replace(SOUND, mails=[], stories=[replace(STORY, happened=STORY.happened[:2])]),
    Kind.NEVER_SENT: replace(
        SOUND, mails=[MAIL._replace(taken=False)], stories=[story(stands=(STANDS._replace(is_unreached=True),))]
    ),
    Kind.MISTAKEN: told(after=story(BENS[0], stands=(BENS[1],))),
    Kind.OTHER_ID: told(MAIL._replace(at=at(60)), MAIL._replace(message_id="<m2>", at=at(90))),
    Kind.SHARED_ID: told(MAIL._replace(contact=BEN)),
    Kind.QUIET: told(MAIL._replace(at=at(11 * 60))),
    Kind.LATE: told(MAIL._replace(at=at(90)), after=story(GONE, stands=(IS_GONE,))),
    Kind.STRANGER: told(MAIL._replace(contact=BEN, message_id="<m2>")),
    Kind.FORGOTTEN: replace(SOUND, forgotten=[Forgotten("D1", ANN, at(-60))]),
    Kind.NO_CODE: replace(SOUND, lives=[LIFE._replace(place=THERE)]),
    Kind.DEAD_CODE: replace(told(CHANGED, MAIL._replace(at=at(120)), after=story(REDONE)), lives=RENEWED),
    Kind.OLD_CODE: replace(told(after=story(REDONE)), lives=RENEWED),
    Kind.DEPARTMENTS_CODE: replace(SOUND, departments=frozenset({ANN})),
    Kind.LEFT: replace(SOUND, left=(f"{CODE} at D1",)),
    Kind.OWED: replace(SOUND, owed=("1 in notices",)),
    Kind.CHAIN: replace(SOUND, damage=("D1: event 7",)),
    Kind.CRASH: replace(SOUND, crashes=("K1A, life 2, ended with 70",)),
}
"""Each promise, broken by itself."""


@pytest.mark.parametrize("kind", Kind)
def test_each_broken_promise_is_found(kind: Kind) -> None:
    assert kind in kinds(BROKEN[kind])


def test_a_mail_on_a_sunday_is_one_in_quiet_hours() -> None:
    sunday = MAIL._replace(message_id="<m2>", at=at(2 * 24 * 60))
    assert Kind.QUIET in kinds(told(sunday))


def test_a_code_in_the_html_alone_is_found() -> None:
    assert Kind.NO_CODE in kinds(replace(SOUND, mails=[MAIL._replace(in_html=frozenset({CODE, NEWER}))]))


def test_a_code_of_a_locker_in_which_the_parcel_never_lay_is_somebody_elses() -> None:
    elses = MAIL._replace(message_id="<m2>", at=at(30), lines=(LINE._replace(code=NEWER),), in_html=frozenset())
    assert Kind.NO_CODE in kinds(replace(told(elses), lives=[LIFE, Life(NEWER, THERE, at(2))]))


def test_a_number_that_nobody_took_in_is_nobodys() -> None:
    assert Kind.STRANGER in kinds(replace(SOUND, mails=[MAIL._replace(lines=(Line("T-9999", NoticeKind.ARRIVED),))]))
