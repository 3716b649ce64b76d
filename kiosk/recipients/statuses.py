"""Which words of other systems say that somebody is here, and which that they are gone. Tables; no file here.

Whoever is on leave, suspended or not here yet stays: parcels come for them too. A word that is not known says nothing,
and nobody goes for it.
"""

from __future__ import annotations

from kiosk.folding import parts

YES = {"yes", "y", "true", "t", "1", "x", "on", "ja", "oui", "si"}
NO = {"no", "n", "false", "f", "0", "off", "nein", "non"}

_HERE = """
a, active, current, employed, working, enabled, present, staff, regular, full time, part time
l, p, leave, on leave, loa, leave of absence, paid leave, unpaid leave, leave with pay, leave without pay, sick leave,
parental leave, maternity leave, sabbatical, absent, furlough, furloughed, w, short work break
s, suspended, locked, locked out, password expired, recovery, blocked
pending, invited, invitation sent, staged, provisioned, hired, new hire, pre hire, prehire, future hire, onboarding
aktiv, beurlaubt, elternzeit, mutterschutz, krank, sabbatjahr, gesperrt, suspendiert
actif, en conge, conge, suspendu, en poste
activo, activa, de permiso, en excedencia, excedencia, de vacaciones, suspendido, suspendida, vigente
attivo, attiva, in congedo, in aspettativa, aspettativa, sospeso, sospesa, in servizio
"""
_GONE = """
i, inactive, not active, no longer active, no longer employed, not employed, disabled, deactivated, deleted, removed,
closed, archived, expired, deprovisioned, revoked
t, u, v, term, terminated, termed, left, leaver, former, former employee, resigned, dismissed, separated, ended
departed, withdrawn, offboarded
r, q, retired, retired with pay, d, deceased
inaktiv, deaktiviert, geloscht, ausgeschieden, ausgetreten, gekundigt, entlassen, pensioniert, verstorben
inactif, desactive, parti, sorti, licencie, demissionne, retraite, radie, decede
inactivo, inactiva, desactivado, desactivada, cesado, cesada, despedido, despedida, jubilado, jubilada, finalizado
inattivo, inattiva, disattivato, disattivata, cessato, cessata, licenziato, licenziata, dimesso, pensionato
"""


def _words(text: str, *, here: bool) -> dict[str, bool]:
    return {word.strip(): here for word in text.strip().replace("\n", ",").split(",") if word.strip()}


_YES_OR_NO = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)
_STATUSES = _words(_HERE, here=True) | _words(_GONE, here=False)
_SHORTEST_BEGINNING = 4
"""Of fewer letters, a word may be the beginning of anything: "on track" is no leave."""


def answer(cell: str) -> bool | None:
    """Return what a cell says to a question with yes or no, None if nothing that is known."""
    return _YES_OR_NO.get(" ".join(parts(cell)))


def is_active(cell: str) -> bool | None:
    """Tell what a cell says to the question whether somebody is active: yes or no, or a status; None if neither."""
    said = answer(cell)
    return is_here(cell) if said is None else said


def is_here(cell: str) -> bool | None:
    """Tell by a status whether somebody is here, None if the status is not known.

    What stands behind a known word does not matter: "On Leave - Paid", "Terminated 2024-01-31".
    """
    words = parts(cell)
    status = " ".join(words)
    # T is terminated here, and true where yes or no is asked for: the statuses come first.
    known = _STATUSES.get(status, _YES_OR_NO.get(status))
    if known is not None:
        return known
    beginnings = (" ".join(words[:count]) for count in range(len(words) - 1, 0, -1))
    return next(
        (_STATUSES[each] for each in beginnings if len(each) >= _SHORTEST_BEGINNING and each in _STATUSES), None
    )
