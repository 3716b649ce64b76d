"""From what a scanner sends to the number of a parcel; no I/O."""
