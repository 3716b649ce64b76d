"""A mail server in a process of its own: on bad days it refuses, hangs up and hangs, and it notes each mail it saw."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.chaos.notes import Notes
from tests.chaos.notices.world import Fate
from tests.chaos.processes import Child
from tests.chaos.server import free_port
from tests.notify.mail_server import AFTER_DATA, DROP, HANG, MailServer, running

CODE = re.compile(r"\b[A-Z2-9]{3} [A-Z2-9]{3}\b")
"""A pickup code as a mail shows it."""
PUT_OFF_TIMES = 3
"""How often a mail to a grey address is put off, in one life of the server."""
BAD_COMMANDS = 0.05
BAD_ANSWERS = ("421 Not now", "451 Try again later", "450 Busy", DROP, DROP, HANG)
AFTER_TAKING = 0.08
"""The chance that it hangs up, or says nothing any more, when it has a mail already."""


class FickleServer(MailServer):
    """Answers by the address, and by chance."""

    def __init__(self, notes: Notes, rng: random.Random, *, is_fickle: bool) -> None:
        super().__init__()
        self._notes = notes
        self._rng = rng
        self._is_fickle = is_fickle
        self._put_off: Counter[str] = Counter()

    def answer_to(self, command: str, address: str = "") -> str | None:
        """Return what is answered instead of what a server would say; None: nothing else."""
        if command == "RCPT" and (answer := self._about(address)):
            return answer
        if command == AFTER_DATA:
            return self._rng.choice((DROP, HANG)) if self._happens(AFTER_TAKING) else None
        return self._rng.choice(BAD_ANSWERS) if self._happens(BAD_COMMANDS) else None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        to = envelope.rcpt_tos[0]
        refusal = self._refusal(to)
        self._note(envelope, refusal or "250")
        return refusal or await super().handle_DATA(server, session, envelope)

    def _about(self, address: str) -> str:
        match address.partition("@")[2]:
            case Fate.REFUSED:
                return "550 5.1.1 No such user here"
            case Fate.NEVER:
                return "451 4.7.1 Not yet"
            case Fate.GREY if self._put_off[address] < PUT_OFF_TIMES:
                self._put_off[address] += 1
                return "451 4.7.1 Greylisted, try again"
            case _:
                return ""

    def _refusal(self, address: str) -> str:
        if address.endswith(f"@{Fate.FULL}"):
            return "552 5.2.2 Mailbox full"
        if self._happens(BAD_COMMANDS):
            return self._rng.choice(("451 Try again later", "421 Not now", "452 No room"))
        return "552 Message too large" if self._happens(BAD_COMMANDS / 10) else ""

    def _happens(self, chance: float) -> bool:
        return self._is_fickle and self._rng.random() < chance

    def _note(self, envelope: Envelope, answer: str) -> None:
        assert isinstance(envelope.original_content, bytes)
        mail = message_from_bytes(envelope.original_content, policy=policy.default)
        text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
        assert text is not None
        assert html is not None
        self._notes.write(
            "mail",
            to=envelope.rcpt_tos[0],
            real=time.time(),
            id=str(mail["Message-ID"]),
            answer=answer,
            text=text.get_content(),
            in_html=",".join(sorted(set(CODE.findall(html.get_content())))),
        )


class Post:
    """The server over all its lives."""

    def __init__(self, notes: Path, seed: int) -> None:
        self.port = free_port()
        self.lives = 0
        self.child: Child | None = None
        self._notes = notes
        self._seed = seed

    def start(self, *, is_fickle: bool) -> None:
        """Begin a life."""
        self.lives += 1
        rng = random.Random(f"{self._seed}/mail/{self.lives}")
        self.child = Child("mail", lambda: self._serve(rng, is_fickle=is_fickle))

    def kill(self) -> None:
        """End a life, whatever is on its way."""
        if self.child is not None:
            self.child.kill()
            self.child = None

    def _serve(self, rng: random.Random, *, is_fickle: bool) -> int:
        with Notes(self._notes) as notes:
            server = FickleServer(notes, rng, is_fickle=is_fickle)
            server.port = self.port
            asyncio.run(_for_ever(server))
        return 0


async def _for_ever(server: MailServer) -> None:
    async with running(server):
        await asyncio.Event().wait()
