"""Who may use this desk: listing people, and letting them in by PIN or badge. No screen, and no role of the console."""

from __future__ import annotations

import asyncio
import secrets
from math import ceil
from typing import Final

from pydantic import SecretStr

from kiosk.clock import Clock
from kiosk.desk.scrypt import Cost, Kept, Way
from kiosk.desk.slowing import Slowing
from kiosk.errors import NotListedError, SignInError, SignInSlowedError, UnusablePersonError
from kiosk.folding import fold, sort_key
from kiosk.journal.sign_ins import DESK, SignInRow, SignIns
from kiosk.journal.store import Journal
from kiosk.languages import has_language, languages
from kiosk.parcels.desk_events import PersonSignedIn, PersonSignedOut
from kiosk.parcels.people import DESK_ROLES, ListedPerson, Person
from kiosk.parcels.states import Role, SignIn, SignOut
from kiosk.tracking.codes import Code

SHORTEST_PIN: Final = 4
LONGEST_PIN: Final = 12
SHORTEST_BADGE: Final = 4
LONGEST_BADGE: Final = 128
LONGEST_NAME: Final = 40


class People:
    """The people of this desk; whoever is not signed in by the settings' wish is `user_id` to the API."""

    def __init__(self, journal: Journal, clock: Clock, *, user_id: str, own_prefix: str) -> None:
        self._journal = journal
        self._rows = SignIns(journal)
        self._user_id = user_id
        self._own_prefix = own_prefix
        self._slowing = Slowing(clock)
        self._cost = Cost()
        self._one_by_one = asyncio.Lock()
        """Tries of one process are looked at one after the other, so that none slips past the count of another."""

    async def listed(self) -> tuple[ListedPerson, ...]:
        """Return everybody who may sign in, by name."""
        listed = (row.listed for row in await self._rows.all())
        return tuple(sorted(listed, key=lambda each: sort_key(each.name)))

    async def named(self, name: str) -> ListedPerson:
        """Return somebody by name; raises NotListedError."""
        return (await self._row(name)).listed

    async def wait(self, person_id: str = DESK) -> float:
        """Return for how many seconds more the person is not let in; of nobody in particular, for the whole desk."""
        return self._slowing.left(await self._rows.tries(), person_id)

    async def sign_in_by_pin(self, person_id: str, pin: SecretStr) -> Person:
        """Return who this is.

        Raises SignInError (`pin_wrong`, `no_pin`, `person_gone`), and SignInSlowedError (`pin_slowed`) with the
        `seconds` to wait: then the PIN was not looked at.
        """
        async with self._one_by_one:
            row = next((each for each in await self._rows.all() if each.person_id == person_id), None)
            if row is None:
                raise SignInError("person_gone")
            if row.pin is None:
                raise SignInError("no_pin", name=row.name)
            await self._begin_try(person_id, DESK)
            kept = Kept.read(row.pin)
            if not await kept.is_of(pin):
                raise SignInError("pin_wrong")
            await self._rows.right(person_id, DESK)
        return self._person(row)

    async def sign_in_by_badge(self, code: SecretStr) -> Person:
        """Return whose badge this is.

        Raises SignInError (`badge_unknown`), and SignInSlowedError (`pin_slowed`) with the `seconds` to wait.
        """
        async with self._one_by_one:
            await self._begin_try(DESK)
            row = await self._of_badge(code)
            if row is None:
                raise SignInError("badge_unknown")
            await self._rows.right(DESK)
        return self._person(row)

    async def whose_badge(self, code: SecretStr) -> Person | None:
        """Return whose badge was scanned in the middle of somebody's work; None for what is nobody's.

        No try is counted: a parcel that was scanned is none.
        """
        async with self._one_by_one:
            row = await self._of_badge(code)
        return None if row is None else self._person(row)

    def may_be_badge(self, code: Code) -> bool:
        """Tell whether a code that was scanned may be a badge: what can only be a parcel's number is none."""
        is_number = code.is_certain or code.upper().startswith(self._own_prefix)
        return SHORTEST_BADGE <= len(code) <= LONGEST_BADGE and code.isprintable() and not is_number

    async def note_signed_in(self, person: Person, by: SignIn) -> None:
        """Record that somebody began to work at the desk."""
        await self._journal.record(PersonSignedIn(role=person.role, by=by), person)

    async def note_signed_out(self, person: Person, why: SignOut) -> None:
        """Record that somebody works at the desk no longer."""
        await self._journal.record(PersonSignedOut(why=why), person)

    async def add(
        self,
        name: str,
        role: Role,
        by: Person,
        *,
        user_id: str = "",
        language: str = "",
        pin: SecretStr | None = None,
        badge: SecretStr | None = None,
    ) -> ListedPerson:
        """List somebody who signs in by PIN, badge or both; raises UnusablePersonError."""
        if pin is None and badge is None:
            raise UnusablePersonError("no_key", name=name)
        row = SignInRow(
            secrets.token_hex(4),
            _name(name),
            _role(role),
            user_id,
            await self._kept_pin(pin),
            await self._badge(badge),
            _language(language),
        )
        await self._rows.put(row, (), by)
        return row.listed

    async def change(
        self,
        name: str,
        by: Person,
        *,
        new_name: str | None = None,
        role: Role | None = None,
        user_id: str | None = None,
        language: str | None = None,
        pin: SecretStr | None = None,
        badge: SecretStr | None = None,
    ) -> ListedPerson:
        """Change what is given, and leave the rest; raises NotListedError and UnusablePersonError."""
        before = await self._row(name)
        row = before._replace(
            name=before.name if new_name is None else _name(new_name),
            role=before.role if role is None else _role(role),
            user_id=before.user_id if user_id is None else user_id,
            pin=await self._kept_pin(pin) or before.pin,
            badge=await self._badge(badge, before.person_id) or before.badge,
            language=before.language if language is None else _language(language),
        )
        changed = [field for field, old, new in zip(row._fields, before, row, strict=True) if old != new]
        if changed:
            await self._rows.put(row, tuple(changed), by)
        return row.listed

    async def remove(self, name: str, by: Person) -> ListedPerson:
        """Take somebody off the list, with all that is kept of PIN and badge; raises NotListedError."""
        row = await self._row(name)
        await self._rows.remove(row, by)
        return row.listed

    async def _begin_try(self, *scopes: str) -> None:
        if left := self._slowing.left(await self._rows.tries(), scopes[0]):
            raise SignInSlowedError("pin_slowed", seconds=ceil(left))
        await self._rows.begin_try(*scopes)
        self._slowing.left(await self._rows.tries())  # from now on it waits

    async def _of_badge(self, code: SecretStr) -> SignInRow | None:
        """Return whose badge it is: all badges of a desk share a salt, so that one digest tells."""
        found = None
        kept = [(row, Kept.read(row.badge)) for row in await self._rows.all() if row.badge is not None]
        for way in {each.way for _, each in kept}:
            digest = await way.digest(code)
            for row, each in kept:
                if each.way == way and each.has(digest):
                    found = row
        return found

    async def _row(self, name: str) -> SignInRow:
        found = [row for row in await self._rows.all() if fold(row.name) == fold(name)]
        if not found:
            raise NotListedError(name=name)
        return found[0]

    def _person(self, row: SignInRow) -> Person:
        user_id = row.user_id or self._user_id
        return Person(name=row.name, role=row.role, user_id=user_id, language=row.language)

    async def _kept_pin(self, pin: SecretStr | None) -> str | None:
        if pin is None:
            return None
        text = pin.get_secret_value()
        if not (SHORTEST_PIN <= len(text) <= LONGEST_PIN and text.isascii() and text.isdigit()):
            raise UnusablePersonError("pin_unusable", shortest=SHORTEST_PIN, longest=LONGEST_PIN)
        return (await Kept.of(pin, Way.new(self._cost))).text

    async def _badge(self, badge: SecretStr | None, person_id: str = "") -> str | None:
        if badge is None:
            return None
        text = badge.get_secret_value()
        if not (SHORTEST_BADGE <= len(text) <= LONGEST_BADGE and text.isprintable()):
            raise UnusablePersonError("badge_unusable", shortest=SHORTEST_BADGE, longest=LONGEST_BADGE)
        if not self.may_be_badge(Code(text)):
            raise UnusablePersonError("badge_is_number")
        owner = await self._of_badge(badge)
        if owner is not None and owner.person_id != person_id:
            raise UnusablePersonError("badge_taken")
        shared = [Kept.read(row.badge).way for row in await self._rows.all() if row.badge is not None]
        return (await Kept.of(badge, shared[0] if shared else Way.new(self._cost))).text


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not (name and len(name) <= LONGEST_NAME and name.isprintable()):
        raise UnusablePersonError("name_unusable", longest=LONGEST_NAME)
    return name


def _role(role: Role) -> Role:
    if role not in DESK_ROLES:
        raise UnusablePersonError("role_unusable")
    return role


def _language(code: str) -> str:
    if code and not has_language(code):
        raise UnusablePersonError("language_unusable", allowed=languages())
    return code
