"""What is said of a finding: what is wrong with the parcel, and what to do about it."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from kiosk.parcels.parcel import AttentionItem, OpenWrite, Parcel
from kiosk.parcels.states import CLASHES, Finding
from kiosk.words.errors import explain_cause
from kiosk.words.language import N_, _
from kiosk.words.plain import plain
from kiosk.words.states import finding_word

OPEN_LOCKER = N_(
    "Have locker {unit} opened. If the parcel is in it, take it out and say that you have it. If not, say that it was"
    " collected."
)


class Advice(NamedTuple):
    """What is wrong, and what to do about it."""

    sentence: str
    proposal: str


def item_word(item: AttentionItem, parcel: Parcel) -> str:
    """Return in a few words what does not fit with a parcel."""
    if item.finding is Finding.TWO_UNITS and not parcel.has_unit:
        return _("locker still held")
    return finding_word(item.finding)


def why_not_confirmed(write: OpenWrite, *, to_clerk: bool = False) -> str:
    """Return in a sentence why the outcome of a request is not known; a clerk hears of nothing technical."""
    if write.cause is not None:
        return explain_cause(write.cause, to_clerk=to_clerk)
    return _("No answer has come yet, or the kiosk was ended before it came.")


def advice_on(item: AttentionItem, parcel: Parcel, holder: str = "", *, to_clerk: bool = False) -> Advice:
    """Return what an attention item of a parcel says; `holder` has the unit by now, as far as that is known.

    A clerk hears of nothing technical.
    """
    own = parcel.place.locker_unit_id if parcel.place else ""
    unit = item.place.locker_unit_id if item.place else own
    cause = explain_cause(item.cause, to_clerk=to_clerk) if item.cause else ""
    if parcel.is_unrecorded and cause:
        return _on_unrecorded(item, own, holder if unit == own else "", cause)
    match item.finding:
        case Finding.TWO_UNITS:
            return _on_further_unit(parcel, own, unit)
        case Finding.UNIT_OF_SOMEBODY_ELSE | Finding.DEPOSIT_UNCLEAR:
            return Advice(
                cause or _("This tracking number is on record for somebody else's locker."),
                _("Compare the label with the parcel in that locker, then take this parcel in under the right number."),
            )
        case Finding.LIES_ELSEWHERE:
            return Advice(
                _("This parcel was put into locker {own}, but the locker service has it in locker {unit}.").format(
                    own=own, unit=unit
                ),
                _(
                    "Look into both lockers. If the parcel is in {unit}, free locker {own} and close this item: who "
                    "moved it has the code."
                ).format(own=own, unit=unit),
            )
        case Finding.CODE_MAY_BE_DEAD:
            return Advice(
                _("The locker service recorded this deposit a second time, so the code that was shown may be dead."),
                _("Get a new pickup code and give it to the recipient."),
            )
        case Finding.NUMBER_AT_TWO_DESKS | Finding.UNIT_PROMISED_TWICE | Finding.UNIT_GIVEN_TWICE | Finding.NOT_FOUND:
            return _on_clash(item, unit) if item.finding in CLASHES else _on_own_unit(item.finding, unit)
        case Finding.REFUSED_LATE:
            text = _("The parcel is in locker {unit}, but the locker service refused the deposit: {cause}")
            return Advice(
                text.format(unit=unit, cause=cause), _("Take the parcel out of the locker, then take it in again.")
            )
        case Finding.ROW_UNREADABLE:
            return Advice(
                _("The journal's row of this parcel can't be read."),
                _("Tell the operator.") if to_clerk else _("Run `kiosk journal rebuild` on the desk's machine."),
            )
        case Finding.CODE_ENDED_UNSEEN:
            return _on_unseen_code(item, unit)
        case _ as never:
            assert_never(never)


def _on_further_unit(parcel: Parcel, own: str, unit: str) -> Advice:
    if parcel.has_unit:
        return Advice(
            _("This parcel holds two lockers: {own} and {second}.").format(own=own, second=unit),
            _("Check locker {second}. If it is empty, free it.").format(second=unit),
        )
    proposal = _("Look into locker {unit}. If this parcel is not in it, free it: parcels of others stay in it.")
    return Advice(
        _("Locker {unit} is still held for this parcel, which is not in it.").format(unit=unit),
        proposal.format(unit=unit),
    )


def _on_own_unit(finding: Finding, unit: str) -> Advice:
    if finding is Finding.NOT_FOUND:
        text = _("A stock-take did not find this parcel in locker {unit}, where the locker service still has it.")
        return Advice(
            text.format(unit=unit),
            _("Look for it in the lockers beside and on the shelf. Once it is found, or surely gone, clear it."),
        )
    return Advice(
        _("Locker {unit} is held for two recipients, and the code of either opens it.").format(unit=unit),
        _("Take this parcel out of locker {unit} and close this item, then take it in again.").format(unit=unit),
    )


def _on_unseen_code(item: AttentionItem, unit: str) -> Advice:
    if item.place is not None:
        text = _("Nobody saw the last pickup code of locker {unit}, and other parcels are still in it.")
        return Advice(
            text.format(unit=item.place.locker_unit_id),
            _("At the desk that put them in, get a new pickup code for one of them."),
        )
    return Advice(
        _("The pickup code for locker {unit} is gone, and nobody had seen it.").format(unit=unit),
        _("The recipient never got it: issue a new pickup code, or take the parcel out."),
    )


def _on_clash(item: AttentionItem, unit: str) -> Advice:
    parameters = item.cause.parameters if item.cause else {}
    desk, number = plain(str(parameters.get("desk"))), plain(str(parameters.get("tracking_number")))
    if item.finding is Finding.NUMBER_AT_TWO_DESKS:
        proposal = _(
            "Find out which desk has the box. The other one cancels its parcel, or says that it was collected."
        )
        return Advice(_("Desk {desk} has a parcel of this number, too.").format(desk=desk), proposal)
    text = _("Desk {desk} has locker {unit} for somebody else, with parcel {number}.")
    return Advice(
        text.format(desk=desk, unit=unit, number=number),
        _("Look into locker {unit}. What does not belong there is taken out at its own desk.").format(unit=unit),
    )


def _on_unrecorded(item: AttentionItem, unit: str, holder: str, cause: str) -> Advice:
    if holder and item.finding is Finding.UNIT_OF_SOMEBODY_ELSE:
        text = _("The parcel was put into locker {unit}, which is {holder}'s by now.")
        cause = text.format(unit=unit, holder=plain(holder))
    return Advice(cause, _(OPEN_LOCKER).format(unit=unit))
