"""The kiosk's memory: one SQLite file of chained events and the parcels as they stand now."""
