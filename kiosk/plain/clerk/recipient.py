"""For whom a parcel is: part of a name and a number, a contact id, a badge, or nobody here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.questions import ChooseLocker, ChooseRecipient
from kiosk.desk.questions import Question as Asked
from kiosk.errors import KioskError
from kiosk.parcels.contacts import Contact
from kiosk.parcels.states import ContactType
from kiosk.plain.clerk.words import BY_ID, OUTGOING, PAGE, SHELF, Act
from kiosk.plain.questions import Choice, Question, WentBack, Word
from kiosk.plain.signs import heard
from kiosk.tracking.codes import Code
from kiosk.words.language import _, ngettext
from kiosk.words.people import person, where_to_find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.parcels.contacts import Matches
    from kiosk.plain.clerk.clerk import Clerk

_Answer = Contact | Act | Code


async def ask_recipient(clerk: Clerk, question: ChooseRecipient, words: list[Word[Act]]) -> Asked | Act:
    """Ask for whom the parcel is; whoever had the number before, or the name on the label, is proposed."""
    parcel, talk = question.parcel, clerk.talk
    talk.say(_("Parcel {parcel}").format(parcel=parcel.tracking_number))
    before = await clerk.queries.recipient_history.recipient_before(parcel)
    enter = None
    if before is not None:
        talk.say(_("{name} had this number before.").format(name=_named(before)))
        enter = Choice[_Answer](_("takes {name}").format(name=person(before)), before)
    contacts: Sequence[Contact] = ()
    if parcel.recipient_read:
        talk.say(_("The label says {name}.").format(name=parcel.recipient_read))
        contacts = (await clerk.queries.directory.search(parcel.recipient_read)).contacts
    while True:
        given: Question[_Answer] = Question(
            _ask_words(contacts, enter),
            choices=[Choice(_named(each), each) for each in contacts],
            words=[*words, BY_ID, SHELF, OUTGOING, PAGE],
            enter=enter,
            free=_as_it_is,
            about=_("Type a few letters of the name, the department, the room or the id, or scan a badge."),
        )
        answer = await talk.ask(given)
        if isinstance(answer, Contact):
            return await choose(clerk, question, answer, is_only_one=False)
        if answer is Act.BY_ID:
            return await _by_id(clerk, question)
        if answer is Act.SHELF and parcel.contact is None:
            return await _on_shelf_as(clerk, question)
        if isinstance(answer, Act):
            return answer
        found, exact = await _search(clerk, answer)
        if exact is not None:
            return await choose(clerk, question, exact, is_only_one=True)
        contacts, enter = found.contacts, None
        if found.is_clear and not found.is_guess and len(contacts) == 1:
            return await choose(clerk, question, contacts[0], is_only_one=True)
        _say_found(clerk, answer, found)


async def choose(
    clerk: Clerk, question: ChooseRecipient | ChooseLocker, contact: Contact, *, is_only_one: bool
) -> Asked:
    """Record for whom the parcel is; reserve a locker at once where the settings and the case allow that."""
    name = _named(contact)
    chosen = await clerk.done(
        clerk.dialogue.is_for(question, contact), _("Recording that it is for {name}").format(name=name)
    )
    clerk.talk.say(_("It is for {name}.").format(name=name))
    at_once = is_only_one and clerk.services.settings.desk.reserve_at_once and not clerk.queries.activity.is_down
    if not at_once or not isinstance(chosen, ChooseLocker):
        return chosen
    try:
        proposal = await clerk.done(clerk.queries.proposals.propose(chosen.parcel), _("Looking for free lockers"))
    except KioskError:
        return chosen  # the question about the locker asks again, and says it
    return await clerk.done(clerk.dialogue.take_undoubted(chosen, proposal), _("Reserving a locker"))


async def _search(clerk: Clerk, text: Code) -> tuple[Matches, Contact | None]:
    """Return who fits a text, and whose whole id it is."""
    directory = clerk.queries.directory
    exact = await directory.by_id(text)
    return await clerk.done(directory.search(text), _("Looking for {contact_id}").format(contact_id=text)), exact


def _say_found(clerk: Clerk, text: Code, found: Matches) -> None:
    talk, count = clerk.talk, len(found.contacts)
    if not clerk.queries.directory.size:
        talk.say(_("This kiosk has no directory of names. Type id, to take a contact id."))
    elif not count:
        talk.say(
            _("Nobody matches {text}. Try fewer letters, or type id, to take a contact id.").format(text=text),
            _("If it is the number of another parcel, type back, and then the number."),
        )
    elif found.is_guess:
        talk.say(_("Nobody matches {text}. Is it one of these?").format(text=text))
    else:
        words = ngettext("{count} matches {text}.", "{count} match {text}.", count)
        talk.say(words.format(count=count, text=text))


def _ask_words(contacts: Sequence[Contact], enter: Choice[_Answer] | None) -> str:
    if contacts:
        return _("For whom is it? Type the number, or another part of the name.")
    if enter is not None:
        return _("For whom is it? Press Enter for that, or type part of the name.")
    return _("For whom is it? Type part of the name.")


def _named(contact: Contact) -> str:
    """Return who it is and where to find them, and what is special about the pickup."""
    parts = [person(contact), heard(where_to_find(contact))]
    if contact.contact_type is ContactType.DEPARTMENT:
        parts.append(_("department: personal id, no code"))
    if contact.accessible:
        parts.append(_("needs a locker within reach"))
    return ", ".join(filter(None, parts))


async def _on_shelf_as(clerk: Clerk, question: ChooseRecipient) -> Act:
    """Note the name on the label of somebody whom nobody found, before the parcel goes onto the shelf."""
    named: Question[Code] = Question(
        _("Which name is on the label? Type it, or press Enter for none."),
        enter=Choice(_("no name is noted"), Code()),
        free=_as_it_is,
    )
    name = await clerk.talk.ask(named)
    if name:
        noting = clerk.desk.intake.note_name(question.parcel, name, clerk.person)
        await clerk.done(noting, _("Recording the name"))
    return Act.SHELF


async def _by_id(clerk: Clerk, question: ChooseRecipient) -> Asked | Act:
    """Take a contact id; one that nobody here knows is asked for twice, for a slip would give the parcel away."""
    asked: Question[Code] = Question(_("Type the contact id, as the locker service has it."), free=_as_it_is)
    try:
        typed = (await clerk.talk.ask(asked)).strip()
        known = await clerk.queries.directory.by_id(typed)
        if known is not None:
            return await choose(clerk, question, known, is_only_one=True)
        clerk.talk.say(_("{contact_id} is not in the directory.").format(contact_id=typed))
        again: Question[Code] = Question(_("Type it again to make sure that it is right."), free=_as_it_is)
        if (await clerk.talk.ask(again)).strip() != typed:
            clerk.talk.say(_("The two ids differ."))
            return Act.NO_ANSWER
        kind: Question[ContactType] = Question(
            _("Whose id is it?"),
            choices=[
                Choice(_("A person"), ContactType.RECIPIENT),
                Choice(_("A department"), ContactType.DEPARTMENT),
            ],
            enter=Choice(_("a person's"), ContactType.RECIPIENT),
        )
        contact = Contact(contact_id=typed, contact_type=await clerk.talk.ask(kind), name="")
    except WentBack:
        return Act.NO_ANSWER
    return await choose(clerk, question, contact, is_only_one=False)


def _as_it_is(text: Code) -> Code:
    return text
