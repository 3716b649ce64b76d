"""Searches the directory's file for what was typed: stage by stage, until enough is found or the time is over.

First the beginnings of names, then the insides of names, then departments, rooms, e-mail addresses and ids, and where
nobody fits, names with one typing mistake put right. Indexes hand their candidates out short names first, so a bounded
number of them holds the best fits, at a thousand contacts as at a million.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice

from kiosk.folding import fold, parts, parts_alike
from kiosk.parcels.contacts import Contact, Matches
from kiosk.parcels.states import ContactType
from kiosk.recipients.effort import Effort
from kiosk.recipients.fits import INSIDE_LETTERS, Fit, Stage, Standing, fit
from kiosk.recipients.known import COLUMNS, Listed, listed
from kiosk.recipients.typos import neighbours

CANDIDATES = 200
"""So many are taken out of an index and ranked."""

ENOUGH = 12
"""With so many on the list, about a screenful, the next stage is not asked."""

MOST_NEIGHBOURS = 60

LONGEST_TEXT = 200
"""Longer texts are no names; they come from pastes and scanners."""

_HIGHEST = "\U0010ffff"


class Search:
    """One search; `known` are those who had parcels, the latest and most frequent first."""

    def __init__(self, database: sqlite3.Connection, known: Sequence[Listed], effort: Effort) -> None:
        self._database = database
        self._known = known
        self._effort = effort
        self._favour = {each.place: favour for favour, each in enumerate(known)}
        self._fits: dict[int, tuple[Fit, Listed]] = {}
        self._last = ""
        """The last word that is looked for; of a name typed in its order it is the family name's."""
        self._counted: dict[str, int] = {}
        """How many people have each part of a name that was looked up."""

    def find(self, text: str, limit: int) -> Matches:
        """Return the contacts that fit what was typed, best first."""
        wanted = parts(text)
        if len(text) > LONGEST_TEXT:
            return Matches()
        if not wanted:
            return Matches(contacts=tuple(map(_contact, self._first_of_all(limit))))
        self._last = wanted[-1]
        for way in dict.fromkeys((wanted, parts_alike(text))):
            self._find(way, text)
        if not self._fits and not self._effort.is_over:
            self._guesses(wanted)
        ranked = sorted(self._fits.values(), key=self._rank)
        best = ranked[0] if ranked else None
        return Matches(
            contacts=tuple(_contact(each) for _, each in ranked[:limit]),
            is_clear=best is not None and best[0].stage is not Stage.GUESS and self._is_only(*best, wanted),
            is_guess=best is not None and best[0].stage is Stage.GUESS,
        )

    def _find(self, wanted: Sequence[str], text: str) -> None:
        # Each of them is looked at: the index's bounded number of candidates may leave known people out.
        for each in self._known:
            self._take(each, wanted)
        for stage in (self._beginnings, self._insides, self._details):
            if not self._is_enough:
                stage(wanted, text)

    @property
    def _is_enough(self) -> bool:
        return len(self._fits) >= ENOUGH or (bool(self._fits) and self._effort.is_over)

    def _rank(self, found: tuple[Fit, Listed]) -> tuple[object, ...]:
        """Order by stage; within it known people first, then by the fit, then by name.

        Of those who fit alike, a name that many have comes first: a rare one is soon alone on the list.
        """
        (stage, *fits, left), each = found
        favour = self._favour.get(each.place, len(self._favour))
        bearers = max((self._bearers(part) for part in each.words if part.startswith(self._last)), default=0)
        return stage, favour, *fits, -bearers, left, each.words, each.place

    def _bearers(self, part: str) -> int:
        """Return how many people had this part of a name when the file was made."""
        if part not in self._counted:
            row = self._database.execute("SELECT people FROM vocabulary WHERE word = ?", (part,)).fetchone()
            self._counted[part] = int(row[0] or 0) if row else 0
        return self._counted[part]

    def _first_of_all(self, limit: int) -> list[Listed]:
        """Return whom to show before anything was typed: known people, then the first names of the alphabet."""
        first_names = self._fact("first_names")
        places = [int(place) for place in first_names.split() if int(place) not in self._favour]
        # IN gives rows in the table's order, not in the list's.
        rows = {each.place: each for each in self._read(f"place IN ({', '.join(map(str, places))})", ())}
        return [*self._known, *(rows[place] for place in places if place in rows)][:limit]

    def _beginnings(self, wanted: Sequence[str], _: str) -> None:
        # A short name would drown among the longer ones that begin alike.
        self._match("names", " AND ".join([*map(_begins, wanted[:-1]), _is(wanted[-1])]), wanted)
        self._match("names", " AND ".join(map(_begins, wanted)), wanted)

    def _insides(self, wanted: Sequence[str], _: str) -> None:
        # The index knows three letters in a row only; `fit` drops names that have a word's pieces apart.
        pieces = [_is(word[at : at + 3]) for word in wanted for at in range(len(word) - INSIDE_LETTERS + 1)]
        if pieces:
            self._match("inside", " AND ".join(pieces), wanted)

    def _details(self, wanted: Sequence[str], text: str) -> None:
        self._match("everything", " AND ".join(map(_begins, wanted)), wanted)
        typed = text.strip()
        if self._is_enough or " " in typed:
            return
        # Ids are compared by case, as their index is, so the likely spellings are tried one by one.
        # A range serves the index as LIKE would not, and `%` and `_` mean nothing in it.
        for start in {typed, fold(typed), typed.upper()}:
            self._directly("contact_id >= ? AND contact_id < ?", start)
        self._directly("email COLLATE NOCASE >= ? AND email COLLATE NOCASE < ?", typed)

    def _guesses(self, wanted: Sequence[str]) -> None:
        """Try one mistake in each word; the others must be right."""
        letters = self._fact("letters")
        for place, word in enumerate(wanted):
            others = [other for number, other in enumerate(wanted) if number != place]
            right = [near for near in neighbours(word, letters) if self._is_beginning(near)]
            for near in islice(right, MOST_NEIGHBOURS):
                if self._effort.is_over:
                    return
                corrected = (*others, near)
                for each in self._candidates("names", " AND ".join(map(_begins, corrected)), CANDIDATES // 4):
                    found = fit(each.name, each.words, (), corrected)
                    if found is not None:
                        guess = found._replace(stage=Stage.GUESS, order=0)
                        self._fits[each.place] = min(self._fits.get(each.place, (guess, each)), (guess, each))

    def _is_beginning(self, word: str) -> bool:
        """Tell whether any part of a name begins so."""
        found = self._database.execute(
            "SELECT 1 FROM vocabulary WHERE word >= ? AND word < ? LIMIT 1", (word, word + _HIGHEST)
        )
        return not self._effort.is_over and found.fetchone() is not None

    def _is_only(self, best: Fit, first: Listed, wanted: Sequence[str]) -> bool:
        """Tell whether the first may be proposed: nobody else of that name fits, nor was only a room or team typed."""
        names_nobody = not any(part.startswith(word) for part in first.words for word in wanted)
        if best.stage is Stage.DETAILS and names_nobody and len(self._fits) > 1:
            return False
        name = sorted(parts(first.name))
        if any(_is_namesake(each, first, name) for _, each in self._fits.values()):
            return False
        if best.stage is Stage.DETAILS and fit(first.name, first.words, first.details, wanted) is None:
            return True  # found by its own id or address
        more = [_begins(word) for word in wanted] if best.stage is Stage.DETAILS else []
        # What was found so far may be cut off, so the index is asked for this very name.
        namesakes = self._candidates("everything", " AND ".join([*map(_is, name), *more]), CANDIDATES)
        return not any(
            _is_namesake(each, first, name) and fit(each.name, each.words, each.details, wanted) for each in namesakes
        )

    def _match(self, table: str, expression: str, wanted: Sequence[str]) -> None:
        for each in self._candidates(table, expression, CANDIDATES):
            self._take(each, wanted)

    def _directly(self, condition: str, start: str) -> None:
        condition += " AND inactive_since IS NULL LIMIT ?"
        for each in self._read(condition, (start, start + _HIGHEST, ENOUGH)):
            # One letter left puts them behind those whose department or room fits.
            self._fits.setdefault(each.place, (Fit(Stage.DETAILS, Standing.OUTER, 0, 0, 0, 1), each))

    def _take(self, each: Listed, wanted: Sequence[str]) -> None:
        if each.place in self._fits or not all(word in each.text for word in wanted):
            return
        if (found := fit(each.name, each.words, each.details, wanted)) is not None:
            self._fits[each.place] = (found, each)

    def _candidates(self, table: str, expression: str, limit: int) -> Iterable[Listed]:
        return self._read(
            f"place IN (SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT ?)",
            (expression, limit),
        )

    def _fact(self, name: str) -> str:
        row = self._database.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _read(self, condition: str, values: tuple[object, ...]) -> list[Listed]:
        rows = self._database.execute(f"SELECT {COLUMNS} FROM contacts WHERE {condition}", values)
        return [listed(row) for row in rows]


def _is_namesake(each: Listed, first: Listed, name: list[str]) -> bool:
    """Tell whether it is somebody else of that name, whatever the aliases."""
    return each.place != first.place and sorted(parts(each.name)) == name


def _begins(word: str) -> str:
    return f'"{word}"*'


def _is(word: str) -> str:
    return f'"{word}"'


def _contact(each: Listed) -> Contact:
    return Contact(
        contact_id=each.contact_id,
        contact_type=ContactType(each.contact_type),
        name=each.name,
        department=each.department,
        room=each.room,
        email=each.email,
        language=each.language,
        accessible=bool(each.accessible),
    )


def read_contact(database: sqlite3.Connection, contact_id: str) -> Contact | None:
    """Return the active contact with exactly this id."""
    row = database.execute(
        f"SELECT {COLUMNS} FROM contacts WHERE contact_id = ? AND inactive_since IS NULL",
        (contact_id,),
    ).fetchone()
    return _contact(listed(row)) if row else None
