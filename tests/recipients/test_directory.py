"""Finding contacts by what a clerk types, and remembering who was chosen."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.errors import DirectoryError
from kiosk.recipients.directory import Directory
from kiosk.recipients.file import FILE_NAME
from kiosk.recipients.importing import import_rows
from kiosk.recipients.reading import read_rows
from kiosk.simulator.seeds import contacts_file
from tests.recipients.people import NOW, directory_of, found, row

YUSUF = row(
    "Yusuf Abboud",
    "9aa8ee2fc0e51cf60264348a",
    department="Research Library",
    room="L2.165",
    email="Yusuf.Abboud@example.com",
)


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        pytest.param("ma smi", ["Maria Smith", "Martin Jones", "Anna Smith"], ["Maria Smith"], id="beginnings"),
        pytest.param("smith maria", ["Maria Smith", "Martin Jones"], ["Maria Smith"], id="any order"),
        pytest.param("BELANGER", ["François Bélanger"], ["François Bélanger"], id="accents in the name"),
        pytest.param("françois bÉl", ["Francois Belanger"], ["Francois Belanger"], id="accents in the text"),
        pytest.param("soren", ["Søren Åkesson"], ["Søren Åkesson"], id="letters without parts"),
        pytest.param("oneil", ["Shaun O'Neil"], ["Shaun O'Neil"], id="apostrophe left out"),
        pytest.param("farsi", ["Huda al-Farsi"], ["Huda al-Farsi"], id="behind a hyphen"),
        pytest.param("sam ab", ["Abby Samson", "Samira Abboud"], ["Samira Abboud", "Abby Samson"], id="order typed"),
        pytest.param("n", ["Nora Nilsson", "Tam Ng", "Ben Li"], ["Tam Ng", "Nora Nilsson"], id="short names first"),
        pytest.param("li", ["Lisa Lind", "Wei Li"], ["Wei Li", "Lisa Lind"], id="a whole part first"),
        pytest.param(
            "mar",
            ["Anne-Marie Hall", "Jo Mary Lo", "Maria Wu", "Zoë Marchand"],
            ["Zoë Marchand", "Maria Wu", "Jo Mary Lo", "Anne-Marie Hall"],
            id="family name, first name, second one, behind a hyphen",
        ),
        pytest.param(
            "a de", ["An van der Ber", "Aoife Delaney"], ["Aoife Delaney", "An van der Ber"], id="not the one between"
        ),
        pytest.param(
            "t ca",
            ["Caetano Teixeira", "Thiago Carvalho"],
            ["Thiago Carvalho", "Caetano Teixeira"],
            id="other spellings have no order",
        ),
        pytest.param(
            "kar",
            ["Al Kar", "Bo Karam", "Cy Karlson", "Di Karlson"],
            ["Al Kar", "Cy Karlson", "Di Karlson", "Bo Karam"],
            id="a whole one, then what many are called",
        ),
        pytest.param("and", ["Amanda Fleet", "Zora Anders"], ["Zora Anders", "Amanda Fleet"], id="inside comes later"),
        pytest.param("mith", ["Maria Smith", "Ann Jones"], ["Maria Smith"], id="inside a part"),
        pytest.param("ma mit", ["Maria Smith", "Ann Smith"], ["Maria Smith"], id="beginning and inside"),
        pytest.param("王", ["王 小明"], ["王 小明"], id="one sign"),
        pytest.param("小龙", ["李小龙"], ["李小龙"], id="the given name of a name in one piece"),
        pytest.param("李小龙", ["李 小龙"], ["李 小龙"], id="a name in one piece"),
        pytest.param(
            "muller", ["Eva Mueller", "Al Müller", "Jo Muller"], ["Al Müller", "Eva Mueller", "Jo Muller"], id="ue"
        ),
        pytest.param("mueller", ["Eva Mueller", "Al Müller"], ["Al Müller", "Eva Mueller"], id="an umlaut written out"),
        pytest.param("müller", ["Eva Mueller", "Al Müller"], ["Al Müller", "Eva Mueller"], id="an umlaut"),
        pytest.param("goetz", ["Bo Götz"], ["Bo Götz"], id="another umlaut"),
        pytest.param("sören", ["Soeren Ny"], ["Soeren Ny"], id="an umlaut for one written out"),
        pytest.param(
            "علی", ["محمد علي", "علی کریمی"], ["محمد علي", "علی کریمی"], id="a Persian letter for an Arabic one"
        ),
        pytest.param("فاطمه", ["فاطمة حسن"], ["فاطمة حسن"], id="an Arabic letter for another"),
        pytest.param("やまだ", ["ヤマダ タロウ"], ["ヤマダ タロウ"], id="Hiragana for Katakana"),
        pytest.param("김", ["김철수"], ["김철수"], id="the family name of a Korean one"),
        pytest.param("su\u200bkarno\u200f", ["Sukarno"], ["Sukarno"], id="marks that nobody sees"),
        pytest.param("xyz", ["Maria Smith"], [], id="nobody"),
        pytest.param("maria jones", ["Maria Smith", "Martin Jones"], [], id="not across people"),
        pytest.param('"*^:', ["Maria Smith"], ["Maria Smith"], id="signs alone are nothing"),
        pytest.param("ma OR NOT", ["Maria Smith"], [], id="no query language"),
        pytest.param("\ud800ma", ["Maria Smith"], ["Maria Smith"], id="half a character"),
    ],
)
async def test_what_is_typed_finds(tmp_path: Path, text: str, names: list[str], expected: list[str]) -> None:
    assert await found(tmp_path, text, *names) == expected


@pytest.mark.parametrize(
    "text",
    ["research", "L2.165", "l2 165", "yusuf.abboud@example.com", "9aa8ee2f", "9AA8EE2F", "yusuf research", "lib abb"],
)
async def test_department_room_mail_and_id_find_a_person_too(tmp_path: Path, text: str) -> None:
    assert await found(tmp_path, text, YUSUF, "Somebody Else") == ["Yusuf Abboud"]


@pytest.mark.parametrize("text", ["jonh smith", "jhn smith", "johhn smith", "john smitk", "smiht jo", "kohn"])
async def test_one_typing_mistake_is_forgiven_but_proposes_nobody(tmp_path: Path, text: str) -> None:
    async with directory_of(tmp_path, "John Smith", "Maria Garcia") as directory:
        answer = await directory.search(text)
    assert [contact.name for contact in answer.contacts] == ["John Smith"]
    assert (answer.is_guess, answer.is_clear) == (True, False)


@pytest.mark.parametrize("text", ["jonh smiht", "jn", "j0hn"])
async def test_two_mistakes_few_letters_and_digits_are_not_guessed_at(tmp_path: Path, text: str) -> None:
    assert await found(tmp_path, text, "John Smith") == []


async def test_a_mistake_is_not_looked_for_where_somebody_fits(tmp_path: Path) -> None:
    assert await found(tmp_path, "jan", "Jan Novak", "Jon Novak") == ["Jan Novak"]


async def test_aliases_find_a_person_who_is_shown_by_name(tmp_path: Path) -> None:
    assert await found(tmp_path, "bob", row("Robert Miles", aliases="Bob, Bobby"), "Ann Lee") == ["Robert Miles"]


@pytest.mark.parametrize(
    ("text", "is_clear"),
    [
        ("s", False),
        ("samira abboud", False),
        ("abboud samira", False),
        ("mira", False),
        ("samira fin", True),
        ("b-2", True),
        ("ann", True),
        ("ann fin", True),
        ("finance", False),
        ("legal", True),
        ("", False),
        ("nobody at all", False),
    ],
)
async def test_two_people_of_one_name_are_not_proposed(tmp_path: Path, text: str, *, is_clear: bool) -> None:
    people = (
        row("Samira Abboud", "a-1", department="Legal"),
        row("Samira ABBOUD", "b-2", department="Finance"),
        row("Ann Lee", "c-3", department="Finance"),
    )
    async with directory_of(tmp_path, *people) as directory:
        assert (await directory.search(text)).is_clear == is_clear


@pytest.mark.parametrize("aliases", [("Bob", ""), ("", "Bob")])
async def test_an_alias_makes_no_other_name(tmp_path: Path, aliases: tuple[str, str]) -> None:
    people = [row("Robert Miles", str(number), aliases=alias) for number, alias in enumerate(aliases)]
    async with directory_of(tmp_path, *people) as directory:
        assert not (await directory.search("rob")).is_clear
        assert (await directory.search("bob")).is_clear


async def test_a_namesake_counts_also_where_the_list_does_not_reach(tmp_path: Path) -> None:
    people = [row("Al Bo", f"twin-{number}") for number in range(2)]
    async with directory_of(tmp_path, *people, *(f"A{number:03} B" for number in range(300))) as directory:
        await directory.note_chosen("twin-1", NOW)
        answer = await directory.search("a b", limit=1)
    assert [contact.contact_id for contact in answer.contacts] == ["twin-1"]
    assert not answer.is_clear


async def test_who_had_parcels_comes_first_the_latest_and_most_frequent_of_all(tmp_path: Path) -> None:
    async with directory_of(tmp_path, "Ann A", "Ann Bell", "Ann Cole", "Ann Dale", "Joanna E") as directory:
        for name, days in (("Ann Dale", 0), ("Ann Cole", 100), ("Ann Cole", 100), ("Ann Bell", 1), ("Joanna E", 0)):
            await directory.note_chosen(f"id-{name}", NOW - timedelta(days=days))
        await directory.note_chosen("id-Ann Bell", NOW)
        names = [contact.name for contact in (await directory.search("ann")).contacts]
        assert names == ["Ann Bell", "Ann Dale", "Ann Cole", "Ann A", "Joanna E"]
        before = [contact.name for contact in (await directory.search("")).contacts]
        assert before == ["Ann Bell", "Joanna E", "Ann Dale", "Ann Cole", "Ann A"] or before[0] == "Ann Bell"


async def test_one_parcel_of_today_outweighs_some_of_long_ago(tmp_path: Path) -> None:
    async with directory_of(tmp_path, "Ann Old", "Ann Now") as directory:
        for _ in range(3):
            await directory.note_chosen("id-Ann Old", NOW - timedelta(days=60))
        await directory.note_chosen("id-Ann Now", NOW)
        await directory.note_chosen("who is not here", NOW)
        assert [contact.name for contact in (await directory.search("ann")).contacts] == ["Ann Now", "Ann Old"]


async def test_nothing_typed_shows_the_alphabet_whatever_the_accents(tmp_path: Path) -> None:
    assert await found(tmp_path, " ", "Zoe", "Émile", "Anna") == ["Anna", "Émile", "Zoe"]


async def test_a_directory_of_schema_1_learns_what_many_are_called(tmp_path: Path) -> None:
    names = ("Cy Karam", "Bo Karlson", "Di Karlson")
    async with directory_of(tmp_path, *names):
        pass
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        database.executescript(
            "DROP TABLE vocabulary; DROP TABLE addresses; ALTER TABLE contacts DROP COLUMN language;"
            "PRAGMA user_version = 1;"
            "CREATE TABLE vocabulary (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
            "INSERT INTO vocabulary VALUES ('bo');"
        )
    async with Directory(tmp_path) as directory:
        assert [each.name for each in (await directory.search("kar")).contacts] == [
            "Bo Karlson",
            "Di Karlson",
            "Cy Karam",
        ]
        assert (await directory.search("karmlson")).is_guess


async def test_an_id_finds_exactly_its_contact(tmp_path: Path) -> None:
    async with directory_of(tmp_path, YUSUF) as directory:
        contact = await directory.by_id(f" {YUSUF.contact_id} ")
        assert contact is not None
        assert (contact.name, contact.room, contact.email) == ("Yusuf Abboud", "L2.165", "Yusuf.Abboud@example.com")
        assert await directory.by_id(YUSUF.contact_id.upper()) is None
        assert await directory.by_id("") is None
        assert directory.size == 1


async def test_an_empty_directory_finds_nobody(tmp_path: Path) -> None:
    async with Directory(tmp_path) as directory:
        assert (await directory.search("a")).contacts == (await directory.search("")).contacts == ()
        assert (directory.size, directory.imported_at) == (0, None)
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600


async def test_an_import_is_noticed_with_the_next_question(tmp_path: Path) -> None:
    async with directory_of(tmp_path, "Ann Lee", "Ben Gone") as directory:
        await directory.note_chosen("id-Ann Lee", NOW)
        import_rows(tmp_path, [row("Ann Lee"), row("Anna New")], NOW + timedelta(days=1))
        assert [contact.name for contact in (await directory.search("ann")).contacts] == ["Ann Lee", "Anna New"]
        assert (directory.size, directory.imported_at) == (2, NOW + timedelta(days=1))
        assert await directory.by_id("id-Ben Gone") is None
        await directory.note_chosen("id-Anna New", NOW + timedelta(days=1))
        assert (await directory.search("ann")).contacts[0].name == "Anna New"


async def test_a_search_that_nobody_waits_for_lets_go(tmp_path: Path) -> None:
    async with directory_of(tmp_path, *(f"Ann {number}" for number in range(2000))) as directory:
        searches = [asyncio.create_task(directory.search("ann")) for _ in range(50)]
        await asyncio.sleep(0)
        for search in searches:
            search.cancel()
        assert (await directory.search("ann 7")).contacts[0].name == "Ann 7"
        assert all(
            isinstance(end, asyncio.CancelledError) for end in await asyncio.gather(*searches, return_exceptions=True)
        )


async def test_a_forgotten_person_leaves_nothing_in_the_file(tmp_path: Path) -> None:
    async with directory_of(tmp_path, row("Zebulon Quirk", "z-9", email="zebulon@example.com"), "Ann Lee") as directory:
        await directory.note_chosen("z-9", NOW)
        assert await directory.forget("z-9")
        assert not await directory.forget("z-9")
        assert (await directory.search("zebulon")).contacts == (await directory.search("bulo")).contacts == ()
        assert await directory.by_id("z-9") is None
        assert directory.size == 1
        assert [contact.name for contact in (await directory.search("ann")).contacts] == ["Ann Lee"]
    left = (tmp_path / FILE_NAME).read_bytes().lower()
    assert b"zebulon" not in left
    assert b"quirk" not in left


async def test_a_file_that_is_no_directory_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("something else " * 100)
    with pytest.raises(DirectoryError, match="damaged"):
        async with Directory(tmp_path):
            pytest.fail("it may not open")


@pytest.mark.parametrize("damage", ["UPDATE facts SET value = 'x'", "DROP TABLE facts"])
async def test_a_file_whose_facts_are_damaged_is_refused_in_words_and_let_go_of(tmp_path: Path, damage: str) -> None:
    async with directory_of(tmp_path, "Ann Lee"):
        pass
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        database.execute(damage)
        database.commit()
    with pytest.raises(DirectoryError, match=r"row_unreadable|database_failed"):
        async with Directory(tmp_path):
            pytest.fail("it may not open")
    assert not held_open(tmp_path)


async def test_a_row_with_something_else_for_its_text_is_damage(tmp_path: Path) -> None:
    async with directory_of(tmp_path, "Ann Lee"):
        pass
    for statement in (
        "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'contacts'",
        "UPDATE contacts SET words = x'00'",
    ):
        with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
            database.execute("PRAGMA writable_schema = ON")
            database.execute(statement)
            database.commit()
    async with Directory(tmp_path) as directory:
        with pytest.raises(DirectoryError, match="row_unreadable"):
            await directory.search("ann")


async def test_the_demos_contacts_are_all_there(tmp_path: Path) -> None:
    summary = import_rows(tmp_path, read_rows(contacts_file()), NOW)
    assert (summary.new, summary.refused_count) == (512, 0)
    async with Directory(tmp_path) as directory:
        assert (await directory.search("abboud sam")).contacts[0].name == "Samira Abboud"
        assert (await directory.search("zupan ivana")).contacts[0].name == "Ivana Župan"


NAMES = st.text(st.sampled_from("abcéØß -'."), min_size=1, max_size=8).filter(lambda name: any(map(str.isalpha, name)))


@given(names=st.lists(NAMES, min_size=1, max_size=6, unique=True), typed=NAMES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_everybody_is_found_by_the_whole_name_and_nobody_twice(tmp_path: Path, names: list[str], typed: str) -> None:
    async def check() -> None:
        async with directory_of(tmp_path, *names) as directory:
            for name in [*names, typed]:
                hits = [contact.name for contact in (await directory.search(name)).contacts]
                assert len(set(hits)) == len(hits)
                assert set(hits) <= set(names)
                assert name in hits or name == typed

    asyncio.run(check())


def held_open(folder: Path) -> list[Path]:
    """Return the files of a folder that this process holds open."""
    held = []
    for handle in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the listing's own is gone by now
            held.append(handle.readlink())
    return [path for path in held if path.is_relative_to(folder)]
