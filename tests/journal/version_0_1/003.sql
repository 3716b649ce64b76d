-- What a contact had before, and who shares a unit, found without reading every parcel.
CREATE INDEX parcels_by_contact ON parcels (json_extract(body, '$.contact.contact_id'), changed_at);
CREATE INDEX parcels_by_unit ON parcels (
    json_extract(body, '$.place.locker_bank_id'), json_extract(body, '$.place.locker_unit_id')
) WHERE present = 1;
