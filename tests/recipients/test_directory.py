"""Finding contacts by what a clerk types."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.models.contacts import Contact, ContactType
from kiosk.recipients.directory import Directory, read_contacts
from kiosk.simulator.seeds import contacts_file

if TYPE_CHECKING:
    from pathlib import Path


def people(*names: str) -> list[Contact]:
    return [Contact(contact_id=f"id-{name}", name=name) for name in names]


def found(text: str, *names: str) -> list[str]:
    return [contact.name for contact in Directory(people(*names)).search(text)]


def test_the_beginnings_of_names_find_a_person() -> None:
    assert found("ma smi", "Maria Smith", "Martin Jones", "Anna Smith") == ["Maria Smith"]


def test_case_and_accents_do_not_matter_on_either_side() -> None:
    assert found("BELANGER", "François Bélanger") == ["François Bélanger"]
    assert found("françois bÉl", "Francois Belanger") == ["Francois Belanger"]
    assert found("strasse", "Eva Straße") == ["Eva Straße"]
    assert found(unicodedata.normalize("NFD", "Zdeněk"), unicodedata.normalize("NFC", "Zdeněk Beneš")) != []


def test_names_in_the_order_typed_come_before_names_in_another_order() -> None:
    assert found("sam ab", "Abby Samson", "Samira Abboud") == ["Samira Abboud", "Abby Samson"]


def test_better_kinds_of_fits_come_first() -> None:
    begins = Contact(contact_id="1", name="Zora Anders Lee")
    turned = Contact(contact_id="2", name="Lee Anders")
    inside = Contact(contact_id="3", name="Amanda Fleet")
    detail = Contact(contact_id="4", name="Aaron Amand", department="Fleet")
    directory = Directory([detail, inside, turned, begins])
    assert directory.search("and lee") == (begins, turned, inside, detail)


def test_equal_fits_are_in_the_order_of_names_whatever_their_accents() -> None:
    assert found("s", "Søren Z", "sara a", "Šárka B", "Sam C") == ["Sam C", "sara a", "Šárka B", "Søren Z"]


@pytest.mark.parametrize("text", ["research", "L2.165", "yusuf.abboud@example.com", "9aa8ee2f", "yusuf research"])
def test_department_room_mail_and_id_find_a_person_too(text: str) -> None:
    person = Contact(
        contact_id="9aa8ee2fc0e51cf60264348a",
        name="Yusuf Abboud",
        department="Research Library",
        room="L2.165",
        email="yusuf.abboud@example.com",
    )
    assert Directory([person, *people("Somebody Else")]).search(text) == (person,)


def test_a_word_counts_for_one_part_of_a_name_only_where_the_order_decides() -> None:
    assert found("an an", "Anna Andersen", "Andrea Meier") == ["Anna Andersen", "Andrea Meier"]


@pytest.mark.parametrize("text", ["xyz", "maria smithson", "maria jones"])
def test_what_fits_nobody_finds_nobody(text: str) -> None:
    assert found(text, "Maria Smith", "Martin Jones") == []


@pytest.mark.parametrize("text", ["", "   ", "\u0301"])
def test_nothing_typed_shows_everybody_in_the_order_of_names(text: str) -> None:
    assert found(text, "Zoe", "Émile", "Anna") == ["Anna", "Émile", "Zoe"]


def test_no_more_than_the_limit_are_returned_and_the_best_of_them() -> None:
    directory = Directory(people(*(f"Anna {number:03}" for number in range(100)), "Ben Anna"))
    assert len(directory.search("anna")) == 50
    assert [contact.name for contact in directory.search("anna", limit=2)] == ["Anna 000", "Anna 001"]
    assert len(directory.search("", limit=3)) == 3


def test_an_id_finds_exactly_its_contact() -> None:
    directory = Directory(people("Maria Smith", "Martin Jones"))
    assert directory.by_id(" id-Maria Smith ") == people("Maria Smith")[0]
    assert directory.by_id("id-maria smith") is None
    assert directory.by_id("") is None
    assert len(directory) == 2


def test_an_empty_directory_finds_nobody() -> None:
    assert Directory().search("a") == ()
    assert len(Directory()) == 0


def test_the_demos_contacts_can_be_read() -> None:
    contacts = read_contacts(contacts_file())
    assert len(contacts) > 500
    assert {contact.contact_type for contact in contacts} == set(ContactType)
    assert any(contact.accessible for contact in contacts)
    directory = Directory(contacts)
    assert len(directory) == len(contacts)
    assert directory.search("abboud sam")[0].name == "Samira Abboud"


def test_a_file_with_a_wrong_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("contact_id,name,shoe_size\n1,Maria Smith,39\n")
    with pytest.raises(ValidationError, match="shoe_size"):
        read_contacts(path)


WORDS = st.text(st.sampled_from("abcéØß -'."), min_size=1, max_size=8)


@given(names=st.lists(WORDS, min_size=1, max_size=6, unique=True), typed=WORDS)
def test_everybody_is_found_by_the_whole_name_and_nobody_twice(names: list[str], typed: str) -> None:
    directory = Directory(people(*names))
    for contact in people(*names):
        hits = directory.search(contact.name)
        assert contact in hits
        assert len(set(hits)) == len(hits)
    assert set(directory.search(typed)) <= set(people(*names))
