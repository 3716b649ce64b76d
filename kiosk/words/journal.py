"""What is said of the journal's chain of events."""

from __future__ import annotations

from typing import assert_never

from kiosk.parcels.records import ChainProblem
from kiosk.words.language import _


def chain_problem(problem: ChainProblem | None) -> str:
    """Return what is wrong with the first bad event; empty where the chain holds."""
    match problem:
        case None:
            return ""
        case ChainProblem.MISSING:
            return _("it is missing")
        case ChainProblem.NOT_FOLLOWING:
            return _("it does not follow the event before it")
        case ChainProblem.CHANGED:
            return _("its content was changed")
        case ChainProblem.PERSONAL_CHANGED:
            return _("its personal data was changed")
        case ChainProblem.END_MISSING:
            return _("events are missing at the end of the chain")
        case _ as never:
            assert_never(never)
