"""Lists as other systems export them: their headers, titles, statuses, names and ids; the people are invented."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kiosk.errors import UnusableFileError
from kiosk.recipients.cells import Row
from kiosk.recipients.columns import Vocabulary
from kiosk.recipients.reading import LONGEST_LINE, Reading, read_rows
from kiosk.recipients.refused import Reason, Refused
from kiosk.recipients.statuses import is_active, is_here
from kiosk.settings import Column
from kiosk.words.errors import explain

ANA = {Column.CONTACT_ID: "1001", Column.NAME: "Ana Berglund"}


def reading(folder: Path, content: str | bytes, **options: str) -> Reading:
    path = folder / "people"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_rows(path, own={Column(name): header for name, header in options.items()})


def only(folder: Path, content: str | bytes, **options: str) -> Row:
    (row,) = reading(folder, content, **options)
    assert isinstance(row, Row), row
    return row


@pytest.mark.parametrize(
    ("content", "name", "contact_id"),
    [
        pytest.param("SamAccountName,EmployeeID,DisplayName,Enabled\naberg,1001,Ana Berglund,True\n", "", "", id="AD"),
        pytest.param(
            "userPrincipalName,displayName,surname,mail,givenName,id,accountEnabled,state,officeLocation\n"
            "ana@example.org,Ana Berglund,Berglund,ana@example.org,Ana,1001,True,VA,A1\n",
            "",
            "",
            id="Entra",
        ),
        pytest.param(
            "First Name [Required],Last Name [Required],Email Address [Required],Status [READ ONLY],Employee ID\n"
            "Ana,Berglund,ana@example.org,Active,1001\n",
            "",
            "",
            id="Google Workspace",
        ),
        pytest.param(
            "First Name [Required],Last Name [Required],Email Address [Required],Org Unit Path [Required],"
            "Status [READ ONLY],Recovery Email\nAna,Berglund,ana@example.org,/Physics,Active,ana@home.example\n",
            "",
            "ana@example.org",
            id="Google Workspace without employee ids",
        ),
        pytest.param("Employee_ID,Worker,Work_Email,Cost_Center\n1001,Ana Berglund,,Physics\n", "", "", id="Workday"),
        pytest.param(
            "SPRIDEN_PIDM,SPRIDEN_ID,SPRIDEN_LAST_NAME,SPRIDEN_FIRST_NAME,PEBEMPL_EMPL_STATUS\n7,1001,Berglund,Ana,A\n",
            "",
            "",
            id="Banner",
        ),
        pytest.param(
            "EMPLID,NAME,EMPL_STATUS,DEPTID\n1001,Berglund\\,Ana,A,77\n".replace("\\,", " "),
            "Berglund Ana",
            "",
            id="PeopleSoft",
        ),
        pytest.param(
            "canvas_user_id,user_id,login_id,first_name,last_name,full_name,status\n"
            "11,1001,aberg,Ana,Berglund,Ana Berglund,active\n",
            "",
            "",
            id="Canvas",
        ),
        pytest.param("Personal-Nr.;Nachname;Vorname;Büro\n1001;Berglund;Ana;A1\n", "", "", id="German"),
        pytest.param("PersNr;Name;Vorname;Abteilung\n1001;Berglund;Ana;Physik\n", "", "", id="German, Name, Vorname"),
        pytest.param("Matricule;Nom;Prénom;Courriel\n1001;Berglund;Ana;\n", "", "", id="French"),
        pytest.param("Número de empleado;Nombre;Apellidos;Correo\n1001;Ana;Berglund;\n", "", "", id="Spanish"),
        pytest.param("Matricola;Cognome;Nome;Ufficio\n1001;Berglund;Ana;A1\n", "", "", id="Italian"),
        pytest.param("id,name\n1001,Ana Berglund\n", "", "", id="plain"),
        pytest.param("Nombre,Legajo\nAna Berglund,1001\n", "", "", id="a whole Nombre"),
    ],
)
def test_the_exports_of_other_systems_are_understood(tmp_path: Path, content: str, name: str, contact_id: str) -> None:
    row = only(tmp_path, content)
    assert (row.name, row.contact_id, row.active) == (name or "Ana Berglund", contact_id or "1001", True)


@pytest.mark.parametrize(
    "headers",
    [
        *("Employee #,Employee Name", "Emp. No.,Payroll Name", "Student ID,Student Name", "Personnel No.,Legal Name"),
        *("Personalnr.,Vor- und Nachname", "N° matricule,Nom et prénom", "Nº de empleado,Nombre y apellidos"),
        *("Codice dipendente,Nominativo", "Nº de matrícula,Nome completo", "Personeelsnummer,Naam"),
    ],
)
def test_an_id_and_a_whole_name_have_many_names(tmp_path: Path, headers: str) -> None:
    row = only(tmp_path, f"{headers}\n1001,Ana Berglund\n")
    assert (row.contact_id, row.name) == ("1001", "Ana Berglund")


@pytest.mark.parametrize(
    "headers",
    [
        *("Banner ID,First,Last", "PERNR,VORNA,NACHN", "Mitarbeiter-Nr,Vorname,Nachname", "Code salarié,Prénom,Nom"),
        *("Matrícula,Nombre(s),Apellido paterno", "Numero matricola,Nome,Cognome", "Matrícula,Nome,Sobrenome"),
        *("Medewerkernummer,Voornaam,Achternaam", "externalId,name.givenName,name.familyName"),
    ],
)
def test_an_id_and_half_names_have_many_names(tmp_path: Path, headers: str) -> None:
    row = only(tmp_path, f"{headers}\n1001,Ana,Berglund\n")
    assert (row.contact_id, row.name) == ("1001", "Ana Berglund")


def test_an_employee_is_not_the_number_of_one(tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError, match="no_id_column"):
        list(reading(tmp_path, "Employee,Name\nAna Berglund,Ana\n"))


def test_an_address_is_the_id_only_where_a_system_has_no_other(tmp_path: Path) -> None:
    google = "First Name [Required],Last Name [Required],Email Address [Required]{}\nAna,Berglund,ana@example.org{}\n"
    row = only(tmp_path, google.format("", ""))
    assert (row.contact_id, row.email) == ("ana@example.org", "ana@example.org")
    # Whoever has no employee id in a list of employee ids is told: an id that comes later would make another person.
    (refused,) = reading(tmp_path, google.format(",Employee ID", ","))
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NO_CONTACT_ID
    row = only(tmp_path, google.format(",Employee ID", ","), contact_id="Email Address [Required]")
    assert (row.contact_id, row.email) == ("ana@example.org", "ana@example.org")
    with pytest.raises(UnusableFileError, match="no_id_column"):
        list(reading(tmp_path, "Name,Email Address\nAna Berglund,ana@example.org\n"))


@pytest.mark.parametrize(
    "above",
    [
        "#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\n",
        "All Active Workers\n\nAs of,2026-01-01\n",
        '"A\n',
    ],
)
def test_the_header_is_found_below_what_a_report_begins_with(tmp_path: Path, above: str) -> None:
    row = only(tmp_path, above + "Employee ID,Worker\n1001,Ana Berglund\n")
    assert (row.line, row.name) == (above.count("\n") + 2, "Ana Berglund")


def test_a_header_may_have_line_breaks(tmp_path: Path) -> None:
    row = only(tmp_path, 'id,name,"Notes\n(internal)",room\n1001,Ana,"likes\nlines",A1\n')
    assert (row.line, row.room) == (3, "A1")


def test_the_file_tells_what_it_calls_its_columns_and_which_are_not_read(tmp_path: Path) -> None:
    rows = reading(tmp_path, "EMPLID,Whole name,Shoe size\n1001,Ana,39\n", name="whole-name")
    assert [row.name for row in rows if isinstance(row, Row)] == ["Ana"]
    assert rows.columns == {Column.CONTACT_ID: "EMPLID", Column.NAME: "Whole name"}
    assert (rows.ignored, rows.encoding, [row.name for row in rows.first]) == (("Shoe size",), "utf-8", ["Ana"])


def test_a_column_that_is_named_counts_before_those_that_are_known(tmp_path: Path) -> None:
    content = "id,badge,name,status\n7,1001,Ana,Jalisco\n"
    row = only(tmp_path, content, contact_id="Badge", status="")
    assert row.contact_id == "1001"
    with pytest.raises(UnusableFileError) as caught:
        list(reading(tmp_path, content, room="Desk"))
    assert (caught.value.code, caught.value.parameters["missing"]) == ("mapped_columns_missing", ("Desk",))


def test_every_column_has_names() -> None:
    places = Vocabulary({}).places([column.value for column in Column])
    assert set(places) == set(Column)


@pytest.mark.parametrize(
    ("status", "here"),
    [
        *((word, True) for word in ("Active", "A", "L", "P", "On leave", "On Leave - Paid", "Suspended", "Beurlaubt")),
        *(
            (word, True)
            for word in ("LOCKED_OUT", "Pre-Hire", "True", "Enabled", "En congé", "S", "Active (part time)")
        ),
        *((word, False) for word in ("Terminated", "T", "I", "Inactive", "disabled", "Retired", "Terminated 2024-01")),
        *((word, False) for word in ("Ausgeschieden", "gekündigt", "Désactivé", "cesado", "Cessato", "False", "0")),
        *((word, None) for word in ("Jalisco", "On track", "de baja", "7", "?")),
    ],
)
def test_a_status_tells_who_is_here(status: str, *, here: bool | None) -> None:
    assert is_here(status) == here


def test_t_is_terminated_as_a_status_and_true_as_an_answer() -> None:
    assert (is_here("T"), is_active("T"), is_active("Terminated")) == (False, True, False)


def test_a_status_column_and_an_account_are_both_asked(tmp_path: Path) -> None:
    rows = [
        *reading(
            tmp_path,
            "id,name,status,accountEnabled\n"
            "1,A,On leave,True\n2,B,Active,False\n3,C,L,\n4,D,,\n5,E,Moon,True\n6,F,T,True\n",
        )
    ]
    assert [row.active for row in rows if isinstance(row, Row)] == [True, False, True, True, False]
    assert rows[4] == Refused(6, Reason.UNKNOWN_STATUS, {"cell": "Moon"}, "5")


@pytest.mark.parametrize(("name", "active"), [("Ana Berglund (On Leave)", True), ("Ana Berglund (Terminated)", False)])
def test_a_status_behind_a_name_is_taken_off_it(tmp_path: Path, name: str, *, active: bool) -> None:
    row = only(tmp_path, f"Employee ID,Worker\n1001,{name}\n")
    assert (row.name, row.active) == ("Ana Berglund", active)


def test_what_else_is_behind_a_name_belongs_to_it(tmp_path: Path) -> None:
    assert only(tmp_path, "Employee ID,Worker\n1001,Ana (Physics)\n").name == "Ana (Physics)"


@pytest.mark.parametrize(
    ("header", "cells", "shown", "finds"),
    [
        ("first name,last name,preferred name", "Anastasia,Berglund,Ana", "Ana Berglund", "Anastasia Berglund"),
        ("first name,last name,known as", "Anastasia,Berglund,Ana", "Ana Berglund", "Anastasia Berglund"),
        ("first name,last name,preferred name", "Anastasia,Berglund,", "Anastasia Berglund", ""),
        ("name,preferred name", "Anastasia Berglund,Ana Holm", "Ana Holm", "Anastasia Berglund"),
        ("name,preferred name", "Anastasia Berglund,Ana", "Anastasia Berglund", "Ana"),
        (
            "Worker,Preferred Name - First Name,pref last name,Legal Name - First Name,Legal Name - Last Name",
            "Ana Holm,Ana,Holm,Anastasia,Berglund",
            "Ana Holm",
            "Anastasia Berglund",
        ),
        ("first name,last name,preferred last name,aliases", "Ana,Berglund,Holm,Ani", "Ana Holm", "Ana Berglund, Ani"),
    ],
)
def test_who_is_called_otherwise_is_shown_so_and_found_by_both(
    tmp_path: Path, header: str, cells: str, shown: str, finds: str
) -> None:
    row = only(tmp_path, f"id,{header}\n1,{cells}\n")
    assert (row.name, row.aliases) == (shown, finds)


@pytest.mark.parametrize(
    "cell",
    [
        *("1.23457E+10", "1,23457E+10", "1E+10", "1.23456789012E+018", "1.2e10", "-1.2E+10", "1.23457E-05"),
        *("12345.0", "12345,00", "12345.", "12,345.00", "1.234.567,89"),
    ],
)
def test_an_id_that_a_spreadsheet_rounded_is_refused(tmp_path: Path, cell: str) -> None:
    assert list(reading(tmp_path, f"id;name\n{cell};Ana\n")) == [Refused(2, Reason.ID_ROUNDED, {"cell": cell})]


@pytest.mark.parametrize(
    "cell",
    [
        *("5-Jan", "Jan-05", "03-Apr-26", "Mar-2026", "5. Mrz", "05-janv", "5-ene", "ott-05", "1/5/2026", "01.05.26"),
        *("2026-01-05", "2026-01-05 00:00:00"),
    ],
)
def test_an_id_that_a_spreadsheet_took_for_a_date_is_refused(tmp_path: Path, cell: str) -> None:
    assert list(reading(tmp_path, f"id;name\n{cell};Ana\n")) == [Refused(2, Reason.ID_DATED, {"cell": cell})]


@pytest.mark.parametrize(
    "cell",
    [
        *("#N/A", "#REF!", "########", "10\ufffd01", "#NV", "#N/D", "#BEZUG!", "#¿NOMBRE?", "#¡REF!", "#\u041d/\u0414"),
        *("#ERROR!", "#BUSY!", "#GETTING_DATA", "Err:502"),
    ],
)
def test_an_id_that_is_spoiled_is_refused(tmp_path: Path, cell: str) -> None:
    assert list(reading(tmp_path, f"id;name\n{cell};Ana\n")) == [Refused(2, Reason.ID_SPOILED, {"cell": cell})]


@pytest.mark.parametrize("cell", ["12E4", "1.5", "E+10", "00123", "10-0", "12-MAR", "1.234.567", "#17", "N-A"])
def test_other_ids_are_taken_as_they_are(tmp_path: Path, cell: str) -> None:
    assert only(tmp_path, f"id;name\n{cell};Ana\n").contact_id == cell


def test_what_marks_an_id_as_a_text_is_taken_off_it(tmp_path: Path) -> None:
    rows = [*reading(tmp_path, 'id;name;room\n\'0017;Ana;\'t Hooft\n="0018";="Bo Lin";="007"\n="1.2E+10";C;\n')]
    assert [row[1:7:2] for row in rows if isinstance(row, Row)] == [
        ("0017", "Ana", "'t Hooft"),
        ("0018", "Bo Lin", "007"),
    ]
    assert rows[2] == Refused(4, Reason.ID_ROUNDED, {"cell": "1.2E+10"})


@pytest.mark.parametrize("name", ["Null", "Nil", "Na", "Nan", "Blank", "NA"])
def test_a_name_that_looks_like_nothing_is_a_name(tmp_path: Path, name: str) -> None:
    assert only(tmp_path, f"id,first name,last name,room\n1,Jo,{name},{name}\n")[3:6:2] == (f"Jo {name}", "")


@pytest.mark.parametrize(
    "nothing",
    [
        *("NULL", "None", "\\N", "N/A", " null ", "#N/A", "#NV", "NONE", "nil", "<null>", "[NULL]", "(Null)", "<NA>"),
        *("(none)", "{Null}", "undefined", "n.a.", "--", "\u2014", "?", "(blank)", "[Not Set]"),
    ],
)
def test_what_programs_write_for_nothing_is_nothing(tmp_path: Path, nothing: str) -> None:
    row = only(tmp_path, f"id,first name,last name,room,status\n1,Jennifer,Null,{nothing},{nothing}\n")
    assert (row.name, row.room, row.active) == ("Jennifer Null", "", True)
    rows = list(reading(tmp_path, f"id,name\n{nothing},Ana\n2,{nothing}\n"))
    assert [row.reason for row in rows if isinstance(row, Refused)][1:] == [Reason.NO_NAME]


@pytest.mark.parametrize("mark", ["\u200b", "\u200f", "\u202b", "\ufeff", "\xad"])
def test_marks_without_a_sign_of_their_own_are_stripped(tmp_path: Path, mark: str) -> None:
    assert only(tmp_path, f"id,name\n{mark}1,{mark}Ana Berg{mark}lund{mark}\n")[1:4:2] == ("1", "Ana Berglund")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04\x14\0\0\0\0\0[Content_Types].xml", "file_is_workbook"),
        (b"PK\x03\x04\x14\0\0\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "file_is_workbook"),
        (b"PK\x03\x04\x14\0\0\0\0\0people.csv", "file_is_compressed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file_is_old_workbook"),
        (gzip.compress(b"id,name\n1,Ana\n", mtime=0), "file_is_compressed"),
        (b"%PDF-1.7", "file_is_pdf"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html><body>Sign in</body></html>", "file_is_web_page"),
        (b"<?xml version='1.0'?><people/>", "file_is_xml"),
        (b"dn: cn=Ana Berglund,ou=x\ncn: Ana Berglund\n", "file_is_ldif"),
        (b"BEGIN:VCARD\nFN:Ana Berglund\nEND:VCARD\n", "file_is_vcard"),
        (b'[{"id": 1, "name": "Ana"}]', "json_document"),
        (b'{\n  "users": [\n    {"id": 1}\n  ]\n}\n', "json_document"),
        (b'{"users": [{"id": 1, "name": "Ana"}]}\n', "json_document"),
        (b"id,name\n1," + b"x" * LONGEST_LINE, "line_too_long"),
        (b"x" * 3 * LONGEST_LINE, "line_too_long"),
    ],
)
def test_what_is_no_list_is_called_by_its_name(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(UnusableFileError) as caught:
        list(reading(tmp_path, content))
    assert caught.value.code == code
    assert explain(caught.value).hint
