"""Who works at the desk: by a PIN that nobody sees, or by badge; signing out, and who may leave a locked kiosk."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from pydantic import SecretStr

from kiosk.errors import SignInError, StorageError
from kiosk.parcels.people import ListedPerson, Person
from kiosk.parcels.states import Role, SignIn, SignOut
from kiosk.plain.questions import Choice, Question, WentBack
from kiosk.words.language import _, ngettext
from kiosk.words.states import role_word
from kiosk.words.voice import Voice

if TYPE_CHECKING:
    from kiosk.plain.lines import Talk
    from kiosk.tracking.codes import Code
    from kiosk.wiring import Services

_log = logging.getLogger(__name__)


class Shift:
    """Who is signed in; where people do not sign in, somebody always works, in the desk's own name."""

    def __init__(self, talk: Talk, services: Services) -> None:
        self._talk = talk
        self._services = services
        self.voice = Voice()
        self.signed_in: Person | None = None
        """In the role of their own; at the desk everybody does a clerk's work."""

    @property
    def asks(self) -> bool:
        """Tell whether people sign in at this desk."""
        return self._services.settings.people.sign_in

    async def sign_in(self) -> Person:
        """Ask who works at the desk until somebody may, and return them as a clerk.

        Raises WentBack where it is asked only who takes over.
        """
        while True:
            person, by = await self._ask(self._services, is_out=self.signed_in is None)
            before = self.signed_in
            try:
                if before is not None and before.name != person.name:
                    await self._services.desk.people.note_signed_out(before, SignOut.TAKEN_OVER)
                if before is None or before.name != person.name:
                    await self._services.desk.people.note_signed_in(person, by)
            except StorageError as error:  # nobody works here unrecorded
                self._talk.fail(error)
                continue
            self._let_in(person)
            return person.model_copy(update={"role": Role.CLERK})

    def as_clerk(self, otherwise: Person) -> Person:
        """Return who is signed in, as whoever works at the desk; `otherwise` where nobody is."""
        person = self.signed_in
        return otherwise if person is None else person.model_copy(update={"role": Role.CLERK})

    async def sign_out(self, why: SignOut) -> None:
        """Let nobody work here, and record that."""
        person, self.signed_in = self.signed_in, None
        if person is None:
            return
        self._talk.say(_("{name} is signed out.").format(name=person.name))
        self.voice.go()
        try:
            await self._services.desk.people.note_signed_out(person, why)
        except StorageError as error:  # the desk is left all the same
            _log.warning("The sign-out of %s was not recorded: %s", person.name, error)

    async def may_leave(self) -> bool:
        """Ask for an administrator's PIN, which is the only way out of a locked kiosk; record who left."""
        people = self._services.desk.people
        admins = [each for each in await people.listed() if each.role is Role.ADMIN and each.has_pin]
        if not admins:
            self._talk.say(_("No administrator has a PIN. The account of this kiosk gives one: `kiosk people add`."))
            return False
        asked: Question[ListedPerson] = Question(
            _("Leave the kiosk? An administrator can. Who? Type the number, or back."),
            choices=[Choice(each.name, each) for each in admins],
        )
        try:
            person = await self._by_pin(await self._talk.ask(asked))
        except WentBack:
            return False
        if person is None:
            return False
        try:
            await self._services.desk.visits.kiosk_left(person)
        except StorageError as error:  # a full disk must not keep the administrator in
            _log.warning("%s left the kiosk, which was not recorded: %s", person.name, error.code)
        return True

    async def whose_badge(self, code: Code) -> bool:
        """Let in whose badge was scanned in the middle of the work; False where it is nobody's."""
        people = self._services.desk.people
        if not self.asks or not people.may_be_badge(code):
            return False
        person = await people.whose_badge(SecretStr(code))
        if person is None:
            return False
        before = self.signed_in
        if before is None or before.name != person.name:
            if before is not None:
                await people.note_signed_out(before, SignOut.TAKEN_OVER)
            await people.note_signed_in(person, SignIn.BADGE)
        self._let_in(person)
        return True

    def _let_in(self, person: Person) -> None:
        """Speak to somebody who works here from now on."""
        if self.signed_in is None:
            self.voice.come(person.language)
        elif self.signed_in.name != person.name:
            self.voice.take_over(person.language)
        self.signed_in = person
        self._talk.say(_("{name} is signed in.").format(name=person.name))

    async def _ask(self, services: Services, *, is_out: bool) -> tuple[Person, SignIn]:
        """Ask for a name and the PIN, or for a badge."""
        while True:
            listed = await services.desk.people.listed()
            if not listed:
                self._talk.say(_("Nobody is listed yet. An administrator adds people: `kiosk people add`."))
            asked: Question[ListedPerson | Code] = Question(
                _("Who works at the desk? Type the number, or scan your badge."),
                choices=[Choice(_about(each), each) for each in listed],
                free=lambda code: code,
                is_secret=True,
            )
            try:
                answer = await self._talk.ask(asked)
                if isinstance(answer, ListedPerson):
                    person, by = await self._by_pin(answer), SignIn.PIN
                else:
                    person, by = await self._by_badge(answer), SignIn.BADGE
            except WentBack:
                if not is_out:
                    raise
                continue
            if person is not None:
                return person, by

    async def _by_pin(self, chosen: ListedPerson) -> Person | None:
        """Ask for the PIN, and wait where there were too many wrong ones; None where it was wrong."""
        people = self._services.desk.people
        if not chosen.has_pin:
            self._talk.fail(SignInError("no_pin", name=chosen.name))
            return None
        if left := await people.wait(chosen.person_id):
            await self._wait(left)
        asked: Question[SecretStr] = Question(
            _("PIN of {name}: type it, it is not shown.").format(name=chosen.name),
            free=lambda code: SecretStr(code.strip()),
            is_secret=True,
        )
        try:
            pin = await self._talk.ask(asked)
            return await self._talk.during(people.sign_in_by_pin(chosen.person_id, pin), _("Checking the PIN"))
        except SignInError as error:
            self._talk.fail(error)
            return None

    async def _by_badge(self, code: Code) -> Person | None:
        try:
            badge = self._services.desk.people.sign_in_by_badge(SecretStr(code))
            return await self._talk.during(badge, _("Reading the badge"))
        except SignInError as error:
            self._talk.fail(error)
            return None

    async def _wait(self, seconds: float) -> None:
        count = int(seconds) + 1
        text = ngettext("Try again in {count} second.", "Try again in {count} seconds.", count)
        self._talk.say(_("The PIN was wrong too often."), text.format(count=count))
        await asyncio.sleep(seconds)


def _about(person: ListedPerson) -> str:
    role = role_word(person.role)
    text = _("{name}, {role}") if person.has_pin else _("{name}, {role}, by badge only")
    return text.format(name=person.name, role=role)
