-- Looking for what somebody did, or for one kind of event, costs the same in a journal of a million events.
CREATE INDEX events_by_actor ON events (actor);
CREATE INDEX events_by_type ON events (type);

-- The latest parcels that are here, and those that are gone: pages that cost the same however many there are.
CREATE INDEX parcels_by_presence ON parcels (present, taken_in_at);
