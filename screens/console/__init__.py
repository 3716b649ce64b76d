"""The operator's screens: one file each."""
