"""Handing over at the desk: who collects, how that was checked, and which parcels, from where, go to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.containers import Vertical

from kiosk.desk.handing_over import GivenOut
from kiosk.errors import KioskError, UnreadableScanError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import IdentityCheck
from kiosk.parcels.steps import Step
from kiosk.tracking.codes import Code
from kiosk.wiring import Services
from kiosk.words.errors import explain
from kiosk.words.language import N_, _, ngettext
from kiosk.words.people import recipient
from kiosk.words.places import where_words
from kiosk.words.states import identity_word, size_word
from screens.actions import Action
from screens.clerk.parcel_screen import ParcelScreen
from screens.leaving_actions import CODE_OR_NUMBER, GIVEN, HAND_OVER_KEYS, MARK, SIGNATURE
from screens.messages import Confirmed, EntryUsed, GoHome, NumberAsked, OpenParcel, TakeIn
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.widgets.place_list import PlaceList, PlaceRow
from screens.wording import is_department, state_word

if TYPE_CHECKING:
    from textual.widget import Widget

CHECKS = (IdentityCheck.BADGE, IdentityCheck.DOCUMENT, IdentityCheck.KNOWN, IdentityCheck.NOT_CHECKED)
"""In the order in which the key goes through them."""

WHICH = N_("A pickup code, or a new parcel?")
BOTH_FIT = N_("It is the pickup code of {parcel}, {place}. But a tracking number can look the same.")


class HandOverScreen(ParcelScreen):
    """The recipient is proposed, and what lies on the shelf for them: Enter gives it out.

    What lies in a locker is named and not marked: somebody has to fetch it, for no door opens by this.
    """

    KEYMAP = HAND_OVER_KEYS
    SHOWS_ENTRY = True
    SEARCHES = True
    SILENCE_ENDS = False

    def __init__(self, services: Services, parcel: Parcel, may_be_new: Code | None = None) -> None:
        super().__init__(services, parcel)
        self._may_be_new = may_be_new
        """The pickup code that led here, until it is known to be no new parcel's number."""
        self._parcels = [parcel]
        self._marked = {parcel.parcel_id}
        # Several people collect for a department: who did is typed.
        self._proposed = "" if is_department(parcel.contact) else _name(parcel)
        self._to = self._proposed
        self._checked = CHECKS[0]
        self._signature = ""
        self._signs = False
        """What is typed is the signature."""
        self._typed = ""

    def compose_content(self) -> Iterable[Widget]:
        """Return the field for who collects, what is recorded of that, and the parcels."""
        yield Heading(_("Hand over {about}").format(about=self.about))
        with Vertical(id="entry"):
            yield Field(_("Who collects?"), _("type the name of somebody else, or scan a badge"), id="collector")
            yield Field(_("Signature"), _("type the name as a signature, then Enter"), id="signature")
        yield Heading("", id="taken")
        yield PlaceList()

    def appear(self) -> None:
        """Show the parcel, then what else is here for the same person; ask first where that may not be meant."""
        self._draw()
        if self._may_be_new is None:
            self._look_for_others()
        else:
            text = _(BOTH_FIT).format(parcel=self.about, place=self._where(self.parcel))
            self.ask_first(_(WHICH), text, CODE_OR_NUMBER)

    def entry_changed(self, text: str) -> None:
        """Take what is typed for who collects, or for the signature; a blank alone marks."""
        if text == " ":
            self.action_mark()
            return
        if self.busy or text == self._typed:
            return
        self._typed = text
        if self._signs:
            self._signature = text.strip()
        else:
            self._to = text.strip() or self._proposed
        self.notice.clear()
        self._draw()

    def entry_completed(self, text: str) -> bool:
        """Take the signature, or give the parcels to whoever was typed."""
        self.entry_changed(text)
        self._typed = ""  # it is used: what comes next begins anew
        if self._signs:
            self._signs = False
            self._draw()
        elif self.allows(GIVEN):
            self._give()
        return True

    async def takes_scan(self, code: Code) -> bool:
        """Mark a parcel that is listed, also by its pickup code, or take a badge for who collects.

        Any other code is a parcel.
        """
        desk = self.services.desk
        try:
            known = await desk.scans.known(code.scan) or await desk.pickup_codes.parcel_of(code)
            if known is None:
                return await self.takes_badge(code)
        except UnreadableScanError:
            return False
        except KioskError as error:
            self.fail(error)
            return True
        is_listed = known.parcel_id in {each.parcel_id for each in self._parcels} and self._can_be_given(known)
        if is_listed:
            self._marked.add(known.parcel_id)
            self._draw()
        return is_listed

    async def takes_badge(self, code: Code) -> bool:
        """Take a badge for who collects; raises DirectoryError."""
        contact = await self.services.queries.directory.by_id(code)
        if contact is not None and contact.name:
            self._to = contact.name
            self._draw()
        return contact is not None and bool(contact.name)

    def allows(self, action: Action) -> bool | None:
        """Wait for a name and a marked parcel; with one parcel there is nothing to mark."""
        if action is GIVEN:
            return bool(self._to and self._marked) and not self.asking.answers and super().allows(action)
        if action is MARK and len(self._parcels) == 1:
            return None
        return super().allows(action)

    def label_of(self, action: Action) -> str:
        """Say how many are given out, and while somebody signs, that they have."""
        if self._signs and action in {GIVEN, SIGNATURE}:
            return _("Signed") if action is GIVEN else _("Who collects")
        if action is GIVEN and len(self._marked) > 1:
            return _("{count} given out").format(count=len(self._marked))
        return super().label_of(action)

    def action_given(self) -> None:
        """Record that the marked parcels were given out; what is typed is taken as Enter takes it."""
        if self._typed:
            self.post_message(Confirmed())
        elif self._signs:
            self.action_signature()
        else:
            self._give()

    def action_it_is_code(self) -> None:
        """Give out what the code opens."""
        self._may_be_new = None
        self.asking.stop()
        self._look_for_others()

    def action_it_is_number(self) -> None:
        """Take the text in as a new parcel's number."""
        if self._may_be_new is not None:
            self.post_message(NumberAsked(TakeIn(self._may_be_new, is_no_pickup_code=True)))

    def action_no(self) -> None:
        """Go home: it was neither."""
        self.action_home()

    def action_checked(self) -> None:
        """Take the next way in which the identity was checked."""
        self._checked = CHECKS[(CHECKS.index(self._checked) + 1) % len(CHECKS)]
        self._use_entry()

    def action_signature(self) -> None:
        """Ask for the signature, or for who collects again."""
        self._signs = not self._signs
        self._use_entry()

    def action_mark(self) -> None:
        """Give the selected parcel out too, or leave it here."""
        at = self.query_one(PlaceList).highlighted
        if at is not None and not self.busy and self._can_be_given(parcel := self._parcels[at]):
            self._marked ^= {parcel.parcel_id}
        self._use_entry()

    def action_move(self, by: int) -> None:
        """Move among the parcels."""
        self.query_one(PlaceList).move(by)

    def action_page(self, by: int) -> None:
        """Move among the parcels by a page."""
        self.query_one(PlaceList).page(by)

    def action_go_back(self) -> None:
        """Leave everything as it is."""
        self.post_message(EntryUsed())
        self.leave(OpenParcel(self.parcel))

    def on_place_list_chosen(self, message: PlaceList.Chosen) -> None:
        """Mark the parcel that was tapped."""
        message.stop()
        self.action_mark()

    def _look_for_others(self) -> None:
        others = self.services.desk.handing_over.others_for(self.parcel)
        self.run(others, _("Looking for other parcels"), self._add, opening=True)

    def _add(self, others: tuple[Parcel, ...]) -> None:
        self._parcels += others
        self._marked |= {each.parcel_id for each in others if each.is_on_shelf and self._can_be_given(each)}
        self._draw()

    def _use_entry(self) -> None:
        """Begin the field anew: what was typed is taken."""
        self.post_message(EntryUsed())
        self._typed = ""
        self._draw()

    def _can_be_given(self, parcel: Parcel) -> bool:
        return Step.HAND_OVER in self.services.desk.offers(parcel, self.person)

    def _draw(self) -> None:
        collector, signature = self.query_one("#collector", Field), self.query_one("#signature", Field)
        collector.display, signature.display = not self._signs, self._signs
        collector.text = "" if self._to == self._proposed else self._to
        signature.text = self._signature
        taken = self.query_one("#taken", Heading)
        taken.text = _("To {name}").format(name=self._to) if self._to else _("Type who collects.")
        signed = _("{checked}, signed").format(checked=identity_word(self._checked))
        taken.aside = signed if self._signature else identity_word(self._checked)
        rows = self.query_one(PlaceList)
        rows.show([self._row(each) for each in self._parcels], rows.highlighted or 0)
        self.show_actions()

    def _row(self, parcel: Parcel) -> PlaceRow:
        is_marked = parcel.parcel_id in self._marked
        if not self._can_be_given(parcel):
            mark, aside, tone = "   ", state_word(parcel), "attention"
        elif is_marked:
            mark, aside, tone = "[x]", _("give it out"), "free"
        else:
            mark, aside, tone = "[ ]", _("stays here"), "quiet"
        size = size_word(parcel.place.size) if parcel.place else ""
        detail = " · ".join(part for part in (parcel.tracking_number, size, recipient(parcel)) if part)
        return PlaceRow(self._where(parcel), detail, aside, mark, tone)

    def _where(self, parcel: Parcel) -> str:
        if parcel.is_reserved:
            return _("in your hands")
        return where_words(parcel, self.services.queries.lockers.label) or _("in your hands")

    def _give(self) -> None:
        marked = [each for each in self._parcels if each.parcel_id in self._marked]
        give = self.services.desk.handing_over.give(
            marked, self._to, self._checked, self.person, signature=self._signature
        )
        self.run(give, _("Recording that it was given out"), self._given)

    def _given(self, done: GivenOut) -> None:
        if not done.given:
            self.fail(done.not_given[0].error)
            return
        count = len(done.given)
        word = ngettext("{count} parcel was given to {name}.", "{count} parcels were given to {name}.", count)
        kind = NoticeKind.LOOK if done.not_given else NoticeKind.DONE
        self.leave(GoHome(word.format(count=count, name=self._to), self._remains(done), kind))

    def _remains(self, done: GivenOut) -> str:
        """Say what failed, else what is still here for the same person, else which locker is given back later."""
        if done.not_given:
            parcel, error = done.not_given[0]
            text = _("Not given out: {number}. {sentence}")
            return text.format(number=parcel.tracking_number, sentence=explain(error, to_clerk=True).sentence)
        given = {each.parcel_id for each in done.given}
        left = [self._where(each) for each in self._parcels if each.parcel_id not in given]
        if left:
            return _("Still here for the same recipient: {places}").format(places=", ".join(left))
        pending = [each.open_write.place.locker_unit_id for each in done.given if each.open_write is not None]
        if pending:
            text = ngettext(
                "Locker {units} is given back later.", "Lockers {units} are given back later.", len(pending)
            )
            return text.format(units=", ".join(pending))
        return ""


def _name(parcel: Parcel) -> str:
    return parcel.contact.name if parcel.contact is not None else parcel.recipient_read
