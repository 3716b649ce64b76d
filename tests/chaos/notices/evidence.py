"""Gathers what the judge needs: from the mail server's notes, the desks' journals, and all that lies in their files."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.errors import StorageError
from kiosk.journal.audit import verify
from kiosk.journal.exporting import export
from kiosk.journal.store import Journal
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import NoticeKind
from tests.chaos.case import Place
from tests.chaos.notes import all_notes
from tests.chaos.notices.case import Evidence, Forgotten, Happened, Life, Line, Mail, Standing, Story
from tests.chaos.notices.clerk import FORGOTTEN, SENT_AGAIN
from tests.chaos.notices.judge import CAUSES, ENDS, GOES
from tests.chaos.notices.worker import Job
from tests.chaos.notices.world import Fate, HurriedClock, residents
from tests.chaos.server import Server
from tests.journal.book import every_parcel

ON_ITS_WAY = 2.5
"""Seconds that pass at most between the last look at the journal and the mail at the server, which may say nothing."""
_LOOKS_LIKE_A_CODE = re.compile(rb"(?=([A-HJ-NP-Z2-9]{6}))")
_TABLES = ("notices", "notice_codes", "codes", "kept_codes")
_TOLD_OF = CAUSES | GOES | ENDS
"""Events that the judge looks at."""


@dataclass
class Filed:
    """What one desk's files hold."""

    desk: str
    stories: list[Story] = field(default_factory=list)
    owed: list[str] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)
    events: Counter[str] = field(default_factory=Counter)
    text: bytes = b""
    """All that lies in its data folder, its log and what it exports."""


def gather(jobs: Iterable[Job], post: Path, server: Server, clock: HurriedClock, crashes: Iterable[str]) -> Evidence:
    """Return all of it."""
    jobs = list(jobs)
    notes = [(job.desk, note) for job in jobs for note in all_notes(job.notes)]
    lives = [
        Life(each.code, each.place, clock.at(each.began), None if each.ended is None else clock.at(each.ended))
        for each in server.code_lives()
    ]
    filed = [
        asyncio.run(_read(desk, folder, notes, clock))
        for desk, folder in {job.desk: job.folder for job in jobs}.items()
    ]
    forgotten = [
        Forgotten(desk, note["contact"], clock.at(note["real"])) for desk, note in notes if note["note"] == FORGOTTEN
    ]
    people = {desk: residents(desk) for desk in {job.desk for job in jobs}}
    return Evidence(
        stories=[story for each in filed for story in each.stories],
        mails=list(_mails(post, clock, {number[-4:]: number for job in jobs for number in job.numbers})),
        lives=lives,
        departments=frozenset(each.contact_id for known in people.values() for each in known if each.is_department),
        untold=frozenset(
            (desk, each.contact_id)
            for desk, known in people.items()
            for each in known
            if each.is_department and each.row.email == Fate.MISSING
        ),
        forgotten=forgotten,
        left=tuple(_left(filed, {life.code for life in lives}, forgotten)),
        owed=tuple(text for each in filed for text in each.owed),
        damage=tuple(text for each in filed for text in each.damage),
        crashes=tuple(crashes),
    )


def _mails(post: Path, clock: HurriedClock, numbers: dict[str, str]) -> Iterator[Mail]:
    for note in all_notes(post):
        desk, _, contact = note["to"].partition("@")[0].partition(".")
        at = clock.at(note["real"])
        yield Mail(
            desk,
            contact,
            note["id"],
            at,
            tuple(_lines(note["text"], numbers)),
            taken=note["answer"] == "250",
            in_html=frozenset(code.replace(" ", "") for code in note["in_html"].split(",") if code),
            slack=at - clock.at(note["real"] - ON_ITS_WAY),
        )


def _lines(text: str, numbers: dict[str, str]) -> Iterator[Line]:
    """Read a mail as this run's templates write it."""
    text = "\n".join(text.splitlines())
    all_alike = re.search(r"^ALL (\w+)$", text, re.MULTILINE)
    for block in text.split("PARCEL")[1:]:
        said = dict(line.split(" ", 1) for line in block.splitlines() if " " in line)
        kind = all_alike[1] if all_alike else said["KIND"]
        code = said["CODE"].replace(" ", "") if "CODE" in said else None
        yield Line(numbers[said["NUMBER"]], NoticeKind(kind), code)


async def _read(desk: str, folder: Path, notes: list[tuple[str, dict[str, Any]]], clock: HurriedClock) -> Filed:
    filed = Filed(desk)
    data = folder / "data"
    again = [
        (note["contact"], clock.at(note["real"])) for at, note in notes if at == desk and note["note"] == SENT_AGAIN
    ]
    filed.text = b"\n".join(path.read_bytes() for path in (*data.rglob("*"), folder / "kiosk.log") if path.is_file())
    try:
        async with Journal(data, environment="demo", desk_name=desk, clock=clock) as journal:
            verdict = await verify(journal.connection)
            if not verdict.sound:
                filed.damage.append(f"{desk}: event {verdict.first_bad}: {verdict.problem}")
            events = [event async for event in export(journal.connection)]
            filed.owed = await journal.connection.read(_owed)
            filed.stories = _stories(desk, events, await every_parcel(journal), again)
    except StorageError as error:
        filed.damage.append(f"{desk}: {error}")
        return filed
    filed.text += json.dumps(events).encode()
    filed.events = Counter(event["type"] for event in events)
    return filed


def _owed(database: sqlite3.Connection) -> list[str]:
    counts = {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _TABLES}  # noqa: S608
    return [f"{count} in {table}" for table, count in counts.items() if count]


def _stories(
    desk: str, events: Iterable[dict[str, Any]], parcels: Iterable[Parcel], again: Iterable[tuple[str, datetime]]
) -> list[Story]:
    happened: defaultdict[str, list[Happened]] = defaultdict(list)
    standing: defaultdict[str, list[Standing]] = defaultdict(list)
    numbers = {}
    for parcel in parcels:
        numbers[parcel.parcel_id] = parcel.tracking_number
        standing[parcel.tracking_number].append(_standing(parcel))
    for event in events:
        if event["type"] in _TOLD_OF:
            happened[numbers[event["parcel_id"]]].append(_happened(event))
    for contact, at in again:
        for known in happened.values():
            if any(each.contact == contact for each in known):
                known.append(Happened(at, SENT_AGAIN))
    return [
        Story(desk, number, tuple(sorted(happened[number], key=lambda each: each.at)), tuple(stands))
        for number, stands in standing.items()
    ]


def _happened(event: dict[str, Any]) -> Happened:
    body, personal = event["body"], event["personal"] or {}
    contact = (personal.get("contact") or {}).get("contactId") or personal.get("told") or ""
    place, kind = body.get("place"), body.get("kind")
    return Happened(
        datetime.fromisoformat(event["at"]),
        event["type"],
        contact,
        Place(place["lockerBankId"], place["lockerUnitId"]) if place else None,
        NoticeKind(kind) if kind else None,
    )


def _standing(parcel: Parcel) -> Standing:
    place = parcel.place if parcel.is_in_locker else None
    return Standing(
        parcel.contact.contact_id if parcel.contact else "",
        is_here=parcel.is_in_locker or parcel.is_on_shelf,
        is_unreached=parcel.unreached_at is not None,
        place=Place(place.locker_bank_id, place.locker_unit_id) if place else None,
    )


def _left(filed: Iterable[Filed], codes: set[str], forgotten: Iterable[Forgotten]) -> Iterator[str]:
    """Yield the codes and the ids that lie anywhere; a code of digits only can't be told from a part of a number."""
    for each in filed:
        found = {match[1].decode() for match in _LOOKS_LIKE_A_CODE.finditer(each.text)}
        yield from (f"{code} at {each.desk}" for code in sorted(codes & found) if not code.isdigit())
        for person in forgotten:
            if person.desk == each.desk and person.contact.encode() in each.text:
                yield f"{person.contact} at {each.desk}"
