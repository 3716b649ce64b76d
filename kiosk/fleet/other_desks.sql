-- What other desks have here now, as they last told of it: `body` is an OtherParcel. `pass` says by which full refresh it
-- was heard, so that what is not heard any more goes.
CREATE TABLE parcels (
    desk TEXT NOT NULL,
    parcel_id TEXT NOT NULL,
    since TEXT NOT NULL,
    contact_id TEXT,
    bank TEXT,
    body TEXT NOT NULL,
    pass INTEGER NOT NULL,
    PRIMARY KEY (desk, parcel_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX parcels_of_contact ON parcels (contact_id);
CREATE INDEX parcels_in_bank ON parcels (bank);

-- By what they are found: numbers, numbers backwards, and names from each of their parts on.
CREATE TABLE words (
    word TEXT NOT NULL,
    desk TEXT NOT NULL,
    parcel_id TEXT NOT NULL,
    PRIMARY KEY (word, desk, parcel_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX words_of_parcel ON words (desk, parcel_id);

-- The last word of each desk on a unit; `problem` is empty once somebody looked in.
CREATE TABLE reports (
    desk TEXT NOT NULL,
    bank TEXT NOT NULL,
    unit TEXT NOT NULL,
    problem TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (bank, unit, desk)
) STRICT, WITHOUT ROWID;

-- Who was forgotten elsewhere, by the digest of the contact's id; `done` once this desk has forgotten them too.
CREATE TABLE forgotten (contact TEXT PRIMARY KEY, at TEXT NOT NULL, done INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- `since`: from when on to ask the next time; `heard_at`: when the centre was last heard; `banks`: of which banks.
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
