"""The e-mail address of a recipient whom no notice reached, put right at the desk; then what they missed goes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kiosk.errors import KioskError, WrongStateError
from kiosk.parcels.contacts import Contact, is_address
from kiosk.parcels.notices import Unreached
from kiosk.parcels.parcel import Parcel
from kiosk.wiring import Services
from kiosk.words.errors import explain
from kiosk.words.language import _
from kiosk.words.notices import unreached_words
from kiosk.words.people import recipient
from screens.actions import Action
from screens.clerk_actions import ADDRESS_KEYS, EMPTY_FIELD, SAVE_ADDRESS
from screens.messages import Confirmed, EntryProposed, EntryUsed, Failed
from screens.top_page import TopPage
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.widgets.words import Words

if TYPE_CHECKING:
    from textual.widget import Widget


class AddressScreen(TopPage):
    """Lies on top of the screen that asks for the address: the field begins with the present one.

    An address that is left as it is only sends again.
    """

    KEYMAP = ADDRESS_KEYS
    SHOWS_ENTRY = True
    SEARCHES = True
    SILENCE_ENDS = False

    def __init__(self, services: Services, parcel: Parcel, then: Callable[[Parcel, str], None]) -> None:
        super().__init__(services)
        self._parcel = parcel
        self._then = then
        self._contact: Contact | None = None
        """The recipient as the directory has them; None until that was read."""
        self._typed = ""
        self._is_sending = False

    def compose_content(self) -> Iterable[Widget]:
        """Return whose address it is, what went wrong, the field, and what the directory has."""
        yield Heading(recipient(self._parcel))
        yield Words(id="why", rows=2)
        yield Field(_("E-mail address"), _("ask for it, type it, then Enter"))
        yield Words(id="remark")
        yield Words(id="present")

    def appear(self) -> None:
        """Look up the present address, and what went wrong."""
        self.run(self._look(), _("Looking up the address"), self._show, opening=True)

    def on_screen_resume(self) -> None:
        """Begin with the present address again, where another screen has used what was typed."""
        super().on_screen_resume()
        self._propose()

    def entry_changed(self, text: str) -> None:
        """Show the address as it grows; while it is sent to, it stands."""
        if self._is_sending:
            return
        if text != self._typed:
            self.notice.clear()
        self._typed = self.query_one(Field).text = text
        is_wrong = bool(text.strip()) and not is_address(text.strip())
        self.query_one("#remark", Words).text = explain(WrongStateError("not_an_address")).sentence if is_wrong else ""
        self.show_actions()

    def entry_completed(self, text: str) -> bool:
        """Keep the address and send again; what is no address stays in the field."""
        address = text.strip()
        if is_address(address):
            self._send(address)
        else:
            self.post_message(EntryProposed(text))
            self.post_message(Failed(NoticeKind.LOOK))
        return True

    def allows(self, action: Action) -> bool | None:
        """Send only to an address."""
        if action is SAVE_ADDRESS and not is_address(self._typed.strip()):
            return False
        return super().allows(action) and (action is not EMPTY_FIELD or bool(self._typed))

    def label_of(self, action: Action) -> str:
        """Say that nothing is changed where nothing is."""
        if action is SAVE_ADDRESS and self._contact is not None and self._typed.strip() == self._contact.email:
            return _("Send again")
        return super().label_of(action)

    def action_save(self) -> None:
        """Take what stands in the field, as Enter takes it."""
        self.post_message(Confirmed())

    def action_empty(self) -> None:
        """Empty the field."""
        self.post_message(EntryUsed())
        self.entry_changed("")

    async def failed(self, error: KioskError) -> None:
        """Give the text back to the field."""
        self._is_sending = False
        self.post_message(EntryProposed(self._typed))
        self.fail(error)

    async def _look(self) -> tuple[Contact, Unreached | None]:
        notices = self.services.desk.notices
        contact = await notices.told(self._parcel)
        return contact, await notices.unreached_of(contact.contact_id)

    def _show(self, found: tuple[Contact, Unreached | None]) -> None:
        self._contact, unreached = found
        now = self.services.clock.now()
        why = unreached_words(unreached, now) if unreached is not None else ""
        self.query_one("#why", Words).text = why[:1].upper() + why[1:]
        present = self._contact.email or _("none")
        self.query_one("#present", Words).text = _("In the directory: {address}").format(address=present)
        self._propose()

    def _propose(self) -> None:
        if self._contact is not None and self._contact.email and not self._typed:
            self.post_message(EntryProposed(self._contact.email))

    def _send(self, address: str) -> None:
        if self._contact is None:  # it could not be looked up
            self.post_message(EntryProposed(address))
            self.appear()
            return
        self._is_sending = True
        again = self.services.desk.notices.correct_address(self._parcel, address, self.person)
        self.run(again, _("Recording the address"), lambda parcel: self._sent(parcel, address))

    def _sent(self, parcel: Parcel, address: str) -> None:
        self.action_go_back()
        self._then(parcel, _("What was missed goes out again, to {address}.").format(address=address))
