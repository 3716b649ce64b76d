"""Banks in lines: how full they are, and what is behind each door by the service and by the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.overview import BankUse, SizeUse, UnitContent
from kiosk.plain.console.facts import row
from kiosk.plain.console.parcels import show
from kiosk.plain.questions import Choice, Question, WentBack
from kiosk.words.contradictions import contradiction_sentence
from kiosk.words.language import _, ngettext
from kiosk.words.overview import report_sentence
from kiosk.words.states import size_word, unit_word

if TYPE_CHECKING:
    from kiosk.parcels.choosing import BankView
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.console.operator import Operator


def bank_line(operator: Operator, used: BankUse) -> str:
    """Return how many lockers of each size are free in a bank, and when that was read."""
    if used.view is None:
        return _("{bank}: could not be read").format(bank=used.bank.label)
    sizes = ", ".join(map(_size_use, used.sizes))
    text = _("{bank}: {sizes}; read {time}")
    return text.format(bank=used.bank.label, sizes=sizes, time=operator.when(used.view.read_at))


async def ask_bank(operator: Operator) -> None:
    """Ask for a bank, unless there is one only, and say its doors until somebody goes back."""
    banks = await operator.talk.during(operator.queries.banks(), _("Asking the locker service"))
    if not banks:
        operator.talk.say(_("This location has no locker bank."))
        return
    while True:
        asked: Question[BankUse] = Question(
            _("Which bank? Type its number, or back."),
            choices=[Choice(bank_line(operator, each), each) for each in banks],
        )
        used = await operator.talk.ask(asked)
        if used.view is None:
            operator.talk.say(_("{bank}: could not be read").format(bank=used.bank.label))
            continue
        try:
            await _ask_door(operator, used.view)
        except WentBack:
            continue


async def _ask_door(operator: Operator, view: BankView) -> None:
    while True:
        contents = await operator.queries.contents(view)
        asked: Question[UnitContent] = Question(
            _("Which locker? Type the number in front of it, or back."),
            choices=[Choice(_door(each), each) for each in contents],
        )
        await _look_in(operator, await operator.talk.ask(asked))


async def _look_in(operator: Operator, content: UnitContent) -> None:
    """Say what is known of a door, and open a parcel in it."""
    unit = content.unit
    held = dict.fromkeys(each.tracking_number for each in (*unit.parcels_deposited, *unit.parcels_reserved))
    operator.talk.say(_door(content))
    if unit.contact_id or held:
        text = _("The locker service: {name}, {numbers}")
        who = unit.contact_name or unit.contact_id or _("nobody")
        operator.talk.say(text.format(name=who, numbers=", ".join(held) or _("no parcel")))
    if content.report:
        operator.talk.say(report_sentence(content.report))
    if content.contradiction:
        operator.talk.say(contradiction_sentence(content.contradiction))
    if not content.parcels:
        operator.talk.say(_("The journal knows no parcel in it."))
        return
    asked: Question[Parcel] = Question(
        _("Which parcel? Type its number, or back."),
        choices=[Choice(row(operator, each), each) for each in content.parcels],
    )
    try:
        await show(operator, await operator.talk.ask(asked))
    except WentBack:
        return


def _size_use(use: SizeUse) -> str:
    free = use.states.get("free", 0)
    text = ngettext("{size} {free} of {units} free", "{size} {free} of {units} free", free)
    return text.format(size=size_word(use.size) or _("any size"), free=free, units=use.units)


def _door(content: UnitContent) -> str:
    unit = content.unit
    traits = [
        size_word(unit.size) or _("size unknown"),
        unit_word(unit.state),
        *([_("accessible")] if unit.accessible else []),
    ]
    if content.parcels:
        held = ngettext("{count} parcel", "{count} parcels", len(content.parcels))
        traits.append(held.format(count=len(content.parcels)))
    if content.contradiction:
        traits.append(_("data mismatch"))
    return _("Locker {unit}: {traits}").format(unit=unit.locker_unit_id, traits=", ".join(traits))
