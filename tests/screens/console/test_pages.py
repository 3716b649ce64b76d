"""Each page of the console: what it shows when there is nothing, much, or something odd."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.errors import KioskError
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import ParcelPutOnShelf, ParcelTakenIn, RecipientChosen
from kiosk.parcels.states import Role, ShelfReason
from kiosk.tracking.scan import read_scan
from kiosk.wiring import open_services
from kiosk.words.signs import CROSS
from tests.house.desk import CLERK
from tests.screens.console.console_in_test import NUMBERS, console, console_app, fill, sessions_of_others
from tests.screens.kiosk_in_test import Desk
from tests.screens.widgets.harness import screen_text

PAGES = {
    "1": "Overview",
    "2": "BankMap",
    "3": "ParcelList",
    "4": "Attention",
    "5": "Journal",
    "6": "Kiosk",
    "7": "Sessions",
}
HOSTILE = "\x1b]0;x\x07[bold red]Eve[/]\u202e\u200b\x9b31m"
LONG = "Maximiliane-Théodora von und zu Hohenstaufen-Oberbayern " * 4


async def shelf(desk: Desk, parcels: int, name: str = "Ana") -> None:
    """Lay many parcels on the shelf."""
    async with open_services(desk.settings(), clock=desk.clock) as services:
        contact = Contact(contact_id="c1", name=name, department=name)
        for number in range(parcels):
            key = f"p{number}"
            taken = ParcelTakenIn(tracking_number=f"T{number:03}", scanned=f"T{number:03}")
            await services.queries.journal.append(key, taken, CLERK)
            await services.queries.journal.append(key, RecipientChosen(contact=contact), CLERK)
            held = ParcelPutOnShelf(shelf=f"S{number}", reason=ShelfReason.PUT_ASIDE)
            await services.queries.journal.append(key, held, CLERK)


async def test_the_overview_tells_how_things_stand(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        text = await opened.shows(
            "Lobby", "Loading dock", "demo", "● online", "ada · operator", "Read today 10:00", "4 Attention 3"
        )
        assert "1 to look into 1 not confirmed 1 expired 1 on the shelf 7 here" in text
        assert "8 taken in today" in text
        assert "peak 8 from 9 to 10" in text
        for words in ("! holds two lockers", "! reservation pending", "! expired", "◆ on the shelf"):
            assert words in text
        for bank in await opened.services.queries.console.banks():
            (row,) = (row for row in opened.rows if row.strip().startswith(bank.bank.label))
            assert [int(word) for word in row.split() if word.isdecimal()] == [
                size.states.get("free", 0) for size in bank.sizes
            ]


async def test_what_needs_somebody_is_opened_from_the_overview(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.choose("expired")
        opened.type("\r")
        await opened.at("Parcel")
        await opened.shows(NUMBERS.expired, "(over)", "e Extend")
        await opened.press("escape")
        await opened.at("Overview")


@pytest.mark.parametrize(("digit", "name"), PAGES.items())
async def test_every_page_opens_on_an_empty_kiosk(desk: Desk, digit: str, name: str) -> None:
    empty = {
        "Overview": "Nothing to look at.",
        "BankMap": "Lobby bank 1 of 3",
        "ParcelList": "No parcel is here.",
        "Attention": "Nothing to look at.",
        "Journal": "No event yet.",
        "Kiosk": "All requests are confirmed.",
        "Sessions": "Nobody is connected.",
    }
    async with console(desk) as opened:
        await opened.page(digit, name, empty[name])
        assert f"►{digit} " in opened.rows[1]
        opened.type("\r")
        await opened.press("down", "up", "pagedown", "pageup", "home", "end")
        await opened.at(name)


@pytest.mark.parametrize(("digit", "name"), PAGES.items())
async def test_every_page_opens_without_the_service(desk: Desk, digit: str, name: str) -> None:
    await fill(desk)
    desk.service.pull_out()
    async with console(desk) as opened:
        await opened.shows("No connection to the locker service", "○ offline")
        await opened.page(digit, name)
        what = {"BankMap": "Not read yet.", "Overview": "Not read yet.", "Kiosk": "Can't be reached."}
        await opened.shows(what.get(name, ""))


@pytest.mark.parametrize("name", [HOSTILE, LONG], ids=["hostile", "long"])
@pytest.mark.parametrize(("digit", "page"), PAGES.items())
async def test_text_from_outside_stays_text_and_in_its_place(desk: Desk, digit: str, page: str, name: str) -> None:
    await shelf(desk, 3, name)
    with sessions_of_others(desk, (name, Role.ADMIN, name, name, 1)):
        await look_at_page(desk, digit, page)


async def look_at_page(desk: Desk, digit: str, page: str) -> None:
    async with console(desk) as opened:
        await opened.page(digit, page)
        await opened.until(lambda: bool(opened.rows[3].strip()))
        text = screen_text(opened.app)
        assert not [sign for sign in text if sign != "\n" and not sign.isprintable()]
        assert all(len(row) <= 80 for row in opened.rows)
        if page in {"ParcelList", "Attention", "Overview"}:
            assert "T000" in text


async def test_two_hundred_rows_are_moved_through_by_pages(desk: Desk) -> None:
    await shelf(desk, 200)
    async with console(desk) as opened:
        await opened.page("3", "ParcelList", "200 parcels:", "T000")
        await opened.press("end")
        await opened.shows("► T199")
        await opened.press("pageup")
        await opened.lacks("► T199")
        await opened.press("home")
        await opened.shows("► T000")
        await opened.press("down", "down")
        opened.type("\r")
        await opened.at("Parcel")
        await opened.shows("T002")
        await opened.press("escape")
        await opened.at("ParcelList")
        await opened.shows("► T002")


async def test_parcels_are_filtered_sorted_and_searched(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.page("3", "ParcelList", "7 parcels: here any state any size any age oldest first")
        opened.type("ss")
        await opened.shows("2 parcels:", "[reserved]", NUMBERS.reserved, NUMBERS.expired)
        opened.type("a")
        await opened.shows("1 parcel:", "[over a day]", NUMBERS.expired)
        opened.type("z")
        await opened.shows("1 parcel:", "[small]")
        opened.type("z")
        await opened.shows("0 parcels:", "[medium]", "No parcel matches. x removes the filters.")
        opened.type("x")
        await opened.shows("7 parcels:")
        opened.type("/samira\r")
        await opened.shows("2 parcels:", "/samira", NUMBERS.held, NUMBERS.code_waiting)
        opened.type("g")
        await opened.shows("2 parcels: [gone]", NUMBERS.collected, NUMBERS.cancelled)
        opened.type("xo")
        await opened.shows("7 parcels: here any state any size any age newest first")
        first = next(row for row in opened.rows if row.startswith(" ►"))
        assert NUMBERS.in_doubt in first


async def test_filters_stay_while_another_page_is_looked_at(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.page("3", "ParcelList", "7 parcels:")
        opened.type("s")
        await opened.shows("[taken in]")
        await opened.page("5", "Journal", "events")
        await opened.page("3", "ParcelList", "[taken in]")


async def test_the_map_shows_every_door_and_what_the_chosen_one_holds(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        parcel = await opened.parcel(NUMBERS.code_waiting)
        assert parcel.place is not None
        unit = parcel.place.locker_unit_id
        await opened.page("2", "BankMap", "Lobby bank 1 of 3", "○ free", "+ accessible", f"{CROSS} out of service")
        for _ in range(int(unit) - 1):
            await opened.press("right")
        await opened.shows(
            f"Locker {unit} small · occupied",
            f"Service Samira Abboud (recipient) · {NUMBERS.code_waiting}",
            f"Journal {NUMBERS.code_waiting} · Samira Abboud · ● in locker",
        )
        opened.type("\r")
        await opened.at("Parcel")
        await opened.press("escape")
        await opened.at("BankMap")
        opened.type("b")
        await opened.shows("Loading dock bank 2 of 3", "Locker 1 small")


async def test_arrows_go_from_door_to_door_and_stop_at_the_edges(desk: Desk) -> None:
    async with console(desk) as opened:
        await opened.page("2", "BankMap", "Locker 1 small")
        await opened.press("left", "up")
        await opened.shows("Locker 1 small")
        await opened.press("right")
        await opened.shows("Locker 2 small")
        await opened.press("left", "down", "down", "down", "down", "down", "down")
        await opened.shows("Locker 21 mlarge")


async def test_the_journal_is_searched_and_an_event_is_shown_in_full(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.page("5", "Journal", "live, newest first")
        opened.type("/parcel deposited\r")
        await opened.shows("matching /parcel deposited")
        await opened.until(lambda: sum("Parcel deposited" in row for row in opened.rows) == 4)
        assert "Recipient chosen" not in opened.read
        opened.type(f"/{NUMBERS.held}\r")
        await opened.shows("Put on the shelf · shelf S1")
        await opened.choose("Recipient chosen")
        opened.type("\r")
        await opened.at("Event")
        await opened.shows("Recipient chosen", "Personal fields", "Samira", "✓ The chain is intact here")
        opened.type("\r")
        await opened.at("Parcel")
        await opened.press("escape", "escape")
        await opened.at("Journal")


async def test_a_person_who_did_something_is_found(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.page("4", "Attention", "on the shelf")
        await opened.choose("on the shelf")
        opened.type("tdone\r")
        await opened.shows("The parcel is off the shelf.")
        await opened.page("5", "Journal", "events")
        opened.type("/ADA\r")
        await opened.until(lambda: sum(" ada" in row for row in opened.rows[5:-1]) == 2)
        await opened.shows("Taken off the shelf", "Correction requested")


async def test_older_events_are_read_when_the_end_is_reached(desk: Desk) -> None:
    await shelf(desk, 60)
    async with console(desk) as opened:
        await opened.page("5", "Journal", "180 events")
        await opened.press("end")
        await opened.until(lambda: len(opened.table.rows) == 180)
        await opened.press("end")
        await opened.shows("► 1 08:00:00")


async def test_verifying_tells_how_far_it_is_and_what_it_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await shelf(desk, 10)
    monkeypatch.setattr("kiosk.journal.audit._TELL_EVERY", 10)
    async with console(desk) as opened:
        await opened.page("5", "Journal", "30 events")
        opened.type("v")
        await opened.shows("The journal is sound: all 30 events.")


async def test_a_broken_chain_is_named_with_its_first_bad_event(desk: Desk) -> None:
    await shelf(desk, 3)
    async with console(desk) as opened:
        await opened.page("5", "Journal", "9 events")

        def tamper(database: object) -> None:
            for statement in (
                "DROP TRIGGER events_are_not_updated",
                "UPDATE events SET person = 'mallory' WHERE sequence = 4",
            ):
                database.execute(statement)  # type: ignore[attr-defined]

        await opened.services.queries.journal.connection.write(tamper)
        opened.type("v")
        await opened.shows("Stop", "The journal is damaged: Event 4 was changed after it was recorded.")
        await opened.press("home")
        await opened.choose("     4  08:00:00")
        opened.type("\r")
        await opened.shows(f"{CROSS} The chain is broken here", "content matches hash no")


async def test_the_kiosk_page_tells_its_health_and_no_secret(desk: Desk) -> None:
    log = desk.folder / "data" / "kiosk.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(f"2026-03-02 08:00:00 1 WARNING kiosk {HOSTILE}\nTraceback\n", "utf-8")
    async with console(desk, size=(100, 80)) as opened:
        text = await opened.shows("6 Kiosk")
        await opened.page("6", "Kiosk", "Storage", "schema", "Last warnings", "lockers.client_secret")
        text = opened.read
        assert "lockers.client_secret **********" in text
        assert "WARNING kiosk ·]0;x·[bold red]Eve[/]·31m" in text
        assert "Traceback" not in text
        assert "1 warning or error" in text


async def test_a_kiosk_that_cannot_be_opened_ends_with_the_error(desk: Desk) -> None:
    (desk.folder / "data").mkdir(parents=True)
    (desk.folder / "data" / "journal.sqlite").write_bytes(b"no database at all, but long enough to look like one" * 40)
    app = console_app(desk)
    await app.run_async(headless=True, size=(80, 24))
    assert isinstance(app.lifetime.failure, KioskError)
    assert app.return_code == 1


async def test_a_reservation_that_ends_while_it_is_looked_at_becomes_expired(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await opened.page("3", "ParcelList", "7 parcels:")
        opened.type("s")
        opened.type("s")
        await opened.shows("2 parcels:")
        assert sum("!" in row for row in opened.rows[5:-3]) == 1
        desk.clock.advance(timedelta(hours=24))
        await opened.until(lambda: sum("!" in row for row in opened.rows[5:-3]) == 2)


async def test_the_map_names_what_contradicts_itself_and_what_the_last_count_showed(desk: Desk) -> None:
    await fill(desk)
    async with open_services(desk.settings(), clock=desk.clock) as services:
        await services.desk.stocktakes.begin("AOne", CLERK)
        await services.desk.stocktakes.count("AOne", "1", [read_scan("X-1")], CLERK)
    async with console(desk) as opened:
        await opened.page("2", "BankMap", "Stock-take today 10:00: 1 of 24 counted", "1 unknown")
        assert "data mismatch" not in opened.read
        lockers = opened.services.queries.lockers
        details = lockers._readings["AOne"].details
        wrong = [unit.model_copy(update={"unit_in_service": False}) for unit in details.locker_units]
        odd = [unit.locker_unit_id for unit in wrong if unit.unit_reserved]
        details = details.model_copy(update={"locker_units": tuple(wrong)})
        lockers._readings["AOne"] = lockers._readings["AOne"]._replace(details=details)
        opened.type("1")
        await opened.at("Overview")
        await opened.page("2", "BankMap", f"! Lockers {', '.join(odd[:4])}, ...: data mismatch", "Stock-take")
        for _ in range(int(odd[0]) - 1):
            await opened.press("right")
        await opened.shows("This locker is out of service, but a parcel is on record for it.")
