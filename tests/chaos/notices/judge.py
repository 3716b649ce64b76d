"""The judge of a chaos run about notices: what the mail server saw, compared with what the journals say. No I/O."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kiosk.parcels.states import NoticeKind
from tests.chaos.case import Place
from tests.chaos.notices.case import Evidence, Happened, Life, Line, Mail, Standing, Story
from tests.chaos.notices.world import QUIET_FROM, QUIET_UNTIL, ZONE

PARTS = 40
"""So many moments of the time that a mail is on its way are looked at."""
FAREWELLS = {NoticeKind.GIVEN_ON, NoticeKind.ENDED}
"""What is told of a parcel that is not here any more, or somebody else's."""
COMES = {"parcel_deposited", "parcel_put_on_shelf"}
GOES = {"parcel_found_gone", "parcel_handed_over", "parcel_cancelled", "parcel_sent", "collection_noted"}
CAUSES = COMES | {"pickup_code_handed_over", "recipient_chosen", "address_corrected", "sent again"}
"""After which the same may be told once more, as another message."""
ENDS = {"notice_sent", "notice_failed"}


class Kind(StrEnum):
    """The ways in which a promise about notices can be broken."""

    SILENT = "parcel of which nobody was told, and nobody here knows that"
    NEVER_SENT = "notice recorded as sent that no server took"
    MISTAKEN = "somebody who was told by mistake, and not that it was one"
    OTHER_ID = "notice repeated as another message"
    SHARED_ID = "one message for several people"
    QUIET = "mail in quiet hours"
    LATE = "mail about a parcel that was known to be gone"
    STRANGER = "mail to somebody whose parcel it is not"
    FORGOTTEN = "mail to somebody who was forgotten"
    NO_CODE = "code in a mail that opened no locker of this parcel"
    DEAD_CODE = "code in a mail that was known to open nothing any more"
    OLD_CODE = "recipient who was left with a code that changed"
    DEPARTMENTS_CODE = "code in a mail to a department"
    LEFT = "code, or a forgotten person, left behind"
    OWED = "notice that is still owed"
    CHAIN = "journal that does not verify"
    CRASH = "process that ended by an error of its own"


class Violation(NamedTuple):
    """One broken promise, and about what."""

    kind: Kind
    about: str


def judge(evidence: Evidence) -> list[Violation]:
    """Return every broken promise."""
    return [
        *(Violation(Kind.CRASH, each) for each in evidence.crashes),
        *(Violation(Kind.CHAIN, each) for each in evidence.damage),
        *(Violation(Kind.LEFT, each) for each in evidence.left),
        *(Violation(Kind.OWED, each) for each in evidence.owed),
        *(violation for story in evidence.stories for violation in _told(evidence, story)),
        *(violation for story in evidence.stories for violation in _mistaken(evidence, story)),
        *_old_codes(evidence),
        *_ids(evidence),
        *(violation for mail in evidence.mails for violation in _mail(evidence, mail)),
    ]


def _told(evidence: Evidence, story: Story) -> Iterator[Violation]:
    """Look whether everybody was told, and whether what is recorded as sent was taken by a server."""
    taken = evidence.taken.get((story.desk, story.number), [])
    for stands in story.stands:
        if stands.is_here and stands.contact and (story.desk, stands.contact) not in evidence.untold:
            told = (mail.contact == stands.contact and line.kind is not NoticeKind.GIVEN_ON for mail, line in taken)
            if not stands.is_unreached and not any(told):
                yield Violation(Kind.SILENT, f"{story.number} for {stands.contact}")
    for each in story.happened:
        if each.type == "notice_sent" and not any(
            line.kind == each.kind and each.contact in {"", mail.contact} and mail.at <= each.at for mail, line in taken
        ):
            yield Violation(Kind.NEVER_SENT, f"{story.number}, {each.kind} to {each.contact} at {each.at}")


def _mistaken(evidence: Evidence, story: Story) -> Iterator[Violation]:
    """Look whether everybody who was told before the parcel became somebody else's was told that, too.

    Whom the server never said to have told is left out: that mail was in doubt, and is recorded as given up.
    """
    known = {each.contact for each in story.happened if each.type == "notice_sent"}
    chosen = [each.contact for each in story.happened if each.type == "recipient_chosen"]
    for contact in dict.fromkeys(chosen[:-1]):
        if contact in {"", chosen[-1]} or contact not in known:
            continue
        told = [
            (mail, line.kind)
            for mail, line in evidence.taken.get((story.desk, story.number), ())
            if mail.contact == contact
        ]
        news = [mail.at for mail, kind in told if kind not in FAREWELLS]
        farewells = [mail.at for mail, kind in told if kind in FAREWELLS]
        failed = [each.at for each in story.happened if each.type == "notice_failed" and each.kind in FAREWELLS]
        if news and not any(at >= news[-1] for at in (*farewells, *failed)):
            yield Violation(Kind.MISTAKEN, f"{contact} of {story.number} at {news[-1]}")


def _ids(evidence: Evidence) -> Iterator[Violation]:
    """Look whether what is told again without a cause is the same message."""
    people: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    said: defaultdict[tuple[str, str, Line], list[Mail]] = defaultdict(list)
    for mail in sorted(evidence.mails, key=lambda each: each.at):
        people[mail.message_id].add((mail.desk, mail.contact))
        for line in mail.lines:
            said[mail.desk, mail.contact, line].append(mail)
    yield from (Violation(Kind.SHARED_ID, each) for each, several in people.items() if len(several) > 1)
    for (desk, contact, line), mails in said.items():
        story = evidence.by_number.get((desk, line.number))
        for one, other in pairwise(mails):
            if one.message_id != other.message_id and not _causes(story, one, other):
                yield Violation(Kind.OTHER_ID, f"{line.number}, {line.kind} to {contact} at {one.at} and {other.at}")


def _causes(story: Story | None, one: Mail, other: Mail) -> bool:
    happened: tuple[Happened, ...] = story.happened if story else ()
    return any(each.type in CAUSES and one.at - one.slack <= each.at <= other.at for each in happened)


def _mail(evidence: Evidence, mail: Mail) -> Iterator[Violation]:
    about = f"{mail.message_id} to {mail.contact} at {mail.at}"
    if all(_is_quiet(mail.at - mail.slack * (part / PARTS)) for part in range(PARTS + 1)):
        yield Violation(Kind.QUIET, about)
    if any(
        (each.desk, each.contact) == (mail.desk, mail.contact) and each.at <= mail.at - mail.slack
        for each in evidence.forgotten
    ):
        yield Violation(Kind.FORGOTTEN, about)
    codes = {line.code for line in mail.lines if line.code} | mail.in_html
    if codes and mail.contact in evidence.departments:
        yield Violation(Kind.DEPARTMENTS_CODE, about)
    if mail.in_html - {line.code for line in mail.lines}:
        yield Violation(Kind.NO_CODE, f"{about}, in its HTML")
    for line in mail.lines:
        story = evidence.by_number.get((mail.desk, line.number))
        if story is None:
            yield Violation(Kind.STRANGER, f"{about}: {line.number} is unknown")
        else:
            yield from _line(evidence, mail, line, story)


def _is_quiet(moment: datetime) -> bool:
    local = moment.astimezone(ZoneInfo(ZONE))
    return local.isoweekday() == 7 or not QUIET_UNTIL <= local.hour < QUIET_FROM


def _line(evidence: Evidence, mail: Mail, line: Line, story: Story) -> Iterator[Violation]:
    about = f"{line.number}, {line.kind} to {mail.contact} at {mail.at}"
    before = mail.at - mail.slack
    if "" not in story.contacts:
        still_theirs = mail.contact in {story.contact_at(before), story.contact_at(mail.at)}
        if not (still_theirs or (line.kind in FAREWELLS and mail.contact in story.contacts)):
            yield Violation(Kind.STRANGER, about)
    if line.kind not in FAREWELLS and _was_gone(story, before, mail.at):
        yield Violation(Kind.LATE, about)
    if line.code:
        yield from _code(evidence, mail, line, story, about)


def _was_gone(story: Story, moment: datetime, until: datetime) -> bool:
    """Tell whether the journal had the parcel as gone at a moment, and did not have it here again until another."""
    moves = [each for each in story.happened if each.type in COMES | GOES]
    before = [each for each in moves if each.at <= moment]
    back = any(each.type in COMES and moment < each.at <= until for each in moves)
    return bool(before) and before[-1].type in GOES and not back


def _code(evidence: Evidence, mail: Mail, line: Line, story: Story, about: str) -> Iterator[Violation]:
    life = evidence.lives_of_codes.get(line.code or "")
    places = {each.place for each in story.happened if each.type == "parcel_deposited" and each.at <= mail.at}
    if life is None or life.place not in places:
        yield Violation(Kind.NO_CODE, about)
    elif life.ended is not None:
        deposits = evidence.deposits.get((mail.desk, life.place), ())
        if any(life.ended <= at <= mail.at - mail.slack for at in deposits):
            yield Violation(Kind.DEAD_CODE, about)


def _old_codes(evidence: Evidence) -> Iterator[Violation]:
    """Look whether everybody whose parcel lies in a unit has heard of the code that opens it, or that it changed."""
    lying: defaultdict[tuple[str, str, Place], list[tuple[Story, Standing]]] = defaultdict(list)
    for story in evidence.stories:
        for stands in story.stands:
            if stands.is_here and stands.place is not None:
                lying[story.desk, stands.contact, stands.place].append((story, stands))
    for (desk, contact, place), here in lying.items():
        if any(stands.is_unreached for _, stands in here):
            continue
        lives = [life for life in _mailed(evidence, desk, contact) if life.place == place]
        changed_at = lives[-1].ended if lives else None
        stories = [story for story, _ in here]
        if changed_at is None or not any(
            each.type == "parcel_deposited" and each.place == place and each.at >= changed_at
            for story in stories
            for each in story.happened
        ):
            continue
        heard = (each for story in stories for each in evidence.taken.get((desk, story.number), ()))
        if not any(mail.contact == contact and mail.at >= changed_at for mail, _ in heard):
            yield Violation(Kind.OLD_CODE, f"{', '.join(story.number for story in stories)} for {contact} in {place}")


def _mailed(evidence: Evidence, desk: str, contact: str) -> list[Life]:
    """Return the codes that a contact was sent, in order."""
    return [
        evidence.lives_of_codes[line.code]
        for mail in evidence.taken_by.get((desk, contact), ())
        for line in mail.lines
        if line.code is not None and line.code in evidence.lives_of_codes
    ]
