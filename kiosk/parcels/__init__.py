"""Frozen values of the field, without I/O: lockers, contacts, parcels."""
