-- What a desk hears of the others.

-- Returns what changed since `p_since` and concerns the desk: parcels of its site or in its banks, what was found wrong
-- at doors of its banks, and who was forgotten. NULL asks for the parcels that are here, whenever they changed. At most `p_most` parcels, those stored first; `now` is from when on to
-- ask the next time, a little before the newest of them, so that what was being stored meanwhile is not passed over.
-- {"outcome", "now", "more", "parcels": [...], "reports": [...], "forgotten": [...], "head": {...}, "root": {...}}
CREATE FUNCTION fleet.news(p_desk text, p_since timestamptz, p_banks text[], p_most int) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
DECLARE
    own_site text;
    last timestamptz;
    parcels_ jsonb;
BEGIN
    SELECT site INTO own_site FROM desks WHERE desk = p_desk AND role = session_user;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'unknown_desk');
    END IF;
    -- One write a minute says that the desk is there; more would be the most of what it costs.
    UPDATE desks SET seen_at = clock_timestamp()
    WHERE desk = p_desk AND seen_at < clock_timestamp() - interval '1 minute';

    SELECT coalesce(jsonb_agg(to_jsonb(other) ORDER BY other.stored_at), '[]'), max(other.stored_at)
    INTO parcels_, last FROM (
        SELECT p.*, d.site, d.name AS desk_name, k.key,
            ARRAY(SELECT number FROM numbers n WHERE n.desk = p.desk AND n.parcel_id = p.parcel_id) AS numbers
        FROM parcels p JOIN desks d ON d.desk = p.desk
        LEFT JOIN contact_keys k ON k.contact = p.contact AND k.month = p.month
        WHERE (p.stored_at >= p_since OR p_since IS NULL AND p.present) AND p.desk <> p_desk
            AND (d.site = own_site OR p.bank = ANY (p_banks))
        ORDER BY p.stored_at LIMIT p_most
    ) AS other;

    RETURN jsonb_build_object(
        'outcome', 'news',
        'more', jsonb_array_length(parcels_) = p_most,
        -- Whatever takes longer than half a minute is ended by the role's statement_timeout, before it could be missed.
        'now', least(CASE WHEN jsonb_array_length(parcels_) = p_most THEN last END,
            clock_timestamp() - interval '30 seconds'),
        'parcels', parcels_,
        'reports', (
            SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM unit_reports r
            WHERE (r.stored_at >= p_since OR p_since IS NULL) AND r.desk <> p_desk AND r.bank = ANY (p_banks)
        ),
        'forgotten', (SELECT coalesce(jsonb_agg(contact), '[]') FROM forgotten WHERE at >= p_since OR p_since IS NULL),
        'head', (SELECT to_jsonb(h) FROM heads h WHERE h.desk = p_desk)
    );
END $$;
