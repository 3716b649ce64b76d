"""Who is connected to the console, since when and from where; somebody else's session can be ended, with a reason."""

from __future__ import annotations

from kiosk.desk.session_files import Session
from kiosk.desk.sessions import MAY_END
from kiosk.parcels.people import Person
from kiosk.wiring import Services
from kiosk.words.language import N_, _
from kiosk.words.plain import plain
from kiosk.words.states import origin_word, role_word
from screens.actions import Action
from screens.console.actions import END_SESSION, SESSIONS_KEYS
from screens.console.base import ConsoleScreen
from screens.console.destinations import Page
from screens.console.wording import NOTHING, short_time
from screens.widgets.notice import NoticeKind
from screens.widgets.table import Column, Table, TableRow


class SessionsScreen(ConsoleScreen):
    """The list; one's own session ends by leaving it."""

    PAGE = Page.SESSIONS
    KEYMAP = SESSIONS_KEYS

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self._found: dict[str, Session] = {}
        self.body = self.table = Table(
            (
                Column(N_("Name"), 16, grows=2),
                Column(N_("Role"), 8, is_ours=True),
                Column(N_("From"), 15, grows=1),
                Column(N_("Since"), 6, is_ours=True),
                Column(N_("Terminal"), 11, is_spare=True),
                Column("", 12, is_ours=True),
            ),
            empty=_("Nobody is connected."),
        )

    async def read(self, services: Services) -> None:
        """Show every session that is open."""
        sessions, now = await services.desk.sessions.present(), services.clock.now()
        self._found = {each.session_id: each for each in sessions}
        self.table.show_rows(
            [
                TableRow(
                    each.session_id,
                    (
                        plain(each.name),
                        role_word(each.role),
                        plain(origin_word(each.origin)),
                        short_time(each.since, now),
                        plain(each.tty.removeprefix("/dev/")) or NOTHING,
                        _("this one") if each.is_own else "",
                    ),
                )
                for each in sessions
            ]
        )

    def allows(self, action: Action) -> bool:
        """End what is somebody else's, in a role that may."""
        if action is not END_SESSION:
            return True
        session = self._chosen()
        return self.person.role in MAY_END and not self.busy and session is not None and not session.is_own

    def refuse(self, action: Action) -> None:
        """Say what hinders ending a session."""
        del action
        session = self._chosen()
        if self.person.role not in MAY_END:
            said = _("Your role does not end sessions of others.")
        elif session is not None and session.is_own:
            said = _("This is your own session: q leaves it.")
        else:
            said = _("No session is selected.")
        self.message_line.say(NoticeKind.LOOK, said, _("Nothing was changed. The row below shows the keys that fit."))

    def action_end_session(self) -> None:
        """Ask why, then end the highlighted session."""
        services, session = self.services, self._chosen()
        if services is None or session is None:
            return
        name = plain(session.name)

        def end(reason: str) -> None:
            flow = services.desk.sessions.end(session, reason, self.person)
            self.run(flow, _("Ending the session"), lambda _nothing: self._say_ended(name))

        self.ask(_("End the session of {name}, who is told this. Why?").format(name=name), end)

    def _say_ended(self, name: str) -> None:
        hint = _("With a key and a role they can come back: take these away, too, if they are not to.")
        self.message_line.say(NoticeKind.DONE, _("The session of {name} was ended.").format(name=name), hint)
        self.draw_keys()

    def _chosen(self) -> Session | None:
        return self._found.get(self.table.chosen or "")
