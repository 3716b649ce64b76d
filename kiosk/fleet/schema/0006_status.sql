-- What a desk asks of itself beside the kiosk that works there: changes nothing, and does not say that it was here.

-- Answers like fleet.meet whether program and schema fit each other, and what the centre knows of the desk.
CREATE FUNCTION fleet.status(p_desk text, p_protocol int) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
    SELECT coalesce((
        SELECT jsonb_build_object(
            'outcome', CASE
                WHEN p_protocol < (SELECT value::int FROM facts WHERE name = 'protocol_oldest') THEN 'program_too_old'
                WHEN p_protocol > (SELECT value::int FROM facts WHERE name = 'protocol_newest') THEN 'schema_too_old'
                ELSE 'fits' END,
            'now', clock_timestamp(),
            'schema', (SELECT max(number) FROM migrations),
            'personal_months', (SELECT value::int FROM facts WHERE name = 'personal_months'),
            'site', d.site, 'name', d.name, 'joined_at', d.joined_at, 'seen_at', d.seen_at,
            'desks', (SELECT count(*) FROM desks), 'desks_of_site', (SELECT count(*) FROM desks WHERE site = d.site),
            'head', (SELECT to_jsonb(h) FROM heads h WHERE h.desk = p_desk),
            'parked', (SELECT count(*) FROM events WHERE desk = p_desk AND parked IS NOT NULL),
            'alarms', (
                SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'sequence', sequence, 'raised_at', raised_at)
                    ORDER BY raised_at), '[]')
                FROM alarms WHERE desk = p_desk AND closed_at IS NULL
            )
        )
        FROM desks d WHERE d.desk = p_desk AND d.role = session_user
    ), jsonb_build_object('outcome', 'unknown_desk'))
$$;

GRANT EXECUTE ON FUNCTION fleet.status(text, int) TO kiosk_fleet_desks;
