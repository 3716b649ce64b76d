"""The clerk's screens: one decision each."""
