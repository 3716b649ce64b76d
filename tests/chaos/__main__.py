"""The chaos run: `python -m tests.chaos --parcels 2000 --desks 4 --seed 1 --minutes 10`; exit 1 if anything is amiss.

The seed makes decisions, faults and kills repeatable one by one; which of them meet depends on the machine's timing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.chaos.damage import damage
from tests.chaos.fleet import run_storm
from tests.chaos.mutations import MUTATIONS
from tests.chaos.notices import run as notices
from tests.chaos.one_bank import rush
from tests.chaos.report import KILLS_PER_PARCEL, shortfalls, table
from tests.chaos.run import Plan, Run
from tests.chaos.weather import DELAYS, FAULTS, chances

PARCELS_PER_SERVER_KILL = 100
PARCELS_PER_RESTORE = 1000
MORE_KILLS = 1.1
"""Than are asked for: some meet a process that has just ended."""


def main() -> int:
    options = _arguments().parse_args()
    with tempfile.TemporaryDirectory(prefix="chaos-") as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        return SCENARIOS[options.scenario](options, folder)


def _one_bank(options: argparse.Namespace, folder: Path) -> int:
    outcome = rush(folder, options.seed)
    sys.stdout.write(f"{outcome}\n")
    return int(bool(outcome.wrong))


def _damage(options: argparse.Namespace, folder: Path) -> int:
    result = damage(folder, options.damages, options.seed)
    sys.stdout.write(f"{result}\n")
    return int(bool(result.wrong))


def _chaos(options: argparse.Namespace, folder: Path) -> int:
    faults = chances(FAULTS) if options.faults is None else options.faults
    plan = Plan(
        parcels=options.parcels,
        desks=options.desks,
        seed=options.seed,
        minutes=options.minutes,
        kills=int(options.parcels * KILLS_PER_PARCEL * MORE_KILLS) if options.kills is None else options.kills,
        server_kills=options.parcels // PARCELS_PER_SERVER_KILL
        if options.server_kills is None
        else options.server_kills,
        restores=-(-options.parcels // PARCELS_PER_RESTORE) if options.restores is None else options.restores,
        faults=f"{faults},{DELAYS}",
        mutation=options.mutation,
    )
    result = Run(plan, folder).carry_out()
    sys.stdout.write(table(result) + "\n")
    (folder / "violations.txt").write_text("".join(f"{each.kind}: {each.about}\n" for each in result.violations))
    return int(bool(result.violations or shortfalls(result)))


def _notices(options: argparse.Namespace, folder: Path) -> int:
    result = notices.Run(folder, parcels=options.parcels, seed=options.seed).carry_out()
    sys.stdout.write(f"{result}\n")
    return int(bool(result.violations))


def _fleet(options: argparse.Namespace, folder: Path) -> int:
    outcome = run_storm(folder, options.seed, options.troubles)
    sys.stdout.write(f"{outcome}\n")
    return int(bool(outcome.wrong))


SCENARIOS = {"chaos": _chaos, "one-bank": _one_bank, "damage": _damage, "notices": _notices, "fleet": _fleet}


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description="Kill kiosks, lose answers, and look.")
    parser.add_argument("--scenario", choices=sorted(SCENARIOS), default="chaos")
    parser.add_argument("--parcels", type=int, default=2000)
    parser.add_argument("--desks", type=int, default=4, help="every fourth one with a real screen")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=10, help="when to stop taking parcels in")
    parser.add_argument("--damages", type=int, default=2000, help="of the file, in the scenario of that name")
    parser.add_argument("--troubles", type=int, default=10_000, help="on the way to the centre, in the scenario fleet")
    parser.add_argument("--kills", type=int, help="of processes; one for every four parcels if not given")
    parser.add_argument("--server-kills", type=int, help="of the simulator; one for every hundred parcels if not given")
    parser.add_argument("--restores", type=int, help="of an older copy; one for every thousand parcels if not given")
    parser.add_argument("--faults", help="as `kiosk simulator --faults` takes them; all if not given")
    parser.add_argument("--mutation", choices=sorted(MUTATIONS), default="", help="break the write path on purpose")
    parser.add_argument("--keep", type=Path, help="an empty folder that keeps journals and notes")
    return parser


if __name__ == "__main__":
    sys.exit(main())
