"""Another address to search near, typed as one line and shown back in its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len

from kiosk.errors import WrongQuestionError
from kiosk.facilities.addresses import Address
from kiosk.facilities.values import Question
from kiosk.wiring import Services
from kiosk.words.language import _
from kiosk.words.plain import fit
from screens.actions import Action
from screens.finder_actions import DESK_ADDRESS, FACILITY_ADDRESS_KEYS, SEARCH_HERE
from screens.messages import EntryUsed
from screens.top_page import TopPage
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.widgets.words import Words

if TYPE_CHECKING:
    from textual.widget import Widget


NAMES = 9
"""Columns of the names of an address's parts, at least."""


class FacilityAddressScreen(TopPage):
    """One line to type in; beneath it the parts that were read, so that a slip is seen before the search."""

    KEYMAP = FACILITY_ADDRESS_KEYS
    SHOWS_ENTRY = True
    SEARCHES = True
    SILENCE_ENDS = False

    def __init__(self, services: Services, question: Question, then: Callable[[Question], None]) -> None:
        super().__init__(services)
        self._question = question
        self._then = then
        self._address: Address | None = None

    def compose_content(self) -> Iterable[Widget]:
        """Return the field, and beneath it the address in its parts."""
        yield Heading(_("Search near which address?"))
        yield Field(_("Address"), _("24060, or Blacksburg, VA, or street, city, state ZIP"))
        yield Words(id="street")
        yield Words(id="city")
        yield Words(id="state")
        yield Words(id="code")
        yield Words(id="country")

    def entry_changed(self, text: str) -> None:
        """Show the text as it grows, and what it is taken for."""
        self.query_one(Field).text = text
        self._address = _read(text)
        self.notice.clear()
        self._show_parts()
        self.show_actions()

    def entry_completed(self, text: str) -> bool:
        """Search around the address."""
        self.entry_changed(text)
        if self._address is None:
            # Later, for the keyboard empties the field after this, and that clears the notice.
            self.call_later(self._refuse, text)
        else:
            self._search(self._address)
        return True

    def allows(self, action: Action) -> bool | None:
        """Ask for an address first."""
        if action is SEARCH_HERE:
            return self._address is not None
        if action is DESK_ADDRESS:
            return self._desk.is_complete
        return super().allows(action)

    def action_ask(self) -> None:
        """Search around the address that was typed."""
        self.post_message(EntryUsed())
        if self._address is not None:
            self._search(self._address)

    def action_desk(self) -> None:
        """Search around the desk again."""
        self.post_message(EntryUsed())
        self._search(self._desk)

    @property
    def _desk(self) -> Address:
        return Address.of_desk(self.services.settings.desk.address)

    def _search(self, address: Address) -> None:
        self.action_go_back()
        self._then(self._question.model_copy(update={"address": address}))

    def _refuse(self, text: str) -> None:
        """Say what is wrong, and with which text: the field is empty by now."""
        self.notice.say(
            NoticeKind.LOOK,
            _("“{text}” can't be read as an address.").format(text=text),
            _("Type it like 24060, or Blacksburg, VA, or 1 Main St, Roanoke, VA 24019."),
        )

    def _show_parts(self) -> None:
        address = self._address
        parts = (
            {
                "street": (_("Street"), address.street),
                "city": (_("City"), address.city),
                "state": (_("State"), address.state),
                "code": (_("ZIP"), address.postal_code),
                "country": (_("Country"), "" if address.country_code == "US" else address.country_code),
            }
            if address is not None
            else {}
        )
        columns = max([NAMES, *(cell_len(label) + 2 for label, _value in parts.values())])
        for name in ("street", "city", "state", "code", "country"):
            label, value = parts.get(name, ("", ""))
            self.query_one(f"#{name}", Words).text = f"{fit(label, columns)}{value}" if value else ""


def _read(text: str) -> Address | None:
    try:
        return Address.parse(text)
    except WrongQuestionError:
        return None
