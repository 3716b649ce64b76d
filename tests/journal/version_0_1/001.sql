-- Events are facts: appended, chained by hash, never changed.
CREATE TABLE events (
    sequence INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kiosk TEXT NOT NULL,
    actor TEXT NOT NULL,
    parcel_id TEXT,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_parcel ON events (parcel_id, sequence);
CREATE TRIGGER events_are_not_updated BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- The end of the chain, so that cut-off last rows are noticed and appending costs the same for ever.
CREATE TABLE chain (only INTEGER PRIMARY KEY CHECK (only = 1), sequence INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;

-- Personal fields of events. An event's body holds their salted digest, so a row may go without breaking the chain.
CREATE TABLE personal (
    sequence INTEGER PRIMARY KEY REFERENCES events (sequence),
    salt TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- Parcels as they stand now, written in the same transaction as the event that changed them.
CREATE TABLE parcels (
    parcel_id TEXT PRIMARY KEY,
    tracking_number TEXT NOT NULL,
    taken_in_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    unfinished INTEGER NOT NULL,
    present INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX parcels_present_once ON parcels (tracking_number) WHERE present = 1;
CREATE INDEX parcels_by_number ON parcels (tracking_number, taken_in_at);
CREATE INDEX parcels_by_change ON parcels (changed_at);
CREATE INDEX parcels_unfinished ON parcels (taken_in_at) WHERE unfinished = 1;

-- Pickup codes between their arrival and the moment somebody confirmed having seen them. Never in an event.
CREATE TABLE codes (
    parcel_id TEXT PRIMARY KEY REFERENCES parcels (parcel_id),
    code TEXT NOT NULL,
    expires_at TEXT
) STRICT;

-- Units that a clerk found occupied or shut; the kiosk does not choose them for a while.
CREATE TABLE reported_units (
    locker_bank_id TEXT NOT NULL,
    locker_unit_id TEXT NOT NULL,
    problem TEXT NOT NULL,
    reported_at TEXT NOT NULL,
    PRIMARY KEY (locker_bank_id, locker_unit_id)
) STRICT;

CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
