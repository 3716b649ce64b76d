"""Everything Textual: the clerk's screens, the operator's console, and what they share."""
