-- What a desk may call. Each function looks who logs in: a desk can send in its own name only.
--
-- They answer with an outcome instead of raising an error, because an error would undo the alarm too.

CREATE FUNCTION fleet.signed(p_desk text, p_sequence bigint, p_hash text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
    -- Hashed twice: from a hash of secret and text alone, one for a longer text could be made without the secret.
    SELECT encode(sha256(decode(value, 'hex') || sha256(decode(value, 'hex') || convert_to(
        p_desk || ':' || p_sequence || ':' || p_hash, 'UTF8'))), 'hex')
    FROM facts WHERE name = 'secret'
$$;

-- One alarm of a kind is open at a time: who is refused asks again and again.
CREATE FUNCTION fleet.raise_alarm(p_desk text, p_kind text, p_sequence bigint) RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
    INSERT INTO alarms (desk, kind, sequence) SELECT p_desk, p_kind, p_sequence
    WHERE NOT EXISTS (SELECT 1 FROM alarms WHERE desk = p_desk AND kind = p_kind AND closed_at IS NULL)
    ON CONFLICT (desk, kind, sequence) DO UPDATE
    SET raised_at = clock_timestamp(), closed_at = NULL, closed_by = NULL, reason = NULL;
    SELECT jsonb_build_object('outcome', p_kind, 'sequence', p_sequence)
$$;

-- The latest alarm about a desk that nobody has closed. The desk says it too: somebody else may send in its name.
CREATE FUNCTION fleet.open_alarm(p_desk text) RETURNS text
LANGUAGE sql STABLE SET search_path = fleet, pg_temp AS $$
    SELECT kind FROM alarms WHERE desk = p_desk AND closed_at IS NULL ORDER BY raised_at DESC LIMIT 1
$$;

-- In which branch of a chain, as seen from the end of `p_branch`, an event lies.
CREATE FUNCTION fleet.branch_with(p_desk text, p_branch int, p_sequence bigint) RETURNS int
LANGUAGE sql STABLE SET search_path = fleet, pg_temp AS $$
    WITH RECURSIVE line AS (
        SELECT p_branch AS branch
        UNION ALL
        SELECT parent FROM line JOIN branches ON branches.desk = p_desk AND branches.branch = line.branch
        WHERE begins_after >= p_sequence
    )
    SELECT min(branch) FROM line
$$;

-- Tells consoles that something of a desk changed. A hint only: who does not hear it looks a few seconds later. On a
-- server without NOTIFY this function does nothing. Desks call it when they have sent all, and never where something is
-- stored: transactions that notify are committed one after the other, each when the one before is on the disk.
CREATE FUNCTION fleet.hint(p_desk text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
    SELECT set_config('synchronous_commit', 'off', true);
    SELECT pg_notify('fleet', desk) FROM desks WHERE desk = p_desk AND role = session_user
$$;

-- Begins every connection of a desk: are program and schema fit for each other, and does the journal go on from here?
-- `p_head` is the end of the desk's chain: {"sequence", "hash", "again"}. Answers "fits" with the head as it is known
-- here, and "behind" where the desk's is shorter: another process of it may have been faster, so it looks `again`. `p_banks` is NULL where the desk has not read any yet.
CREATE FUNCTION fleet.meet(p_desk text, p_protocol int, p_program text, p_head jsonb, p_now timestamptz, p_banks jsonb)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
DECLARE
    oldest int := (SELECT value FROM facts WHERE name = 'protocol_oldest');
    newest int := (SELECT value FROM facts WHERE name = 'protocol_newest');
    known heads%ROWTYPE;
    own_sequence bigint := p_head ->> 'sequence';
    stored text;
BEGIN
    IF p_protocol < oldest OR p_protocol > newest THEN
        RETURN jsonb_build_object(
            'outcome', CASE WHEN p_protocol < oldest THEN 'program_too_old' ELSE 'schema_too_old' END);
    END IF;
    UPDATE desks SET seen_at = clock_timestamp(), program = p_program, told = own_sequence,
        banks = coalesce(p_banks, banks), clock_offset = extract(epoch FROM p_now - clock_timestamp())
    WHERE desk = p_desk AND role = session_user;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'unknown_desk');
    END IF;
    SELECT * INTO known FROM heads WHERE desk = p_desk;
    IF own_sequence < known.sequence AND NOT coalesce((p_head ->> 'again')::boolean, true) THEN
        RETURN jsonb_build_object('outcome', 'behind', 'sequence', known.sequence);
    END IF;
    IF own_sequence < known.sequence THEN
        -- Shorter than what it sent itself: an older copy lies in its place.
        RETURN raise_alarm(p_desk, 'older_copy', known.sequence);
    END IF;
    IF own_sequence = known.sequence AND p_head ->> 'hash' <> known.hash THEN
        RETURN raise_alarm(p_desk, 'another_journal', known.sequence);
    END IF;
    RETURN jsonb_build_object('outcome', 'fits', 'sequence', known.sequence, 'hash', known.hash,
        'branch', known.branch, 'signature', known.signature, 'alarm', open_alarm(p_desk), 'now', clock_timestamp());
END $$;

-- Stores a batch of events, in the order of their sequence, and how the parcels stand that they are about.
--
-- An event is {"sequence", "record", "hash", "contact", "month", "sealed", "parked"}, a parcel has the columns of
-- fleet.parcels and "numbers". Answers "stored" with the head, "begin_at" with the sequence from which on events are
-- missed, or why nothing of the batch was taken. A batch that was stored before changes nothing.
CREATE FUNCTION fleet.ship(p_desk text, p_events jsonb, p_parcels jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
DECLARE
    head heads%ROWTYPE;
    event jsonb;
    expected bigint := (p_events -> 0 ->> 'sequence');
    previous text;
    before text;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM desks WHERE desk = p_desk AND role = session_user) THEN
        RETURN jsonb_build_object('outcome', 'unknown_desk');
    END IF;
    -- Nobody waits for the disk: what a crash takes along is missing at the end, and the desk is asked for it again.
    PERFORM set_config('synchronous_commit', 'off', true);
    -- Two senders of one desk take turns here.
    SELECT * INTO head FROM heads WHERE desk = p_desk FOR UPDATE;
    IF expected > head.sequence + 1 THEN
        RETURN jsonb_build_object('outcome', 'begin_at', 'sequence', head.sequence + 1);
    END IF;

    FOR event IN SELECT value FROM jsonb_array_elements(p_events) LOOP
        -- Desk, sequence and the hash before are read off the text that is hashed, never taken on trust.
        previous := substr(event ->> 'record', length(event ->> 'record') - 65, 64);
        IF (event ->> 'sequence')::bigint <> expected
            OR left(event ->> 'record', length(p_desk || expected) + 5) <> '["' || p_desk || '",' || expected || ','
            OR right(event ->> 'record', 67) <> '"' || previous || '"]'
            OR encode(sha256(convert_to(event ->> 'record', 'UTF8')), 'hex') <> event ->> 'hash'
        THEN
            RETURN raise_alarm(p_desk, 'event_changed', expected);
        END IF;
        IF expected <= head.sequence THEN
            SELECT hash INTO before FROM events
            WHERE desk = p_desk AND branch = branch_with(p_desk, head.branch, expected) AND sequence = expected;
            IF before IS DISTINCT FROM event ->> 'hash' THEN
                RETURN raise_alarm(p_desk, 'another_journal', expected);
            END IF;
        ELSE
            IF previous <> head.hash THEN
                RETURN raise_alarm(p_desk, 'chain_broken', expected);
            END IF;
            head.hash := event ->> 'hash';
        END IF;
        expected := expected + 1;
    END LOOP;

    PERFORM store(p_desk, head.branch, head.sequence, p_events);
    PERFORM project(p_desk, p_parcels);
    IF expected - 1 > head.sequence THEN
        head.sequence := expected - 1;
        head.signature := signed(p_desk, head.sequence, head.hash);
        UPDATE heads SET sequence = head.sequence, hash = head.hash, signature = head.signature,
            stored_at = clock_timestamp() WHERE desk = p_desk;
        INSERT INTO heads_of_days VALUES (p_desk, (clock_timestamp() AT TIME ZONE 'UTC')::date, head.branch,
            head.sequence, head.hash, head.signature)
        ON CONFLICT (desk, day) DO UPDATE SET branch = excluded.branch, sequence = excluded.sequence,
            hash = excluded.hash, signature = excluded.signature;
    END IF;
    RETURN jsonb_build_object('outcome', 'stored', 'sequence', head.sequence, 'hash', head.hash,
        'signature', head.signature, 'alarm', open_alarm(p_desk));
END $$;

-- Stores those events of a proved batch that come behind `p_after`, and counts them.
CREATE FUNCTION fleet.store(p_desk text, p_branch int, p_after bigint, p_events jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = fleet, pg_temp AS $$
BEGIN
    INSERT INTO events (desk, branch, sequence, record, hash, at, clock_offset, person, parcel_id, type, contact, month,
        sealed, parked)
    SELECT p_desk, p_branch, (e ->> 'sequence')::bigint, e ->> 'record', e ->> 'hash',
        (fields ->> 2)::timestamptz - ahead.seconds * interval '1 second', ahead.seconds,
        fields ->> 4, fields ->> 5, fields ->> 6, e ->> 'contact', e ->> 'month', e ->> 'sealed', e ->> 'parked'
    FROM jsonb_array_elements(p_events) AS e,
        LATERAL (SELECT CASE WHEN e ->> 'parked' IS NULL THEN (e ->> 'record')::jsonb END AS fields) AS read,
        (SELECT CASE WHEN abs(clock_offset) > 120 THEN clock_offset ELSE 0 END AS seconds FROM desks WHERE desk = p_desk)
            AS ahead
    WHERE (e ->> 'sequence')::bigint > p_after
    ON CONFLICT (desk, branch, sequence) DO NOTHING;

    INSERT INTO people
    SELECT DISTINCT p_desk, person FROM events
    WHERE desk = p_desk AND branch = p_branch AND sequence > p_after AND person IS NOT NULL
    ON CONFLICT (desk, person) DO NOTHING;

    INSERT INTO hours
    SELECT p_desk, date_trunc('hour', at, 'UTC'), type, count(*) FROM events
    WHERE desk = p_desk AND branch = p_branch AND sequence > p_after AND type IN (
        'parcel_taken_in', 'parcel_deposited', 'parcel_put_on_shelf', 'parcel_found_gone', 'parcel_handed_over',
        'parcel_sent')
    GROUP BY 2, 3
    ON CONFLICT (desk, hour, type) DO UPDATE SET events = hours.events + excluded.events;

    INSERT INTO unit_reports (desk, bank, unit, problem, at)
    SELECT DISTINCT ON (bank, unit) p_desk, bank, unit, problem, at FROM (
        SELECT coalesce(body -> 'place', body) ->> 'lockerBankId' AS bank,
            coalesce(body -> 'place', body) ->> 'lockerUnitId' AS unit,
            CASE WHEN type = 'unit_reported' THEN body ->> 'problem' END AS problem, at, sequence
        FROM (
            SELECT type, at, sequence, (record::jsonb ->> 7)::jsonb AS body FROM events
            WHERE desk = p_desk AND branch = p_branch AND sequence > p_after
                AND type IN ('unit_reported', 'unit_counted', 'parcel_deposited')
        ) AS told
    ) AS doors
    -- A locker that was only too small for one parcel is fit for others.
    WHERE bank IS NOT NULL AND unit IS NOT NULL AND problem IS DISTINCT FROM 'too_small'
    ORDER BY bank, unit, sequence DESC
    ON CONFLICT (desk, bank, unit) DO UPDATE
    SET problem = excluded.problem, at = excluded.at, stored_at = clock_timestamp();
END $$;

-- Lets each parcel of a batch stand as its desk says, unless something newer is known of it.
CREATE FUNCTION fleet.project(p_desk text, p_parcels jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = fleet, pg_temp AS $$
BEGIN
    INSERT INTO parcels (desk, parcel_id, sequence, tracking_number, state, present, in_doubt, findings, contact, month,
        sealed, bank, unit, size, shelf, since, taken_in_at, expiry)
    SELECT p_desk, parcel_id, sequence, tracking_number, state, present, in_doubt, findings, contact, month, sealed,
        bank, unit, size, shelf, since, taken_in_at, expiry
    FROM jsonb_to_recordset(p_parcels) AS each (
        parcel_id text, sequence bigint, tracking_number text, state text, present boolean, in_doubt boolean,
        findings text[], contact text, month text, sealed text, bank text, unit text, size text, shelf text,
        since timestamptz, taken_in_at timestamptz, expiry timestamptz)
    ON CONFLICT (desk, parcel_id) DO UPDATE SET
        sequence = excluded.sequence, tracking_number = excluded.tracking_number, state = excluded.state,
        present = excluded.present, in_doubt = excluded.in_doubt, findings = excluded.findings,
        contact = excluded.contact, month = excluded.month, sealed = excluded.sealed, bank = excluded.bank,
        unit = excluded.unit, size = excluded.size, shelf = excluded.shelf, since = excluded.since,
        taken_in_at = excluded.taken_in_at, expiry = excluded.expiry, left_behind = false,
        stored_at = clock_timestamp()
    WHERE parcels.sequence <= excluded.sequence OR parcels.left_behind;

    DELETE FROM numbers AS old USING jsonb_array_elements(p_parcels) AS each
    WHERE old.desk = p_desk AND old.parcel_id = each ->> 'parcel_id' AND NOT each -> 'numbers' ? old.number;
    INSERT INTO numbers
    SELECT DISTINCT p_desk, number, each ->> 'parcel_id', reverse(number)
    FROM jsonb_array_elements(p_parcels) AS each, jsonb_array_elements_text(each -> 'numbers') AS number
    ON CONFLICT (desk, number, parcel_id) DO NOTHING;
END $$;

-- Returns the keys for personal fields, each wanted as [contact, month, key] and returned so; the key that is wanted is
-- only a proposal, and that of the first desk which asked stays. Whoever was forgotten in the last ten minutes gets none.
CREATE FUNCTION fleet.contact_keys(p_wanted jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM desks WHERE role = session_user) THEN
        RETURN '[]';
    END IF;
    -- Waits for the disk: a desk goes on sealing with a key that a crash of the server would have lost.
    -- In one order at all desks, or two could wait for each other. None for who was just forgotten: what was read of them
    -- before may only come now.
    INSERT INTO contact_keys SELECT w ->> 0, w ->> 1, w ->> 2 FROM jsonb_array_elements(p_wanted) AS w
    WHERE w ->> 0 NOT IN (SELECT contact FROM forgotten WHERE at > clock_timestamp() - interval '10 minutes')
    ORDER BY 1, 2
    ON CONFLICT (contact, month) DO NOTHING;
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_array(k.contact, k.month, k.key)), '[]')
        FROM jsonb_array_elements(p_wanted) AS w JOIN contact_keys k ON k.contact = w ->> 0 AND k.month = w ->> 1
    );
END $$;

-- Makes a contact unreadable everywhere, and what told of them in `p_parcels` without naming them, each by its digest;
-- each desk hears of the contact by fleet.news.
CREATE FUNCTION fleet.forget(p_contact text, p_parcels text[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = fleet, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM desks WHERE role = session_user) THEN
        RETURN;
    END IF;
    DELETE FROM contact_keys WHERE contact = p_contact OR contact = ANY (p_parcels);
    UPDATE parcels SET contact = NULL, sealed = NULL, stored_at = clock_timestamp()
    WHERE contact = p_contact;
    INSERT INTO forgotten (contact) VALUES (p_contact) ON CONFLICT (contact) DO UPDATE SET at = clock_timestamp();
END $$;
