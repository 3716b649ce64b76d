-- Events are facts: appended, chained by hash, never changed. Each desk has a chain of its own.
CREATE TABLE events (
    desk TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    at TEXT NOT NULL,
    kiosk TEXT NOT NULL,
    person TEXT NOT NULL,
    parcel_id TEXT,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (desk, sequence)
) STRICT;
CREATE INDEX events_by_parcel ON events (parcel_id, sequence);
-- Looking for what somebody did, or for one kind of event, costs the same in a journal of a million events.
CREATE INDEX events_by_person ON events (person, sequence);
CREATE INDEX events_by_type ON events (type, sequence);
CREATE TRIGGER events_are_not_updated BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- The end of each chain, so that cut-off last rows are noticed and appending costs the same for ever.
CREATE TABLE chain (desk TEXT PRIMARY KEY, sequence INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;

-- Personal fields of events. An event's body holds their salted digest, so a row may go without breaking the chain.
CREATE TABLE personal (
    desk TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    salt TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (desk, sequence),
    FOREIGN KEY (desk, sequence) REFERENCES events (desk, sequence)
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
-- The latest parcels that are here, and those that are gone: pages that cost the same however many there are.
CREATE INDEX parcels_by_presence ON parcels (present, taken_in_at);
-- What a contact had before, and who shares a unit, found without reading every parcel.
CREATE INDEX parcels_by_contact ON parcels (json_extract(body, '$.contact.contact_id'), changed_at);
CREATE INDEX parcels_by_unit ON parcels (
    json_extract(body, '$.place.locker_bank_id'), json_extract(body, '$.place.locker_unit_id')
) WHERE present = 1;

-- What lies in its unit for too long, counted without reading every parcel that is here. It begins with `present`, or
-- SQLite would take `parcels_by_presence`.
CREATE INDEX parcels_by_expiry ON parcels (
    present, iif(json_valid(body), json_extract(body, '$.deposit_expiry'), NULL)
) WHERE present = 1;

-- Every number under which a parcel is found besides its own: other barcodes of the box, other ways to read one.
CREATE TABLE codes_of_parcels (
    code TEXT NOT NULL,
    parcel_id TEXT NOT NULL REFERENCES parcels (parcel_id),
    PRIMARY KEY (code, parcel_id)
) STRICT, WITHOUT ROWID;
-- What the centre is told of a parcel's numbers.
CREATE INDEX codes_by_parcel ON codes_of_parcels (parcel_id);

-- What parcels are searched by, folded, a line each: numbers, name, locker and shelf place. `arrival` says which came
-- later.
CREATE TABLE words_of_parcels (
    arrival INTEGER PRIMARY KEY,
    parcel_id TEXT NOT NULL UNIQUE REFERENCES parcels (parcel_id) ON DELETE CASCADE,
    present INTEGER NOT NULL,
    words TEXT NOT NULL
) STRICT;
CREATE INDEX words_present ON words_of_parcels (arrival) WHERE present = 1;

-- By what a parcel is found however old it is: lines, parts of names, and codes from their end.
CREATE TABLE beginnings_of_parcels (
    beginning TEXT NOT NULL,
    arrival INTEGER NOT NULL,
    PRIMARY KEY (beginning, arrival)
) STRICT, WITHOUT ROWID;

-- Pickup codes between their arrival and the moment somebody confirmed having seen them. Never in an event, which names
-- a code by the intent of the deposit that brought it.
CREATE TABLE codes (
    parcel_id TEXT PRIMARY KEY REFERENCES parcels (parcel_id),
    intent_id TEXT NOT NULL,
    code TEXT NOT NULL
) STRICT;

-- Pickup codes that were seen, for a short while longer: a clerk may want to show one again. Never in an event.
CREATE TABLE kept_codes (
    parcel_id TEXT PRIMARY KEY REFERENCES parcels (parcel_id),
    intent_id TEXT NOT NULL,
    code TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    keep_until TEXT NOT NULL
) STRICT;

-- Units that a clerk found occupied or shut; the kiosk does not choose them for a while.
CREATE TABLE reported_units (
    locker_bank_id TEXT NOT NULL,
    locker_unit_id TEXT NOT NULL,
    problem TEXT NOT NULL,
    reported_at TEXT NOT NULL,
    PRIMARY KEY (locker_bank_id, locker_unit_id)
) STRICT;

-- What notices reach: who is to be reminded, and about which parcels nobody hears (begins with `present` as above).
CREATE INDEX parcels_by_notice ON parcels (
    iif(json_valid(body), json_extract(body, '$.reached_at'), NULL)
) WHERE present = 1;
CREATE INDEX parcels_unreached ON parcels (present, taken_in_at)
WHERE present = 1 AND iif(json_valid(body), json_extract(body, '$.unreached_at'), NULL) IS NOT NULL;

-- What is owed to a recipient or to the printer, from the event that causes it until it is out or given up. A row that
-- is being sent has a `message_id`, which all that goes out with it shares; `cause` says why it is not out yet.
CREATE TABLE notices (
    notice_id TEXT PRIMARY KEY,
    parcel_id TEXT NOT NULL REFERENCES parcels (parcel_id),
    contact_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    made_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    cause TEXT
) STRICT;
CREATE INDEX notices_by_parcel ON notices (parcel_id);

-- The pickup code that goes with a notice: a copy of its own, gone with the notice. Never in an event.
CREATE TABLE notice_codes (
    notice_id TEXT PRIMARY KEY REFERENCES notices (notice_id) ON DELETE CASCADE,
    intent_id TEXT NOT NULL,
    code TEXT NOT NULL
) STRICT;

-- Who may sign in at this desk. A PIN and a badge's code stand here by scrypt only, and in no event.
CREATE TABLE people (
    person_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    user_id TEXT NOT NULL,
    pin TEXT,
    badge TEXT
) STRICT;

-- How often in a row a PIN was wrong: by person, and for the desk as a whole under an empty id.
CREATE TABLE wrong_tries (person_id TEXT PRIMARY KEY, tries INTEGER NOT NULL) STRICT;

-- `environment`: what the journal was made for; `desk`: whose it is; `personal_blanked_until`: how far names are gone;
-- `time_known`: until when time is known to have passed, whatever the machine's clock says at the next start;
-- `fleet`: how far the centre has this desk's events; `fleet_to_forget`: whom it has to forget, by digests.
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
