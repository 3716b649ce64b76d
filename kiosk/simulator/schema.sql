-- The simulated world. One row says how a thing stands now; there is no history.
-- Statements end with a semicolon at the end of a line: state.py splits there.

CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value REAL NOT NULL
) STRICT;

CREATE TABLE tokens (
    token   TEXT PRIMARY KEY,
    family  TEXT NOT NULL,
    expires TEXT NOT NULL
) STRICT;

CREATE TABLE contacts (
    contact_id   TEXT PRIMARY KEY,
    contact_type TEXT NOT NULL CHECK (contact_type IN ('recipient', 'department')),
    name         TEXT NOT NULL
) STRICT;

CREATE TABLE banks (
    bank_id       TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    location_id   TEXT NOT NULL,
    location_name TEXT NOT NULL
) STRICT;

-- A unit is reserved while it has a contact.
CREATE TABLE units (
    bank_id            TEXT NOT NULL REFERENCES banks,
    unit_id            TEXT NOT NULL,
    position           INTEGER NOT NULL,
    size               TEXT NOT NULL,
    accessible         INTEGER NOT NULL,
    in_service         INTEGER NOT NULL,
    contact_id         TEXT REFERENCES contacts,
    user_id            TEXT,
    reservation_time   TEXT,
    reservation_expiry TEXT,
    deposit_time       TEXT,
    deposit_expiry     TEXT,
    pickup_code        TEXT,
    PRIMARY KEY (bank_id, unit_id)
) STRICT;

-- Every parcel here is reserved in its unit; a deposit marks it and leaves it reserved. One unit per number and bank.
CREATE TABLE parcels (
    parcel_id          INTEGER PRIMARY KEY,
    bank_id            TEXT NOT NULL,
    unit_id            TEXT NOT NULL,
    tracking_number    TEXT NOT NULL,
    secondary_number   TEXT,
    deposited          INTEGER NOT NULL DEFAULT 0,
    UNIQUE (bank_id, tracking_number),
    FOREIGN KEY (bank_id, unit_id) REFERENCES units
) STRICT;

CREATE INDEX parcels_by_unit ON parcels (bank_id, unit_id);
