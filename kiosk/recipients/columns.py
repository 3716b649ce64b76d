"""What a column of a list may be called, in the systems and languages that lists come from. Tables; no file here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kiosk.folding import fold
from kiosk.settings import Column

SYNONYMS = {
    Column.CONTACT_ID: "contact id, recipient id, person id, personal id, employee id, employee number, emplid,"
    " empl id, employee no, emp id, emp number, emp no, staff id, staff number, personnel number,"
    " personnel no, personnel id, person number, pernr, worker id, associate id, banner id, spriden id, student id,"
    " student number, resident id, member id, personalnummer, personal-nr, pers-nr, persnr, mitarbeiternummer,"
    " mitarbeiternr, mitarbeiter-id, matrikelnummer, ausweisnummer, kennung, matricule, numéro de matricule,"
    " numéro matricule, n° matricule, numéro d'employé, numéro employé, n° employé, id employé, code employé,"
    " numéro de salarié, id salarié, code salarié, número de empleado, núm empleado, nº empleado, nº de empleado,"
    " id de empleado, código de empleado, número de personal, número de legajo, legajo, matrícula, nº de matrícula,"
    " número de matrícula, número de funcionário, matricola, numero matricola, numero di matricola, id dipendente,"
    " codice dipendente, personeelsnummer, medewerkernummer, sis user id, user id, id, object id, identifiant,"
    " benutzername, username, sam account name, login id, netid, uid, user principal name, external id, unique id,"
    " id number, badge number, badge id, file number, object guid, guid, codice, email address [required]",
    Column.CONTACT_TYPE: "contact type, type, kind, recipient type",
    Column.NAME: "contact name, recipient name, full name, display name, name display, recipient, contact, worker,"
    " employee name, emp name, staff name, person name, student name, resident name, member name, payroll name,"
    " vollständiger name, anzeigename, vor- und nachname, name vorname, nachname vorname, nom complet,"
    " nom d'affichage, nom et prénom, nom prénom, prénom et nom, nombre completo, nombre y apellidos,"
    " nombre y apellido, apellidos y nombre, apellido y nombre, nome completo, nominativo, nome e cognome,"
    " cognome e nome, volledige naam, name, nom, nombre, nome, naam, cn, legal name, full legal name,"
    " legal name in general display format",
    Column.FIRST_NAME: "first name, given name, forename, legal first name, legal name - first name,"
    " spriden first name, name given name, first, vorna, vorname, prénom, nombre de pila, nombres, nombre(s), voornaam",
    Column.LAST_NAME: "last name, family name, surname, sn, legal last name, legal name - last name,"
    " spriden last name, name family name, last, nachn, nachname, familienname, nom de famille, nom de naissance,"
    " apellidos, apellido, primer apellido, apellido paterno, cognome, sobrenome, apelido, achternaam",
    Column.PREFERRED_NAME: "preferred name, preferred full name, preferred display name, chosen name, rufname",
    Column.PREFERRED_FIRST_NAME: "preferred first name, preferred given name, preferred name - first name,"
    " pref first name, spbpers pref first name, chosen first name, prénom usuel, prénom d'usage",
    Column.PREFERRED_LAST_NAME: "preferred last name, preferred surname, preferred name - last name, pref last name,"
    " nom d'usage, nom usuel",
    Column.KNOWN_AS: "known as, goes by, called",
    Column.EMAIL: "email, e-mail, email address, email address [required], mail, email id, work email,"
    " primary work email, email addr, email - primary work, goremal email address, e-mail-adresse,"
    " courriel, adresse e-mail, adresse électronique, mél, correo electrónico, correo,"
    " posta elettronica, indirizzo e-mail",
    Column.LANGUAGE: "preferred language, language preference, language, lang, language code, preferred languages,"
    " languages, correspondence language, communication language, notification language, user language,"
    " preferred locale, user locale, locale, bevorzugte sprache, sprache, korrespondenzsprache,"
    " kommunikationssprache, sprachcode, langue préférée, langue, langue de correspondance, langue de communication,"
    " code langue, idioma preferido, idioma, lengua, código de idioma, lingua preferita, lingua, voorkeurstaal, taal",
    Column.DEPARTMENT: "department, department name, departments, dept, deptname, dept name, team, unit, organisation,"
    " organization, supervisory organization, cost center, home department, abteilung, service, département,"
    " departamento, reparto, dipartimento, orgn code home, pebempl orgn code home, deptid, org unit path",
    Column.ROOM: "room, mailstop, mail stop, office, office location, physical delivery office name, location,"
    " work location, building, building id, raum, zimmer, büro, standort, gebäude, bureau, salle, bâtiment, oficina,"
    " sala, edificio, ufficio, stanza",
    Column.ACCESSIBLE: "accessible, accessibility, needs accessibility accommodations for locker use,"
    " accessible locker",
    Column.ALIASES: "aliases, alias, nickname, nicknames, also known as, other names, spitzname, surnom, apodo",
    Column.ACTIVE: "active, is active, enabled, account enabled, is enabled, aktiv, actif, activo, attivo",
    Column.STATUS: "status, employment status, employee status, worker status, empl status, pebempl empl status,"
    " hr status, user status, account status, beschäftigungsstatus, statut, estado laboral, estado, stato",
}
"""What each column is called in the wild, the likeliest first: of two in one list it is the one that counts.

An e-mail address is an id only where it is the key of the system itself, which has each once: Entra's user principal
name, and the address that Google requires. Others change, or are shared.
"""

_SURNAME_BESIDE_FIRST_NAME = {"name", "nom"}
_FIRST_NAME_BESIDE_SURNAME = {"nombre", "nome"}
_FIRST_NAMES_OF_SUCH_LISTS = {"vorname", "prenom"}


class Vocabulary:
    """What the columns are called, with what the administrator has set; an empty name leaves a column out."""

    def __init__(self, own: Mapping[Column, str]) -> None:
        self._own = own
        self._ranks: dict[str, dict[Column, int]] = {}
        for column, texts in SYNONYMS.items():
            names = [own[column]] if column in own else texts.split(",")
            for rank, name in enumerate(map(_bare, names)):
                if name:
                    self._ranks.setdefault(name, {}).setdefault(column, rank)

    def columns_of(self, header: str) -> Iterator[tuple[Column, int]]:
        """Yield the columns that a header may be, and its rank in each, whatever its case, spaces and signs."""
        # Google writes "Status [READ ONLY]".
        for name in (_bare(header), _bare(re.sub(r"[\[(].*?[\])]", "", header))):
            if name in self._ranks:
                yield from self._ranks[name].items()
                return

    def places(self, headers: Sequence[str]) -> dict[Column, int]:
        """Return where in a row each column stands."""
        found: dict[Column, tuple[int, int]] = {}
        for place, header in enumerate(headers):
            for column, rank in self.columns_of(header):
                # Of equal names the first counts.
                found[column] = min(found.get(column, (rank, place)), (rank, place))
        places = {column: place for column, (_, place) in found.items()}
        return places if Column.NAME in self._own else _with_half_names(places, headers)

    def missing(self, places: Mapping[Column, int]) -> tuple[str, ...]:
        """Return the columns that were set by name and are not there."""
        return tuple(name for column, name in self._own.items() if name and column not in places)


def _with_half_names(places: dict[Column, int], headers: Sequence[str]) -> dict[Column, int]:
    """Take "Name; Vorname" for surname and first name, and "Nombre; Apellidos" for the reverse."""
    if Column.NAME not in places:
        return places
    name = _bare(headers[places[Column.NAME]])
    first = _bare(headers[places[Column.FIRST_NAME]]) if Column.FIRST_NAME in places else ""
    half: Column | None = None
    if name in _SURNAME_BESIDE_FIRST_NAME and first in _FIRST_NAMES_OF_SUCH_LISTS:
        half = Column.LAST_NAME
    elif name in _FIRST_NAME_BESIDE_SURNAME and Column.LAST_NAME in places:
        half = Column.FIRST_NAME
    if half is None:
        return places
    rest = {column: place for column, place in places.items() if column is not Column.NAME}
    return {half: places[Column.NAME]} | rest


def _bare(header: str) -> str:
    return "".join(filter(str.isalnum, fold(header.replace("#", "number"))))
