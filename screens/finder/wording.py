"""What the search says: above the list, in place of an empty list, and in the notice. Words only; no widget's state."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from kiosk.facilities.finder import Answer, Sort
from kiosk.facilities.values import Question
from kiosk.words.errors import explain
from kiosk.words.facilities import holiday_sentence
from kiosk.words.language import N_, _, ngettext
from kiosk.words.times import day_and_time
from screens.finder.results import WALK_MINUTES, Results
from screens.finder_actions import ADDRESS, ASK_AGAIN, CHOICES, STILL_OPEN
from screens.widgets.notice import NoticeKind

_ORDERS = {Sort.DISTANCE: N_("By distance"), Sort.OPEN: N_("Open first"), Sort.NAME: N_("By name")}


class Remark(NamedTuple):
    """What the notice says."""

    kind: NoticeKind
    title: str
    sentence: str = ""


def no_address() -> Remark:
    """Say that nothing can be searched for yet."""
    return Remark(
        NoticeKind.LOOK,
        _("The desk's address is not set."),
        _("Press {key} and type an address to search near.").format(key=ADDRESS.key_label),
    )


def remark_on(answer: Answer, now: datetime) -> Remark | None:
    """Return what a person has to know of an answer, the weightiest only; None for an ordinary one."""
    if answer.problem is not None:
        return Remark(
            NoticeKind.LOOK,
            _("Saved results from {time}: hours may have changed.").format(time=day_and_time(answer.asked_at, now)),
            _("{problem}. Press {key} to search again.").format(
                problem=explain(answer.problem, to_clerk=True).title, key=ASK_AGAIN.key_label
            ),
        )
    if not answer.facilities:
        return Remark(
            NoticeKind.LOOK,
            nothing_found(answer.question),
            _("Press {choices} for a longer distance, or {address} for another address.").format(
                choices=CHOICES.key_label, address=ADDRESS.key_label
            ),
        )
    holiday = next((day for each in answer.facilities if (day := each.holiday_at(now))), None)
    return Remark(NoticeKind.INFO, holiday_sentence(holiday)) if holiday else None


def nothing_found(question: Question) -> str:
    """Say that the service knows no such facility."""
    if question.radius_miles is None:
        return _("Nothing found near this address.")
    miles = question.radius_miles
    return ngettext("Nothing found within {miles} mile.", "Nothing found within {miles} miles.", miles).format(
        miles=miles
    )


def where_words(question: Question) -> str:
    """Say around which address is searched."""
    if not question.address.is_complete:
        return _("Near the desk")
    return _("Near {address}").format(address=question.address.one_line)


def as_of(answer: Answer, now: datetime) -> str:
    """Say how old an answer is."""
    text = _("saved {time}") if answer.is_old else _("as of {time}")
    return text.format(time=day_and_time(answer.asked_at, now))


def count_words(results: Results, shown: int) -> str:
    """Say how many facilities are listed, and of how many where some are left out."""
    if results.only_open:
        return _("{shown} of {found}").format(shown=shown, found=len(results.found))
    return _("{found} found").format(found=len(results.found))


def order_label(results: Results) -> str:
    """Name the order as it is."""
    return _("As found") if results.keeps_order else _(_ORDERS[results.sort])


def empty_words(results: Results, *, busy: bool) -> str:
    """Say why the list is empty."""
    if busy:
        return _("Searching...")
    if not results.found:
        return _("Nothing to show.")
    count = len(results.found)
    return ngettext(
        "The one found will be closed in {minutes} minutes. Press {key} to show it.",
        "None of the {count} found will be open in {minutes} minutes. Press {key} to show all.",
        count,
    ).format(count=count, minutes=WALK_MINUTES, key=STILL_OPEN.key_label)
