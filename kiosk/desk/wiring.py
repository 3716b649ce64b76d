"""Builds the desk and its queries from what they stand on; `kiosk/wiring.py` opens that, and closes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from kiosk.clock import Clock
from kiosk.desk.activity import Activity
from kiosk.desk.boxes import Boxes
from kiosk.desk.call_budget import CallBudget
from kiosk.desk.clashes import Clashes
from kiosk.desk.comparing import Comparing
from kiosk.desk.console_queries import ConsoleQueries
from kiosk.desk.corrections import Corrections, RoleNow
from kiosk.desk.desk import Desk
from kiosk.desk.expiry import Expiry
from kiosk.desk.findings import Findings
from kiosk.desk.handing_over import HandingOver
from kiosk.desk.health import KioskHealth
from kiosk.desk.intake import Intake
from kiosk.desk.leaving import Leaving
from kiosk.desk.lockers import Lockers
from kiosk.desk.notices import Notices
from kiosk.desk.open_lockers import OpenLockers
from kiosk.desk.outgoing import Outgoing
from kiosk.desk.people import People
from kiosk.desk.pickup_codes import PickupCodes
from kiosk.desk.presence import Presence
from kiosk.desk.privacy import Privacy
from kiosk.desk.proposals import Proposals
from kiosk.desk.queries import Queries
from kiosk.desk.reassignment import Reassignment
from kiosk.desk.recipient_history import RecipientHistory
from kiosk.desk.requests import WritePath
from kiosk.desk.rounds import Rounds
from kiosk.desk.scanning import Scans
from kiosk.desk.searching import Searching
from kiosk.desk.sessions import Sessions
from kiosk.desk.shelf import Shelf
from kiosk.desk.stocktake_results import StocktakeResults
from kiosk.desk.stocktakes import Stocktakes
from kiosk.desk.successes import Successes
from kiosk.desk.trusted_time import TrustedTime
from kiosk.desk.undoing import Undoing
from kiosk.desk.unrecorded import Unrecorded
from kiosk.desk.visits import Visits
from kiosk.journal.code_store import CodeStore
from kiosk.journal.notice_store import NoticeStore
from kiosk.journal.store import Journal
from kiosk.parcels.other_desks import OtherDesks
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.recipients.directory import Directory
from kiosk.settings import Settings


class Ground(NamedTuple):
    """What most parts stand on."""

    settings: Settings
    clock: Clock
    time: TrustedTime
    journal: Journal
    directory: Directory
    others: OtherDesks


def desk_of(
    ground: Ground,
    write_path: WritePath,
    lockers: Lockers,
    findings: Findings,
    on_deposited: Callable[[Parcel, Person], None],
    activity: Activity,
    role_now: RoleNow,
) -> Desk:
    """Return what people do; `on_deposited` hears of each parcel that is in."""
    settings, clock, time, journal, directory, others = ground
    visits = Visits(journal)
    reservation_for = timedelta(hours=settings.desk.reservation_hours)
    scans = Scans(journal, own_prefix=settings.desk.own_prefix)
    shelf = Shelf(journal, write_path, lockers, activity)
    intake = Intake(
        journal,
        write_path,
        lockers,
        directory,
        clock,
        desk_name=settings.desk.name,
        reservation_for=reservation_for,
        longest_hold=timedelta(days=settings.desk.longest_hold_days),
        on_deposited=on_deposited,
    )
    codes = PickupCodes(CodeStore(journal), clock, time, keep_for=timedelta(minutes=settings.desk.code_minutes))
    leaving = Leaving(journal, write_path, intake, findings)
    boxes = Boxes(journal, scans, others)
    return Desk(
        scans=scans,
        boxes=boxes,
        comparing=Comparing(journal, scans, lockers),
        intake=intake,
        open_lockers=OpenLockers(journal, write_path, lockers, others, clock, reservation_for=reservation_for),
        shelf=shelf,
        pickup_codes=codes,
        reassignment=Reassignment(journal, intake),
        findings=findings,
        leaving=leaving,
        handing_over=HandingOver(journal, leaving, scans, codes),
        rounds=Rounds(leaving, shelf),
        corrections=Corrections(journal, write_path, intake, codes, shelf, findings, lockers, visits, role_now),
        lockers=lockers,
        notices=Notices(NoticeStore(journal), journal, directory, has_printer=settings.printer.way is not None),
        people=People(journal, clock, user_id=settings.user_id, own_prefix=settings.desk.own_prefix),
        privacy=Privacy(journal, directory, time, days=settings.storage.personal_days),
        stocktakes=Stocktakes(journal, lockers),
        undoing=Undoing(journal, boxes, shelf, leaving, clock),
        unrecorded=Unrecorded(journal),
        visits=visits,
        clashes=Clashes(journal, others, lockers, clock),
        sessions=Sessions(journal, settings.data_dir, visits, role_now, most=settings.console.most_sessions),
        write_path=write_path,
    )


def queries_of(ground: Ground, activity: Activity, desk: Desk, budget: CallBudget, successes: Successes) -> Queries:
    """Return what front ends ask."""
    settings, clock, time, journal, directory, others = ground
    history = RecipientHistory(journal)
    presence = Presence(journal, desk.lockers, clock)
    return Queries(
        journal=journal,
        clock=clock,
        activity=activity,
        lockers=desk.lockers,
        shelf=desk.shelf,
        proposals=Proposals(desk.lockers, desk.open_lockers, history, default_bank=settings.desk.default_bank),
        recipient_history=history,
        searching=Searching(journal, desk.scans, others, clock),
        stocktakes=StocktakeResults(journal, desk.lockers),
        expiry=Expiry(presence, desk.lockers, clock),
        outgoing=Outgoing(journal, clock),
        directory=directory,
        others=others,
        console=ConsoleQueries(journal, desk.notices, desk.lockers, presence, clock),
        health=KioskHealth(settings, journal, desk.lockers, presence, budget, activity, time),
        calls=budget,
        successes=successes,
        names_minutes=settings.desk.names_minutes,
    )
