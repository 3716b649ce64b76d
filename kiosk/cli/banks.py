"""`kiosk banks` and `kiosk bank`: the locker banks, and one of them with its units."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterable, Mapping

from kiosk.cli.exits import DONE, FAILED
from kiosk.cli.fields import contradiction_fields
from kiosk.cli.output import Fields, Output
from kiosk.cli.prose import Prose
from kiosk.cli.session import open_session
from kiosk.desk.overview import UnitContent
from kiosk.parcels.choosing import BankView
from kiosk.parcels.lockers import LockerUnit, SizeAvailability
from kiosk.words.contradictions import contradiction_sentence, how_to_mend
from kiosk.words.language import _, pgettext
from kiosk.words.states import size_word, unit_word

_BANK_COLUMNS = ("lockerBankId", "lockerBankName", "locationId", "locationName")


def list_banks(options: argparse.Namespace, output: Output) -> int:
    """Print the banks of the desk's location or of the one asked for, or only one of them."""
    return asyncio.run(_list_banks(options, output))


def show_bank(options: argparse.Namespace, output: Output) -> int:
    """Print one bank: how many units of each size are free, and each unit; or only what contradicts itself."""
    return asyncio.run(_show_bank(options, output))


async def _list_banks(options: argparse.Namespace, output: Output) -> int:
    async with open_session(options.config, location_id=options.location) as (services, _person):
        lockers = services.queries.lockers
        banks = await (lockers.banks_of_id(options.bank) if options.bank else lockers.banks())
    output.records([bank.model_dump(by_alias=True) for bank in banks], _BANK_COLUMNS)
    if not banks:
        output.progress(_("There is no locker bank at this location."))
    return DONE


async def _show_bank(options: argparse.Namespace, output: Output) -> int:
    async with open_session(options.config) as (services, _person):
        view = await services.queries.lockers.bank(options.bank, fresh=True)
        if options.check:
            return _contradictions(view, await services.queries.console.contents(view), output)
        reports = await services.queries.console.reports()
    times = {each.locker_unit_id: each.times for each in reports if each.locker_bank_id == options.bank}
    details = view.details
    head = details.model_dump(by_alias=True, exclude={"locker_units"})
    if output.as_json:
        sizes = [size.model_dump(by_alias=True, exclude_none=True) for size in view.sizes]
        units = [_unit_fields(unit, view, times) for unit in details.locker_units]
        output.json({**head, "sizes": sizes, "lockerUnits": units, "readTime": view.read_at})
        return DONE
    output.record({name: value for name, value in head.items() if value} | {"readTime": view.read_at})
    output.line("")
    output.rows([_size_row(size, view) for size in view.sizes])
    output.line("")
    output.rows([_unit_row(unit, view, times) for unit in details.locker_units])
    return DONE


def _contradictions(view: BankView, contents: Iterable[UnitContent], output: Output) -> int:
    """Print which units contradict themselves, with what mends each; 1 where one does."""
    odd = [(content, content.contradiction) for content in contents if content.contradiction]
    bank_id = view.details.locker_bank_id
    if output.as_json:
        fields = [contradiction_fields(content) for content, _code in odd]
        output.json({"lockerBankId": bank_id, "readTime": view.read_at, "contradictions": fields})
    else:
        output.rows(
            [
                {
                    _("Locker"): content.unit.locker_unit_id,
                    _("What does not fit"): contradiction_sentence(code),
                    _("What to do"): how_to_mend(code),
                }
                for content, code in odd
            ]
        )
        if not odd:
            output.progress(_("Nothing in this bank contradicts itself."))
    return FAILED if odd else DONE


def _unit_fields(unit: LockerUnit, view: BankView, times: Mapping[str, int]) -> Fields:
    reported = unit.locker_unit_id in view.reported
    fields = unit.model_dump(mode="json", by_alias=True, exclude_none=True)
    return fields | {"state": unit.state.value, "reported": reported, "reports": times.get(unit.locker_unit_id, 0)}


def _size_row(size: SizeAvailability, view: BankView) -> Fields:
    free = pgettext("how many lockers", "Free")
    return {_("Size"): size_word(size.size), free: _free(size), _("Lockers"): _total(view, size) or _("unknown")}


def _unit_row(unit: LockerUnit, view: BankView, times: Mapping[str, int]) -> Fields:
    state = unit_word(unit.state)
    return {
        _("Locker"): unit.locker_unit_id,
        _("Size"): size_word(unit.size),
        _("State"): _("{state} (reported)").format(state=state) if unit.locker_unit_id in view.reported else state,
        _("Reports"): times.get(unit.locker_unit_id),
        _("Accessible"): unit.accessible or None,
        _("Contact"): Prose(unit.contact_name) if unit.contact_name else unit.contact_id,
        _("Parcels"): " ".join(unit.numbers),
        _("Reserved until"): unit.reservation_expiry_time,
    }


def _free(size: SizeAvailability) -> str:
    if size.free is not None:
        return str(size.free)
    return {True: _("some"), False: "0", None: _("unknown")}[size.some_free]


def _total(view: BankView, size: SizeAvailability) -> int:
    return sum(unit.size == size.size for unit in view.details.locker_units)
