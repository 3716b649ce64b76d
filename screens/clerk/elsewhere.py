"""A number that was scanned or found is at another desk: where, since when, and how old that word is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.desk.boxes import AtAnotherDesk
from kiosk.wiring import Services
from kiosk.words.language import _, ngettext
from kiosk.words.other_desks import LONGEST_DESK, age_words, already_words
from kiosk.words.people import person
from kiosk.words.plain import shorten
from screens.actions import GO_BACK
from screens.clerk_actions import ELSEWHERE_KEYS, TAKE_IN_HERE
from screens.destinations import ShowElsewhere, TopDestination
from screens.messages import EntryUsed, Failed, NumberAsked, TakeIn
from screens.stack import drop, is_on_top
from screens.top_page import TopPage
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.widgets.words import Words

if TYPE_CHECKING:
    from textual.widget import Widget


class ElsewhereScreen(TopPage):
    """Lies on top of what was shown. The parcels of a pile are shown one after the other."""

    KEYMAP = ELSEWHERE_KEYS

    def __init__(self, services: Services, found: tuple[AtAnotherDesk, ...]) -> None:
        super().__init__(services)
        self._found = list(found)

    def compose_content(self) -> Iterable[Widget]:
        """Return the number, for whom it is, and how old that is."""
        yield Heading(id="about", cut="start")
        yield Words(id="whom")
        yield Words(id="age", rows=2, classes="-long")
        yield Words(id="more")

    def appear(self) -> None:
        """Say where the first one is."""
        self._show()

    def cover(self, to: TopDestination) -> None:
        """Show what is scanned meanwhile and is elsewhere too before the rest."""
        if isinstance(to, ShowElsewhere):
            known = [each for each in self._found if each.code not in {new.code for new in to.found}]
            self._found = [*to.found, *known]
            self._show()
            self.ask_anew()
        else:
            super().cover(to)

    def action_go_back(self) -> None:
        """Leave it where it is; show the next one, or what lies beneath."""
        del self._found[0]
        if self._found:
            self._show()
            self.ask_anew()
        else:
            super().action_go_back()

    def action_take_in(self) -> None:
        """Take it in here: it came here after all."""
        code = self._found[0].code
        self.post_message(EntryUsed())
        if is_on_top(self):
            drop(self)
            self.app.post_message(NumberAsked(TakeIn(code, is_no_pickup_code=True, came_here=True)))

    def _show(self) -> None:
        found, now = self._found[0], self.services.clock.now()
        other, label = found.parcel, self.services.queries.lockers.label
        heading = self.query_one("#about", Heading)
        heading.text = _("Parcel {number}").format(number=other.tracking_number)
        heading.aside = other.site
        for_whom = _("For {name}").format(name=person(other.contact)) if other.contact else ""
        self.query_one("#whom", Words).text = for_whom
        age = age_words(found.heard_at, now)
        desk = shorten(other.desk_name, LONGEST_DESK, "middle")
        warning = _("Desk {desk} was {age}: that may have changed.").format(desk=desk, age=age)
        self.query_one("#age", Words).text = warning if age else ""
        more = len(self._found) - 1
        text = ngettext(
            "{count} more of this pile is at another desk.", "{count} more of this pile are at other desks.", more
        )
        self.query_one("#more", Words).text = text.format(count=more) if more else ""
        hint = _("It was not taken in. {key} takes it in here all the same, {back} leaves it there.")
        self.notice.say(
            NoticeKind.LOOK,
            already_words(other, label, now),
            hint.format(key=TAKE_IN_HERE.key_label, back=GO_BACK.key_label),
        )
        self.show_actions()
        self.post_message(Failed(NoticeKind.LOOK))
