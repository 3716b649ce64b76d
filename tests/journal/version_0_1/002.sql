-- Every number under which a parcel is found besides its own: other barcodes of the box, other ways to read one.
CREATE TABLE codes_of_parcels (
    code TEXT NOT NULL,
    parcel_id TEXT NOT NULL REFERENCES parcels (parcel_id),
    PRIMARY KEY (code, parcel_id)
) STRICT, WITHOUT ROWID;
