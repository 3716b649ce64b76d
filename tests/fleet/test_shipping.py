"""What happened at a desk is at the centre once, with its parcels as they stand; what does not fit is refused."""

from __future__ import annotations

from pathlib import Path

from tests.fleet.centres import NewCentre
from tests.fleet.desks import chain_at_centre, joined, parcels_at_centre
from tests.fleet.postgres import needs_postgres
from tests.journal.book import PERSON
from tests.journal.filled import fill

pytestmark = needs_postgres


async def test_a_whole_journal_is_at_the_centre_once_and_its_parcels_as_they_stand(
    tmp_path: Path, centre: NewCentre
) -> None:
    await fill(tmp_path)
    async with joined(tmp_path, centre) as desk:
        await desk.ship()
        await desk.ship()
        head = await desk.head()
        assert [number for number, _ in chain_at_centre(centre, head.desk)] == [*range(1, head.sequence + 1)]
        assert chain_at_centre(centre, head.desk)[-1] == (head.sequence, head.hash)
        assert parcels_at_centre(centre, head.desk) == await desk.parcels()


async def test_what_comes_later_follows_and_nothing_is_asked_where_nothing_happened(
    tmp_path: Path, centre: NewCentre
) -> None:
    async with joined(tmp_path, centre) as desk:
        line = desk.centre()
        shipping = desk.shipping(line)
        await shipping.run()
        await desk.takes_in("T1", PERSON)
        assert (await shipping.run()).sequence == 2
        await line.close()
        assert (await shipping.run()).sequence == 2
        assert not line.is_open, "a desk at rest opens no connection"
