-- What a console over all desks may read: the desks of its sites and what they sent, row by row.

CREATE FUNCTION fleet.seen_desks() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
    SELECT coalesce(array_agg(desk), '{}') FROM desks d
    WHERE EXISTS (SELECT 1 FROM onlookers WHERE role = session_user AND site IN ('*', d.site))
$$;

-- As a list to look into and not as an array: with a thousand desks each row would be compared with each of them.
ALTER TABLE fleet.desks ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON fleet.desks FOR SELECT TO kiosk_fleet_consoles
    USING (desk IN (SELECT unnest(fleet.seen_desks())));
ALTER TABLE fleet.heads ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON fleet.heads FOR SELECT TO kiosk_fleet_consoles
    USING (desk IN (SELECT unnest(fleet.seen_desks())));
ALTER TABLE fleet.events ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON fleet.events FOR SELECT TO kiosk_fleet_consoles
    USING (desk IN (SELECT unnest(fleet.seen_desks())));
ALTER TABLE fleet.people ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON fleet.people FOR SELECT TO kiosk_fleet_consoles
    USING (desk IN (SELECT unnest(fleet.seen_desks())));
ALTER TABLE fleet.parcels ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON fleet.parcels FOR SELECT TO kiosk_fleet_consoles
    USING (desk IN (SELECT unnest(fleet.seen_desks())));
ALTER TABLE fleet.numbers ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON fleet.numbers FOR SELECT TO kiosk_fleet_consoles
    USING (desk IN (SELECT unnest(fleet.seen_desks())));
ALTER TABLE fleet.hours ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON fleet.hours FOR SELECT TO kiosk_fleet_consoles
    USING (desk IN (SELECT unnest(fleet.seen_desks())));
ALTER TABLE fleet.unit_reports ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON fleet.unit_reports FOR SELECT TO kiosk_fleet_consoles
    USING (desk IN (SELECT unnest(fleet.seen_desks())));
ALTER TABLE fleet.alarms ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON fleet.alarms FOR SELECT TO kiosk_fleet_consoles
    USING (desk IN (SELECT unnest(fleet.seen_desks())));

-- Closes an alarm, with a reason; whoever may look at the desk may say that it was looked into.
CREATE FUNCTION fleet.close_alarm(p_desk text, p_kind text, p_sequence bigint, p_person text, p_reason text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
BEGIN
    UPDATE alarms SET closed_at = clock_timestamp(), closed_by = p_person, reason = p_reason
    WHERE desk = p_desk AND kind = p_kind AND sequence = p_sequence AND closed_at IS NULL AND p_desk = ANY (seen_desks());
    RETURN FOUND;
END $$;

-- Tells whether a head was countersigned here; a console can't sign any itself.
CREATE FUNCTION fleet.is_signed(p_desk text, p_sequence bigint, p_hash text, p_signature text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
    SELECT signed(p_desk, p_sequence, p_hash) = p_signature
$$;

-- The keys of the contacts whose sealed fields a console shows; each as [contact, month].
CREATE FUNCTION fleet.keys_for(p_wanted jsonb) RETURNS TABLE (contact text, month text, key text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
    SELECT k.contact, k.month, k.key FROM jsonb_array_elements(p_wanted) AS w
    JOIN contact_keys k ON k.contact = w ->> 0 AND k.month = w ->> 1
    WHERE EXISTS (SELECT 1 FROM onlookers WHERE role = session_user)
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA fleet FROM PUBLIC;
GRANT USAGE ON SCHEMA fleet TO kiosk_fleet_desks, kiosk_fleet_consoles;
GRANT EXECUTE ON FUNCTION
    fleet.meet(text, int, text, jsonb, timestamptz, jsonb),
    fleet.ship(text, jsonb, jsonb),
    fleet.hint(text),
    fleet.contact_keys(jsonb),
    fleet.forget(text, text[]),
    fleet.news(text, timestamptz, jsonb, text[], int)
TO kiosk_fleet_desks;
GRANT SELECT ON
    fleet.desks, fleet.heads, fleet.events, fleet.people, fleet.parcels, fleet.numbers, fleet.hours,
    fleet.unit_reports, fleet.alarms
TO kiosk_fleet_consoles;
GRANT EXECUTE ON FUNCTION
    fleet.seen_desks(), fleet.keys_for(jsonb), fleet.is_signed(text, bigint, text, text),
    fleet.close_alarm(text, text, bigint, text, text)
TO kiosk_fleet_consoles;
