"""A centre full of parcels, made by the server itself: for measuring what a console asks."""

from __future__ import annotations

import hashlib
import json
from typing import Final

import psycopg

from tests.fleet.centres import NewCentre

DESKS: Final = 1_000
SITES: Final = 200
CONTACTS: Final = 50_000
_CHUNK: Final = 1_000_000


def desk_of(number: int) -> str:
    """Return the id of a desk by its number."""
    return f"{number:016x}"


def contact_digest_of(number: int) -> str:
    """Return what the contact `c<number>` is known by."""
    return hashlib.sha256(f"contact:c{number}".encode()).hexdigest()


def tracking_number_of(parcel: int) -> str:
    """Return the number of a parcel, the last figures of which are spread."""
    return f"1Z999AA1{parcel * 7_919 % 10_000_000_000:010d}"


def fill(centre: NewCentre, parcels: int) -> None:
    """Let a thousand desks have told of so many parcels, one in a hundred of them here, over three years."""
    with centre.admin() as admin:
        indexes = _drop_indexes(admin)
        _desks(admin, parcels)
        for begin in range(0, parcels, _CHUNK):
            span = {"first": begin, "last": min(begin + _CHUNK, parcels) - 1, "all": parcels}
            for statement in (_PARCELS, _NUMBERS, _EVENTS, _LATEST_EVENTS):
                admin.execute(statement, span)
        admin.execute(_HOURS, {"desks": DESKS})
        admin.execute("SET maintenance_work_mem = '512MB'")
        for statement in indexes:
            admin.execute(statement)
        admin.execute("VACUUM ANALYZE")


def _drop_indexes(admin: psycopg.Connection) -> list[str]:
    """Drop what is quicker made at the end, and return how to make it."""
    rows = admin.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE NOT indisunique AND indrelid::regclass::text LIKE 'fleet.%'"
    ).fetchall()
    for name, _ in rows:
        admin.execute(f"DROP INDEX {name}".encode())
    return [definition for _, definition in rows]


def _desks(admin: psycopg.Connection, parcels: int) -> None:
    for number in range(DESKS):
        banks = [
            {"lockerBankId": f"bank{number}{side}", "label": f"Bank {number} {side}", "units": 60, "free": number % 60}
            for side in "AB"
        ]
        admin.execute(
            "INSERT INTO fleet.desks (desk, site, name, role, seen_at, clock_offset, program, told, banks)"
            " VALUES (%s, %s, %s, %s, now(), 0.2, '0.2', %s, %s)",
            (
                desk_of(number),
                f"Site {number % SITES}",
                f"Desk {number}",
                f"desk_{number}",
                parcels,
                json.dumps(banks),
            ),
        )
        admin.execute("INSERT INTO fleet.heads (desk, sequence) VALUES (%s, %s)", (desk_of(number), parcels))
        admin.execute(
            "INSERT INTO fleet.people SELECT %s, 'Clerk ' || %s || '-' || each FROM generate_series(0, 4) AS each",
            (desk_of(number), number),
        )


_DESK = "lpad(to_hex(i %% 1000), 16, '0')"
_AT = "now() - (%(all)s - i) * (interval '3 years' / %(all)s)"
_NUMBER = "'1Z999AA1' || lpad((i::bigint * 7919 %% 10000000000)::text, 10, '0')"
_HERE = "i >= %(all)s * 0.99"

_PARCELS = f"""
INSERT INTO fleet.parcels (desk, parcel_id, sequence, tracking_number, state, present, in_doubt, findings, contact,
    month, sealed, bank, unit, size, since, taken_in_at, stored_at)
SELECT {_DESK}, 'p' || lpad(i::text, 10, '0'), i, {_NUMBER},
    CASE WHEN {_HERE} THEN 'in_locker' ELSE 'collected' END, {_HERE}, i %% 1009 = 0,
    CASE WHEN i %% 503 = 0 THEN ARRAY['two_units'] ELSE ARRAY[]::text[] END,
    encode(sha256(convert_to('contact:c' || i %% 50000, 'UTF8')), 'hex'), to_char({_AT}, 'YYYY-MM'), repeat('x', 120),
    CASE WHEN {_HERE} THEN 'bank' || i %% 1000 || 'A' END, CASE WHEN {_HERE} THEN (i / 1000 %% 60)::text END, 'small',
    {_AT}, {_AT}, {_AT}
FROM generate_series(%(first)s::int, %(last)s::int) AS i
"""

_NUMBERS = f"""
INSERT INTO fleet.numbers
SELECT {_DESK}, {_NUMBER}, 'p' || lpad(i::text, 10, '0'), reverse({_NUMBER})
FROM generate_series(%(first)s::int, %(last)s::int) AS i
"""

_EVENT = """
INSERT INTO fleet.events (desk, branch, sequence, record, hash, at, clock_offset, person, parcel_id, type, stored_at)
SELECT desk, 1, sequence, json_build_array(desk, sequence, at, 'Mailroom', person, parcel_id, type, body, 'x')::text,
    repeat('0', 64), at, 0.2, person, parcel_id, type, at
"""
_EVENTS = f"""{_EVENT} FROM (
    SELECT {_DESK} AS desk, i * 10::bigint AS sequence, {_AT} AS at,
        'Clerk ' || i %% 1000 || '-' || i / 1000 %% 5 AS person,
        'p' || lpad(i::text, 10, '0') AS parcel_id, 'parcel_taken_in' AS type,
        json_build_object('trackingNumber', {_NUMBER}, 'scanned', {_NUMBER})::text AS body
    FROM generate_series(%(first)s::int, %(last)s::int) AS i
) AS each"""
_LATEST_EVENTS = f"""{_EVENT} FROM (
    SELECT {_DESK} AS desk, i * 10 + n::bigint AS sequence, {_AT} + n * interval '20 seconds' AS at,
        'Clerk ' || i %% 1000 || '-' || i / 1000 %% 5 AS person, 'p' || lpad(i::text, 10, '0') AS parcel_id,
        (ARRAY['unit_reserved', 'parcel_deposited', 'pickup_code_seen', 'notice_sent', 'collection_noted'])[n]
            AS type,
        '{{}}' AS body
    FROM generate_series(greatest(%(first)s::int, (%(all)s * 0.95)::int), %(last)s::int) AS i,
        generate_series(1, 5) AS n
) AS each"""

_HOURS = """
INSERT INTO fleet.hours
SELECT lpad(to_hex(desk), 16, '0'), date_trunc('hour', now(), 'UTC') - hour * interval '1 hour', type, desk %% 40
FROM generate_series(0, %(desks)s - 1) AS desk, generate_series(0, 24 * 15 - 1) AS hour,
    unnest(ARRAY['parcel_taken_in', 'parcel_deposited']) AS type
"""
