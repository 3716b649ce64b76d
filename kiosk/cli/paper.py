"""`kiosk print`: a slip or a label of a parcel, printed at once, or by the kiosk as soon as its printer works."""

from __future__ import annotations

import argparse
import asyncio

from kiosk.cli.exits import DONE, FAILED, UNFINISHED
from kiosk.cli.fields import cause_fields
from kiosk.cli.notices import name_banks
from kiosk.cli.output import Output
from kiosk.cli.session import open_session
from kiosk.desk.notices import Paper, PaperState
from kiosk.parcels.states import NoticeKind
from kiosk.words.errors import explain_cause
from kiosk.words.language import _


def print_slip(options: argparse.Namespace, output: Output) -> int:
    """Print a slip; exit code 3 while it waits for the printer."""
    return asyncio.run(_print(options, output, NoticeKind.SLIP))


def print_label(options: argparse.Namespace, output: Output) -> int:
    """Print a label; exit code 3 while it waits for the printer."""
    return asyncio.run(_print(options, output, NoticeKind.LABEL))


async def _print(options: argparse.Namespace, output: Output, kind: NoticeKind) -> int:
    async with open_session(options.config) as session:
        services, person = session
        notices = services.desk.notices
        parcel = await services.desk.lockers.known_or_found(options.number, person)
        await session.begins(options)
        await (notices.print_slip if kind is NoticeKind.SLIP else notices.print_label)(parcel, person)
        await name_banks(services)
        await services.paper.run()
        paper = await notices.paper(parcel, kind) or Paper(PaperState.GIVEN_UP)
    if output.as_json:
        fields = {"trackingNumber": parcel.tracking_number, "notice": kind, "cause": cause_fields(paper.cause)}
        output.record({**fields, "printed": paper.state is PaperState.PRINTED})
    if paper.cause is not None:
        output.words(explain_cause(paper.cause))
    match paper.state:
        case PaperState.PRINTED:
            output.progress(_("It is printed."))
            return DONE
        case PaperState.WAITS:
            output.words(_("It is printed by the kiosk, or by `kiosk notices send`, as soon as the printer works."))
            return UNFINISHED
        case PaperState.GIVEN_UP:
            output.words(_("It is not printed."))
            return FAILED
