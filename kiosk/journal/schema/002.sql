-- Looking for what somebody did, or for one kind of event, costs the same in a journal of a million events.
CREATE INDEX events_by_actor ON events (actor);
CREATE INDEX events_by_type ON events (type);
