-- What a desk asks of itself beside the kiosk that works there: changes nothing, and does not say that it was here.

-- Answers like fleet.meet whether program and schema fit each other, and what the centre knows of the desk.
CREATE FUNCTION fleet.status(p_desk text, p_protocol int) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
DECLARE
    oldest int := (SELECT value FROM facts WHERE name = 'protocol_oldest');
    newest int := (SELECT value FROM facts WHERE name = 'protocol_newest');
    own desks%ROWTYPE;
BEGIN
    SELECT * INTO own FROM desks WHERE desk = p_desk AND role = session_user;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'unknown_desk');
    END IF;
    RETURN jsonb_build_object(
        'outcome', CASE
            WHEN p_protocol < oldest THEN 'program_too_old' WHEN p_protocol > newest THEN 'schema_too_old' ELSE 'fits' END,
        'now', clock_timestamp(),
        'schema', (SELECT max(number) FROM migrations),
        'personal_months', (SELECT value::int FROM facts WHERE name = 'personal_months'),
        'site', own.site, 'name', own.name, 'joined_at', own.joined_at, 'seen_at', own.seen_at,
        'desks', (SELECT count(*) FROM desks), 'desks_of_site', (SELECT count(*) FROM desks WHERE site = own.site),
        'head', (SELECT to_jsonb(h) - 'desk' - 'begins_after' FROM heads h WHERE h.desk = p_desk),
        'parked', (SELECT count(*) FROM events WHERE desk = p_desk AND parked IS NOT NULL),
        'alarms', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'sequence', sequence, 'raised_at', raised_at)
                ORDER BY raised_at), '[]')
            FROM alarms WHERE desk = p_desk AND closed_at IS NULL
        )
    );
END $$;

GRANT EXECUTE ON FUNCTION fleet.status(text, int) TO kiosk_fleet_desks;
