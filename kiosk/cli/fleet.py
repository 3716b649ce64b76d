"""`kiosk fleet init` and `join`: set the centre of several desks up, and let desks and consoles in.

Both ask the centre as the administrator of its server; this desk's own login is made here and kept in a private file.
"""

from __future__ import annotations

import argparse
import os
from typing import NamedTuple

from kiosk.cli.exits import DONE
from kiosk.cli.fleet_admin import as_admin
from kiosk.cli.identity import owner
from kiosk.cli.output import Fields, Output
from kiosk.cli.session import begins
from kiosk.desk.visits import Visits
from kiosk.fleet.centre import Centre, server_named
from kiosk.fleet.joining import EVERY_SITE, SetUp, join_console, join_desk, set_up
from kiosk.fleet.logins import LoginKind, write_login
from kiosk.journal.desks import own_desk
from kiosk.settings import Settings, load_settings
from kiosk.storage import translated
from kiosk.wiring import open_journal
from kiosk.words.language import _, ngettext
from kiosk.words.plain import plain


def init(options: argparse.Namespace, output: Output) -> int:
    """Set the centre up or bring it up to date; say what was done."""
    settings = load_settings(options.config)
    server = server_named(settings.fleet)

    async def work(admin: Centre) -> SetUp:
        async with open_journal(settings) as journal:
            await begins(options, Visits(journal), owner(settings, os.environ))
        return await set_up(admin, personal_months=options.personal_months)

    done = as_admin(settings.fleet, options.admin, work, makes_database=True)
    if output.as_json:
        output.json(
            {
                "server": f"{server.host}:{server.port}/{server.database}",
                "carriedOut": [each.name for each in done.carried_out],
                "schema": done.schema,
                "personalMonths": done.personal_months,
            }
        )
        return DONE
    if done.carried_out:
        text = _("The centre is set up: database {database} at {host}, schema {schema}.")
    else:
        text = _("There was nothing to do: database {database} at {host} has schema {schema}.")
    output.line(text.format(database=server.database, host=server.host, schema=done.schema))
    text = ngettext(
        "Names can be read there for {count} month.",
        "Names can be read there for {count} months.",
        done.personal_months,
    )
    output.line(text.format(count=done.personal_months))
    return DONE


def join(options: argparse.Namespace, output: Output) -> int:
    """Let this desk or a console in, and keep its login; say as what it is in."""
    settings = load_settings(options.config)
    server_named(settings.fleet)

    async def work(admin: Centre) -> _Joined:
        async with open_journal(settings) as journal:
            desk = await journal.connection.read(own_desk)
            await begins(options, Visits(journal), owner(settings, os.environ))
        if options.console:
            return await _join_console(admin, settings, options)
        return await _join_desk(admin, settings, desk, options.site)

    joined = as_admin(settings.fleet, options.admin, work)
    if output.as_json:
        output.json(joined.fields)
    else:
        output.line(joined.sentence)
        output.line(_("Its login is in {path}.").format(path=plain(joined.fields["file"])))
    return DONE


class _Joined(NamedTuple):
    """Who is in now, for programs and for people."""

    fields: Fields
    sentence: str


async def _join_desk(admin: Centre, settings: Settings, desk: str, site: str) -> _Joined:
    login = await join_desk(admin, desk, site, settings.desk.name)
    with translated(settings.data_dir / LoginKind.DESK.value):
        path = write_login(settings.data_dir, LoginKind.DESK, login)
    fields = {"desk": desk, "site": site, "name": settings.desk.name, "role": login.role, "file": str(path)}
    sentence = _("This desk is in: {name}, site {site}, as {role}.")
    return _Joined(fields, sentence.format(name=plain(settings.desk.name), site=plain(site), role=login.role))


async def _join_console(admin: Centre, settings: Settings, options: argparse.Namespace) -> _Joined:
    sites = tuple(options.sites) or (EVERY_SITE,)
    login = await join_console(admin, options.console, sites)
    with translated(settings.data_dir / LoginKind.CONSOLE.value):
        path = write_login(settings.data_dir, LoginKind.CONSOLE, login)
    fields = {"console": options.console, "sites": list(sites), "role": login.role, "file": str(path)}
    if not options.sites:
        sentence = _("The console {name} is in, and sees every site, as {role}.")
        return _Joined(fields, sentence.format(name=options.console, role=login.role))
    sentence = _("The console {name} is in, and sees {sites}, as {role}.")
    shown = ", ".join(plain(site) for site in sites)
    return _Joined(fields, sentence.format(name=options.console, sites=shown, role=login.role))
