"""What may stand behind `kiosk`: every command with its options. Carries nothing out and loads nothing heavy."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import __version__
from kiosk.cli.argparse_words import speak_for_argparse
from kiosk.cli.check_arguments import add_check
from kiosk.cli.fleet_arguments import add_fleet
from kiosk.cli.leaving_arguments import add_leaving
from kiosk.cli.notices_arguments import add_notices
from kiosk.cli.parsers import A_COMMAND, COMMANDS, EPILOG, FILE, SETTINGS_FILE
from kiosk.cli.parsers import add_reason as _add_reason
from kiosk.cli.parsers import command as _command
from kiosk.cli.parsers import group as _group
from kiosk.cli.people_arguments import add_people
from kiosk.cli.upkeep_arguments import add_backup, add_console, add_report
from kiosk.cli.values import (
    a_column,
    a_count,
    a_port,
    a_rate,
    a_settings_file,
    a_text,
    an_encoding,
    an_id,
    some_hours,
    some_minutes,
)
from kiosk.facilities.variants import FacilityCarrier, FacilityService
from kiosk.parcels.states import Command
from kiosk.words.language import N_, _

if TYPE_CHECKING:
    from kiosk.cli.parsers import Commands

CARRIERS = [each.value for each in FacilityCarrier]
SERVICES = [each.value for each in FacilityService]

SORTS = ("distance", "open", "name")
"""The orders of `kiosk/facilities/finder.py`, which is not loaded for a --help."""

# What stands for a value in the usage line.
_ID, _NUMBER, _TEXT, _NAME = N_("ID"), N_("NUMBER"), N_("TEXT"), N_("NAME")


def create_parser() -> argparse.ArgumentParser:
    """Build the parser; `options.runs` names the function (`module:function`) that carries a command out."""
    speak_for_argparse()
    parser = argparse.ArgumentParser(
        prog="kiosk",
        description=_("The parcel kiosk. Without a command it opens the clerk's screens in this terminal."),
        epilog=_(EPILOG),
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="version", version=f"kiosk {__version__}", help=_("show the version and exit")
    )
    parser.add_argument("--config", type=a_settings_file, metavar=_(FILE), help=_(SETTINGS_FILE))
    about = _("ask and answer line by line, on any terminal and on none")
    parser.add_argument("--plain", dest="runs", action="store_const", const="kiosk.cli.plain:run", help=about)
    parser.set_defaults(runs="kiosk.cli.screen:run", json=False)
    commands = parser.add_subparsers(title=_(COMMANDS), metavar=_(A_COMMAND))
    _add_deposit(commands)
    _add_parcel_commands(commands)
    add_leaving(commands)
    add_notices(commands)
    add_people(commands)
    _add_banks(commands)
    _add_scan(commands)
    _add_facilities(commands)
    _add_recipients(commands)
    _add_journal(commands)
    add_fleet(commands)
    add_backup(commands)
    add_report(commands)
    add_console(commands)
    add_check(commands)
    _add_simulator(commands)
    return parser


def _add_deposit(commands: Commands) -> None:
    about = _("take in a parcel, reserve a locker and record the deposit")
    deposit = _command(commands, "deposit", "deposit:run", about, changes=Command.DEPOSIT)
    deposit.add_argument("number", metavar=_(_NUMBER), type=a_text, help=_("tracking number"))
    deposit.add_argument("--contact", required=True, metavar=_(_ID), type=an_id, help=_("recipient's contact id"))
    deposit.add_argument(
        "--contact-type",
        choices=("recipient", "department"),
        help=_("default: as in the directory, else recipient"),
    )
    deposit.add_argument(
        "--bank",
        metavar=_(_ID),
        type=an_id,
        help=_("locker bank; default: desk.default_bank, else the first one"),
    )
    place = deposit.add_mutually_exclusive_group()
    place.add_argument(
        "--size",
        metavar=_("SIZE"),
        type=an_id,
        help=_("locker size; default: the smallest that has a free locker"),
    )
    place.add_argument("--unit", metavar=_(_ID), type=an_id, help=_("take exactly this locker"))
    about = _("another number of the same parcel (secondaryTrackingNumber)")
    deposit.add_argument("--secondary", metavar=_(_NUMBER), type=a_text, help=about)
    about = _("how long the locker is held until the parcel is in; default: desk.reservation_hours")
    deposit.add_argument("--hours", metavar=_("HOURS"), type=some_hours, help=about)
    deposit.add_argument(
        "--accessible", action="store_true", help=_("only a locker within reach of somebody in a wheelchair")
    )
    _add_show_code(deposit)


def _add_parcel_commands(commands: Commands) -> None:
    find = _command(commands, "find", "find:run", _("show where a parcel is, what a contact has, or what fits a text"))
    which = find.add_mutually_exclusive_group(required=True)
    which.add_argument("number", metavar=_(_NUMBER), nargs="?", type=a_text, help=_("tracking number"))
    which.add_argument("--contact", metavar=_(_ID), type=an_id, help=_("contact id"))
    which.add_argument(
        "--text",
        metavar=_(_TEXT),
        type=a_text,
        help=_("part of a number, a name, a locker, a shelf place or a day; in the journal only"),
    )

    free = _command(commands, "free", "change:free", _("take parcels out of a locker and cancel their intake"))
    which = free.add_mutually_exclusive_group(required=True)
    which.add_argument("number", metavar=_(_NUMBER), nargs="?", type=a_text, help=_("tracking number"))
    which.add_argument("--unit", metavar=_(_ID), type=an_id, help=_("every parcel in this locker; needs --bank"))
    free.add_argument("--bank", metavar=_(_ID), type=an_id, help=_("only if the parcel is in this locker bank"))
    _add_reason(free)

    about = _("hold a reservation longer, or record a deposit again: that takes a new pickup code")
    extend = _command(commands, "extend", "change:extend", about)
    extend.add_argument("number", metavar=_(_NUMBER), type=a_text, help=_("tracking number"))
    about = _("hours from now, for a reservation; default: desk.reservation_hours")
    extend.add_argument("--hours", metavar=_("HOURS"), type=some_hours, help=about)
    _add_show_code(extend)
    _add_reason(extend)

    user = _command(commands, "change-user", "change:change_user", _("record a deposit again as another user's"))
    user.add_argument("number", metavar=_(_NUMBER), type=a_text, help=_("tracking number"))
    about = _("who deposited, as the locker service knows them (userId)")
    user.add_argument("--user", required=True, metavar=_(_ID), type=an_id, help=about)
    _add_reason(user)


def _add_show_code(command: argparse.ArgumentParser) -> None:
    about = _("print the pickup code, which then counts as seen; without it the code waits at the kiosk")
    command.add_argument("--show-code", action=argparse.BooleanOptionalAction, default=True, help=about)


def _add_banks(commands: Commands) -> None:
    banks = _command(commands, "banks", "banks:list_banks", _("list the locker banks"))
    banks.add_argument("--location", metavar=_(_ID), type=an_id, help=_("location; default: desk.location_id"))
    banks.add_argument("--bank", metavar=_(_ID), type=an_id, help=_("only this locker bank"))
    about = _("show a locker bank with its lockers and how many are free")
    bank = _command(commands, "bank", "banks:show_bank", about)
    bank.add_argument("bank", metavar=_(_ID), type=an_id, help=_("locker bank id"))
    about = _("show only what contradicts itself in the service's flags and lists and the journal")
    bank.add_argument("--check", action="store_true", help=about)
    about = _("compare what was found in a bank's lockers, from standard input, with what should be there")
    count = _command(commands, "stocktake", "stocktake:run", about, changes=Command.STOCKTAKE)
    about = _("locker bank; standard input has a line UNIT NUMBER for each parcel, and UNIT - for an empty locker")
    count.add_argument("--bank", required=True, metavar=_(_ID), type=an_id, help=about)
    about = _("ask for what is missing, and take what was found elsewhere off the record; the parcels are at the desk")
    count.add_argument("--repair", action="store_true", help=about)


def _add_scan(commands: Commands) -> None:
    scan = _command(commands, "scan", "scan:run", _("explain a barcode: number, possible carriers, check digit"))
    scan.add_argument(
        "code", metavar=_("CODE"), help=_("what the scanner sends; - reads standard input, one code per line")
    )


def _add_facilities(commands: Commands) -> None:
    about = _("find drop-off points and post offices nearby")
    facilities = _command(commands, "facilities", "facilities:run", about)
    facilities.add_argument(
        "address",
        metavar=_("ADDRESS"),
        nargs="*",
        type=a_text,
        help=_("such as 110 Myrtle Avenue, Westport, CT 06880"),
    )
    place = facilities.add_argument_group(_("address in parts (default: desk.address)"))
    place.add_argument(
        "--line", action="append", default=[], metavar=_(_TEXT), type=a_text, help=_("street; may be repeated")
    )
    place.add_argument("--city", default="", metavar=_(_NAME), type=a_text)
    place.add_argument("--state", default="", metavar="XX", type=a_text)
    place.add_argument("--postal-code", default="", metavar=_("CODE"), type=a_text)
    place.add_argument("--country", default="", metavar="XX", type=a_text, help=_("default: US"))
    facilities.add_argument(
        "--carrier", choices=CARRIERS, default=CARRIERS[0], help=_("default: {carrier}").format(carrier=CARRIERS[0])
    )
    facilities.add_argument(
        "--service",
        choices=SERVICES,
        metavar=_("SERVICE"),
        help=_("only places that offer this service: {services}").format(services=", ".join(SERVICES)),
    )
    facilities.add_argument("--radius", metavar=_("MILES"), type=a_count, help=_("default: 5"))
    facilities.add_argument("--count", metavar=_("COUNT"), type=a_count, help=_("default: 5; at most 200"))
    facilities.add_argument(
        "--packageless", action=argparse.BooleanOptionalAction, help=_("only places that take returns without a box")
    )
    facilities.add_argument(
        "--qr-code", action=argparse.BooleanOptionalAction, help=_("only places that scan a Label Broker QR code")
    )
    facilities.add_argument(
        "--sort", choices=SORTS, default=SORTS[0], help=_("default: {order}").format(order=SORTS[0])
    )
    facilities.add_argument(
        "--open-in", metavar=_("MINUTES"), type=some_minutes, help=_("only places that are open in so many minutes")
    )


def _add_recipients(commands: Commands) -> None:
    parts = _group(commands, "recipients", _("import, search and clean up the directory of recipients"))
    about = _("import the directory from a CSV file or from JSON lines")
    take_in = _command(parts, "import", "recipients:import_file", about, changes=Command.RECIPIENTS_IMPORT)
    about = _("one person or department per row; - reads standard input")
    take_in.add_argument("file", type=Path, metavar=_(FILE), help=about)
    take_in.add_argument("--dry-run", action="store_true", help=_("only show what was understood and would change"))
    about = _("import also if more people would be made inactive than directory.most_removed allows")
    take_in.add_argument("--force", action="store_true", help=about)
    about = _("what the file calls a column, such as contact_id=EMPLID; may be repeated")
    take_in.add_argument("--map", action="append", default=[], metavar=_("COLUMN=NAME"), type=a_column, help=about)
    about = _("how the text is encoded, such as cp1251; default: as the file tells")
    take_in.add_argument("--encoding", metavar=_(_NAME), type=an_encoding, help=about)
    search = _command(parts, "search", "recipients:search", _("search the directory as the clerk's screen does"))
    search.add_argument(
        "text", metavar=_(_TEXT), type=a_text, help=_("part of a name, department, room, e-mail address or id")
    )
    about = _("remove a person from the directory and from past parcels")
    forget = _command(parts, "forget", "recipients:forget", about, changes=Command.RECIPIENTS_FORGET)
    forget.add_argument("contact", metavar=_(_ID), type=an_id, help=_("contact id"))


def _add_journal(commands: Commands) -> None:
    parts = _group(commands, "journal", _("verify, mend, export or import the journal"))
    about = _("prove the journal: its file, its chain of events, and each row that follows from them")
    verify = _command(parts, "verify", "journal:verify", about)
    about = _(
        "also that it still holds these heads: a file of heads, of the system's log or a report; - reads standard input"
    )
    verify.add_argument("--against", type=Path, metavar=_(FILE), help=about)
    about = _("print every event as one line of JSON, or with --json all of them as one array")
    _command(parts, "export", "journal:export", about)
    about = _("make rows anew that are not as the events say; changes no event")
    _command(parts, "rebuild", "journal:rebuild_rows", about, changes=Command.JOURNAL_REBUILD)
    about = _("let this desk go by another id, because its disk was copied and the other one keeps the old id")
    _command(parts, "new-desk", "new_desk:run", about, changes=Command.JOURNAL_NEW_DESK)
    _command(parts, "fits", "fits:run", _("tell whether this program can work with the files that are there"))
    about = _("import an export, also one of version 0.1, into an empty data folder")
    back = _command(parts, "import", "journal:import_file", about, changes=Command.JOURNAL_IMPORT, aliases=("restore",))
    back.add_argument("file", type=Path, metavar=_(FILE), help=_("what `kiosk journal export` wrote"))


def _add_simulator(commands: Commands) -> None:
    about = _("simulate the locker service on this machine")
    simulator = _command(commands, "simulator", "simulator:run", about, json=False)
    simulator.add_argument(
        "--port", type=a_port, default=8800, metavar=_("PORT"), help=_("default: 8800; 0 picks a free port")
    )
    simulator.add_argument("--data", type=Path, metavar=_("FOLDER"), help=_("default: the demo's own folder"))
    simulator.add_argument(
        "--seed", type=int, default=1, metavar=_(_NUMBER), help=_("what a new folder is filled from; default: 1")
    )
    simulator.add_argument("--faults", default="", metavar=_("FAULTS"), help=_("such as lost=0.05,late=0.05"))
    simulator.add_argument(
        "--pickups-per-hour",
        type=a_rate,
        default=0.0,
        metavar=_(_NUMBER),
        help=_("how many parcels simulated recipients collect in an hour; default: none"),
    )
