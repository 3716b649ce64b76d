"""What people do with parcels; the only place where the API and the journal meet."""
