"""What may stand behind `kiosk`: every command with its options. Carries nothing out and loads nothing heavy."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import __version__
from kiosk.facilities.variants import FacilityCarrier, FacilityService

if TYPE_CHECKING:
    # argparse has no public name for it.
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - the same

MOST_HOURS = 24 * 90
"""As long as desk.reservation_hours allows."""

SORTS = ("distance", "open", "name")
"""The orders of `kiosk/facilities/finder.py`, which is not loaded for a --help."""

_EPILOG = "Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 taken in but not finished (nothing is lost)."


def create_parser() -> argparse.ArgumentParser:
    """Build the parser; `options.runs` names the function (`module:function`) that carries a command out."""
    parser = argparse.ArgumentParser(
        prog="kiosk",
        description="The parcel kiosk. Without a command it opens the clerk's kiosk in this terminal.",
        epilog=_EPILOG,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings file (TOML)")
    parser.set_defaults(runs="kiosk.cli.screen:run", json=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_deposit(commands)
    _add_parcel_commands(commands)
    _add_banks(commands)
    _add_scan(commands)
    _add_facilities(commands)
    _add_recipients(commands)
    _add_journal(commands)
    _add_console(commands)
    _add_check(commands)
    _add_simulator(commands)
    return parser


def _command(commands: Commands, name: str, runs: str, about: str, *, json: bool = True) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=about, description=about, epilog=_EPILOG, allow_abbrev=False
    )
    # Suppressed, so that the option may stand before or behind the command's name.
    parser.add_argument("--config", type=Path, metavar="FILE", default=argparse.SUPPRESS, help="settings file (TOML)")
    if json:
        parser.add_argument("--json", action="store_true", help="answer as JSON with the API's field names")
    parser.set_defaults(runs=f"kiosk.cli.{runs}")
    return parser


def _add_deposit(commands: Commands) -> None:
    deposit = _command(commands, "deposit", "deposit:run", "take a parcel in, reserve a locker, record the deposit")
    deposit.add_argument("number", metavar="NUMBER", type=_text, help="tracking number")
    deposit.add_argument("--contact", required=True, metavar="ID", type=_id, help="contact id of the recipient")
    deposit.add_argument(
        "--contact-type", choices=("recipient", "department"), help="default: what the directory says, else recipient"
    )
    deposit.add_argument("--bank", metavar="ID", type=_id, help="default: desk.default_bank, else the first bank")
    place = deposit.add_mutually_exclusive_group()
    place.add_argument("--size", metavar="SIZE", type=_id, help="default: the smallest size with a free locker")
    place.add_argument("--unit", metavar="ID", type=_id, help="exactly this locker")
    deposit.add_argument(
        "--show-code",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="print the pickup code, which counts as seen then; else it waits in the kiosk",
    )


def _add_parcel_commands(commands: Commands) -> None:
    find = _command(commands, "find", "find:run", "say where a parcel is, or what is held for a contact")
    which = find.add_mutually_exclusive_group(required=True)
    which.add_argument("number", metavar="NUMBER", nargs="?", type=_text, help="tracking number")
    which.add_argument("--contact", metavar="ID", type=_id, help="contact id")

    free = _command(commands, "free", "change:free", "take a parcel off its locker and give its intake up")
    free.add_argument("number", metavar="NUMBER", type=_text, help="tracking number")
    free.add_argument("--bank", metavar="ID", type=_id, help="only if it is in this bank")

    extend = _command(commands, "extend", "change:extend", "move the end of a parcel's reservation")
    extend.add_argument("number", metavar="NUMBER", type=_text, help="tracking number")
    extend.add_argument("--hours", required=True, metavar="H", type=_hours, help="counted from now")


def _add_banks(commands: Commands) -> None:
    banks = _command(commands, "banks", "banks:list_banks", "list the locker banks")
    banks.add_argument("--location", metavar="ID", type=_id, help="default: desk.location_id")
    bank = _command(commands, "bank", "banks:show_bank", "show a bank with its lockers and how many are free")
    bank.add_argument("bank", metavar="ID", type=_id, help="locker bank id")


def _add_scan(commands: Commands) -> None:
    scan = _command(commands, "scan", "scan:run", "say what a barcode means: number, carriers, check digit")
    scan.add_argument("code", metavar="CODE", help="what the scanner sends; - reads one code a line")


def _add_facilities(commands: Commands) -> None:
    facilities = _command(commands, "facilities", "facilities:run", "find drop-off points and post offices nearby")
    facilities.add_argument(
        "address", metavar="ADDRESS", nargs="*", type=_text, help="such as 110 Myrtle Avenue, Westport, CT 06880"
    )
    place = facilities.add_argument_group("the address in parts (default: desk.address)")
    place.add_argument(
        "--line", action="append", default=[], metavar="TEXT", type=_text, help="street; may be repeated"
    )
    place.add_argument("--city", default="", metavar="NAME", type=_text)
    place.add_argument("--state", default="", metavar="XX", type=_text)
    place.add_argument("--postal-code", default="", metavar="CODE", type=_text)
    place.add_argument("--country", default="", metavar="XX", type=_text, help="default US")
    facilities.add_argument(
        "--carrier", choices=[each.value for each in FacilityCarrier], default="USPS", help="default USPS"
    )
    facilities.add_argument(
        "--service", choices=[each.value for each in FacilityService], help="only facilities that offer it"
    )
    facilities.add_argument("--radius", metavar="MILES", type=_whole, help="default 5")
    facilities.add_argument("--count", metavar="N", type=_whole, help="default 5, at most 200")
    facilities.add_argument(
        "--packageless", action="store_true", help="only points that take returns without a package"
    )
    facilities.add_argument("--qr-code", action="store_true", help="only points that scan the QR code of Label Broker")
    facilities.add_argument("--sort", choices=SORTS, default=SORTS[0], help=f"default {SORTS[0]}")
    facilities.add_argument("--open-in", metavar="MINUTES", type=_minutes, help="only those open so long from now")


def _add_recipients(commands: Commands) -> None:
    about = "fill, search and clear the directory of names"
    recipients = commands.add_parser("recipients", help=about, description=about, epilog=_EPILOG, allow_abbrev=False)
    parts = recipients.add_subparsers(title="commands", metavar="COMMAND", required=True)
    take_in = _command(parts, "import", "recipients:import_file", "fill the directory of names from CSV or JSON lines")
    take_in.add_argument("file", type=Path, metavar="FILE", help="people and departments, a row each")
    take_in.add_argument("--dry-run", action="store_true", help="only say what would change")
    search = _command(parts, "search", "recipients:search", "find people as the clerk's screen does")
    search.add_argument("text", metavar="TEXT", type=_text, help="letters of name, department, room, e-mail or id")
    forget = _command(parts, "forget", "recipients:forget", "remove a person, also from past parcels")
    forget.add_argument("contact", metavar="ID", type=_id, help="contact id")


def _add_journal(commands: Commands) -> None:
    about = "prove or hand out the journal"
    journal = commands.add_parser("journal", help=about, description=about, epilog=_EPILOG, allow_abbrev=False)
    parts = journal.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _command(parts, "verify", "journal:verify", "prove that no event was changed, added or taken away")
    _command(parts, "export", "journal:export", "write every event as a line of JSON, or with --json all as one array")
    back = _command(parts, "import", "journal:restore", "bring an export back into an empty data folder")
    back.add_argument("file", type=Path, metavar="FILE", help="what `kiosk journal export` wrote")


def _add_console(commands: Commands) -> None:
    console = _command(commands, "console", "console:run", "open the operator's console in this terminal", json=False)
    console.add_argument("--as", dest="name", type=_id, metavar="NAME", help="who this is; the forced command says it")


def _add_check(commands: Commands) -> None:
    about = "test settings, storage, network, finder, terminal and scanner, step by step"
    check = _command(commands, "check", "check:run", about)
    check.add_argument(
        "--scanner",
        action="store_true",
        help="show a test code and wait up to a minute for one scan of it; needs a terminal, else it is left out",
    )


def _add_simulator(commands: Commands) -> None:
    simulator = _command(commands, "simulator", "simulator:run", "simulate the locker service on loopback", json=False)
    simulator.add_argument("--port", type=_port, default=8800, metavar="N", help="default 8800; 0 takes any free one")
    simulator.add_argument("--data", type=Path, metavar="DIR", help="default: the demo's own")
    simulator.add_argument("--seed", type=int, default=1, metavar="N", help="which world a new folder begins with")
    simulator.add_argument("--faults", default="", metavar="SPEC", help="such as lost=0.05,late=0.05")
    simulator.add_argument(
        "--pickups-per-hour", type=_rate, default=0.0, metavar="X", help="let simulated recipients come"
    )


def _text(raw: str) -> str:
    try:
        raw.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("this is no text in the terminal's encoding") from None
    return raw


def _id(raw: str) -> str:
    if not raw.strip() or not raw.isprintable():
        raise argparse.ArgumentTypeError("an id without control characters is wanted")
    return raw.strip()


def _number(raw: str, highest: float) -> float:
    try:
        number = float(raw)
    except ValueError:
        number = math.nan
    if not 0 <= number <= highest:
        raise argparse.ArgumentTypeError(f"a number from 0 to {highest:.0f} is wanted")
    return number


def _hours(raw: str) -> float:
    hours = _number(raw, MOST_HOURS)
    if hours == 0:
        raise argparse.ArgumentTypeError("more than 0 hours are wanted")
    return hours


def _rate(raw: str) -> float:
    return _number(raw, 3600)


def _integer(raw: str, highest: float) -> int:
    number = _number(raw, highest)
    if not number.is_integer():
        raise argparse.ArgumentTypeError("a whole number is wanted")
    return int(number)


def _port(raw: str) -> int:
    return _integer(raw, 65535)


def _whole(raw: str) -> int:
    return _integer(raw, 25_000)


def _minutes(raw: str) -> int:
    return _integer(raw, 7 * 24 * 60)
