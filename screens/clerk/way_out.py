"""The only way out of a kiosk that is locked down: an administrator's PIN. What makes a PIN right is the desk's."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from kiosk.errors import StorageError
from kiosk.parcels.states import Role, SignIn
from kiosk.words.language import N_, _
from screens.actions import GO_BACK, Action
from screens.clerk.sign_in import SignInScreen
from screens.messages import EntryUsed
from screens.people_actions import WAY_OUT_KEYS
from screens.stack import drop

if TYPE_CHECKING:
    from kiosk.parcels.people import ListedPerson, Person
    from kiosk.wiring import Services

NO_ADMINISTRATOR = N_("No administrator has a PIN. The account of this kiosk gives one: `kiosk people add`.")

_log = logging.getLogger(__name__)


class WayOutScreen(SignInScreen):
    """Asks which administrator, and for the PIN; then the program ends."""

    KEYMAP = WAY_OUT_KEYS

    def __init__(self, services: Services) -> None:
        super().__init__(services, self._let_out, lambda: None)

    def allows(self, action: Action) -> bool | None:
        """Offer a way back, for whoever came here by mistake."""
        return True if action is GO_BACK else super().allows(action)

    def action_go_back(self) -> None:
        """Go back to the names, and from there to where the person was."""
        if self._chosen is not None:
            super().action_go_back()
        else:
            self.post_message(EntryUsed())
            drop(self)

    def _heading(self) -> str:
        if self._chosen is not None:
            return _("PIN of {name}, to leave the kiosk").format(name=self._chosen.name)
        return _("Leave the kiosk? An administrator can.")

    def _last_key(self) -> str:
        return _("Leave")

    def _aside(self) -> str:
        return ""

    def _list(self, people: tuple[ListedPerson, ...]) -> None:
        super()._list(tuple(each for each in people if each.role is Role.ADMIN and each.has_pin))
        self._list_of_names.empty = _(NO_ADMINISTRATOR)

    def _let_out(self, person: Person, _by: SignIn) -> None:
        self.run(self._note(person), _("Leaving"), lambda _: self.app.exit(), opening=True)

    async def _note(self, person: Person) -> None:
        try:
            await self._services.desk.visits.kiosk_left(person)
        except StorageError as error:  # a full disk must not keep the administrator in
            _log.warning("%s left the kiosk, which was not recorded: %s", person.name, error.code)
