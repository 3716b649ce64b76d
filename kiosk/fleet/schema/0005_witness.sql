-- What proves chains to others: heads that were countersigned, the root of all heads of a day, and how a desk goes on
-- whose journal was replaced by an older copy.

-- Returns what all heads of a day that is over come to, made once: {"day", "root", "desks"}; NULL before its end. For
-- days so long ago that no desk asks for them any more none is made.
-- The root is the hash of a line for each desk, sorted: `desk:sequence:hash`.
CREATE FUNCTION fleet.root_of(p_day date) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
DECLARE
    -- A minute later: what is stored at its very end has come in by then, or was ended by statement_timeout.
    today date := ((clock_timestamp() - interval '1 minute') AT TIME ZONE 'UTC')::date;
BEGIN
    IF p_day BETWEEN today - 62 AND today - 1 THEN
        INSERT INTO roots
        SELECT p_day, encode(sha256(convert_to(coalesce(string_agg(line || E'\n', '' ORDER BY line COLLATE "C"), ''),
            'UTF8')), 'hex'), count(*)
        FROM (SELECT desk || ':' || sequence || ':' || hash AS line FROM heads_of_days WHERE day = p_day) AS lines
        ON CONFLICT (day) DO NOTHING;
    END IF;
    DELETE FROM contact_keys WHERE month < to_char(
        clock_timestamp() - make_interval(months => (SELECT value::int FROM facts WHERE name = 'personal_months')),
        'YYYY-MM');
    RETURN (SELECT to_jsonb(r) FROM roots r WHERE day = p_day);
END $$;

-- Returns the heads of the desk that asks: of each day the last one that is in its chain, and the newest.
-- {"outcome", "desk", "head": {"sequence", "hash", "signature"}, "days": [{"day", "sequence", "hash"}]}
CREATE FUNCTION fleet.own_heads() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
    SELECT coalesce((
        SELECT jsonb_build_object('outcome', 'heads', 'desk', h.desk, 'head', to_jsonb(h), 'days', (
            SELECT coalesce(jsonb_agg(to_jsonb(d) ORDER BY d.day), '[]') FROM heads_of_days d
            WHERE d.desk = h.desk AND d.branch = branch_with(h.desk, h.branch, d.sequence)
        )) FROM heads h JOIN desks USING (desk) WHERE role = session_user
    ), jsonb_build_object('outcome', 'unknown_desk'))
$$;

-- Returns the hash that an event of the desk that asks has here; NULL where none is known.
CREATE FUNCTION fleet.own_hash(p_sequence bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
    SELECT e.hash FROM desks JOIN heads h USING (desk)
    JOIN events e ON e.desk = h.desk AND e.branch = branch_with(h.desk, h.branch, p_sequence) AND e.sequence = p_sequence
    WHERE role = session_user AND p_sequence <= h.sequence
$$;

-- Returns what is known of the desk that asks behind one of its events: how many events, and the parcels that they are
-- about as they stood at last, at most 1,000: {"outcome", "events", "parcels": [...]}
CREATE FUNCTION fleet.beyond(p_after bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
    SELECT coalesce((
        SELECT jsonb_build_object('outcome', 'beyond', 'events', greatest(h.sequence - p_after, 0), 'parcels', (
            SELECT coalesce(jsonb_agg(to_jsonb(parcel) ORDER BY parcel.sequence), '[]') FROM (
                SELECT parcel_id, sequence, tracking_number, state, present, bank, unit, shelf, since
                FROM parcels p
                WHERE p.desk = h.desk AND p.sequence > p_after AND NOT p.left_behind ORDER BY p.sequence LIMIT 1000
            ) AS parcel
        )) FROM heads h JOIN desks USING (desk) WHERE role = session_user
    ), jsonb_build_object('outcome', 'unknown_desk'))
$$;

-- Lets a desk that was brought back from an older copy go on behind the last event that both know; for whoever
-- administers the centre, after somebody has looked. Answers "branch", with the parcels that the desk has to tell of anew.
CREATE FUNCTION fleet.begin_branch(p_desk text, p_after bigint, p_hash text, p_reason text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
DECLARE
    head heads%ROWTYPE;
    parent_ int;
    parcels_ jsonb;
BEGIN
    SELECT * INTO head FROM heads WHERE desk = p_desk FOR UPDATE;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'unknown_desk');
    END IF;
    parent_ := branch_with(p_desk, head.branch, p_after);
    IF p_after > head.sequence OR p_after > 0 AND NOT EXISTS (
        SELECT 1 FROM events WHERE desk = p_desk AND branch = parent_ AND sequence = p_after AND hash = p_hash
    ) THEN
        RETURN jsonb_build_object('outcome', 'another_journal', 'sequence', p_after);
    END IF;
    -- The only journal of a desk can't have been refused and taken at once.
    IF EXISTS (
        SELECT 1 FROM alarms WHERE desk = p_desk AND kind IN ('older_copy', 'another_journal')
            AND closed_at IS NULL AND raised_at < head.stored_at
    ) THEN
        RETURN jsonb_build_object('outcome', 'two_desks', 'sequence', head.sequence);
    END IF;
    INSERT INTO branches (desk, branch, parent, begins_after, begun_by, reason)
    VALUES (p_desk, head.branch + 1, parent_, p_after, session_user, p_reason);
    UPDATE heads SET branch = head.branch + 1, sequence = p_after, hash = p_hash,
        signature = signed(p_desk, p_after, p_hash), stored_at = clock_timestamp() WHERE desk = p_desk;
    -- They stay, so that other desks hear that they are gone; what the desk tells of them anew counts.
    WITH gone AS (
        UPDATE parcels SET present = false, in_doubt = false, findings = '{}', left_behind = true,
            stored_at = clock_timestamp()
        WHERE desk = p_desk AND sequence > p_after AND NOT left_behind RETURNING parcel_id
    )
    SELECT coalesce(jsonb_agg(parcel_id), '[]') INTO parcels_ FROM gone;
    UPDATE alarms SET closed_at = clock_timestamp(), closed_by = session_user, reason = p_reason
    WHERE desk = p_desk AND closed_at IS NULL;
    PERFORM hint(p_desk);
    RETURN jsonb_build_object('outcome', 'branch', 'parcels', parcels_);
END $$;

REVOKE ALL ON FUNCTION
    fleet.root_of(date), fleet.own_heads(), fleet.own_hash(bigint), fleet.beyond(bigint),
    fleet.begin_branch(text, bigint, text, text)
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fleet.root_of(date), fleet.own_heads(), fleet.own_hash(bigint), fleet.beyond(bigint)
TO kiosk_fleet_desks;

ALTER TABLE fleet.branches ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON fleet.branches FOR SELECT TO kiosk_fleet_consoles
    USING (desk IN (SELECT unnest(fleet.seen_desks())));
-- Heads of all desks are for every console, whatever its sites: a root can be made anew from all of them only. They tell
-- how many events a desk has, and nothing of what happened there.
GRANT SELECT ON fleet.roots, fleet.heads_of_days, fleet.branches TO kiosk_fleet_consoles;
