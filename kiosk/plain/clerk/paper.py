"""Slips and labels: asked of the printer, whose answer nobody waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.desk.notices import PaperState
from kiosk.parcels.states import NoticeKind
from kiosk.words.errors import explain_cause
from kiosk.words.language import N_, _

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk

_ASKED: Final = {NoticeKind.SLIP: N_("The slip is being printed."), NoticeKind.LABEL: N_("The label is being printed.")}
_PRINTED: Final = {NoticeKind.SLIP: N_("The slip is printed."), NoticeKind.LABEL: N_("The label is printed.")}


async def print_paper(clerk: Clerk, parcel: Parcel, kind: NoticeKind) -> None:
    """Owe the printer a slip or a label, and say how that stands; raises what the desk raises."""
    notices = clerk.desk.notices
    ask = notices.print_slip if kind is NoticeKind.SLIP else notices.print_label
    await clerk.done(ask(parcel, clerk.person), _("Asking the printer"))
    paper = await notices.paper(parcel, kind)
    if paper is not None and paper.state is PaperState.PRINTED:
        clerk.talk.say(_(_PRINTED[kind]))
    elif paper is not None and paper.cause is not None:
        cause = explain_cause(paper.cause, to_clerk=True)
        clerk.talk.say(cause, _("It is printed as soon as the printer works. Go on meanwhile."))
    else:
        clerk.talk.say(_(_ASKED[kind]))
