-- The centre: what all desks have sent, and what it makes of that. No desk reads it in order to work.
--
-- Keys begin with the desk, nothing counts up over desks, and there are no triggers, sequences or advisory locks: so the
-- same tables can be spread over several servers by desk.

-- `secret`: what heads are countersigned with; `protocol_oldest`, `protocol_newest`: which programs may call the
-- functions; `personal_months`: for how long names can be read.
CREATE TABLE fleet.facts (name text PRIMARY KEY, value text NOT NULL);

-- Every desk that has joined. `role` is the database role that it logs in as; `told` is where its journal ended when it
-- came last; `banks` is what it then said of its lockers: [{"lockerBankId", "label", "units", "free"}].
CREATE TABLE fleet.desks (
    desk text PRIMARY KEY CHECK (desk ~ '^[0-9a-f]{16}$'),
    site text NOT NULL,
    name text NOT NULL,
    role text NOT NULL UNIQUE,
    joined_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz,
    clock_offset double precision,
    program text,
    told bigint NOT NULL DEFAULT 0,
    banks jsonb NOT NULL DEFAULT '[]'
);

-- The roles that look at all desks, and at which sites; no row for a role: at none. '*' is every site.
CREATE TABLE fleet.onlookers (role text, site text, PRIMARY KEY (role, site));

-- The end of each desk's chain as it is known here, and which of its branches that is.
CREATE TABLE fleet.heads (
    desk text PRIMARY KEY REFERENCES fleet.desks (desk),
    branch int NOT NULL DEFAULT 1,
    sequence bigint NOT NULL DEFAULT 0,
    hash text NOT NULL DEFAULT repeat('0', 64),
    signature text NOT NULL DEFAULT '',
    stored_at timestamptz NOT NULL DEFAULT now()
);

-- The branches of chains beside the first one. A desk that goes on from an older copy of its journal gets another: it
-- goes on behind `begins_after`, an event of the branch `parent` or of one before. What that one had beyond stays here,
-- and is in no journal any more.
CREATE TABLE fleet.branches (
    desk text NOT NULL,
    branch int NOT NULL,
    parent int NOT NULL,
    begins_after bigint NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    begun_by text NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (desk, branch)
);

-- The last head of each day (UTC), countersigned, and what all of a day's heads come to.
CREATE TABLE fleet.heads_of_days (
    desk text NOT NULL,
    day date NOT NULL,
    branch int NOT NULL,
    sequence bigint NOT NULL,
    hash text NOT NULL,
    signature text NOT NULL,
    PRIMARY KEY (desk, day)
);
CREATE TABLE fleet.roots (day date PRIMARY KEY, root text NOT NULL, desks int NOT NULL);

-- Events as the desks have them. `record` is the very text that the hash is of: it begins with desk and sequence and
-- ends with the hash before. Personal fields are in `sealed`, for which `contact` and `month` name the key. An event
-- that can't be read here is `parked`, for a reason, and its columns stay empty; the chain goes through it all the same.
-- `at` is by the clock here: what the desk's clock said, less `clock_offset`, the seconds by which that was ahead when the
-- event was stored, where these are more than two minutes.
CREATE TABLE fleet.events (
    desk text NOT NULL,
    branch int NOT NULL,
    sequence bigint NOT NULL,
    record text NOT NULL,
    hash text NOT NULL,
    at timestamptz,
    clock_offset double precision NOT NULL DEFAULT 0,
    person text,
    parcel_id text,
    type text,
    contact text,
    month text,
    sealed text,
    parked text,
    stored_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (desk, branch, sequence)
);
CREATE INDEX events_by_parcel ON fleet.events (parcel_id, sequence) WHERE parcel_id IS NOT NULL;
-- There is none by time alone: for the few events of a rare type it would be taken too, and read to its end.
CREATE INDEX events_by_type ON fleet.events (type, at);
CREATE INDEX events_by_person ON fleet.events (person, at);
CREATE INDEX events_by_person_and_type ON fleet.events (person, type, at);
CREATE INDEX events_of_desk ON fleet.events (desk, at);
CREATE INDEX events_of_desk_by_type ON fleet.events (desk, type, at);
CREATE INDEX events_parked ON fleet.events (desk, sequence) WHERE parked IS NOT NULL;

-- Who ever did something at which desk: a journal of millions is not asked for its names.
CREATE TABLE fleet.people (desk text NOT NULL, person text NOT NULL, PRIMARY KEY (desk, person));

-- Parcels as each desk last told of them; `sequence` is that of the parcel's last event. `contact` is a digest of the
-- contact's id, `sealed` holds the contact as the event does; both are empty where nobody is known, or any more.
-- What a branch told that was left is gone, as far as the desk does not tell of it anew (`left_behind`).
CREATE TABLE fleet.parcels (
    desk text NOT NULL,
    parcel_id text NOT NULL,
    sequence bigint NOT NULL,
    tracking_number text NOT NULL,
    state text NOT NULL,
    present boolean NOT NULL,
    in_doubt boolean NOT NULL,
    findings text[] NOT NULL,
    contact text,
    month text,
    sealed text,
    bank text,
    unit text,
    size text,
    shelf text,
    since timestamptz NOT NULL,
    taken_in_at timestamptz NOT NULL,
    expiry timestamptz,
    left_behind boolean NOT NULL DEFAULT false,
    stored_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (desk, parcel_id)
);
CREATE INDEX parcels_by_storing ON fleet.parcels (stored_at);
CREATE INDEX parcels_present ON fleet.parcels (desk, state) WHERE present;
CREATE INDEX parcels_of_contact ON fleet.parcels (contact, since) WHERE contact IS NOT NULL;
CREATE INDEX parcels_in_unit ON fleet.parcels (bank, unit) WHERE present;
CREATE INDEX parcels_to_look_at ON fleet.parcels (desk, since) WHERE present AND (findings <> '{}' OR in_doubt);

-- Every number that finds a parcel, and its end backwards: people type either. In the collation "C" an index finds what
-- begins with a text.
CREATE TABLE fleet.numbers (
    desk text NOT NULL,
    number text COLLATE "C" NOT NULL,
    parcel_id text NOT NULL,
    backwards text COLLATE "C" NOT NULL,
    PRIMARY KEY (desk, number, parcel_id)
);
CREATE INDEX numbers_by_beginning ON fleet.numbers (number);
CREATE INDEX numbers_by_end ON fleet.numbers (backwards);
CREATE INDEX numbers_of_parcel ON fleet.numbers (desk, parcel_id);

-- What each desk did in each hour (UTC), counted as its events are stored.
CREATE TABLE fleet.hours (
    desk text NOT NULL, hour timestamptz NOT NULL, type text NOT NULL, events int NOT NULL, PRIMARY KEY (desk, hour, type)
);
CREATE INDEX hours_of_all ON fleet.hours (type, hour);

-- What somebody found wrong at a door: the last word of each desk on a unit. `problem` is empty once somebody looked in.
CREATE TABLE fleet.unit_reports (
    desk text NOT NULL,
    bank text NOT NULL,
    unit text NOT NULL,
    problem text,
    at timestamptz NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (desk, bank, unit)
);
CREATE INDEX unit_reports_by_storing ON fleet.unit_reports (stored_at);

-- What personal fields are sealed with: a key a contact and month. Without it nobody reads them, and every chain holds.
CREATE TABLE fleet.contact_keys (contact text NOT NULL, month text NOT NULL, key text NOT NULL, PRIMARY KEY (contact, month));

-- Who was forgotten, so that every desk forgets them too; digests of contact ids.
CREATE TABLE fleet.forgotten (contact text PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp());

-- What does not fit and somebody has to look at: a chain that does not go on from what is stored here.
CREATE TABLE fleet.alarms (
    desk text NOT NULL,
    kind text NOT NULL,
    sequence bigint NOT NULL,
    raised_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    closed_at timestamptz,
    closed_by text,
    reason text,
    PRIMARY KEY (desk, kind, sequence)
);
