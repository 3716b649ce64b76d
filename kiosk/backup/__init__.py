"""Backups: the desk's data as one file, made beside a working desk, and brought back."""
