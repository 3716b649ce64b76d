"""Slips and labels are written in their recipient's language, and in the desk's where that is not known."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from kiosk.notify.paper import Papers
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.states import ContactType, NoticeKind, ParcelState
from kiosk.printing.papers import Layout, Mark, Text
from kiosk.settings import load_settings
from tests.notify.samples import CODE, UNTIL


def papers(folder: Path, **environ: str) -> Papers:
    named = {"KIOSK_STORAGE__DATA_DIR": str(folder), "KIOSK_NOTICES__TIME_ZONE": "Europe/Madrid"}
    return Papers(load_settings(environ={**named, **environ}), lambda _: "Lobby")


def contact(language: str, contact_type: ContactType = ContactType.RECIPIENT) -> Contact:
    return Contact(contact_id="c1", contact_type=contact_type, name="Ann Smith", language=language)


def in_locker(to: Contact | None) -> Parcel:
    return Parcel(
        parcel_id="p1",
        tracking_number="1Z999",
        scanned="1Z999",
        taken_in_at=UNTIL,
        state=ParcelState.IN_LOCKER,
        contact=to,
        place=UnitPlace(locker_bank_id="b1", locker_unit_id="12", size=LockerSize("small")),
        deposit_expiry=UNTIL,
    )


def texts(layout: Layout) -> list[str]:
    return [block.text for block in layout if isinstance(block, Text | Mark)]


def slip(made_by: Papers, to: Contact | None) -> list[str]:
    return texts(made_by.layout(NoticeKind.SLIP, in_locker(to), SecretStr(CODE), is_copy=False))


SPANISH = [
    "Un paquete para usted",
    "Ann Smith",
    "Lobby, casillero 12",
    "Recoger antes de: miércoles, 2 de diciembre, 00:00",
    "Número de seguimiento terminado en Z999",
]


@pytest.mark.parametrize(
    ("language", "first"),
    [("de", "Ein Paket für Sie"), ("fr", "Un colis pour vous"), ("en", "A parcel for you")],
    ids=["de", "fr", "en"],
)
def test_a_slip_is_written_in_its_recipients_language(tmp_path: Path, language: str, first: str) -> None:
    made_by = papers(tmp_path)
    assert slip(made_by, contact(language))[0] == first
    assert slip(made_by, contact("es"))[:4] == SPANISH[:4], "one after the other"


@pytest.mark.parametrize("to", [contact(""), contact("pl"), None], ids=["none", "without_texts", "nobody"])
def test_without_a_language_of_theirs_the_desks_counts(tmp_path: Path, to: Contact | None) -> None:
    assert slip(papers(tmp_path, KIOSK_DESK__LANGUAGE="es"), to)[0] == SPANISH[0]
    own = papers(tmp_path, KIOSK_DESK__LANGUAGE="es", KIOSK_NOTICES__LANGUAGE="de")
    assert slip(own, to)[0] == "Ein Paket für Sie"


def test_texts_of_ones_own_count_in_their_language_only(tmp_path: Path) -> None:
    (tmp_path / "fr.toml").write_text('[paper]\nheading = "Colis !"\n')
    made_by = papers(tmp_path, KIOSK_NOTICES__TEMPLATES=str(tmp_path))
    assert [slip(made_by, contact(code))[0] for code in ("fr", "de")] == ["Colis !", "Ein Paket für Sie"]


def test_a_label_and_the_word_on_a_copy_are_in_the_recipients_language(tmp_path: Path) -> None:
    made_by = papers(tmp_path)
    shelved = in_locker(contact("de")).model_copy(update={"state": ParcelState.ON_SHELF, "shelf": "S1", "place": None})
    assert texts(made_by.layout(NoticeKind.LABEL, shelved, None, is_copy=True))[:2] == ["KOPIE", "Ann Smith"]
    unknown = shelved.model_copy(update={"contact": None})
    assert texts(made_by.layout(NoticeKind.LABEL, unknown, None, is_copy=False))[0] == "recipient unknown"


def test_a_department_hears_in_its_language_who_opens_the_locker(tmp_path: Path) -> None:
    said = slip(papers(tmp_path), contact("fr", ContactType.DEPARTMENT))
    assert any(line.startswith("Toute personne de Ann Smith") for line in said)
