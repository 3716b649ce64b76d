-- Pickup codes that were seen, for a short while longer: a clerk may want to show one again. Never in an event.
CREATE TABLE kept_codes (
    parcel_id TEXT PRIMARY KEY REFERENCES parcels (parcel_id),
    code TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    keep_until TEXT NOT NULL
) STRICT;

-- What the parcels that are here are searched by: numbers, name, locker and shelf place, folded, a line each.
CREATE TABLE words_of_parcels (
    parcel_id TEXT PRIMARY KEY REFERENCES parcels (parcel_id) ON DELETE CASCADE,
    words TEXT NOT NULL
) STRICT;
