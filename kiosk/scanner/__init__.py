"""A scan is a scan: what a terminal delivers, and what of it is a scan, typed text or a key. Pure; knows no screen."""
