"""`kiosk people`: who may sign in at the desk. Needs no network.

A PIN and a badge are typed or scanned at the terminal without being shown, or come from standard input, a line each:
an argument would stand in the list of processes and in the shell's history.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from getpass import getpass

from pydantic import SecretStr

from kiosk.cli.exits import DONE
from kiosk.cli.identity import is_account
from kiosk.cli.output import Fields, Output
from kiosk.cli.session import open_session
from kiosk.cli.standard_input import standard_input
from kiosk.errors import UnusablePersonError
from kiosk.parcels.people import ListedPerson
from kiosk.parcels.states import Role
from kiosk.words.language import N_, _

_COLUMNS = ("personId", "name", "role", "userId", "language", "hasPin", "hasBadge")

_ASK_PIN, _ASK_AGAIN = N_("PIN (Enter for none): "), N_("The same PIN again: ")
_ASK_BADGE = N_("Scan the badge (Enter for none): ")


def list_people(options: argparse.Namespace, output: Output) -> int:
    """List who may sign in."""
    people = asyncio.run(_listed(options))
    output.records([_fields(each) for each in people], _COLUMNS)
    if not people:
        output.progress(_("Nobody is listed yet."))
    return DONE


def add(options: argparse.Namespace, output: Output) -> int:
    """List somebody with a PIN, a badge or both."""
    _refuse_account(options.name)
    pin, badge = _ask_pin(), _ask(_ASK_BADGE)
    output.record(_fields(asyncio.run(_add(options, pin, badge))))
    return DONE


def change(options: argparse.Namespace, output: Output) -> int:
    """Change what is given, and leave the rest."""
    if options.new_name is not None:
        _refuse_account(options.new_name)
    pin = _ask_pin() if options.pin else None
    badge = _ask(_ASK_BADGE) if options.badge else None
    output.record(_fields(asyncio.run(_change(options, pin, badge))))
    return DONE


def remove(options: argparse.Namespace, output: Output) -> int:
    """Take somebody off the list; whoever is signed in at this moment works on until they sign out."""
    output.record(_fields(asyncio.run(_remove(options))))
    return DONE


async def _listed(options: argparse.Namespace) -> tuple[ListedPerson, ...]:
    async with open_session(options.config) as (services, _person):
        return await services.desk.people.listed()


async def _add(options: argparse.Namespace, pin: SecretStr | None, badge: SecretStr | None) -> ListedPerson:
    async with open_session(options.config) as session:
        await session.begins(options)
        return await session.services.desk.people.add(
            options.name,
            Role(options.role),
            session.person,
            user_id=options.user or "",
            language=options.language or "",
            pin=pin,
            badge=badge,
        )


async def _change(options: argparse.Namespace, pin: SecretStr | None, badge: SecretStr | None) -> ListedPerson:
    async with open_session(options.config) as session:
        await session.begins(options)
        return await session.services.desk.people.change(
            options.name,
            session.person,
            new_name=options.new_name,
            role=None if options.role is None else Role(options.role),
            user_id=options.user,
            language=options.language,
            pin=pin,
            badge=badge,
        )


async def _remove(options: argparse.Namespace) -> ListedPerson:
    async with open_session(options.config) as session:
        await session.begins(options)
        return await session.services.desk.people.remove(options.name, session.person)


def _refuse_account(name: str) -> None:
    """Refuse an account's name: what a command does would look like this person's work, or the other way round."""
    if is_account(name):
        raise UnusablePersonError("name_of_account", name=name)


def _ask_pin() -> SecretStr | None:
    """Return a PIN; at a terminal it is typed twice, for nobody sees it."""
    pin = _ask(_ASK_PIN)
    if pin is not None and sys.stdin.isatty() and _ask(_ASK_AGAIN) != pin:
        raise UnusablePersonError("pins_differ")
    return pin


def _ask(words: str) -> SecretStr | None:
    """Return what is typed or scanned at the terminal, or the next line of standard input; None for an empty one."""
    lines = standard_input()
    text = getpass(_(words)) if lines.isatty() else lines.readline()
    return SecretStr(text.strip()) if text.strip() else None


def _fields(person: ListedPerson) -> Fields:
    return person.model_dump(mode="json", by_alias=True)
